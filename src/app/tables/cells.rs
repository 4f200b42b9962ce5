//! What the rows of a table say.

use leptos::prelude::*;

use crate::app::lanes::{state_class, state_word};
use crate::app::palette::property;
use crate::app::state::State;
use crate::app::words;
use crate::app::zone::Zone;
use crate::engine::protocol::{
    ColourBy, EventTableRow, Selection, SessionRow, SimRow, SimState, TablePage, TableRows,
    UsageTableRow,
};
use crate::model::{EndKind, ProviderId};
use crate::timeline::duration;

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKey {
    /// A SIM's lane.
    Sim(u32),
    /// A session of a lane.
    Session(u32, u32),
    /// An event of a lane.
    Event(u32, u32),
    /// Usage of a lane, or of an account.
    Usage(Option<u32>),
}

impl RowKey {
    /// Whether the row is what is chosen.
    pub fn is_chosen(self, selection: &Selection) -> bool {
        match self {
            Self::Sim(lane) => selection.lane == Some(lane),
            Self::Session(row, _) => selection.session == Some(row),
            Self::Event(row, _) => selection.event == Some(row),
            Self::Usage(_) => false,
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
            Self::Sim(lane) | Self::Usage(Some(lane)) => state.select_lane(lane),
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
            Self::Usage(None) => {}
        }
    }
}

/// A cell.
#[derive(Default)]
struct Cell {
    class: &'static str,
    text: String,
    /// Shown when the pointer rests on it, where the text is short of something.
    title: Option<String>,
    /// The state that the dot before the text shows.
    state: Option<SimState>,
    /// The custom property of the colour that the swatch before the text shows.
    swatch: Option<&'static str>,
}

fn plain(text: impl Into<Option<String>>) -> Cell {
    Cell {
        text: text.into().unwrap_or_default(),
        ..Cell::default()
    }
}

fn mono(text: impl Into<Option<String>>) -> Cell {
    Cell {
        class: "mono",
        ..plain(text)
    }
}

fn number(text: impl Into<Option<String>>) -> Cell {
    Cell {
        class: "number",
        ..plain(text)
    }
}

/// A row with its cells.
pub struct Cells {
    /// What it stands for.
    pub key: RowKey,
    /// Watching brought it, and it was not seen yet.
    pub fresh: bool,
    shown: Vec<Cell>,
}

impl Cells {
    /// The row's cells for the screen.
    pub fn view(self) -> Vec<AnyView> {
        self.shown.into_iter().map(cell).collect()
    }
}

fn cell(cell: Cell) -> AnyView {
    let dot = cell.state.map(|state| {
        view! {
            <i class=state_class(state)></i>
            <span class="sr">{state_word(state)}</span>
        }
    });
    let swatch = cell.swatch.map(|property| {
        view! { <i class="swatch" style:background=format!("var({property})")></i> }
    });
    view! {
        <td class=cell.class title=cell.title>
            {dot}
            {swatch}
            {cell.text}
        </td>
    }
    .into_any()
}

/// The rows in view.
pub fn rows_of(page: &TablePage, zone: &Zone, by: ColourBy) -> Vec<Cells> {
    match &page.rows {
        TableRows::Sims(rows) => rows.iter().map(|row| sim(row, zone)).collect(),
        TableRows::Sessions(rows) => rows.iter().map(|row| session(row, zone, by)).collect(),
        TableRows::Events(rows) => rows.iter().map(|row| event(row, zone)).collect(),
        TableRows::Usage(rows) => rows.iter().map(|row| usage(row, zone)).collect(),
    }
}

fn label(id: ProviderId) -> &'static str {
    crate::provider::capability(id).label
}

fn country(code: Option<&String>) -> Option<String> {
    code.map(|code| words::country(code))
}

