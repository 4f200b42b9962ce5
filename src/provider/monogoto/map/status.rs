//! The current state of a SIM: one reading, from which the open or the last session follows.

use crate::model::{
    self, Basis, EndKind, Instant, ProviderId, Session, Sim, StartKind, Text, Traffic, Warning,
};
use crate::provider::json::one;
use crate::provider::{ReadError, Record, Rows};

use super::super::wire;
use super::time::Times;
use super::{iccid_of, some};

/// One reading of a SIM's state.
pub fn status(record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
    let (wire, length) = one::<wire::Status<'_>>(record.json)?;
    let key = some(wire.thing_id.as_ref())
        .or_else(|| record.sim.map(Text::Borrowed))
        .ok_or_else(|| ReadError::bad("ThingId", "the record names no SIM"))?;
    let mut times = Times::default();
    let reading = Reading::of(&wire, &mut times)?;

    let mut sim = Sim::new(ProviderId::Monogoto, key);
    sim.iccid = iccid_of(wire.thing_id.as_ref());
    sim.iccids = sim.iccid.iter().cloned().collect();
    sim.imsis = some(wire.active_imsi.as_ref()).into_iter().collect();
    sim.msisdn = some(wire.msisdn.as_ref());
    sim.name = some(wire.thing_name.as_ref());
    sim.description = some(wire.thing_description.as_ref());
    sim.account = some(wire.customer_id.as_ref());
    sim.status = some(wire.provision_status.as_ref());
    sim.online = reading.connected;
    sim.last_seen = reading.newest();

    let mut sessions = Vec::new();
    let mut listed = Vec::new();
    for (active, start) in &reading.active {
        let mut session = reading.session(&sim, start.or(reading.connection()), record);
        session.id = some(active.active_session_id.as_ref());
        session.apn = some(active.apn_name.as_ref());
        session.ips = some(active.ip_address.as_ref()).into_iter().collect();
        // The unit is undocumented: kept as reported, never as bytes or a rate.
        session.traffic =
            Traffic::of_unknown_unit(active.uplink_throughput, active.downlink_throughput);
        listed.push(Session {
            start: *start,
            ..session.clone()
        });
        sessions.push(session);
    }
    if sessions.is_empty() {
        sessions = reading.sessions_of_times(&sim, record);
    }
    for session in &sessions {
        let name = session
            .id
            .clone()
            .or_else(|| session.start.map(|at| Text::Owned(at.to_string())));
        if session.end_kind == EndKind::Open {
            sim.current = sim.current.or(name);
        } else {
            sim.previous = sim.previous.or(name);
        }
    }

    for warning in times.warnings {
        rows.warning(warning);
    }
    if reading.connected.is_none() && some(wire.connection_status.as_ref()).is_some() {
        rows.warning(Warning {
            field: Some("ConnectionStatus".to_owned()),
            ..Warning::new(
                "status_unknown",
                "A connection status is neither CONNECTED nor DISCONNECTED. Whether the SIM is \
                 online is left unknown.",
            )
        });
    }
    rows.sim(&sim);
    let gathered = reading
        .at(&sim, record, listed)
        .is_some_and(|reading| rows.reading(&reading));
    if !gathered {
        for session in &sessions {
            rows.session(session);
        }
    }
    Ok(length)
}

/// A session of which only the SIM is known.
fn of_sim<'a>(sim: &Sim<'a>) -> Session<'a> {
    let mut session = Session::new(ProviderId::Monogoto, sim.sim.clone(), Basis::Polled);
    session.iccid.clone_from(&sim.iccid);
    session.imsi = sim.imsis.first().cloned();
    session
}

/// What one reading tells about connections.
struct Reading<'a> {
    /// CONNECTED, DISCONNECTED, or neither told.
    connected: Option<bool>,
    last_connection: Option<Instant>,
    last_disconnection: Option<Instant>,
    /// The open sessions with their own starts. Empty objects are none.
    active: Vec<(&'a wire::ActiveSession<'a>, Option<Instant>)>,
}

