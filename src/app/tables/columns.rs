//! Which columns a table has.

use crate::engine::protocol::Tab;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// By which the engine orders.
    pub key: &'static str,
    /// What its head says.
    pub label: &'static str,
    /// Numbers are right-aligned and first ordered from high to low.
    pub numeric: bool,
    /// The table is ordered by it to begin with.
    pub is_default: bool,
}

const fn column(key: &'static str, label: &'static str) -> Column {
    Column {
        key,
        label,
        numeric: false,
        is_default: false,
    }
}

const fn numeric(key: &'static str, label: &'static str) -> Column {
    Column {
        numeric: true,
        ..column(key, label)
    }
}

const fn by_default(column: Column) -> Column {
    Column {
        is_default: true,
        ..column
    }
}

const SIMS: [Column; 10] = [
    column("name", "SIM"),
    column("iccid", "ICCID"),
    numeric("offline", "Offline for"),
    column("country", "Last country"),
    column("operator", "Operator"),
    column("radio", "Radio"),
    numeric("sessions", "Sessions"),
    column("seen", "Last seen"),
    column("provider", "Vendor"),
    column("status", "Status"),
];
const SESSIONS: [Column; 9] = [
    column("name", "SIM"),
    by_default(column("start", "Start")),
    column("end", "End"),
    numeric("duration", "Duration"),
    column("radio", "Radio"),
    column("operator", "Operator"),
    column("country", "Country"),
    numeric("bytes", "Traffic"),
    column("imei", "IMEI"),
];
const EVENTS: [Column; 7] = [
    by_default(column("time", "Time")),
    column("name", "SIM"),
    column("kind", "Event"),
    column("operator", "Operator"),
    column("country", "Country"),
    numeric("signal", "Signal"),
    column("detail", "Detail"),
];
const USAGE: [Column; 7] = [
    by_default(column("from", "From")),
    column("to", "To"),
    column("name", "SIM"),
    numeric("up", "Up"),
    numeric("down", "Down"),
    numeric("total", "Total"),
    column("provider", "Vendor"),
];

/// The columns of a table.
pub fn columns(tab: Tab) -> &'static [Column] {
    match tab {
        Tab::Sims => &SIMS,
        Tab::Sessions => &SESSIONS,
        Tab::Events => &EVENTS,
        Tab::Usage => &USAGE,
    }
}
