//! What stands for an identifier where it is masked: always the same for the same one, of the same form, and made by counting, so
//! that nothing leads back to it. Of a number what tells its issuer, its network or its type stays, and its check digits do.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::provider::holds::Holds;

/// What stands for what, so far.
#[derive(Debug, Default)]
pub struct Pseudonyms {
    given: HashMap<String, String>,
    /// What stands for something already.
    used: HashSet<String>,
    /// How many of each form there are.
    counts: HashMap<String, u64>,
}

/// How an identifier of digits is masked: so many digits stay in front, and only the first so many make it up.
struct Digits {
    kept: usize,
    stem: usize,
}

/// Issuer identifier (ITU-T E.118): `89`, country, issuer. What follows 18 digits is a check digit, or one more of the number.
const ICCID: Digits = Digits { kept: 6, stem: 18 };
/// MCC and MNC (ITU-T E.212).
const IMSI: Digits = Digits { kept: 6, stem: 15 };
/// Type allocation code (3GPP TS 23.003). What follows 14 digits is a check digit or the software's version.
const IMEI: Digits = Digits { kept: 8, stem: 14 };
/// Country, issuer and version (SGP.29). The last two are check digits.
const EID: Digits = Digits { kept: 8, stem: 30 };
/// Country code, or its beginning (ITU-T E.164).
const MSISDN: Digits = Digits { kept: 2, stem: 15 };

impl Pseudonyms {
    /// What stands for `text`, of a field that holds that. Plain text stays, but for identifiers within it.
    pub fn of(&mut self, text: &str, holds: Holds) -> String {
        if text.is_empty() {
            return String::new();
        }
        match holds {
            Holds::Plain => self.without_identifiers(text),
            Holds::Link => self.link(text),
            _ => self.whole(text, holds),
        }
    }

    /// What stands for a number, of a field that holds that: a number, too.
    pub fn number(&mut self, text: &str, holds: Holds) -> String {
        // A number lost the zeros that it began with.
        let digits = match holds {
            Holds::Imei => format!("{text:0>15}"),
            _ => text.to_owned(),
        };
        if digits.bytes().all(|byte| byte.is_ascii_digit()) {
            let found = self.whole(&digits, holds);
            let found = found.trim_start_matches('0');
            if !found.is_empty() && found.bytes().all(|byte| byte.is_ascii_digit()) {
                return found.to_owned();
            }
        }
        self.once(text, "number", |count| count.to_string())
    }

    fn whole(&mut self, text: &str, holds: Holds) -> String {
        if let Some(known) = self.given.get(text) {
            return known.clone();
        }
        let is_number = |least: usize| {
            text.len() >= least
                && text.len() <= 32
                && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let made = match holds {
            Holds::Iccid if is_number(12) => self.digits(text, &ICCID),
            Holds::Imsi if is_number(10) => self.digits(text, &IMSI),
            Holds::Imei if is_number(14) => self.digits(text, &IMEI),
            Holds::Eid if is_number(30) => self.digits(text, &EID),
            Holds::Msisdn => match text.strip_prefix('+') {
                Some(number) if number.len() > 4 && number.bytes().all(|b| b.is_ascii_digit()) => {
                    let digits = self.digits(number, &MSISDN);
                    format!("+{digits}")
                }
                None if is_number(5) => self.digits(text, &MSISDN),
                _ => self.key(text),
            },
            Holds::Address => match text.parse::<IpAddr>() {
                Ok(address) => self.address(text, address),
                Err(_) => self.key(text),
            },
            Holds::Words | Holds::Tags => self.once(text, "name", |count| format!("Name {count}")),
            _ => self.key(text),
        };
        self.given.insert(text.to_owned(), made.clone());
        made
    }

    /// What stands for something once: `form` makes it of a number.
    fn once(&mut self, text: &str, counted: &str, form: impl Fn(u64) -> String) -> String {
        if let Some(known) = self.given.get(text) {
            return known.clone();
        }
        let count = self.counts.entry(counted.to_owned()).or_default();
        let made = loop {
            *count += 1;
            let made = form(*count);
            if self.used.insert(made.clone()) {
                break made;
            }
        };
        self.given.insert(text.to_owned(), made.clone());
        made
    }

    /// The digits that stay, a nine and a count in place of the others, and what is beyond the stem.
    fn digits(&mut self, text: &str, form: &Digits) -> String {
        let (stem, tail) = text.split_at(form.stem.min(text.len()));
        let kept = stem
            .get(..form.kept.min(stem.len() / 2 + 1))
            .unwrap_or_default();
        let width = (stem.len() - kept.len()).saturating_sub(1);
        let counted = format!("{kept}+{width}");
        let made = self.once(stem, &counted, |count| format!("{kept}9{count:0>width$}"));
        made + tail
    }

    fn address(&mut self, text: &str, address: IpAddr) -> String {
        match address {
            // RFC 2544: for tests of devices, so nobody's.
            IpAddr::V4(_) => self.once(text, "IPv4", |count| {
                let first = u32::from(Ipv4Addr::new(198, 18, 0, 0));
                Ipv4Addr::from(first + (count as u32 & 0x1_ffff)).to_string()
            }),
            // RFC 3849: for documentation.
            IpAddr::V6(_) => self.once(text, "IPv6", |count| {
                let first = u128::from(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0));
                Ipv6Addr::from(first + u128::from(count)).to_string()
            }),
        }
    }

