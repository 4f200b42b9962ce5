//! The limits of the rules one by one: what each is called, in which unit people set it, and what it may be.

use super::{DAY_MS, HOUR_MS, MINUTE_MS, Rule, Thresholds};

/// The unit that a limit is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Things that are counted.
    Count,
    /// So many times as many, or as long.
    Times,
    /// Hundredths.
    Percent,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// 10^6 bytes.
    Megabytes,
}

impl Unit {
    /// How it is written behind a number.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Count => "",
            Self::Times => "×",
            Self::Percent => "%",
            Self::Seconds => "s",
            Self::Minutes => "min",
            Self::Hours => "h",
            Self::Days => "d",
            Self::Megabytes => "MB",
        }
    }

    /// How much of what [`Thresholds`] holds one of it is.
    fn factor(self) -> f64 {
        match self {
            Self::Count | Self::Times => 1.0,
            Self::Percent => 0.01,
            Self::Seconds => 1000.0,
            Self::Minutes => MINUTE_MS as f64,
            Self::Hours => HOUR_MS as f64,
            Self::Days => DAY_MS as f64,
            Self::Megabytes => 1e6,
        }
    }
}

/// A limit of a rule.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// The rule.
    pub rule: Rule,
    /// What links and files call it: as [`Thresholds`] do, with the unit that it is kept in.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What it is set in.
    pub unit: Unit,
    /// The least it may be, in the unit.
    pub least: f64,
    /// The most it may be, in the unit.
    pub most: f64,
    get: fn(&Thresholds) -> f64,
    set: fn(&mut Thresholds, f64),
}

impl Limit {
    /// What it is, in its unit.
    pub fn value(&self, thresholds: &Thresholds) -> f64 {
        let value = (self.get)(thresholds) / self.unit.factor();
        // A part as a percentage is not to show what floats make of it.
        (value * 1e6).round() / 1e6
    }

    /// What it is at first, in its unit.
    pub fn usual(&self) -> f64 {
        self.value(&Thresholds::default())
    }

    /// What it is as it is kept, where it is not what it is at first.
    pub fn kept(&self, thresholds: &Thresholds) -> Option<f64> {
        let kept = (self.get)(thresholds);
        let usual = (self.get)(&Thresholds::default());
        kept.total_cmp(&usual).is_ne().then_some(kept)
    }

    /// Sets it to what was kept; to the nearest that it may be, where that is no more what it was.
    pub fn restore(&self, thresholds: &mut Thresholds, kept: f64) {
        let value = (kept / self.unit.factor()).clamp(self.least, self.most);
        self.put(thresholds, value);
    }

    /// Sets it, in its unit.
    pub fn put(&self, thresholds: &mut Thresholds, value: f64) {
        (self.set)(thresholds, value * self.unit.factor());
    }

    /// A number with its unit.
    pub fn written(&self, value: f64) -> String {
        match self.unit.symbol() {
            "" => decimal(value),
            symbol => format!("{} {symbol}", decimal(value)),
        }
    }

    /// Reads what the visitor wrote.
    ///
    /// # Errors
    ///
    /// Why it cannot be: no number, not whole, or out of bounds; and what to write instead.
    pub fn read(&self, text: &str) -> Result<f64, String> {
        let text = text.trim();
        let Some(value) = read_decimal(text) else {
            let usual = self.usual();
            return Err(if text.is_empty() {
                format!(
                    "A number is missing here. At first it is {}.",
                    self.written(usual)
                )
            } else {
                format!("“{text}” is no number. Write it as in {}.", decimal(usual))
            });
        };
        if self.unit == Unit::Count && value.fract() != 0.0 {
            return Err(format!("{text} is not a whole number."));
        }
        if value < self.least {
            return Err(format!("It is at least {}.", self.written(self.least)));
        }
        if value > self.most {
            return Err(format!("It is at most {}.", self.written(self.most)));
        }
        Ok(value)
    }
}

/// A number with as many digits behind the point as it takes, three at most. Rust's own way of writing floats weighs more than
/// all limits together.
pub fn decimal(value: f64) -> String {
    let thousandths = (value * 1000.0).round() as i64;
    let (whole, rest) = (thousandths / 1000, (thousandths % 1000).abs());
    if rest == 0 {
        return whole.to_string();
    }
    let text = format!("{whole}.{rest:03}");
    text.trim_end_matches('0').to_owned()
}

/// Digits, with a point or a comma (which many countries write for it) and three digits behind it at most. Null for anything
/// else, and beyond nine digits.
fn read_decimal(text: &str) -> Option<f64> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = (1..=9).contains(&whole.len()) && part.len() <= 3;
    if !fits || !is_digits(whole) || !is_digits(part) {
        return None;
    }
    let part: u32 = format!("{part:0<3}").parse().ok()?;
    Some(f64::from(whole.parse::<u32>().ok()?) + f64::from(part) / 1000.0)
}

