//! What a filter says: terms, all of which must hold, and the fields that they are about.

use std::fmt;

use super::area::Area;
use super::choice::Choice;
use super::pattern::Pattern;
use super::time::When;
use super::tokens::{Op, tokens};
use crate::model::Country;

/// A filter: every term must hold. Without terms it lets everything through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The terms in their order.
    pub terms: Vec<Term>,
}

impl Filter {
    /// Whether a term asks what stands out in a SIM.
    pub fn asks_for_findings(&self) -> bool {
        self.terms.iter().any(|term| {
            let field = match &term.what {
                What::Choice { field, .. } => Some(*field),
                _ => None,
            };
            field == Some(Choice::Finding)
        })
    }

    /// Whether a term names SIMs, or says what their owner calls them or has them do.
    pub fn tells_of_sims(&self) -> bool {
        self.terms.iter().any(|term| match &term.what {
            What::Free(_) => true,
            What::Text { field, .. } => !matches!(
                field,
                TextField::Operator
                    | TextField::Plmn
                    | TextField::Cell
                    | TextField::Apn
                    | TextField::Status
                    | TextField::LastOperator
                    | TextField::DeviceType
            ),
            _ => false,
        })
    }
}

/// One term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Lets through what the term does not.
    pub negated: bool,
    /// What it says.
    pub what: What,
}

/// What a term says. `None` among values is "not reported". `differs` is `!=`: the value is
/// reported, and none of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A part of a name or an identifier of the SIM.
    Free(Pattern),
    /// A word with a meaning of its own.
    Flag(Flag),
    /// A text is one of these.
    Text {
        /// Which text.
        field: TextField,
        /// `!=`.
        differs: bool,
        /// The values.
        values: Vec<Option<Pattern>>,
    },
    /// The visited network's country is one of these.
    Country {
        /// `!=`.
        differs: bool,
        /// The values.
        values: Vec<Option<Country>>,
    },
    /// The country that the SIM was in last is one of these.
    LastCountry {
        /// `!=`.
        differs: bool,
        /// The values.
        values: Vec<Option<Country>>,
    },
    /// A position lies in one of these.
    Area {
        /// `!=`.
        differs: bool,
        /// The values.
        values: Vec<Option<Area>>,
    },
    /// One of a few known things.
    Choice {
        /// Which.
        field: Choice,
        /// `!=`.
        differs: bool,
        /// A bit for each of [`Choice::names`].
        mask: u16,
    },
    /// A number compares so with one of these.
    Number {
        /// Which number.
        field: NumberField,
        /// How.
        op: Op,
        /// The values, in milliseconds, bytes or packets. One where the operator orders.
        values: Vec<Option<u64>>,
    },
    /// It lies after, or before, an instant.
    Time {
        /// Which.
        edge: Edge,
        /// When.
        at: When,
    },
}

/// A word with a meaning of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// Not ended when last reported.
    Open,
    /// An end is reported, or estimated.
    Ended,
    /// The start or the end is an estimate.
    Estimated,
    /// Nobody reported the end.
    Unknown,
    /// Open, but not heard of for 24 hours before the data were fetched.
    Silent,
    /// The SIM has no open session.
    Offline,
}

impl Flag {
    /// All of them with their words.
    pub const ALL: [(&'static str, Self); 6] = [
        ("open", Self::Open),
        ("ended", Self::Ended),
        ("estimated", Self::Estimated),
        ("unknown", Self::Unknown),
        ("silent", Self::Silent),
        ("offline", Self::Offline),
    ];

    /// The flag of a word, whatever its case.
    pub fn from_word(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find_map(|(name, flag)| name.eq_ignore_ascii_case(word).then_some(flag))
    }

    /// Its word.
    pub fn as_str(self) -> &'static str {
        let mut all = Self::ALL.into_iter();
        all.find_map(|(name, flag)| (flag == self).then_some(name))
            .unwrap_or_default()
    }

    /// What it lets through, for people.
    pub fn about(self) -> &'static str {
        match self {
            Self::Open => "sessions that have not ended",
            Self::Ended => "sessions that have ended",
            Self::Estimated => "sessions whose start or end is an estimate",
            Self::Unknown => "sessions whose end nobody reported",
            Self::Silent => "open sessions not heard of for 24 hours",
            Self::Offline => "SIMs without an open session",
        }
    }
}