    /// A vendor's key: what of it is an identifier is masked, and its other words stay; else all of it is.
    fn key(&mut self, text: &str) -> String {
        if is_uuid(text) {
            return self.once(text, "uuid", |count| {
                format!("00000000-0000-4000-9000-{count:012x}")
            });
        }
        if is_ulid(text) {
            // The instant that it begins with tells when a session began.
            let (instant, _) = text.split_at(10);
            return self.once(text, "ulid", |count| format!("{instant}9{count:0>15}"));
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) && identifier(text).is_none() {
            return self.once(text, "number", |count| count.to_string());
        }
        let runs = || text.split(|c: char| !c.is_ascii_alphanumeric());
        let is_word = |run: &str| run.bytes().all(|byte| byte.is_ascii_alphabetic());
        let has_identifier = runs().any(|run| identifier(run).is_some());
        if text.is_ascii()
            && has_identifier
            && runs().all(|run| identifier(run).is_some() || is_word(run))
        {
            return self.in_runs(text);
        }
        self.once(text, "id", |count| format!("id-{count}"))
    }

    /// The text with each identifier in it masked.
    fn without_identifiers(&mut self, text: &str) -> String {
        if is_uuid(text) {
            return self.key(text);
        }
        let runs = text.split(|c: char| !c.is_ascii_alphanumeric());
        // Fourteen digits may well be an instant.
        let is_one = |run: &str| run.len() > 14 && identifier(run).is_some();
        if runs.clone().any(is_one) {
            self.in_runs(text)
        } else {
            text.to_owned()
        }
    }

    fn in_runs(&mut self, text: &str) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let is_part = |c: char| c.is_ascii_alphanumeric();
            let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            match identifier(run) {
                Some(Form::Number(holds)) => masked.push_str(&self.whole(run, holds)),
                Some(Form::Sid) => masked.push_str(&self.sid(run)),
                None => masked.push_str(run),
            }
            let gap = after.find(is_part).unwrap_or(after.len());
            let (between, next) = after.split_at(gap);
            masked.push_str(between);
            rest = next;
        }
        masked
    }

    /// Two letters that tell what it is of, and 32 hexadecimal digits; or these alone.
    fn sid(&mut self, text: &str) -> String {
        let (kind, digits) = text.split_at(text.len() - 32);
        let width = digits.len() - 1;
        // The same key may stand behind other letters, as in the token of a page.
        let made = self.once(digits, "sid", |count| format!("9{count:0>width$x}"));
        format!("{kind}{made}")
    }

    /// The address with the keys in its path masked, and without its query.
    fn link(&mut self, text: &str) -> String {
        let address = text.split(['?', '#']).next().unwrap_or_default();
        let Some((scheme, rest)) = address.split_once("://") else {
            return self.key(text);
        };
        let mut parts = rest.split('/');
        let mut masked = format!("{scheme}://{}", parts.next().unwrap_or_default());
        for part in parts {
            masked.push('/');
            if PATH.contains(&part) {
                masked.push_str(part);
            } else if !part.is_empty() {
                // Writing to a text does not fail.
                let _ = write!(masked, "{}", self.whole(part, Holds::Key));
            }
        }
        masked
    }
}

/// Words of addresses that name no resource.
const PATH: [&str; 7] = [
    "v1",
    "Sims",
    "DataSessions",
    "UsageRecords",
    "RatePlans",
    "Commands",
    "Accounts",
];

/// How an identifier looks.
enum Form {
    Number(Holds),
    Sid,
}

