//! The visited network: PLMN (MCC + MNC), country and operator. Codes keep their zeros: `01` and
//! `001` are different networks, so an MNC carries its number of digits.

use std::fmt;

use serde::{Serialize, Serializer};

use super::Text;

/// Mobile country code (ITU-T E.212): three digits, 001 to 999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mcc(u16);

/// Mobile network code (ITU-T E.212): two or three digits, leading zeros kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mnc {
    value: u16,
    three_digits: bool,
}

/// ISO 3166-1 alpha-2 country code, or `XK` for Kosovo, in upper case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country([u8; 2]);

/// The visited network, as far as a vendor tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Network<'a> {
    /// Mobile country code, three digits as a string.
    pub mcc: Option<Mcc>,
    /// Mobile network code, two or three digits as a string.
    pub mnc: Option<Mnc>,
    /// The vendor sent the MNC as a number, so its count of digits comes from the MCC.
    pub mnc_assumed: bool,
    /// Where the visited network is: ISO 3166-1 alpha-2.
    pub country: Option<Country>,
    /// The operator's name as the vendor writes it.
    pub operator: Option<Text<'a>>,
}

/// A text of at most three digits as a number, and how many they are.
fn number_of(text: &str) -> Option<(u16, usize)> {
    let is_number = text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = text.bytes().map(|byte| u16::from(byte.wrapping_sub(b'0')));
    is_number.then(|| {
        (
            digits.fold(0, |number, digit| number * 10 + digit),
            text.len(),
        )
    })
}

impl Mcc {
    /// From a number: null for 0, which vendors write for "none", and above 999.
    pub fn from_number(n: u64) -> Option<Self> {
        (1..=999).contains(&n).then_some(Self(n as u16))
    }

    /// From exactly three digits, not `000`.
    pub fn from_digits(text: &str) -> Option<Self> {
        let (number, digits) = number_of(text)?;
        (digits == 3).then(|| Self::from_number(number.into()))?
    }

    /// As a number, 1 to 999.
    pub fn number(self) -> u16 {
        self.0
    }

    /// Whether networks under this code use three-digit MNCs: the list of Android's `MccTable`.
    pub fn uses_three_digit_mnc(self) -> bool {
        matches!(
            self.0,
            302 | 310..=316 | 334 | 338 | 342 | 344 | 346 | 348 | 365 | 708 | 722 | 732
        )
    }
}

impl Mnc {
    /// From a number, whose leading zeros are lost: three digits where it needs them or where the
    /// country uses them, else two. Null above 999.
    pub fn assumed_from_number(n: u64, mcc: Mcc) -> Option<Self> {
        (n <= 999).then_some(Self {
            value: n as u16,
            three_digits: n > 99 || mcc.uses_three_digit_mnc(),
        })
    }

    /// From exactly two or three digits.
    pub fn from_digits(text: &str) -> Option<Self> {
        let (value, digits) = number_of(text)?;
        (digits >= 2).then_some(Self {
            value,
            three_digits: digits == 3,
        })
    }

    /// As a number, 0 to 999; `01` and `001` are both 1 here.
    pub fn number(self) -> u16 {
        self.value
    }

    /// Whether it has three digits; else two.
    pub fn has_three_digits(self) -> bool {
        self.three_digits
    }
}

impl Country {
    /// From two ASCII letters, whatever their case.
    pub fn from_alpha2(text: &str) -> Option<Self> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Some(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => None,
        }
    }

    /// From two upper-case ASCII letters known when compiling. Other bytes become `?`.
    pub const fn from_letters(letters: [u8; 2]) -> Self {
        if letters[0].is_ascii_uppercase() && letters[1].is_ascii_uppercase() {
            Self(letters)
        } else {
            Self([b'?', b'?'])
        }
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl Network<'_> {
    /// Nothing is known of the network.
    pub fn is_empty(&self) -> bool {
        self.mcc.is_none()
            && self.mnc.is_none()
            && self.country.is_none()
            && self.operator.is_none()
    }

    /// The same network with its own copy of the operator's name.
    pub fn into_owned(self) -> Network<'static> {
        Network {
            mcc: self.mcc,
            mnc: self.mnc,
            mnc_assumed: self.mnc_assumed,
            country: self.country,
            operator: self.operator.map(|text| Text::Owned(text.into_owned())),
        }
    }
}

impl fmt::Display for Mcc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}", self.0)
    }
}

impl fmt::Display for Mnc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.three_digits {
            write!(f, "{:03}", self.value)
        } else {
            write!(f, "{:02}", self.value)
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Mcc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Mnc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_of_an_mnc_count() {
        let two = Mnc::from_digits("01").unwrap();
        let three = Mnc::from_digits("001").unwrap();
        assert_ne!(two, three);
        assert_eq!(
            (two.to_string(), three.to_string()),
            ("01".into(), "001".into())
        );
        assert_eq!(Mnc::from_digits("1"), None);
        assert_eq!(Mnc::from_digits("1 "), None);
    }

    #[test]
    fn a_numeric_mnc_takes_its_length_from_the_country() {
        let japan = Mcc::from_number(440).unwrap();
        let mexico = Mcc::from_number(334).unwrap();
        assert_eq!(
            Mnc::assumed_from_number(1, japan).unwrap().to_string(),
            "01"
        );
        assert_eq!(
            Mnc::assumed_from_number(20, mexico).unwrap().to_string(),
            "020"
        );
        assert_eq!(Mcc::from_number(0), None);
        assert_eq!(Mcc::from_number(1).unwrap().to_string(), "001");
    }
}
