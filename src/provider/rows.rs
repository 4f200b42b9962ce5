//! Where an adapter puts its rows.

use crate::model::{Event, Instant, ProviderId, Reading, Session, Sim, Text, Usage, Warning};

/// The position of a cell, from a vendor's own look-up. Towers only: never a device.
#[derive(Debug, Clone, PartialEq)]
pub struct CellLocation<'a> {
    /// Mobile country code, 1 to 999.
    pub mcc: u16,
    /// Mobile network code as a number: look-ups lose its zeros.
    pub mnc: u16,
    /// LAC or TAC.
    pub area: u32,
    /// CI or ECI.
    pub cell: u64,
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
    /// Radius in metres.
    pub accuracy_m: Option<f64>,
    /// When the estimate was last updated.
    pub updated: Option<Instant>,
    /// The text to show with it, as its licence asks.
    pub attribution: Text<'a>,
}

/// Takes rows as an adapter reads them. The order does not matter: a row of known identity
/// replaces the earlier one, and rebuilt sessions are merged.
pub trait Rows {
    /// A session.
    fn session(&mut self, row: &Session<'_>);
    /// One look at a SIM's current state. False where looks are not gathered into sessions: then the
    /// adapter emits the sessions that follow from this one alone.
    fn reading(&mut self, _row: &Reading<'_>) -> bool {
        false
    }
    /// A SIM, in whole or in part.
    fn sim(&mut self, row: &Sim<'_>);
    /// An event.
    fn event(&mut self, row: &Event<'_>);
    /// Usage of a SIM or an account.
    fn usage(&mut self, row: &Usage<'_>);
    /// The position of a cell.
    fn cell_location(&mut self, row: &CellLocation<'_>);
    /// Something skipped or assumed in the record (or page) being read.
    fn warning(&mut self, warning: Warning);
    /// The answer itself says which vendor wrote it (by its own URLs).
    fn vendor(&mut self, provider: ProviderId);
}
