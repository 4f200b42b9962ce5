//! The event and CDR log. Its vocabulary is not documented, so every row is an event with its raw
//! text, and sessions are formed only from rows that a rule recognises as a start or an end.

use crate::model::{
    Basis, EndKind, Event, EventKind, Instant, ProviderId, Session, StartKind, Text,
};
use crate::provider::json::one;
use crate::provider::{ReadError, Record, Rows};

use super::super::wire;
use super::some;

/// What a row says about a data session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Started,
    Ended,
    Nothing,
}

/// A row whose whole `message`, else `EsDataType`, else `MessageType`, is one of these words means that. Words are compared
/// without regard to case, spaces, hyphens and underscores. None of them but `MT_SMS` and `CDR` is
/// known from the vendor: extend the list as words become known.
const RULES: &[(&[&str], EventKind, Says)] = &[
    (
        &[
            "SESSION_START",
            "SESSION_STARTED",
            "SESSION_CREATED",
            "DATA_SESSION_START",
            "PDP_CREATE",
            "PDP_CREATED",
            "PDP_CONTEXT_CREATED",
            "PDP_CONTEXT_ACTIVATED",
            "PDP_START",
            "CREATE_PDP",
            "CONNECTED",
        ],
        EventKind::Connection,
        Says::Started,
    ),
    (
        &[
            "SESSION_END",
            "SESSION_ENDED",
            "SESSION_DELETED",
            "SESSION_STOP",
            "DATA_SESSION_END",
            "PDP_DELETE",
            "PDP_DELETED",
            "PDP_CONTEXT_DELETED",
            "PDP_CONTEXT_DEACTIVATED",
            "PDP_STOP",
            "DELETE_PDP",
            "DISCONNECTED",
        ],
        EventKind::Disconnection,
        Says::Ended,
    ),
    // Registering on a network opens no data session.
    (&["ATTACH"], EventKind::Connection, Says::Nothing),
    (&["DETACH"], EventKind::Disconnection, Says::Nothing),
    (
        &["LOCATION_UPDATE", "UPDATE_LOCATION"],
        EventKind::LocationUpdate,
        Says::Nothing,
    ),
    (&["DATA", "DATA_CDR"], EventKind::DataUsage, Says::Nothing),
    (
        &["STATE_CHANGE", "STATUS_CHANGE", "SIM_STATUS"],
        EventKind::SimStatus,
        Says::Nothing,
    ),
];

/// A row of the log.
pub fn log_row(record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
    let (wire, length) = one::<wire::Hit<'_>>(record.json)?;
    let row = &wire.source;
    let sim = record
        .sim
        .map(Text::Borrowed)
        .ok_or_else(|| ReadError::bad("", "the log names no SIM"))?;
    let time = Some(row.timestamp)
        .filter(|ms| *ms >= MILLISECONDS_FROM)
        .and_then(Instant::from_ms)
        .ok_or_else(|| {
            ReadError::bad("_source.Timestamp", "not an instant in epoch milliseconds")
        })?;
    let (kind, says) = [&row.message, &row.es_data_type, &row.message_type]
        .into_iter()
        .flatten()
        .find_map(|word| meaning(&word.0))
        .unwrap_or((EventKind::Other, Says::Nothing));

    let mut event = Event::new(ProviderId::Monogoto, sim.clone(), time, kind);
    event.reported_kind =
        some(row.es_data_type.as_ref()).or_else(|| some(row.message_type.as_ref()));
    event.detail = some(row.message.as_ref());
    rows.event(&event);

    let mut session = Session::new(ProviderId::Monogoto, sim, Basis::Rebuilt);
    session.last_seen = Some(time);
    session.observed = record.observed;
    match says {
        Says::Started => {
            session.start = Some(time);
            session.start_kind = StartKind::Exact;
            session.end_kind = EndKind::Open;
            rows.session(&session);
        }
        Says::Ended => {
            session.end = Some(time);
            session.end_kind = EndKind::Exact;
            // Nothing names the session but its end, which tells it from others of unknown start.
            session.key_at = Some(time);
            rows.session(&session);
        }
        Says::Nothing => {}
    }
    Ok(length)
}

/// Below this an epoch number in milliseconds would lie before March 1973, so it is no such thing.
const MILLISECONDS_FROM: i64 = 100_000_000_000;

fn meaning(word: &str) -> Option<(EventKind, Says)> {
    RULES.iter().find_map(|(words, kind, says)| {
        words
            .iter()
            .any(|known| letters(known).eq(letters(word)))
            .then_some((*kind, *says))
    })
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars()
        .filter(|c| !matches!(c, ' ' | '-' | '_'))
        .map(|c| c.to_ascii_uppercase())
}
