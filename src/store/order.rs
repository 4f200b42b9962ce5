//! Putting rows in order. Every generic sort is several kilobytes of code, so all of them go through
//! one for numbers and one for texts.

/// Orders pairs of a number and a row.
pub fn sort_numbers(keyed: &mut [(i64, u32)]) {
    keyed.sort_unstable();
}

/// Orders pairs of a text and a row.
pub fn sort_texts(keyed: &mut [(String, u32)]) {
    keyed.sort_unstable();
}

/// Orders rows by a number each; rows of the same number by the row's own.
pub fn by_number(rows: &mut [u32], key: &mut dyn FnMut(u32) -> i64) {
    let mut keyed: Vec<(i64, u32)> = rows.iter().map(|row| (key(*row), *row)).collect();
    sort_numbers(&mut keyed);
    for (row, (_, ordered)) in rows.iter_mut().zip(keyed) {
        *row = ordered;
    }
}

/// Orders rows by a text each; rows of the same text by the row's own number.
pub fn by_text(rows: &mut [u32], key: &mut dyn FnMut(u32) -> String) {
    let mut keyed: Vec<(String, u32)> = rows.iter().map(|row| (key(*row), *row)).collect();
    sort_texts(&mut keyed);
    for (row, (_, ordered)) in rows.iter_mut().zip(keyed) {
        *row = ordered;
    }
}

/// The items in the order of a text each.
pub fn items_by_text<T>(items: Vec<T>, key: impl Fn(&T) -> String) -> Vec<T> {
    let mut order: Vec<u32> = (0u32..).zip(&items).map(|(at, _)| at).collect();
    by_text(&mut order, &mut |at| {
        items.get(at as usize).map(&key).unwrap_or_default()
    });
    in_order(items, &order)
}

/// The items in the order of a number each.
pub fn items_by_number<T>(items: Vec<T>, key: impl Fn(&T) -> i64) -> Vec<T> {
    let mut order: Vec<u32> = (0u32..).zip(&items).map(|(at, _)| at).collect();
    by_number(&mut order, &mut |at| {
        items.get(at as usize).map(&key).unwrap_or_default()
    });
    in_order(items, &order)
}

fn in_order<T>(items: Vec<T>, order: &[u32]) -> Vec<T> {
    let mut slots: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order
        .iter()
        .filter_map(|at| slots.get_mut(*at as usize).and_then(Option::take))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_keep_the_order_of_the_rows() {
        let mut rows = vec![3, 1, 2];
        by_number(&mut rows, &mut |row| if row == 1 { 9 } else { 0 });
        assert_eq!(rows, [2, 3, 1]);
        assert_eq!(
            items_by_text(vec!["b", "a", "c"], |item| (*item).to_owned()),
            ["a", "b", "c"]
        );
        assert_eq!(items_by_number(vec![5, -1, 3], |item| *item), [-1, 3, 5]);
    }
}
