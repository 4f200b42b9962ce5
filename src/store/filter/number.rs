//! Numbers with units: durations in milliseconds, traffic in bytes (decimal), packets.

use super::terms::NumberField;

/// Units of time, the longest first: the spellings of each, the printed one first, and milliseconds.
const TIME: [(&[&str], u64); 5] = [
    (&["d", "day", "days"], 86_400_000),
    (&["h", "hour", "hours"], 3_600_000),
    (&["min", "m", "mins", "minutes"], 60_000),
    (&["s", "sec", "seconds"], 1000),
    (&["ms"], 1),
];
/// Units of traffic.
const BYTES: [(&[&str], u64); 5] = [
    (&["TB"], 1_000_000_000_000),
    (&["GB"], 1_000_000_000),
    (&["MB"], 1_000_000),
    (&["kB"], 1000),
    (&["B"], 1),
];
const PACKETS: [(&[&str], u64); 1] = [(&["", "packets"], 1)];
/// Whole numbers above this are not all told apart while they are read.
const MOST: f64 = 9_007_199_254_740_992.0;

fn units(field: NumberField) -> &'static [(&'static [&'static str], u64)] {
    match field {
        NumberField::Duration | NumberField::Offline => &TIME,
        NumberField::Bytes | NumberField::Up | NumberField::Down => &BYTES,
        NumberField::Packets => &PACKETS,
    }
}

/// What a number without a unit is in.
fn bare(field: NumberField) -> u64 {
    match field {
        NumberField::Duration | NumberField::Offline => 1000,
        _ => 1,
    }
}

/// How to write a value of the field, for people.
pub(super) fn example(field: NumberField) -> &'static str {
    match field {
        NumberField::Duration => "dur>90s, dur>=1.5h (s, min, h, d)",
        NumberField::Offline => "offline>7d (s, min, h, d)",
        NumberField::Bytes => "bytes>=10MB, bytes=0 (B, kB, MB, GB)",
        NumberField::Up => "up>10kB (B, kB, MB, GB)",
        NumberField::Down => "down>10kB (B, kB, MB, GB)",
        NumberField::Packets => "packets>1000",
    }
}

/// Reads a value of the field. Null where it is no number, or its unit is not one of the field's.
pub(super) fn read(field: NumberField, text: &str) -> Option<u64> {
    let (number, unit) = split(text)?;
    let unit = if unit.is_empty() {
        bare(field)
    } else {
        unit_of(units(field), unit)?
    };
    scaled(number, unit)
}

/// Reads a duration with its unit, in milliseconds.
pub(super) fn read_duration(text: &str) -> Option<u64> {
    let (number, unit) = split(text)?;
    scaled(number, unit_of(&TIME, unit)?)
}

fn unit_of(units: &[(&[&str], u64)], unit: &str) -> Option<u64> {
    let mut units = units.iter();
    units.find_map(|(names, size)| {
        let mut names = names.iter();
        names
            .any(|name| name.eq_ignore_ascii_case(unit))
            .then_some(*size)
    })
}

/// A decimal number in digits, and what stands behind it.
fn split(text: &str) -> Option<(&str, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    (number.starts_with(|c: char| c.is_ascii_digit()) && !number.ends_with('.'))
        .then_some((number, unit))
}

fn scaled(number: &str, unit: u64) -> Option<u64> {
    // Whole numbers keep every digit.
    if let Ok(whole) = number.parse::<u64>() {
        return whole.checked_mul(unit).filter(|n| *n as f64 <= MOST);
    }
    let scaled = number.parse::<f64>().ok()? * unit as f64;
    (scaled <= MOST).then(|| scaled.round() as u64)
}

/// A value of the field, so that it reads as the same again.
pub(super) fn written(field: NumberField, number: u64) -> String {
    let units = units(field);
    let fitting = units
        .iter()
        .find(|(_, size)| number != 0 && number.is_multiple_of(*size));
    match fitting.and_then(|(names, size)| Some((names.first()?, size))) {
        Some((name, size)) => format!("{}{name}", number / size),
        None => "0".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_whatever_their_case() {
        for (text, ms) in [
            ("90", 90_000),
            ("90s", 90_000),
            ("1.5h", 5_400_000),
            ("2m", 120_000),
            ("2MIN", 120_000),
            ("7d", 604_800_000),
            ("0", 0),
        ] {
            assert_eq!(read(NumberField::Duration, text), Some(ms), "{text}");
        }
        for (text, bytes) in [
            ("1kb", 1000),
            ("1.5MB", 1_500_000),
            ("12", 12),
            ("2gb", 2_000_000_000),
        ] {
            assert_eq!(read(NumberField::Bytes, text), Some(bytes), "{text}");
        }
        assert_eq!(read(NumberField::Packets, "1000"), Some(1000));
        for text in [
            "",
            "h",
            "1x",
            "1.h",
            "1.2.3",
            "-1",
            "1 h",
            "99999999999999999d",
            "1e3",
        ] {
            assert_eq!(read(NumberField::Duration, text), None, "{text}");
        }
        assert_eq!(read(NumberField::Packets, "1MB"), None);
        assert_eq!(read_duration("7"), None, "a span of time has a unit");
    }

    #[test]
    fn what_is_written_reads_the_same() {
        for n in [
            0,
            1,
            999,
            1000,
            90_000,
            3_600_000,
            86_400_000,
            1_500_000,
            u64::from(u32::MAX),
        ] {
            for field in [
                NumberField::Duration,
                NumberField::Bytes,
                NumberField::Packets,
            ] {
                assert_eq!(
                    read(field, &written(field, n)),
                    Some(n),
                    "{}",
                    written(field, n)
                );
            }
        }
        assert_eq!(written(NumberField::Duration, 5_400_000), "90min");
        assert_eq!(written(NumberField::Bytes, 1_500_000), "1500kB");
    }
}