/// A field that is a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextField {
    /// Any name or identifier of the SIM.
    Sim,
    /// An ICCID of the SIM.
    Iccid,
    /// The session's IMSI.
    Imsi,
    /// The session's IMEI.
    Imei,
    /// The SIM's name, in a file of labels or at the vendor, or its device's.
    Name,
    /// The group that a file of labels puts the SIM in.
    Group,
    /// The visited network's operator.
    Operator,
    /// MCC and MNC.
    Plmn,
    /// The serving cell.
    Cell,
    /// Access point name.
    Apn,
    /// An IP address of the device.
    Ip,
    /// The source's label.
    Source,
    /// A tag of the SIM.
    Tag,
    /// The SIM's life-cycle status.
    Status,
    /// The operator that the SIM was with last: its name, else MCC and MNC.
    LastOperator,
    /// Make and model of the device that the SIM was in last: the first eight digits of its IMEI.
    DeviceType,
}

/// A field that is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberField {
    /// How long the session is known to have lasted, milliseconds.
    Duration,
    /// Bytes both ways.
    Bytes,
    /// Bytes from the device.
    Up,
    /// Bytes to the device.
    Down,
    /// Packets both ways.
    Packets,
    /// For how long the SIM has had no open session, milliseconds.
    Offline,
}

/// Which side of an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Not over before it.
    Since,
    /// Begun by then.
    Until,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A text.
    Text(TextField),
    /// A country.
    Country,
    /// The country that a SIM was in last.
    LastCountry,
    /// An area.
    Area,
    /// One of a few.
    Choice(Choice),
    /// A number.
    Number(NumberField),
    /// An instant.
    Time(Edge),
}

/// A field by its name.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Another name; empty where it has none.
    pub alias: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// What it is, for people.
    pub about: &'static str,
}

const fn field(
    name: &'static str,
    alias: &'static str,
    holds: Holds,
    about: &'static str,
) -> Field {
    Field {
        name,
        alias,
        holds,
        about,
    }
}

/// All fields, in the order in which they are proposed.
#[rustfmt::skip]
pub const FIELDS: [Field; 35] = [
    field("operator", "", Holds::Text(TextField::Operator), "visited network’s operator"),
    field("country", "", Holds::Country, "visited network’s country: NO, NOR, Norway"),
    field("radio", "rat", Holds::Choice(Choice::Radio), "radio technology"),
    field("vendor", "provider", Holds::Choice(Choice::Vendor), "connectivity vendor"),
    field("sim", "", Holds::Text(TextField::Sim), "any name or identifier of the SIM"),
    field("name", "", Holds::Text(TextField::Name), "name of the SIM or its device"),
    field("dur", "duration", Holds::Number(NumberField::Duration), "how long a session lasted: dur>1h"),
    field("bytes", "", Holds::Number(NumberField::Bytes), "bytes both ways: bytes>=1MB, bytes=0"),
    field("up", "", Holds::Number(NumberField::Up), "bytes from the device"),
    field("down", "", Holds::Number(NumberField::Down), "bytes to the device"),
    field("packets", "", Holds::Number(NumberField::Packets), "packets both ways"),
    field("offline", "", Holds::Number(NumberField::Offline), "time without an open session: offline>7d"),
    field("since", "", Holds::Time(Edge::Since), "from then on: since:2026-10-01, since:7d"),
    field("until", "", Holds::Time(Edge::Until), "up to then: until:2026-10-01"),
    field("imei", "", Holds::Text(TextField::Imei), "IMEI of the device"),
    field("imsi", "", Holds::Text(TextField::Imsi), "IMSI that the session used"),
    field("iccid", "", Holds::Text(TextField::Iccid), "ICCID of the SIM"),
    field("last-country", "", Holds::LastCountry, "country that the SIM was in last"),
    field("last-operator", "", Holds::Text(TextField::LastOperator), "operator that the SIM was with last"),
    field("last-radio", "", Holds::Choice(Choice::LastRadio), "radio technology that the SIM had last"),
    field("device-type", "", Holds::Text(TextField::DeviceType), "type code of the SIM’s last device: an IMEI’s first 8 digits"),
    field("plmn", "", Holds::Text(TextField::Plmn), "MCC and MNC: 242-01"),
    field("in", "area", Holds::Area, "area, south/west/north/east: in:59.8/10.5/60/11"),
    field("cell", "", Holds::Text(TextField::Cell), "serving cell: as reported, its number, or 440-10-4728-49497861"),
    field("apn", "", Holds::Text(TextField::Apn), "access point name"),
    field("ip", "", Holds::Text(TextField::Ip), "IP address of the device"),
    field("status", "", Holds::Text(TextField::Status), "SIM’s status as reported"),
    field("tag", "", Holds::Text(TextField::Tag), "SIM’s tag: its name, its value, or name=value"),
    field("group", "", Holds::Text(TextField::Group), "SIM’s group by your file of labels"),
    field("source", "", Holds::Text(TextField::Source), "file or connection"),
    field("finding", "", Holds::Choice(Choice::Finding), "what stands out in the SIM: any, none, silence, critical"),
    field("event", "", Holds::Choice(Choice::Event), "kind of event"),
    field("end", "", Holds::Choice(Choice::End), "how the end is known"),
    field("start", "", Holds::Choice(Choice::Start), "how the start is known"),
    field("basis", "", Holds::Choice(Choice::Basis), "where the session row comes from"),
];

