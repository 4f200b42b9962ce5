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

/// A row with its cells.
pub struct Cells {
    /// What it stands for.
    pub key: RowKey,
    /// Its cells.
    pub cells: AnyView,
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
    let radio = row.radio.map(|radio| radio.label());
    let iccid = row.iccid.as_deref().map(words::tail);
    let whole = row.iccid.clone().unwrap_or_default();
    let cells = view! {
        <td>
            <i class=state_class(row.state)></i>
            <span class="sr">{state_word(row.state)}</span>
            {short(&row.name, row.iccid.as_deref())}
        </td>
        <td class="mono" title=whole>
            {iccid}
        </td>
        <td class="number">{offline}</td>
        <td>{country(row.country.as_ref())}</td>
        <td>{row.operator.clone()}</td>
        <td>{radio}</td>
        <td class="number">{words::count(u64::from(row.sessions))}</td>
        <td class="mono">{row.last_seen.map(|at| words::short_instant(at, zone))}</td>
        <td>{label(row.provider)}</td>
        <td>{row.status.clone()}</td>
    };
    Cells {
        key: RowKey::Sim(row.lane),
        cells: cells.into_any(),
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
    let colour = format!("var({})", property(by, row.colour));
    let cells = view! {
        <td>{short(&row.name, None)}</td>
        <td class="mono">{row.start.map_or("not known".to_owned(), |at| words::instant(at, zone))}</td>
        <td class="mono">{end}</td>
        <td class="number">{row.duration_ms.map(duration)}</td>
        <td>
            <i class="swatch" style:background=colour></i>
            {radio}
        </td>
        <td>{operator}</td>
        <td>{country(row.country.as_ref())}</td>
        <td class="number">{traffic}</td>
        <td class="mono">{row.imei.clone()}</td>
    };
    Cells {
        key: RowKey::Session(row.session, row.lane),
        cells: cells.into_any(),
    }
}

fn event(row: &EventTableRow, zone: &Zone) -> Cells {
    let kind = match (&row.reported_kind, row.event_kind) {
        (Some(reported), crate::model::EventKind::Other) => reported.clone(),
        (_, kind) => kind.label().to_owned(),
    };
    let cells = view! {
        <td class="mono">{words::instant(row.time, zone)}</td>
        <td>{short(&row.name, None)}</td>
        <td>{kind}</td>
        <td>{row.operator.clone()}</td>
        <td>{country(row.country.as_ref())}</td>
        <td class="number">{row.signal.map(|signal| signal.to_string())}</td>
        <td>{row.detail.clone()}</td>
    };
    Cells {
        key: RowKey::Event(row.event, row.lane),
        cells: cells.into_any(),
    }
}

fn usage(row: &UsageTableRow, zone: &Zone) -> Cells {
    let name = row
        .name
        .as_deref()
        .map_or("whole account".to_owned(), |name| short(name, None));
    let cells = view! {
        <td class="mono">{words::instant(row.from, zone)}</td>
        <td class="mono">{row.to.map(|at| words::instant(at, zone))}</td>
        <td>{name}</td>
        <td class="number">{row.bytes_up.map(words::bytes)}</td>
        <td class="number">{row.bytes_down.map(words::bytes)}</td>
        <td class="number">{row.bytes_total.map(words::bytes)}</td>
        <td>{label(row.provider)}</td>
    };
    Cells {
        key: RowKey::Usage(row.lane),
        cells: cells.into_any(),
    }
}
