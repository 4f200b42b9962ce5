//! Mobile country codes (ITU-T E.212) and the country that each is assigned to.

mod table;

use crate::model::{Country, Mcc};

/// The country that a mobile country code is assigned to. Some codes are used in several countries
/// (310 to 316, 340, 362, 505, 647): then the main one, so the answer is where a network most
/// probably is. Null for international and test codes (001, 901, 999) and unassigned ones.
pub fn country_of_mcc(mcc: Mcc) -> Option<Country> {
    let mcc = mcc.number();
    let (entries, _) = table::MCC.as_bytes().as_chunks::<5>();
    let number = |[a, b, c]: [u8; 3]| {
        [a, b, c]
            .iter()
            .fold(0, |n, digit| n * 10 + u16::from(digit - b'0'))
    };
    let found = entries
        .binary_search_by_key(&mcc, |[a, b, c, ..]| number([*a, *b, *c]))
        .ok()?;
    let [.., a, b] = entries[found];
    Some(Country::from_letters([a, b]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(mcc: u64) -> Option<String> {
        country_of_mcc(Mcc::from_number(mcc).unwrap()).map(|country| country.to_string())
    }

    #[test]
    fn every_code_of_the_table_is_found() {
        let (entries, rest) = table::MCC.as_bytes().as_chunks::<5>();
        assert!(rest.is_empty());
        assert!(entries.is_sorted_by(|a, b| a[..3] < b[..3]));
        for entry in entries {
            let mcc = std::str::from_utf8(&entry[..3]).unwrap().parse().unwrap();
            assert_eq!(country(mcc).unwrap().as_bytes(), &entry[3..]);
        }
    }

    #[test]
    fn shared_codes_go_to_the_main_assignee() {
        for mcc in 310..=316 {
            assert_eq!(country(mcc).as_deref(), Some("US"), "{mcc}");
        }
        for (mcc, name) in [
            (208, "FR"),
            (221, "XK"),
            (234, "GB"),
            (242, "NO"),
            (340, "GP"),
            (425, "IL"),
            (440, "JP"),
            (505, "AU"),
            (647, "RE"),
        ] {
            assert_eq!(country(mcc).as_deref(), Some(name), "{mcc}");
        }
    }

    #[test]
    fn international_and_test_codes_have_no_country() {
        for mcc in [1, 901, 902, 991, 995, 999, 200, 203] {
            assert_eq!(country(mcc), None, "{mcc}");
        }
    }
}
