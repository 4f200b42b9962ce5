//! The values that wire structs hold, each as `serde_json` reads it.

use serde::de::IgnoredAny;

use super::{DEEPEST, Pull, Pulled};
use crate::provider::json::{Digits, Object, Str};

impl<'a> Pulled<'a> for IgnoredAny {
    fn pull(from: &mut Pull<'a>) -> Option<Self> {
        from.skip(DEEPEST).map(|()| IgnoredAny)
    }
}

impl<'a, T: Pulled<'a>> Pulled<'a> for Option<T> {
    #[inline]
    fn pull(from: &mut Pull<'a>) -> Option<Self> {
        if from.peek()? == b'n' {
            return from.word(b"null").map(|()| None);
        }
        T::pull(from).map(Some)
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}

impl<'a, T: Pulled<'a>> Pulled<'a> for Vec<T> {
    fn pull(from: &mut Pull<'a>) -> Option<Self> {
        let mut elements = Vec::new();
        from.elements(|from| {
            elements.push(T::pull(from)?);
            Some(())
        })?;
        Some(elements)
    }
}

impl<'a, T: Pulled<'a>> Pulled<'a> for Object<T> {
    #[inline]
    fn pull(from: &mut Pull<'a>) -> Option<Self> {
        T::pull(from).map(Object)
    }
}

impl<'de: 'a, 'a> Pulled<'de> for Str<'a> {
    fn pull(from: &mut Pull<'de>) -> Option<Self> {
        let start = from.at;
        let text = from.quoted()?;
        if text.escaped {
            return serde_json::from_slice(from.json.get(start..from.at)?).ok();
        }
        Some(Str(from.utf8(text.range())?.into()))
    }
}

impl<'de: 'a, 'a> Pulled<'de> for Digits<'a> {
    fn pull(from: &mut Pull<'de>) -> Option<Self> {
        if from.peek()? == b'"' {
            return Str::pull(from).map(|Str(text)| Digits::Text(text));
        }
        u64::pull(from).map(Digits::Number)
    }
}

impl<'a> Pulled<'a> for bool {
    fn pull(from: &mut Pull<'a>) -> Option<Self> {
        match from.peek()? {
            b't' => from.word(b"true").map(|()| true),
            _ => from.word(b"false").map(|()| false),
        }
    }
}

impl<'a> Pulled<'a> for u64 {
    fn pull(from: &mut Pull<'a>) -> Option<Self> {
        let number = from.digits()?;
        (!from.goes_on_as_real()).then_some(number)
    }
}

impl<'a> Pulled<'a> for u32 {
    fn pull(from: &mut Pull<'a>) -> Option<Self> {
        u64::pull(from)?.try_into().ok()
    }
}

impl<'a> Pulled<'a> for i64 {
    fn pull(from: &mut Pull<'a>) -> Option<Self> {
        let is_negative = from.peek()? == b'-';
        from.at += usize::from(is_negative);
        let number: Self = u64::pull(from)?.try_into().ok()?;
        match (is_negative, number) {
            // `-0` is a real number to serde_json.
            (true, 0) => None,
            (true, number) => Some(-number),
            (false, number) => Some(number),
        }
    }
}

/// Powers of ten that a real number holds exactly.
const TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

impl<'a> Pulled<'a> for f64 {
    fn pull(from: &mut Pull<'a>) -> Option<Self> {
        let is_negative = from.peek()? == b'-';
        from.at += usize::from(is_negative);
        let start = from.at;
        let mut digits = from.digits()?;
        let mut places = 0;
        if from.peek()? == b'.' {
            from.at += 1;
            let point = from.at;
            digits = from.more_digits(digits);
            places = from.at - point;
            // The point is counted as well.
            if places == 0 || from.at - start > 20 {
                return None;
            }
        }
        if matches!(from.peek()?, b'e' | b'E') {
            return None;
        }
        let number = digits as f64 / TENS.get(places)?;
        Some(if is_negative { -number } else { number })
    }
}
