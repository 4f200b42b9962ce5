//! Ordering a table's rows by a column.

use crate::store::NEVER;
use crate::store::order::{sort_numbers, sort_texts};

use super::cells::cells;
use super::sims::Sims;
use super::{lane_of_event, lane_of_usage};
use crate::engine::lanes::name_of;
use crate::engine::protocol::{Column, Said, Tab, Value};
use crate::engine::state::days_ms;
use crate::engine::view::StoreView;

/// A value to order by: missing ones come last, whatever the direction.
#[derive(Debug)]
enum Key {
    Text(String),
    Number(i64),
    /// Of another unit than the column's own: ordered behind it.
    Other(i64),
}

/// Orders rows by a column. Those of the same value stay in the order of their numbers.
pub fn sort(sims: &Sims<'_>, tab: Tab, column: Column, descending: bool, rows: &mut Vec<u32>) {
    let view = sims.filter.view;
    // Many rows share a lane, and a name costs more than a number.
    let ranks = (column == Column::Name).then(|| name_ranks(view));
    let lane_of = |row: u32| match tab {
        Tab::Sims => Some(row),
        Tab::Sessions => Some(view.store.lane_of_session(row)),
        Tab::Events => Some(lane_of_event(view.store, row)),
        Tab::Usage => lane_of_usage(view.store, row),
    };
    let key = |row: u32| match &ranks {
        Some(ranks) => {
            let rank = ranks.get(lane_of(row)? as usize)?;
            Some(Key::Number(*rank))
        }
        None if tab == Tab::Sessions && column == Column::Start => {
            // One of unknown start stands where it is drawn.
            let begin = view.store.begin(row);
            (begin != NEVER).then_some(Key::Number(begin))
        }
        None => key_of(cells(sims, tab, row, &[column]).pop()?, column),
    };
    // A column is of texts or of numbers; what is missing stands last.
    let mut texts: Vec<(String, u32)> = Vec::new();
    let mut numbers: Vec<(i64, u32)> = Vec::new();
    let mut others: Vec<(i64, u32)> = Vec::new();
    let directed = |number: i64| if descending { !number } else { number };
    for row in rows.drain(..) {
        match key(row) {
            Some(Key::Text(text)) => texts.push((text, row)),
            Some(Key::Number(number)) => numbers.push((directed(number), row)),
            Some(Key::Other(number)) => others.push((directed(number), row)),
            None => others.push((i64::MAX, row)),
        }
    }
    sort_texts(&mut texts);
    sort_numbers(&mut numbers);
    sort_numbers(&mut others);
    if descending {
        // Rows of the same text stay in their order.
        let same = texts.chunk_by(|a, b| a.0 == b.0).rev().flatten();
        rows.extend(same.map(|(_, row)| *row));
    } else {
        rows.extend(texts.iter().map(|(_, row)| *row));
    }
    rows.extend(numbers.iter().chain(&others).map(|(_, row)| *row));
}

/// By number of the lane: where its name stands among all names; the same for the same name.
fn name_ranks(view: &StoreView<'_>) -> Vec<i64> {
    let store = view.store;
    let lanes = store.lanes();
    let mut names: Vec<(String, u32)> = lanes
        .filter_map(|(lane, _)| Some((name_of(&store.sim(lane)?).to_lowercase(), lane)))
        .collect();
    sort_texts(&mut names);
    let mut ranks = vec![i64::MAX - 1; store.lane_end() as usize];
    for (rank, same) in (0i64..).zip(names.chunk_by(|a, b| a.0 == b.0)) {
        for (_, lane) in same {
            if let Some(slot) = ranks.get_mut(*lane as usize) {
                *slot = rank;
            }
        }
    }
    ranks
}

/// A whole number that is ordered as the float is.
fn ordered(number: f64) -> i64 {
    // Minus zero is zero.
    let bits = (number + 0.0).to_bits() as i64;
    if bits < 0 { bits ^ i64::MAX } else { bits }
}

/// Where a state stands among all, the worst first; null for one that nobody knows.
fn state_rank(said: Said) -> Option<i64> {
    Some(match said {
        Said::Offline => 0,
        Said::NoneIn(_) => 1,
        Said::Silent => 2,
        Said::Online => 3,
        Said::NotActive => 4,
        Said::NotFetched => 5,
        _ => return None,
    })
}

fn key_of(value: Value, column: Column) -> Option<Key> {
    let text = |text: &str| {
        let text = text.to_lowercase();
        (!text.is_empty()).then_some(Key::Text(text))
    };
    let count = |n: u64| Some(Key::Number(i64::try_from(n).unwrap_or(i64::MAX - 1)));
    match value {
        Value::Text(given) | Value::Name(given) | Value::Code(given) | Value::Country(given) => {
            text(&given)
        }
        Value::Instant(at) | Value::Duration(at) | Value::Range(at, _) => Some(Key::Number(at)),
        Value::Share(least, _) => Some(Key::Number(ordered(least))),
        // From north to south; where only a country is known, behind those.
        Value::Place {
            at: Some((lat, _)), ..
        } => Some(Key::Number(ordered(-lat))),
        Value::Place { .. } => Some(Key::Other(0)),
        // In the order of what is to be done about it.
        Value::Said(Said::NoneIn(days)) if column == Column::Offline => {
            Some(Key::Number(days_ms(days)))
        }
        Value::Said(said) if column == Column::State => state_rank(said).map(Key::Number),
        // Packets in the place of bytes cannot be compared with bytes.
        Value::Packets(n) if column == Column::Traffic => match count(n) {
            Some(Key::Number(n)) => Some(Key::Other(n)),
            other => other,
        },
        Value::Bytes(n) | Value::Packets(n) | Value::Count(n) => count(n),
        Value::Number(number) => Some(Key::Number(ordered(number))),
        Value::Provider(id) => text(crate::provider::capability(id).label),
        Value::Radio(radio) => text(radio.label()),
        Value::Basis(basis) => Some(Key::Number(basis as i64)),
        Value::None | Value::Said(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_stand_in_the_order_of_the_floats() {
        let floats = [f64::MIN, -113.5, -1.0, 0.0, 1e-9, 2.0, 1e18, f64::MAX];
        assert!(floats.map(ordered).is_sorted());
        assert!(
            floats
                .map(|float| !ordered(float))
                .is_sorted_by(|a, b| a > b)
        );
        assert_eq!(ordered(-0.0), ordered(0.0));
        assert!(ordered(f64::MAX) < i64::MAX && !ordered(f64::MIN) < i64::MAX);
    }

    #[test]
    fn packets_are_not_compared_with_bytes() {
        let key = |column| key_of(Value::Packets(7), column);
        assert!(matches!(key(Column::Traffic), Some(Key::Other(7))));
        assert!(matches!(key(Column::Packets), Some(Key::Number(7))));
        assert!(
            key_of(
                Value::Said(crate::engine::protocol::Said::Open),
                Column::End
            )
            .is_none()
        );
    }
}