macro_rules! limit {
    ($rule:ident, $label:literal, $unit:ident, $least:literal..=$most:literal, $part:ident.$field:ident as $kind:ty) => {
        Limit {
            rule: Rule::$rule,
            name: concat!(stringify!($part), ".", stringify!($field)),
            label: $label,
            unit: Unit::$unit,
            least: $least,
            most: $most,
            get: |thresholds| thresholds.$part.$field as f64,
            set: |thresholds, value| thresholds.$part.$field = value as $kind,
        }
    };
}

/// All limits, rule by rule in the order of lists.
#[rustfmt::skip]
#[allow(clippy::cast_lossless, reason = "one macro for numbers of several types")]
pub const LIMITS: [Limit; 33] = [
    limit!(Outage, "Within", Minutes, 1.0..=1440.0, outage.window_ms as i64),
    limit!(Outage, "SIMs that drop, at least", Count, 2.0..=1_000_000.0, outage.sims as u32),
    limit!(Outage, "Of those online there, at least", Percent, 1.0..=100.0, outage.share as f64),
    limit!(Outage, "As many as on a usual day", Times, 1.0..=1000.0, outage.times_usual as f64),
    limit!(Outage, "Sessions count from", Minutes, 0.0..=1440.0, outage.settled_ms as i64),
    limit!(Outage, "Away for at least", Minutes, 0.0..=1440.0, outage.away_ms as i64),
    limit!(Silence, "As long as usual", Times, 1.0..=1000.0, silence.times_usual as f64),
    limit!(Silence, "And that, where it is over", Times, 1.0..=1000.0, silence.times_over as f64),
    limit!(Silence, "Never shorter than", Hours, 0.1..=8760.0, silence.least_ms as i64),
    limit!(Silence, "Silences that show a rhythm", Count, 1.0..=1000.0, silence.silences as u32),
    limit!(Silence, "A weekend is known from", Days, 1.0..=365.0, silence.week_ms as i64),
    limit!(Silence, "Else never shorter than", Days, 0.1..=365.0, silence.weekend_ms as i64),
    limit!(ReconnectStorm, "Within", Minutes, 1.0..=1440.0, reconnect_storm.window_ms as i64),
    limit!(ReconnectStorm, "Sessions, at least", Count, 2.0..=1_000_000.0, reconnect_storm.sessions as u32),
    limit!(ReconnectStorm, "As many as on a usual day", Times, 1.0..=1000.0, reconnect_storm.times_usual as f64),
    limit!(ReconnectStorm, "However usual, from", Count, 2.0..=1_000_000.0, reconnect_storm.always as u32),
    limit!(PingPong, "Within", Hours, 0.1..=168.0, ping_pong.window_ms as i64),
    limit!(PingPong, "On the other network for at most", Minutes, 1.0..=10080.0, ping_pong.stay_ms as i64),
    limit!(PingPong, "Returns, at least", Count, 2.0..=1_000_000.0, ping_pong.returns as u32),
    limit!(PingPong, "As many as on a usual day", Times, 1.0..=1000.0, ping_pong.times_usual as f64),
    limit!(PingPong, "However usual, from", Count, 2.0..=1_000_000.0, ping_pong.always as u32),
    limit!(NoTraffic, "Sessions in a row, at least", Count, 1.0..=1_000_000.0, no_traffic.sessions as u32),
    limit!(NoTraffic, "Over at least", Hours, 0.0..=8760.0, no_traffic.span_ms as i64),
    limit!(NoTraffic, "Or online for at least", Hours, 0.1..=8760.0, no_traffic.online_ms as i64),
    limit!(NoTraffic, "Where rounded: a usual session has", Megabytes, 0.0..=1_000_000.0, no_traffic.rounded_bytes as u64),
    limit!(NoTraffic, "Rows that chance may explain", Times, 0.0..=1.0, no_traffic.chance as f64),
    limit!(ImeiChanged, "Sessions in the new device, at least", Count, 1.0..=1_000_000.0, imei_changed.sessions as u32),
    limit!(PeriodicReconnect, "Sessions, at least", Count, 2.0..=1_000_000.0, periodic_reconnect.sessions as u32),
    limit!(PeriodicReconnect, "Never shorter than", Minutes, 0.1..=10080.0, periodic_reconnect.shortest_ms as i64),
    limit!(PeriodicReconnect, "Lengths differ by at most", Percent, 0.0..=50.0, periodic_reconnect.tolerance as f64),
    limit!(PeriodicReconnect, "But may by", Seconds, 0.0..=300.0, periodic_reconnect.tolerance_ms as i64),
    limit!(PeriodicReconnect, "The pause is at most, of the length", Percent, 0.0..=100.0, periodic_reconnect.gap as f64),
    limit!(PeriodicReconnect, "A warning below", Hours, 0.1..=8760.0, periodic_reconnect.often_ms as i64),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn named(rule: Rule, label: &str) -> Limit {
        let mut limits = LIMITS.into_iter();
        limits
            .find(|limit| limit.rule == rule && limit.label == label)
            .unwrap()
    }

    #[test]
    fn every_number_of_the_thresholds_is_a_limit_and_can_be_set_apart() {
        let text = serde_json::to_value(Thresholds::default()).unwrap();
        let numbers = text.as_object().unwrap().values();
        let numbers: usize = numbers.map(|rule| rule.as_object().unwrap().len()).sum();
        assert_eq!(numbers, LIMITS.len());
        let mut seen = vec![serde_json::to_string(&Thresholds::default()).unwrap()];
        for limit in LIMITS {
            let usual = limit.usual();
            assert!(
                (limit.least..=limit.most).contains(&usual),
                "{}",
                limit.label
            );
            let mut thresholds = Thresholds::default();
            limit.put(&mut thresholds, usual);
            assert_eq!(thresholds, Thresholds::default(), "{}", limit.label);
            limit.put(&mut thresholds, limit.most);
            if limit.most <= usual {
                limit.put(&mut thresholds, limit.least);
            }
            let text = serde_json::to_string(&thresholds).unwrap();
            assert!(!seen.contains(&text), "{}", limit.label);
            seen.push(text);
        }
    }

    #[test]
    fn what_was_kept_by_name_is_what_was_set() {
        let mut names: Vec<&str> = LIMITS.iter().map(|limit| limit.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), LIMITS.len());
        let usual = Thresholds::default();
        assert!(LIMITS.iter().all(|limit| limit.kept(&usual).is_none()));

        let told = serde_json::to_value(&usual).unwrap();
        for limit in LIMITS {
            let mut set = usual.clone();
            limit.put(&mut set, limit.most);
            if set == usual {
                limit.put(&mut set, limit.least);
            }
            let kept = limit.kept(&set).unwrap();
            let mut restored = usual.clone();
            limit.restore(&mut restored, kept);
            assert_eq!(restored, set, "{}", limit.name);
            // The names are those of the thresholds themselves.
            let (rule, field) = limit.name.split_once('.').unwrap();
            assert!(told[rule][field].is_number(), "{}", limit.name);
            limit.restore(&mut restored, f64::MAX);
            assert!((limit.value(&restored) - limit.most).abs() < 1e-6);
            limit.restore(&mut restored, -1.0);
            assert!((limit.value(&restored) - limit.least).abs() < 1e-6);
        }
    }

    #[test]
    fn the_guide_tells_each_limit_and_what_it_is_at_first() {
        let guide = include_str!("../../docs/findings.md");
        for rule in Rule::ALL {
            let (_, part) = guide
                .split_once(&format!("\n## {}\n", rule.label()))
                .unwrap();
            let part = part.split("\n## ").next().unwrap();
            assert!(part.contains(&format!("`finding:{}`", rule.as_str())));
            let rows: Vec<Vec<&str>> = part
                .lines()
                .filter(|line| line.starts_with('|'))
                .map(|line| line.split('|').map(str::trim).collect())
                .skip(2)
                .collect();
            let told: Vec<(String, String)> = rows
                .iter()
                .map(|row| (row[1].to_owned(), row[2].to_owned()))
                .collect();
            let own = LIMITS.iter().filter(|limit| limit.rule == rule);
            let known: Vec<(String, String)> = own
                .map(|limit| (limit.label.to_owned(), limit.written(limit.usual())))
                .collect();
            assert_eq!(told, known, "{rule:?}");
        }
    }

    #[test]
    fn values_are_in_units_that_people_use() {
        let shown = |rule, label| {
            let limit = named(rule, label);
            limit.written(limit.usual())
        };
        assert_eq!(shown(Rule::Outage, "Within"), "10 min");
        assert_eq!(
            shown(Rule::Outage, "Of those online there, at least"),
            "40 %"
        );
        assert_eq!(shown(Rule::Silence, "As long as usual"), "2.1 ×");
        assert_eq!(shown(Rule::NoTraffic, "Sessions in a row, at least"), "5");
    }

    #[test]
    fn what_cannot_be_is_said_with_what_can() {
        let sims = named(Rule::Outage, "SIMs that drop, at least");
        assert_eq!(sims.read(" 12 "), Ok(12.0));
        let says = |limit: Limit, text: &str| limit.read(text).unwrap_err();
        assert_eq!(says(sims, "many"), "“many” is no number. Write it as in 5.");
        assert_eq!(
            says(sims, ""),
            "A number is missing here. At first it is 5."
        );
        assert_eq!(says(sims, "2.5"), "2.5 is not a whole number.");
        assert_eq!(says(sims, "1"), "It is at least 2.");
        assert_eq!(says(sims, "1000001"), "It is at most 1000000.");
        for text in ["inf", "1e3", "-1", "1.2345", "1234567890"] {
            assert!(says(sims, text).ends_with("is no number. Write it as in 5."));
        }
        let share = named(Rule::Outage, "Of those online there, at least");
        assert_eq!(share.read("12,5"), Ok(12.5));
        assert_eq!(says(share, "101"), "It is at most 100 %.");
    }
}