/// What a run of letters and digits is by its form, if it is an identifier.
fn identifier(run: &str) -> Option<Form> {
    if run.bytes().all(|byte| byte.is_ascii_digit()) {
        return match run.len() {
            14..=16 if run.starts_with("89") => Some(Form::Number(Holds::Iccid)),
            14..=16 => Some(Form::Number(Holds::Imsi)),
            17..=22 => Some(Form::Number(Holds::Iccid)),
            32 => Some(Form::Number(Holds::Eid)),
            _ => None,
        };
    }
    let at = run.len().checked_sub(32)?;
    let (kind, digits) = (run.get(..at)?, run.get(at..)?);
    let is_sid = kind.len() <= 4 && kind.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_sid && digits.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(Form::Sid)
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    text.len() == 36
        && lengths.eq([8, 4, 4, 4, 12])
        && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

/// 26 characters of Crockford's base 32, the first ten of which are milliseconds since the epoch.
fn is_ulid(text: &str) -> bool {
    let is_letter = |b: u8| b.is_ascii_uppercase() && !matches!(b, b'I' | b'L' | b'O' | b'U');
    text.len() == 26
        && text.starts_with(|first: char| ('0'..='7').contains(&first))
        && text.bytes().any(|b| b.is_ascii_uppercase())
        && text.bytes().all(|b| b.is_ascii_digit() || is_letter(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_form() {
        let mut names = Pseudonyms::default();
        let mut of = |text, holds| names.of(text, holds);
        assert_eq!(
            of("8999900000000000017", Holds::Iccid),
            "8999909000000000017"
        );
        assert_eq!(of("001010000000017", Holds::Imsi), "001010900000001");
        assert_eq!(of("001234000000017", Holds::Imei), "001234009000017");
        assert_eq!(of("+10000000017", Holds::Msisdn), "+10900000001");
        assert_eq!(of("10.1.2.3", Holds::Address), "198.18.0.1");
        assert_eq!(of("fd00::17", Holds::Address), "2001:db8::1");
        assert_eq!(of("Pump 4", Holds::Words), "Name 1");
    }

    #[test]
    fn the_same_stays_the_same_and_others_stay_apart() {
        let mut names = Pseudonyms::default();
        // With its check digit and without it, as the number of a SIM and as its key.
        let short = names.of("899990000000000001", Holds::Iccid);
        let long = names.of("8999900000000000017", Holds::Key);
        assert_eq!(long, format!("{short}7"));
        assert_eq!(names.of("8999900000000000017", Holds::Iccid), long);
        assert_ne!(names.of("8999900000000000025", Holds::Iccid), long);
        // IMEI and IMEISV of one device.
        let imei = names.of("001234000000017", Holds::Imei);
        let imeisv = names.of("0012340000000105", Holds::Imei);
        assert_eq!(imei.get(..14), imeisv.get(..14));
    }

    #[test]
    fn keys_keep_their_words_and_lose_their_identifiers() {
        let mut names = Pseudonyms::default();
        let thing = names.of("ThingId_ICCID_8999900000000000017", Holds::Key);
        let iccid = names.of("8999900000000000017", Holds::Iccid);
        assert_eq!(thing, format!("ThingId_ICCID_{iccid}"));
        assert_eq!(
            names.of("HS0000000000000000000000000000d001", Holds::Key),
            "HS90000000000000000000000000000001"
        );
        assert_eq!(
            names.of("01KGE3H8WWEXAMP0E000000001", Holds::Key),
            "01KGE3H8WW9000000000000001"
        );
        assert_eq!(names.of("evt_a001", Holds::Key), "id-1");
        assert_eq!(names.of("truck-17", Holds::Key), "id-2");
        assert_eq!(
            names.of("00000000-0000-4000-8000-0000000000ff", Holds::Key),
            "00000000-0000-4000-9000-000000000001"
        );
    }

    #[test]
    fn links_lose_the_keys_in_their_path_and_their_query() {
        let mut names = Pseudonyms::default();
        let sim = names.of("DE0000000000000000000000000000b001", Holds::Key);
        assert_eq!(
            names.of(
                "https://api.example/v1/Sims/DE0000000000000000000000000000b001/DataSessions?PageToken=PADE00",
                Holds::Link
            ),
            format!("https://api.example/v1/Sims/{sim}/DataSessions")
        );
        let named = names.of(
            "https://api.example/v1/Sims/truck/DataSessions",
            Holds::Link,
        );
        assert_eq!(named, "https://api.example/v1/Sims/id-1/DataSessions");
    }

    #[test]
    fn plain_text_stays_but_for_identifiers_in_it() {
        let mut names = Pseudonyms::default();
        for text in [
            "2026-03-02T09:00:00.000Z",
            "LTE-M",
            "440-10-4728-49497861",
            "20260302090000",
        ] {
            assert_eq!(names.of(text, Holds::Plain), text);
        }
        let iccid = names.of("8999900000000000017", Holds::Iccid);
        let text = names.of("SIM 8999900000000000017 é", Holds::Plain);
        assert_eq!(text, format!("SIM {iccid} é"));
    }

    #[test]
    fn numbers_stay_numbers() {
        let mut names = Pseudonyms::default();
        let text = names.of("001234000000017", Holds::Imei);
        let number = names.number("1234000000017", Holds::Imei);
        assert_eq!(format!("{number:0>15}"), text);
        assert_eq!(names.number("17", Holds::Key), "1");
        assert_eq!(names.number("18", Holds::Key), "2");
    }
}