fn sim(row: &SimRow, zone: &Zone) -> Cells {
    let offline = match (row.state, row.offline_ms) {
        (_, Some(ms)) => duration(ms),
        (SimState::Open, None) => "open".to_owned(),
        (SimState::Silent, None) => "open, silent".to_owned(),
        _ => "–".to_owned(),
    };
    let cells = vec![
        Cell {
            state: Some(row.state),
            ..plain(short(&row.name, row.iccid.as_deref()))
        },
        Cell {
            title: row.iccid.clone(),
            ..mono(row.iccid.as_deref().map(words::tail))
        },
        number(offline),
        plain(country(row.country.as_ref())),
        plain(row.operator.clone()),
        plain(row.radio.map(|radio| radio.label().to_owned())),
        number(words::count(u64::from(row.sessions))),
        mono(row.last_seen.map(|at| words::short_instant(at, zone))),
        plain(label(row.provider).to_owned()),
        plain(row.status.clone()),
    ];
    Cells {
        key: RowKey::Sim(row.lane),
        fresh: false,
        shown: cells,
    }
}

/// A name; an identifier in its stead is shortened.
fn short(name: &str, identifier: Option<&str>) -> String {
    if identifier == Some(name) || name.chars().filter(char::is_ascii_digit).count() > 12 {
        words::tail(name)
    } else {
        name.to_owned()
    }
}

fn session(row: &SessionRow, zone: &Zone, by: ColourBy) -> Cells {
    let end = match (row.end, row.end_kind) {
        (Some(at), _) => words::instant(at, zone),
        (None, EndKind::Open) => "open".to_owned(),
        (None, EndKind::Estimated) => "estimated".to_owned(),
        (None, _) => "unknown".to_owned(),
    };
    let traffic = row
        .bytes
        .map(words::bytes)
        .or_else(|| row.packets.map(|n| format!("{} packets", words::count(n))));
    let radio = row
        .radio
        .map(|radio| radio.label().to_owned())
        .or_else(|| row.radio_reported.clone());
    let operator = row.operator.clone().or_else(|| row.plmn.clone());
    let start = row.start.map(|at| words::instant(at, zone));
    let cells = vec![
        plain(short(&row.name, None)),
        mono(start.unwrap_or_else(|| "not known".to_owned())),
        mono(end),
        number(row.duration_ms.map(duration)),
        Cell {
            swatch: Some(property(by, row.colour)),
            ..plain(radio)
        },
        plain(operator),
        plain(country(row.country.as_ref())),
        number(traffic),
        mono(row.imei.clone()),
    ];
    Cells {
        key: RowKey::Session(row.session, row.lane),
        fresh: row.fresh,
        shown: cells,
    }
}

fn event(row: &EventTableRow, zone: &Zone) -> Cells {
    let kind = match (&row.reported_kind, row.event_kind) {
        (Some(reported), crate::model::EventKind::Other) => reported.clone(),
        (_, kind) => kind.label().to_owned(),
    };
    let cells = vec![
        mono(words::instant(row.time, zone)),
        plain(short(&row.name, None)),
        plain(kind),
        plain(row.operator.clone()),
        plain(country(row.country.as_ref())),
        number(row.signal.map(words::short)),
        plain(row.detail.clone()),
    ];
    Cells {
        key: RowKey::Event(row.event, row.lane),
        fresh: row.fresh,
        shown: cells,
    }
}

fn usage(row: &UsageTableRow, zone: &Zone) -> Cells {
    let name = row
        .name
        .as_deref()
        .map_or("whole account".to_owned(), |name| short(name, None));
    let cells = vec![
        mono(words::instant(row.from, zone)),
        mono(row.to.map(|at| words::instant(at, zone))),
        plain(name),
        number(row.bytes_up.map(words::bytes)),
        number(row.bytes_down.map(words::bytes)),
        number(row.bytes_total.map(words::bytes)),
        plain(label(row.provider).to_owned()),
    ];
    Cells {
        key: RowKey::Usage(row.lane),
        fresh: false,
        shown: cells,
    }
}
