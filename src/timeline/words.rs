//! Lengths of time in words.

/// A length of time in at most two units: `3 d 4 h`, `18 h 10 min`, `2 h 31 min`, `45 s`, `120 ms`.
///
/// Cut off, not rounded: `2 h 31 min` has passed in full. Below ten seconds tenths are kept
/// (`1.5 s`). Negative lengths carry a minus sign.
pub fn duration(ms: i64) -> String {
    let sign = if ms < 0 { "\u{2212}" } else { "" };
    let ms = ms.unsigned_abs();
    let (s, min, h, d) = (ms / 1000, ms / 60_000, ms / 3_600_000, ms / 86_400_000);
    let words = if ms < 1000 {
        format!("{ms} ms")
    } else if s < 10 && ms % 1000 >= 100 {
        format!("{s}.{} s", ms % 1000 / 100)
    } else if min == 0 {
        format!("{s} s")
    } else if h == 0 {
        two(min, "min", s % 60, "s")
    } else if d == 0 {
        two(h, "h", min % 60, "min")
    } else {
        two(d, "d", h % 24, "h")
    };
    format!("{sign}{words}")
}

fn two(large: u64, large_unit: &str, small: u64, small_unit: &str) -> String {
    if small == 0 {
        format!("{large} {large_unit}")
    } else {
        format!("{large} {large_unit} {small} {small_unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn lengths_have_at_most_two_units() {
        for (ms, words) in [
            (0, "0 ms"),
            (120, "120 ms"),
            (1_000, "1 s"),
            (1_590, "1.5 s"),
            (45_999, "45 s"),
            (60_000, "1 min"),
            (61_000, "1 min 1 s"),
            (9_093_000, "2 h 31 min"),
            (65_400_000, "18 h 10 min"),
            (7_200_000, "2 h"),
            (273_600_000, "3 d 4 h"),
            (86_400_000, "1 d"),
            (-45_000, "\u{2212}45 s"),
            (i64::MIN, "\u{2212}106751991167 d 7 h"),
        ] {
            assert_eq!(duration(ms), words);
        }
    }
}
