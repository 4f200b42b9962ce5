//! The style sheet's colours as numbers, for what is painted rather than styled.

use web_sys::HtmlElement;

use crate::engine::protocol::ColourBy;
use crate::timeline::raster::{OF_RADIOS, OF_VALUES, Rgb, Theme};

/// Custom properties of the radio technologies, in the order of the legend.
const RADIO: [&str; 7] = [
    "--radio-4g",
    "--radio-5g",
    "--radio-lte-m",
    "--radio-nb-iot",
    "--radio-3g",
    "--radio-2g",
    "--radio-unknown",
];
/// Custom properties of everything else that has colours: seven, the rarer ones, the unknown.
const CATEGORY: [&str; 9] = [
    "--category-1",
    "--category-2",
    "--category-3",
    "--category-4",
    "--category-5",
    "--category-6",
    "--category-7",
    "--category-other",
    "--category-unknown",
];

/// The custom property of a colour.
pub fn property(by: ColourBy, colour: u8) -> &'static str {
    let list: &[&'static str] = match by {
        ColourBy::Radio => &RADIO,
        _ => &CATEGORY,
    };
    list.get(usize::from(colour))
        .or(list.last())
        .copied()
        .unwrap_or("--radio-unknown")
}

/// The colours in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Palette {
    radio: Vec<String>,
    category: Vec<String>,
    tokens: Vec<(&'static str, String)>,
}

const TOKENS: [&str; 14] = [
    "--background",
    "--panel",
    "--line",
    "--line-faint",
    "--text",
    "--text-dim",
    "--accent",
    "--tint",
    "--warning",
    "--bad",
    "--land",
    "--sea",
    "--border",
    "--overview-bar",
];

impl Palette {
    /// Reads the colours that apply to an element.
    pub fn of(element: &HtmlElement) -> Self {
        let style =
            web_sys::window().and_then(|window| window.get_computed_style(element).ok().flatten());
        let read = |property: &str| {
            style
                .as_ref()
                .and_then(|style| style.get_property_value(property).ok())
                .map(|value| value.trim().to_owned())
                .unwrap_or_default()
        };
        Self {
            radio: RADIO.iter().map(|property| read(property)).collect(),
            category: CATEGORY.iter().map(|property| read(property)).collect(),
            tokens: TOKENS.map(|property| (property, read(property))).to_vec(),
        }
    }

    /// A colour of the style sheet as CSS text.
    pub fn token(&self, property: &str) -> &str {
        self.tokens
            .iter()
            .find_map(|(name, value)| (*name == property).then_some(value.as_str()))
            .unwrap_or_default()
    }

    /// The colours of a way of colouring, as CSS text.
    pub fn colours(&self, by: ColourBy) -> &[String] {
        match by {
            ColourBy::Radio => &self.radio,
            _ => &self.category,
        }
    }

    /// A colour index of the timeline as CSS text.
    pub fn css(&self, by: ColourBy, colour: u8) -> &str {
        let (list, at) = match colour {
            OF_RADIOS.. => (&self.radio[..], colour - OF_RADIOS),
            OF_VALUES.. => (&self.category[..], colour - OF_VALUES),
            _ => (self.colours(by), colour),
        };
        list.get(usize::from(at)).map_or("", String::as_str)
    }

    /// The timeline's theme.
    pub fn theme(&self, by: ColourBy) -> Theme {
        let rgb = |property: &str| parse(self.token(property));
        Theme {
            background: rgb("--background"),
            group_background: rgb("--panel"),
            line: rgb("--line-faint"),
            chosen_background: rgb("--tint"),
            hatch_background: rgb("--panel"),
            hatch: rgb("--line"),
            accent: rgb("--accent"),
            now: rgb("--bad"),
            strip: rgb("--border"),
            palette: self.colours(by).iter().map(|text| parse(text)).collect(),
            values: self.category.iter().map(|text| parse(text)).collect(),
            radios: self.radio.iter().map(|text| parse(text)).collect(),
            faded: Vec::new(),
            marks: vec![rgb("--text-dim")],
            light: 170,
        }
    }
}

/// `#rgb` or `#rrggbb`; anything else is a middle grey, which shows on light and dark.
fn parse(text: &str) -> Rgb {
    let grey = Rgb::new(0x88_88_88);
    let Some(hex) = text.strip_prefix('#') else {
        return grey;
    };
    let full: String = if hex.len() == 3 {
        hex.chars().flat_map(|digit| [digit, digit]).collect()
    } else {
        hex.to_owned()
    };
    u32::from_str_radix(&full, 16)
        .ok()
        .filter(|_| full.len() == 6)
        .map_or(grey, Rgb::new)
}
