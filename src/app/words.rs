//! How values are written on the screen: instants with their zone, counts with their unit,
//! identifiers short of room.

use std::cell::RefCell;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::zone::Zone;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// `2026-10-28 06:41:07`
pub fn instant(ms: i64, zone: &Zone) -> String {
    let w = zone.wall(ms);
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
        w.year, w.month, w.day, w.hour, w.minute, w.second
    )
}

/// `2026-10-28 06:41:07.250`
pub fn exact_instant(ms: i64, zone: &Zone) -> String {
    format!("{}.{:03}", instant(ms, zone), ms.rem_euclid(1000))
}

/// `from memory until 28 Oct 06:41, fresh since 30 Oct 12:12`
pub fn remembered(info: &crate::engine::protocol::RememberedInfo, zone: &Zone) -> String {
    let until = short_instant(info.until, zone);
    match info.fresh_since {
        Some(since) => format!(
            "from memory until {until}, fresh since {}",
            short_instant(since, zone)
        ),
        None => format!("from memory until {until}"),
    }
}

/// `2026-10-28T06:41:07.250Z`, by the browser; empty beyond what it can write.
pub fn rfc3339(ms: i64) -> String {
    let date = js_sys::Date::new(&(ms as f64).into());
    if date.get_time().is_finite() {
        date.to_iso_string().into()
    } else {
        String::new()
    }
}

/// `28 Oct 06:41`
pub fn short_instant(ms: i64, zone: &Zone) -> String {
    let w = zone.wall(ms);
    format!("{} {:02}:{:02}", day(w.month, w.day), w.hour, w.minute)
}

/// `28 Oct`
pub fn short_day(ms: i64, zone: &Zone) -> String {
    let w = zone.wall(ms);
    day(w.month, w.day)
}

fn day(month: u32, day: u32) -> String {
    let name = MONTHS
        .get(month.saturating_sub(1) as usize)
        .copied()
        .unwrap_or("?");
    format!("{day} {name}")
}

/// `14:02`
pub fn clock(ms: i64, zone: &Zone) -> String {
    let w = zone.wall(ms);
    format!("{:02}:{:02}", w.hour, w.minute)
}

/// A number with so many digits behind the point, by the browser: Rust's own formatting of floats
/// weighs as much as a pane.
pub fn fixed(value: f64, digits: u8) -> String {
    js_sys::Number::from(value)
        .to_fixed(digits)
        .map_or_else(|_| String::new(), String::from)
}

/// A number as short as it can be written.
pub fn short(value: f64) -> String {
    js_sys::Number::from(value)
        .to_string_with_radix(10)
        .map_or_else(|_| String::new(), String::from)
}

/// CSS pixels, to a tenth.
pub fn px(value: f64) -> String {
    fixed(value, 1) + "px"
}

/// `12,408`
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 SIM`, `2 SIMs`
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// Bytes in decimal units: `812 B`, `45.3 MB`.
pub fn bytes(n: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if n < 1000 {
        return format!("{n} B");
    }
    let mut value = n as f64 / 1000.0;
    let mut unit = 0;
    while value >= 999.95 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    let unit = UNITS.get(unit).copied().unwrap_or("PB");
    let digits = u8::from(value < 100.0);
    format!("{} {unit}", fixed(value, digits))
}

/// The last seven characters of an identifier behind an ellipsis; a short one as it is.
pub fn tail(identifier: &str) -> String {
    let length = identifier.chars().count();
    if length <= 9 {
        return identifier.to_owned();
    }
    let tail: String = identifier.chars().skip(length - 7).collect();
    format!("…{tail}")
}

thread_local! {
    /// Code and name. A fleet is in a few dozen countries at most.
    static COUNTRIES: RefCell<Vec<(String, String)>> = RefCell::default();
    /// `Intl.DisplayNames` of countries; null where the browser has none.
    static NAMES: Option<JsValue> = display_names();
}

/// Makes the browser fetch its names of countries, which takes it a while, before the first of them is asked for.
pub fn prepare() {
    NAMES.with(|_| ());
}

/// A country's name in the visitor's language; the code where the browser does not know it.
pub fn country(code: &str) -> String {
    COUNTRIES.with_borrow_mut(|known| {
        if let Some((_, name)) = known.iter().find(|(known, _)| known == code) {
            return name.clone();
        }
        let name = country_name(code).unwrap_or_else(|| code.to_owned());
        known.push((code.to_owned(), name.clone()));
        name
    })
}

fn display_names() -> Option<JsValue> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor = Reflect::get(&intl, &"DisplayNames".into()).ok()?;
    let constructor: js_sys::Function = constructor.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"region".into()).ok()?;
    let arguments = Array::of2(&js_sys::Array::new(), &options);
    Reflect::construct(&constructor, &arguments).ok()
}

fn country_name(code: &str) -> Option<String> {
    NAMES.with(|names| {
        let names = names.as_ref()?;
        let of: js_sys::Function = Reflect::get(names, &"of".into()).ok()?.dyn_into().ok()?;
        of.call1(names, &code.into()).ok()?.as_string()
    })
}
