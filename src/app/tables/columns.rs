//! Which columns a table can show, how they are called, and which it shows until others are chosen.

use crate::app::state::ColumnChoice;
use crate::engine::protocol::{Column, Tab};

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    /// What it tells.
    pub column: Column,
    /// What its head says.
    pub label: &'static str,
    /// Shown until others are chosen.
    usual: bool,
}

const fn usual(column: Column, label: &'static str) -> Head {
    Head {
        column,
        label,
        usual: true,
    }
}

const fn more(column: Column, label: &'static str) -> Head {
    Head {
        column,
        label,
        usual: false,
    }
}

const SIMS: [Head; 36] = [
    usual(Column::Name, "SIM"),
    usual(Column::Iccid, "ICCID"),
    more(Column::Imsi, "IMSI"),
    more(Column::LastImsi, "Last IMSI"),
    more(Column::Imei, "IMEI"),
    more(Column::DeviceType, "Device type code"),
    more(Column::Msisdn, "MSISDN"),
    more(Column::Eid, "EID"),
    more(Column::State, "State"),
    usual(Column::Offline, "Offline for"),
    usual(Column::Findings, "Findings"),
    usual(Column::Country, "Last country"),
    usual(Column::Operator, "Operator"),
    usual(Column::Radio, "Radio"),
    more(Column::Cell, "Last cell"),
    more(Column::Place, "Last tower"),
    usual(Column::Sessions, "Sessions"),
    more(Column::SpanSessions, "Sessions in span"),
    usual(Column::Online, "Online time"),
    more(Column::Coverage, "Coverage"),
    more(Column::Events, "Events"),
    more(Column::Traffic, "Traffic"),
    more(Column::Up, "Up"),
    more(Column::Down, "Down"),
    more(Column::Packets, "Packets"),
    more(Column::PacketsUp, "Packets up"),
    more(Column::PacketsDown, "Packets down"),
    usual(Column::Seen, "Last seen"),
    usual(Column::Provider, "Vendor"),
    more(Column::Source, "Source"),
    usual(Column::Status, "Status"),
    more(Column::Tags, "Tags"),
    more(Column::Device, "Device"),
    more(Column::Subscription, "Subscription"),
    more(Column::Description, "Description"),
    more(Column::Group, "Group"),
];
const SESSIONS: [Head; 26] = [
    usual(Column::Name, "SIM"),
    more(Column::Iccid, "ICCID"),
    usual(Column::Start, "Start"),
    usual(Column::End, "End"),
    usual(Column::Duration, "Duration"),
    more(Column::Updated, "Last update"),
    usual(Column::Radio, "Radio"),
    usual(Column::Operator, "Operator"),
    usual(Column::Country, "Country"),
    more(Column::Plmn, "PLMN"),
    more(Column::Cell, "Cell"),
    usual(Column::Traffic, "Traffic"),
    more(Column::Up, "Up"),
    more(Column::Down, "Down"),
    more(Column::Packets, "Packets"),
    more(Column::PacketsUp, "Packets up"),
    more(Column::PacketsDown, "Packets down"),
    usual(Column::Imei, "IMEI"),
    more(Column::Imsi, "IMSI"),
    more(Column::Apn, "APN"),
    more(Column::Ip, "IP"),
    more(Column::Basis, "Basis"),
    more(Column::Subscription, "Subscription"),
    more(Column::Provider, "Vendor"),
    more(Column::Source, "Source"),
    more(Column::Id, "Session id"),
];
const EVENTS: [Head; 14] = [
    usual(Column::Time, "Time"),
    usual(Column::Name, "SIM"),
    more(Column::Iccid, "ICCID"),
    usual(Column::Kind, "Event"),
    usual(Column::Operator, "Operator"),
    usual(Column::Country, "Country"),
    more(Column::Plmn, "PLMN"),
    more(Column::Radio, "Radio"),
    more(Column::Cell, "Cell"),
    usual(Column::Signal, "Signal"),
    usual(Column::Detail, "Detail"),
    more(Column::Provider, "Vendor"),
    more(Column::Source, "Source"),
    more(Column::Id, "Event id"),
];
const USAGE: [Head; 11] = [
    usual(Column::Start, "From"),
    usual(Column::End, "To"),
    usual(Column::Name, "SIM"),
    more(Column::Iccid, "ICCID"),
    usual(Column::Up, "Up"),
    usual(Column::Down, "Down"),
    usual(Column::Traffic, "Total"),
    more(Column::PacketsUp, "Packets up"),
    more(Column::PacketsDown, "Packets down"),
    usual(Column::Provider, "Vendor"),
    more(Column::Source, "Source"),
];

/// All columns that a table can show, in their order.
pub fn all(tab: Tab) -> &'static [Head] {
    match tab {
        Tab::Sims => &SIMS,
        Tab::Sessions => &SESSIONS,
        Tab::Events => &EVENTS,
        Tab::Usage => &USAGE,
    }
}

/// What a column's head says.
pub fn label(tab: Tab, column: Column) -> &'static str {
    let head = all(tab).iter().find(|head| head.column == column);
    head.map_or("", |head| head.label)
}

/// The name of a column in a shared view.
pub fn name_of_column(column: Column) -> String {
    format!("{column:?}").to_lowercase()
}

/// The columns of a table by their names; those that it has not are left out.
pub fn columns_by_name(tab: Tab, names: &[String]) -> Vec<Column> {
    let known = |name: &String| {
        let mut heads = all(tab).iter();
        let found = heads.find(|head| name_of_column(head.column) == *name);
        found.map(|head| head.column)
    };
    names.iter().filter_map(known).collect()
}

/// Numbers are right-aligned, and first ordered from high to low.
pub fn is_numeric(column: Column) -> bool {
    matches!(
        column,
        Column::Offline
            | Column::Sessions
            | Column::SpanSessions
            | Column::Online
            | Column::Coverage
            | Column::Events
            | Column::Findings
            | Column::Duration
            | Column::Traffic
            | Column::Up
            | Column::Down
            | Column::Packets
            | Column::PacketsUp
            | Column::PacketsDown
            | Column::Signal
    )
}

/// The columns that a table shows until others are chosen.
pub fn usual_of(tab: Tab) -> Vec<Column> {
    let heads = all(tab).iter().filter(|head| head.usual);
    heads.map(|head| head.column).collect()
}

/// The columns that all tables show until others are chosen.
pub fn usual_columns() -> ColumnChoice {
    [Tab::Sims, Tab::Sessions, Tab::Events, Tab::Usage].map(usual_of)
}

/// What the tables are ordered by until something else is asked for: SIMs the worst first, sessions as
/// the timeline has them, events and usage the newest first.
pub fn usual_orders() -> [(Option<Column>, bool); 4] {
    [
        (Some(Column::Offline), true),
        (None, false),
        (Some(Column::Time), true),
        (Some(Column::Start), true),
    ]
}
