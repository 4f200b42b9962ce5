//! The small enumerations of a session's row, in one number of 16 bits.

use crate::model::{Basis, EndKind, Radio, StartKind, TrafficUnit};

/// The small enumerations of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds {
    pub start: StartKind,
    pub end: EndKind,
    pub basis: Basis,
    pub radio: Option<Radio>,
    pub unit: Option<TrafficUnit>,
    pub place_at: PlaceAt,
    pub dead: bool,
}

/// Which instant a row's place holds for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceAt {
    None,
    LastSeen,
    Start,
    End,
    Other,
}

impl Kinds {
    pub fn pack(self) -> u16 {
        let start = match self.start {
            StartKind::Unknown => 0,
            StartKind::Exact => 1,
            StartKind::BeforeWindow => 2,
            StartKind::Estimated => 3,
        };
        let end = match self.end {
            EndKind::Unknown => 0,
            EndKind::Exact => 1,
            EndKind::Open => 2,
            EndKind::Estimated => 3,
        };
        let basis = match self.basis {
            Basis::Reported => 0,
            Basis::Rebuilt => 1,
            Basis::Polled => 2,
        };
        let radio = match self.radio {
            None => 0,
            Some(radio) => radio as u16 + 1,
        };
        let unit = match self.unit {
            None => 0,
            Some(TrafficUnit::Packets) => 1,
            Some(TrafficUnit::Bytes) => 2,
            Some(TrafficUnit::Megabytes) => 3,
            Some(TrafficUnit::Unknown) => 4,
        };
        let place_at = match self.place_at {
            PlaceAt::None => 0,
            PlaceAt::LastSeen => 1,
            PlaceAt::Start => 2,
            PlaceAt::End => 3,
            PlaceAt::Other => 4,
        };
        start
            | end << 2
            | basis << 4
            | radio << 6
            | unit << 9
            | place_at << 12
            | u16::from(self.dead) << 15
    }

    pub fn unpack(bits: u16) -> Self {
        Self {
            start: start_of(bits),
            end: end_of(bits),
            basis: basis_of(bits),
            radio: radio_of(bits),
            unit: match bits >> 9 & 7 {
                1 => Some(TrafficUnit::Packets),
                2 => Some(TrafficUnit::Bytes),
                3 => Some(TrafficUnit::Megabytes),
                4 => Some(TrafficUnit::Unknown),
                _ => None,
            },
            place_at: match bits >> 12 & 7 {
                1 => PlaceAt::LastSeen,
                2 => PlaceAt::Start,
                3 => PlaceAt::End,
                4 => PlaceAt::Other,
                _ => PlaceAt::None,
            },
            dead: is_dead(bits),
        }
    }
}

/// How start and end are known, as a number below 16.
pub fn ends_number(bits: u16) -> usize {
    usize::from(bits & 15)
}

/// How start and end are known, of what [`ends_number`] returned.
pub const fn ends_of_number(number: usize) -> (StartKind, EndKind) {
    let bits = number as u16 & 15;
    (start_of(bits), end_of(bits))
}

/// How the start is known.
pub const fn start_of(bits: u16) -> StartKind {
    match bits & 3 {
        1 => StartKind::Exact,
        2 => StartKind::BeforeWindow,
        3 => StartKind::Estimated,
        _ => StartKind::Unknown,
    }
}

/// How the end is known.
pub const fn end_of(bits: u16) -> EndKind {
    match bits >> 2 & 3 {
        1 => EndKind::Exact,
        2 => EndKind::Open,
        3 => EndKind::Estimated,
        _ => EndKind::Unknown,
    }
}

fn basis_of(bits: u16) -> Basis {
    match bits >> 4 & 3 {
        1 => Basis::Rebuilt,
        2 => Basis::Polled,
        _ => Basis::Reported,
    }
}

/// The radio technology.
pub fn radio_of(bits: u16) -> Option<Radio> {
    match bits >> 6 & 7 {
        1 => Some(Radio::G2),
        2 => Some(Radio::G3),
        3 => Some(Radio::G4),
        4 => Some(Radio::G5),
        5 => Some(Radio::LteM),
        6 => Some(Radio::NbIot),
        _ => None,
    }
}

/// Whether the row stands for nothing any more.
pub fn is_dead(bits: u16) -> bool {
    bits >> 15 == 1
}
