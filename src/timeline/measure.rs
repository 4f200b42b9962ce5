//! Measuring the time between two points.

/// A point on a lane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Epoch milliseconds.
    pub at: i64,
    /// Height in the whole list, CSS pixels.
    pub y: f32,
}

/// How far measuring is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Measure {
    /// Nobody measures.
    #[default]
    Off,
    /// The first point is to be set.
    First,
    /// The second point is to be set.
    Second(Point),
    /// Both are set.
    Done(Point, Point),
}

impl Measure {
    /// Begins, or ends.
    #[must_use]
    pub fn toggled(self) -> Self {
        match self {
            Self::Off => Self::First,
            _ => Self::Off,
        }
    }

    /// Sets the next point; a third begins anew.
    #[must_use]
    pub fn set(self, point: Point) -> Self {
        match self {
            Self::Off => Self::Off,
            Self::First | Self::Done(..) => Self::Second(point),
            Self::Second(first) => Self::Done(first, point),
        }
    }

    /// Puts an instant that was read off the drawing exactly where it is.
    #[must_use]
    pub fn corrected(self, drawn: i64, exact: i64) -> Self {
        let put = |point: Point| Point {
            at: if point.at == drawn { exact } else { point.at },
            ..point
        };
        match self {
            Self::Second(first) => Self::Second(put(first)),
            Self::Done(first, second) => Self::Done(put(first), put(second)),
            other => other,
        }
    }
}

/// A length in words, to the millisecond: `1 d 2 h 31 min 4 s 120 ms`.
pub fn exact_duration(ms: i64) -> String {
    let ms = ms.unsigned_abs();
    let units = [
        (ms / 86_400_000, "d"),
        (ms / 3_600_000 % 24, "h"),
        (ms / 60_000 % 60, "min"),
        (ms / 1000 % 60, "s"),
        (ms % 1000, "ms"),
    ];
    let words: Vec<String> = units
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    if words.is_empty() {
        "0 ms".to_owned()
    } else {
        words.join(" ")
    }
}

/// A length as hours, minutes, seconds and milliseconds: `26:31:04.120`.
pub fn clock_duration(ms: i64) -> String {
    let ms = ms.unsigned_abs();
    let (h, min, s) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
    format!("{h}:{min:02}:{s:02}.{:03}", ms % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(at: i64) -> Point {
        Point { at, y: 14.0 }
    }

    #[test]
    fn two_points_are_set_one_after_the_other_and_a_third_begins_anew() {
        let mut measure = Measure::Off.toggled();
        assert_eq!(measure, Measure::First);
        measure = measure.set(at(1)).set(at(5));
        assert_eq!(measure, Measure::Done(at(1), at(5)));
        assert_eq!(measure.set(at(9)), Measure::Second(at(9)));
        assert_eq!(measure.toggled(), Measure::Off);
        assert_eq!(Measure::Off.set(at(1)), Measure::Off);
    }

    #[test]
    fn a_point_off_the_drawing_is_put_exactly() {
        let measure = Measure::Done(at(1000), at(5000)).corrected(5000, 4987);
        assert_eq!(measure, Measure::Done(at(1000), at(4987)));
        assert_eq!(measure.corrected(5000, 1), measure);
        assert_eq!(Measure::First.corrected(1, 2), Measure::First);
    }

    #[test]
    fn lengths_are_exact_to_the_millisecond() {
        for (ms, words, clock) in [
            (0, "0 ms", "0:00:00.000"),
            (1, "1 ms", "0:00:00.001"),
            (61_000, "1 min 1 s", "0:01:01.000"),
            (95_464_120, "1 d 2 h 31 min 4 s 120 ms", "26:31:04.120"),
            (-7_200_005, "2 h 5 ms", "2:00:00.005"),
            (8_640_000_000, "100 d", "2400:00:00.000"),
        ] {
            assert_eq!(
                (exact_duration(ms).as_str(), clock_duration(ms).as_str()),
                (words, clock)
            );
        }
    }
}