/// The field of a name or another name, whatever its case.
pub fn field_named(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| {
        field.name.eq_ignore_ascii_case(name)
            || (!field.alias.is_empty() && field.alias.eq_ignore_ascii_case(name))
    })
}

fn name_of(holds: Holds) -> &'static str {
    FIELDS
        .iter()
        .find(|field| field.holds == holds)
        .map_or("", |field| field.name)
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, term) in self.terms.iter().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{term}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("-")?;
        }
        write!(f, "{}", self.what)
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let op = |differs: bool| if differs { "!=" } else { ":" };
        match self {
            Self::Free(pattern) => f.write_str(&free(pattern)),
            Self::Flag(flag) => f.write_str(flag.as_str()),
            Self::Text {
                field,
                differs,
                values,
            } => {
                let name = name_of(Holds::Text(*field));
                let values: Vec<String> = values.iter().map(|v| value(v.as_ref())).collect();
                write!(f, "{name}{}{}", op(*differs), values.join(","))
            }
            Self::Country { differs, values } => {
                write!(f, "country{}{}", op(*differs), listed(values))
            }
            Self::LastCountry { differs, values } => {
                write!(f, "last-country{}{}", op(*differs), listed(values))
            }
            Self::Area { differs, values } => {
                write!(f, "in{}{}", op(*differs), listed(values))
            }
            Self::Choice {
                field,
                differs,
                mask,
            } => {
                let name = name_of(Holds::Choice(*field));
                let names = (0..).zip(field.names());
                let chosen = names.filter_map(|(bit, name)| (mask >> bit & 1 == 1).then_some(name));
                let chosen: Vec<&str> = chosen.collect();
                write!(f, "{name}{}{}", op(*differs), chosen.join(","))
            }
            Self::Number { field, op, values } => {
                let name = name_of(Holds::Number(*field));
                let values = values.iter().map(|number| match number {
                    Some(number) => super::number::written(*field, *number),
                    None => NOT_REPORTED.to_owned(),
                });
                let values: Vec<String> = values.collect();
                write!(f, "{name}{}{}", op.as_str(), values.join(","))
            }
            Self::Time { edge, at } => write!(f, "{}:{at}", name_of(Holds::Time(*edge))),
        }
    }
}

/// The word for a value that is not reported.
pub const NOT_REPORTED: &str = "none";

/// Values as they are written behind a field.
fn listed<T: fmt::Display>(values: &[Option<T>]) -> String {
    let values = values.iter().map(|value| match value {
        Some(value) => value.to_string(),
        None => NOT_REPORTED.to_owned(),
    });
    let values: Vec<String> = values.collect();
    values.join(",")
}

/// A text as it is written behind a field.
pub(super) fn value(pattern: Option<&Pattern>) -> String {
    match pattern {
        None => NOT_REPORTED.to_owned(),
        Some(pattern) => {
            let is_word = |text: &str| text.eq_ignore_ascii_case(NOT_REPORTED);
            pattern.to_value(pattern.text().is_some_and(is_word))
        }
    }
}

/// A text as it is written by itself: in quotes where it would be read as something else.
fn free(pattern: &Pattern) -> String {
    let plain = pattern.to_free(false);
    let read = tokens(&plain);
    let same = matches!(read.as_slice(), [token] if !token.negated && token.field.is_none());
    let is_flag = Flag::from_word(&plain).is_some();
    if same && !is_flag {
        plain
    } else {
        pattern.to_free(true)
    }
}
