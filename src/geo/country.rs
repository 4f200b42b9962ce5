//! ISO 3166-1: the codes and the English names that vendors use. Kosovo, which has no official
//! code, is `XK`, alpha-3 `XKX` or `XKK`.

mod table;

use crate::model::Country;

/// The country of an ISO 3166-1 alpha-3 code, whatever its case; null for any other text.
pub fn from_alpha3(code: &str) -> Option<Country> {
    let [a, b, c] = code.as_bytes() else {
        return None;
    };
    let number = |letters: [u8; 3]| {
        let [a, b, c] = letters.map(u32::from);
        a << 16 | b << 8 | c
    };
    let code = number([a, b, c].map(u8::to_ascii_uppercase));
    let (entries, _) = table::ALPHA3.as_bytes().as_chunks::<5>();
    let found = entries
        .binary_search_by_key(&code, |[a, b, c, ..]| number([*a, *b, *c]))
        .ok()?;
    let [.., a, b] = entries[found];
    Some(Country::from_letters([a, b]))
}

/// The country of an English name, short or formal: `Norway`, `Russian Federation`, `Côte d'Ivoire`,
/// `Korea, Republic of`. Case, accents, punctuation and the words "the", "of" and "and" do not
/// count. Null for any other text.
pub fn from_english_name(name: &str) -> Option<Country> {
    let mut buffer = [0; LONGEST_NAME];
    let name = fold(name, &mut buffer)?;
    let table = table::NAMES.as_bytes();
    let (mut low, mut high) = (0, table.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = table[low..middle]
            .iter()
            .rposition(|byte| *byte == b' ')
            .map_or(low, |at| low + at + 1);
        let end = start + table[start..].iter().position(|byte| *byte == b' ')?;
        let (entry, letters) = table[start..end].split_last_chunk::<2>()?;
        match entry.cmp(name) {
            std::cmp::Ordering::Equal => return Some(Country::from_letters(*letters)),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

/// Bytes of the longest folded name that is looked up; the longest in the table has fewer.
const LONGEST_NAME: usize = 64;

/// Lower-case letters without accents, punctuation and small words; null where that is too long.
fn fold<'b>(name: &str, buffer: &'b mut [u8; LONGEST_NAME]) -> Option<&'b [u8]> {
    let (mut length, mut word) = (0, 0);
    for letter in name.chars().chain([' ']) {
        let letter = match letter.to_lowercase().next().unwrap_or(letter) {
            letter if letter.is_ascii_alphanumeric() => letter as u8,
            'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => b'a',
            'ç' => b'c',
            'é' | 'è' | 'ê' | 'ë' => b'e',
            'í' | 'ì' | 'î' | 'ï' => b'i',
            'ñ' => b'n',
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' => b'o',
            'ú' | 'ù' | 'û' | 'ü' => b'u',
            // Any other letter is no part of an English name; it stays, so that nothing matches.
            letter if letter.is_alphabetic() => b'?',
            _ => {
                match buffer.get(word..length)? {
                    b"the" | b"of" | b"and" => length = word,
                    b"st" => {
                        buffer.get_mut(word..word + 5)?.copy_from_slice(b"saint");
                        length = word + 5;
                    }
                    _ => {}
                }
                word = length;
                continue;
            }
        };
        *buffer.get_mut(length)? = letter;
        length += 1;
    }
    buffer.get(..length).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alpha3(code: &str) -> Option<String> {
        from_alpha3(code).map(|country| country.to_string())
    }

    fn named(name: &str) -> Option<String> {
        from_english_name(name).map(|country| country.to_string())
    }

    #[test]
    fn every_alpha3_code_is_found() {
        let (entries, rest) = table::ALPHA3.as_bytes().as_chunks::<5>();
        assert_eq!((entries.len(), rest.len()), (251, 0));
        assert!(entries.is_sorted());
        let mut alpha2: Vec<_> = entries.iter().map(|e| [e[3], e[4]]).collect();
        for entry in entries {
            let code = std::str::from_utf8(&entry[..3]).unwrap();
            assert_eq!(alpha3(code).unwrap().as_bytes(), &entry[3..]);
        }
        alpha2.sort_unstable();
        alpha2.dedup();
        assert_eq!(alpha2.len(), 250, "249 countries and Kosovo");
    }

    #[test]
    fn other_texts_are_no_alpha3_code() {
        assert_eq!(alpha3("usa").as_deref(), Some("US"));
        assert_eq!(alpha3("XKX"), alpha3("XKK"));
        for text in ["", "US", "AAA", "ZZZ", "USAA", "é1"] {
            assert_eq!(alpha3(text), None, "{text}");
        }
    }

    #[test]
    fn every_name_is_found_and_fits() {
        let entries: Vec<_> = table::NAMES.split_terminator(' ').collect();
        assert!(entries.is_sorted_by_key(|e| &e[..e.len() - 2]));
        for entry in &entries {
            let (name, country) = entry.split_at(entry.len() - 2);
            assert_eq!(named(name).as_deref(), Some(country), "{name}");
        }
        let mut countries: Vec<_> = entries.iter().map(|e| &e[e.len() - 2..]).collect();
        countries.sort_unstable();
        countries.dedup();
        assert_eq!(countries.len(), 250);
    }

    #[test]
    fn spellings_of_a_name_are_folded() {
        for (name, country) in [
            ("Norway", "NO"),
            ("SWEDEN", "SE"),
            ("The Netherlands", "NL"),
            ("United States of America", "US"),
            ("U.S.A.", "US"),
            ("Trinidad & Tobago", "TT"),
            ("St. Lucia", "LC"),
            ("Côte d’Ivoire", "CI"),
            ("Curaçao", "CW"),
            ("Türkiye", "TR"),
            ("Korea, Republic of", "KR"),
            ("Congo (Democratic Republic of the)", "CD"),
            ("Congo", "CG"),
            ("Viet Nam", "VN"),
            ("Kosovo", "XK"),
            ("Guinea-Bissau", "GW"),
            ("Guinea", "GN"),
        ] {
            assert_eq!(named(name).as_deref(), Some(country), "{name}");
        }
    }

    #[test]
    fn other_texts_are_no_name() {
        let long = "x".repeat(500);
        for text in [
            "",
            "the",
            "Atlantis",
            "Norwa",
            "Norwayy",
            "Норвегия",
            "a",
            "zzz",
            &long,
        ] {
            assert_eq!(named(text), None, "{text}");
        }
    }
}
