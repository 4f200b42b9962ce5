//! By what a row names its SIM, and the forms in which numbers of one SIM are found equal.

use serde::{Deserialize, Serialize};

use super::number::{Number, is_checked};

/// What kind of identifier it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Identifier {
    /// The SIM's number, 18 to 20 digits (ITU-T E.118), with or without its check digit.
    Iccid,
    /// The subscription's number, 13 to 15 digits (3GPP TS 23.003).
    Imsi,
    /// The device's number, 14 to 16 digits: without its check digit, with it, or with the software's version instead.
    Imei,
    /// The eUICC's number, 32 digits.
    Eid,
    /// The telephone number, E.164.
    Msisdn,
    /// The vendor's key of the SIM, or of the device that it is linked to.
    Key,
}

impl Identifier {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Iccid,
        Self::Imsi,
        Self::Imei,
        Self::Eid,
        Self::Msisdn,
        Self::Key,
    ];

    /// Its short name.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Iccid => "iccid",
            Self::Imsi => "imsi",
            Self::Imei => "imei",
            Self::Eid => "eid",
            Self::Msisdn => "msisdn",
            Self::Key => "key",
        }
    }

    /// Its name within a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Iccid => "ICCID",
            Self::Imsi => "IMSI",
            Self::Imei => "IMEI",
            Self::Eid => "EID",
            Self::Msisdn => "MSISDN",
            Self::Key => "vendor's key",
        }
    }
}

/// A number of one kind: equal for equal digits, the count of which is part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Form {
    kind: Identifier,
    /// The digits behind a 1, so that zeros before count.
    digits: u128,
}

/// The forms of one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Forms {
    /// As it is written.
    pub whole: Form,
    /// An ICCID without its check digit: null where the last digit is none.
    pub unchecked: Option<Form>,
}

/// The forms of a number; null where it is none of that kind.
pub(super) fn forms(kind: Identifier, number: &Number) -> Option<Forms> {
    let digits = number.digits();
    let form = |digits: &[u8]| Form {
        kind,
        digits: digits.iter().fold(1, |value, digit| {
            value * 10 + u128::from(digit.wrapping_sub(b'0'))
        }),
    };
    let alone = |digits| Forms {
        whole: form(digits),
        unchecked: None,
    };
    match (kind, digits.len()) {
        (Identifier::Iccid, 18) | (Identifier::Imsi, 13..=15) | (Identifier::Eid, 32) => {
            Some(alone(digits))
        }
        (Identifier::Iccid, 19 | 20) => Some(Forms {
            whole: form(digits),
            unchecked: digits
                .split_last()
                .filter(|_| is_checked(digits))
                .map(|(_, before)| form(before)),
        }),
        // Type allocation code and serial number alone tell devices apart.
        (Identifier::Imei, 14..=16) => digits.get(..14).map(alone),
        (Identifier::Msisdn, _) => {
            let digits = digits.strip_prefix(b"00").unwrap_or(digits);
            (5..=15).contains(&digits.len()).then(|| alone(digits))
        }
        _ => None,
    }
}

/// Whether a number looks as if a spreadsheet, which keeps 15 digits, had made the others zeros.
pub(super) fn is_rounded(number: &Number) -> bool {
    let lost = number.digits().get(15..).unwrap_or_default();
    lost.len() >= 3 && lost.iter().all(|digit| *digit == b'0')
}
