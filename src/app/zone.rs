//! Time zones, through `Intl`: UTC, the visitor's own, or any IANA zone by name.

use std::cell::RefCell;

use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A time zone by its IANA name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    name: String,
}

impl Default for Zone {
    fn default() -> Self {
        Self::utc()
    }
}

/// An instant on the wall clock of a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wall {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
    /// Day of the month.
    pub day: u32,
    /// Hour, 0 to 23.
    pub hour: u32,
    /// Minute.
    pub minute: u32,
    /// Second.
    pub second: u32,
}

thread_local! {
    /// Name of a zone and its format, for the zones that were used.
    static FORMATS: RefCell<Vec<(String, Option<Intl::DateTimeFormat>)>> = RefCell::default();
}

impl Zone {
    /// UTC.
    pub fn utc() -> Self {
        Self {
            name: "UTC".to_owned(),
        }
    }

    /// The visitor's own.
    pub fn local() -> Self {
        let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
        let options = format.resolved_options();
        let name = Reflect::get(&options, &"timeZone".into())
            .ok()
            .and_then(|name| name.as_string());
        Self {
            name: name.unwrap_or_else(|| "UTC".to_owned()),
        }
    }

    /// By IANA name, `local` or `UTC`; null where the browser does not know it.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "" => None,
            "utc" | "UTC" => Some(Self::utc()),
            "local" => Some(Self::local()),
            _ => format_of(name).map(|_| Self {
                name: name.to_owned(),
            }),
        }
    }

    /// Its IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All zones that the browser knows.
    pub fn all() -> Vec<String> {
        let list = Reflect::get(&js_sys::global(), &"Intl".into())
            .and_then(|intl| {
                let of = Reflect::get(&intl, &"supportedValuesOf".into())?;
                of.dyn_into::<js_sys::Function>()?
                    .call1(&intl, &"timeZone".into())
            })
            .ok();
        list.and_then(|list| list.dyn_into::<Array>().ok())
            .map(|list| list.iter().filter_map(|name| name.as_string()).collect())
            .unwrap_or_default()
    }

    /// The wall clock at an instant (epoch milliseconds).
    pub fn wall(&self, ms: i64) -> Wall {
        if self.name == "UTC" {
            return utc_wall(ms);
        }
        FORMATS
            .with_borrow_mut(|formats| {
                let known = formats.iter().position(|(name, _)| *name == self.name);
                let at = known.unwrap_or_else(|| {
                    formats.push((self.name.clone(), format_of(&self.name)));
                    formats.len() - 1
                });
                let (_, format) = formats.get(at)?;
                format.as_ref().map(|format| read_parts(format, ms))
            })
            .unwrap_or_else(|| utc_wall(ms))
    }

    /// Minutes east of UTC at an instant.
    pub fn offset_minutes(&self, ms: i64) -> i32 {
        if self.name == "UTC" {
            return 0;
        }
        let wall = self.wall(ms);
        let as_utc = civil_ms(wall) as f64;
        ((as_utc - (ms.div_euclid(1000) * 1000) as f64) / 60_000.0).round() as i32
    }
}

/// Epoch milliseconds at which a UTC clock shows this.
fn civil_ms(wall: Wall) -> i64 {
    let date = chrono::NaiveDate::from_ymd_opt(wall.year, wall.month, wall.day);
    let time = date.and_then(|date| date.and_hms_opt(wall.hour, wall.minute, wall.second));
    time.map_or(0, |time| time.and_utc().timestamp_millis())
}

fn format_of(zone: &str) -> Option<Intl::DateTimeFormat> {
    let options = Object::new();
    for (key, value) in [
        ("timeZone", zone),
        ("calendar", "gregory"),
        ("numberingSystem", "latn"),
        ("hourCycle", "h23"),
        ("year", "numeric"),
        ("month", "numeric"),
        ("day", "numeric"),
        ("hour", "numeric"),
        ("minute", "numeric"),
        ("second", "numeric"),
    ] {
        Reflect::set(&options, &key.into(), &value.into()).ok()?;
    }
    // The constructor throws for an unknown zone, so it is called where that can be caught.
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?;
    let constructor: js_sys::Function = constructor.dyn_into().ok()?;
    let arguments = Array::of2(&"en-GB".into(), &options);
    Reflect::construct(&constructor, &arguments)
        .ok()
        .map(JsCast::unchecked_into)
}

fn read_parts(format: &Intl::DateTimeFormat, ms: i64) -> Wall {
    let date = Date::new(&JsValue::from_f64(ms as f64));
    let mut wall = utc_wall(ms);
    for part in format.format_to_parts(&date) {
        let get = |key: &str| Reflect::get(&part, &key.into()).ok()?.as_string();
        let (Some(kind), Some(value)) = (get("type"), get("value")) else {
            continue;
        };
        let number: i32 = value.parse().unwrap_or(0);
        let small = u32::try_from(number).unwrap_or(0);
        match kind.as_str() {
            "year" => wall.year = number,
            "month" => wall.month = small,
            "day" => wall.day = small,
            "hour" => wall.hour = small,
            "minute" => wall.minute = small,
            "second" => wall.second = small,
            _ => {}
        }
    }
    wall
}

fn utc_wall(ms: i64) -> Wall {
    let date = Date::new(&JsValue::from_f64(ms as f64));
    Wall {
        year: i32::try_from(date.get_utc_full_year()).unwrap_or(9999),
        month: date.get_utc_month() + 1,
        day: date.get_utc_date(),
        hour: date.get_utc_hours(),
        minute: date.get_utc_minutes(),
        second: date.get_utc_seconds(),
    }
}