impl<'a> Reading<'a> {
    fn of(wire: &'a wire::Status<'a>, times: &mut Times) -> Result<Self, ReadError> {
        let mut active = Vec::new();
        for session in wire.active_sessions.iter().flat_map(|sessions| &sessions.0) {
            let start = times.read(
                "ActiveSessions.LastConnectedTime",
                session.last_connected_time.as_ref(),
            )?;
            let named = [
                &session.active_session_id,
                &session.ip_address,
                &session.apn_name,
            ]
            .into_iter()
            .any(|text| some(text.as_ref()).is_some());
            if named || start.is_some() {
                active.push((session, start));
            }
        }
        let told = wire.connection_status.as_ref().map_or("", |text| &text.0);
        let connected = if told.eq_ignore_ascii_case("CONNECTED") {
            Some(true)
        } else if told.eq_ignore_ascii_case("DISCONNECTED") {
            Some(false)
        } else {
            // The schema has no such field; a session that is listed as active is open.
            (told.is_empty() && !active.is_empty()).then_some(true)
        };
        let last_connection =
            times.read("LastConnectionTime", wire.last_connection_time.as_ref())?;
        let last_disconnection = times.read(
            "LastDisconnectionTime",
            wire.last_disconnection_time.as_ref(),
        )?;
        Ok(Self {
            connected,
            last_connection,
            // Connected again within the second of the disconnection, as far as the times tell.
            last_disconnection: last_disconnection
                .filter(|end| connected != Some(true) || Some(*end) != last_connection),
            active,
        })
    }

    /// The same as one of a row of readings; null where nobody knows when it was taken, or it does
    /// not tell whether the SIM is connected.
    fn at<'s>(
        &self,
        sim: &Sim<'s>,
        record: &Record<'_>,
        active: Vec<Session<'s>>,
    ) -> Option<model::Reading<'s>> {
        let at = record.observed?;
        Some(model::Reading {
            at,
            asked_before: record.asked_before,
            connected: self.connected?,
            last_connection: self.last_connection,
            last_disconnection: self.last_disconnection,
            about: of_sim(sim),
            active,
        })
    }

    fn newest(&self) -> Option<Instant> {
        self.active
            .iter()
            .map(|(_, start)| *start)
            .chain([self.last_connection, self.last_disconnection])
            .max()
            .flatten()
    }

    /// The last connection ended when last disconnected.
    fn ended(&self) -> bool {
        self.last_connection
            .zip(self.last_disconnection)
            .is_some_and(|(start, end)| start <= end)
    }

    /// When the session of this reading was connected, as far as the status tells: while connected
    /// not at a time after which it was disconnected.
    fn connection(&self) -> Option<Instant> {
        self.last_connection
            .filter(|_| !(self.connected == Some(true) && self.ended()))
    }

    /// A session with that start: open while connected, else ended when last disconnected, if that
    /// was later, else ended at some time until the reading.
    fn session<'s>(
        &self,
        sim: &Sim<'s>,
        start: Option<Instant>,
        record: &Record<'_>,
    ) -> Session<'s> {
        let mut session = of_sim(sim);
        session.observed = record.observed;
        session.start = start;
        if start.is_some() {
            session.start_kind = StartKind::Exact;
        }
        if self.connected == Some(true) {
            session.end_kind = EndKind::Open;
            return session;
        }
        match self
            .last_disconnection
            .filter(|end| start.is_none_or(|start| start <= *end))
        {
            Some(end) => {
                session.end = Some(end);
                session.end_kind = EndKind::Exact;
                session.last_seen = Some(end);
            }
            // Without a status, a connection after the last disconnection is the last thing known.
            None if self.connected.is_none() => session.end_kind = EndKind::Open,
            None => {
                if let Some(observed) = record.observed.filter(|at| Some(*at) >= start) {
                    session.end_kind = EndKind::Estimated;
                    session.end_earliest = start;
                    session.end_latest = Some(observed);
                }
            }
        }
        session
    }

    /// The sessions that follow from the two times, where no open session is listed.
    fn sessions_of_times<'s>(&self, sim: &Sim<'s>, record: &Record<'_>) -> Vec<Session<'s>> {
        match (self.connected, self.last_connection) {
            // Connected after that connection had ended: that one is complete, and another is
            // open whose start nobody tells.
            (Some(true), start) if self.ended() => {
                let mut complete = self.session(sim, start, record);
                complete.end = self.last_disconnection;
                complete.end_kind = EndKind::Exact;
                complete.last_seen = self.last_disconnection;
                vec![complete, self.session(sim, None, record)]
            }
            // The vendor's own example is connected without any time.
            (Some(true), start) => vec![self.session(sim, start, record)],
            (_, None) if self.last_disconnection.is_none() => Vec::new(),
            (_, start) => vec![self.session(sim, start, record)],
        }
    }
}
