//! What the cells of a row say on the screen, and what a row stands for.

use leptos::prelude::*;

use crate::app::inspector::range;
use crate::app::lanes::{state_class, state_word};
use crate::app::palette::property;
use crate::app::state::State;
use crate::app::words;
use crate::app::zone::Zone;
use crate::engine::protocol::{ColourBy, Column, RowKey, Said, Selection, TableRow, Value};
use crate::export::{basis_word, said_word};
use crate::model::PlaceKind;
use crate::timeline::duration;

use super::columns::is_numeric;

impl RowKey {
    /// Whether the row is what is chosen.
    pub fn is_chosen(self, selection: &Selection) -> bool {
        match self {
            Self::Sim(lane) => selection.lane == Some(lane),
            Self::Session(row, _) => selection.session == Some(row),
            Self::Event(row, _) => selection.event == Some(row),
            Self::Usage(..) => false,
        }
    }

    /// The session that it stands for.
    pub fn session(self) -> Option<u32> {
        match self {
            Self::Session(row, _) => Some(row),
            _ => None,
        }
    }

    /// Chooses it.
    pub fn choose(self, state: State) {
        match self {
            Self::Sim(lane) | Self::Usage(_, Some(lane)) => state.select_lane(lane),
            Self::Session(row, lane) => state.select_session(row, lane),
            Self::Event(row, lane) => {
                let span = state.selection.get_untracked().span;
                state.select(Selection {
                    lane: Some(lane),
                    session: None,
                    event: Some(row),
                    span,
                });
            }
            Self::Usage(_, None) => {}
        }
    }
}

/// The cells of a row.
pub fn cells(row: &TableRow, columns: &[Column], zone: &Zone, by: ColourBy) -> Vec<AnyView> {
    let mut cells = Vec::with_capacity(columns.len());
    for ((index, column), value) in (1u32..).zip(columns).zip(&row.cells) {
        cells.push(cell(row, index, *column, value, zone, by));
    }
    cells
}

fn cell(
    row: &TableRow,
    index: u32,
    column: Column,
    value: &Value,
    zone: &Zone,
    by: ColourBy,
) -> AnyView {
    let text = written(column, value, zone);
    let whole = match value {
        Value::Text(whole) | Value::Name(whole) | Value::Code(whole) => Some(whole.clone()),
        Value::Range(least, most) => Some(format!(
            "at least {}, at most {}",
            duration(*least),
            duration(*most)
        )),
        Value::Said(said) => why(*said).map(str::to_owned),
        Value::Place {
            at: Some((lat, lon)),
            ..
        } => Some(format!(
            "{}, {}: where a tower is, not the device",
            words::short(*lat),
            words::short(*lon)
        )),
        _ => None,
    };
    let class = match value {
        _ if is_numeric(column) => "number",
        Value::Instant(_) | Value::Code(_) => "mono",
        _ if matches!(column, Column::Start | Column::End) => "mono",
        _ => "",
    };
    let dot = row.state.filter(|_| column == Column::Name).map(|state| {
        view! {
            <i class=state_class(state)></i>
            <span class="sr">{state_word(state)}</span>
        }
    });
    let swatch = row
        .colour
        .filter(|_| column == Column::Radio)
        .map(|colour| {
            let property = property(by, colour);
            view! { <i class="swatch" style:background=format!("var({property})")></i> }
        });
    view! {
        <td class=class title=whole aria-colindex=index.to_string()>
            {dot}
            {swatch}
            {text}
        </td>
    }
    .into_any()
}

/// What stands behind a word in place of a length.
fn why(said: Said) -> Option<&'static str> {
    match said {
        Said::NotActive => Some("By its status at the vendor the SIM cannot connect"),
        Said::NotFetched => Some("The sessions of this SIM were never asked for"),
        Said::NoneIn(_) => {
            Some("The vendor keeps the sessions of so many days, and has none of this SIM")
        }
        Said::Silent => Some("A session is open, but was not heard of for 24 hours"),
        _ => None,
    }
}

/// What a cell says in the visitor's words and zone.
fn written(column: Column, value: &Value, zone: &Zone) -> String {
    match value {
        Value::None => String::new(),
        Value::Name(name) => short(name),
        // A SIM is known by its name; what its card is called needs no room.
        Value::Code(text) if matches!(column, Column::Iccid | Column::Eid) => words::tail(text),
        Value::Text(text) | Value::Code(text) => text.clone(),
        Value::Country(code) => words::country(code),
        Value::Instant(at) if column == Column::Seen => words::short_instant(*at, zone),
        Value::Instant(at) => words::instant(*at, zone),
        Value::Duration(ms) => duration(*ms),
        // What may have been on top is said where it is worth a word.
        Value::Range(least, most) if (most - least) * 50 <= *most => duration(*least),
        Value::Range(least, most) => range(duration(*least), duration(*most)),
        Value::Share(least, most) => range(per_cent(*least), per_cent(*most)) + " %",
        Value::Place { at, kind, country } => place(*at, *kind, country.as_deref()),
        Value::Bytes(n) => words::bytes(*n),
        Value::Packets(n) if column == Column::Traffic => format!("{} packets", words::count(*n)),
        Value::Packets(n) | Value::Count(n) => words::count(*n),
        Value::Number(number) => words::short(*number),
        Value::Provider(id) => crate::provider::capability(*id).label.to_owned(),
        Value::Radio(radio) => radio.label().to_owned(),
        Value::Basis(basis) => basis_word(*basis).to_owned(),
        Value::Said(said) => said_word(*said).into_owned(),
    }
}

/// `98.2`; what is not quite all does not read so.
fn per_cent(share: f64) -> String {
    words::fixed((share * 10.0 + 1e-6).floor() / 10.0, 1)
}

/// `59.913, 10.752 tower`: to about a hundred metres, which is finer than any tower tells; the country where that is all.
fn place(at: Option<(f64, f64)>, kind: PlaceKind, country: Option<&str>) -> String {
    let kind = kind.as_str();
    match at {
        Some((lat, lon)) => format!("{}, {} {kind}", words::fixed(lat, 3), words::fixed(lon, 3)),
        None => country.map_or_else(|| kind.to_owned(), words::country) + " as a whole",
    }
}

/// A name; an identifier in its stead is shortened.
fn short(name: &str) -> String {
    if name.chars().filter(char::is_ascii_digit).count() > 12 {
        words::tail(name)
    } else {
        name.to_owned()
    }
}
