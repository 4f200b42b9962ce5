//! The Wireless resource tree that Twilio and KORE share: KORE took over Twilio's IoT business and
//! kept paths, field names and SID prefixes. Which of the two wrote an answer shows only in its
//! URLs. The vendors' own folders hold what differs: capability and sign-in.

mod fields;
mod map;
#[cfg(test)]
mod map_tests;
pub(super) mod requests;
pub(in crate::provider) use requests::shared_calls;
mod wire;

pub(super) use fields::FIELDS;

use super::connection::{Cost, Pace};
use super::{Answer, Envelope, Layout, ReadError, Record, Rows, Shape, ValueKind};
use crate::model::ProviderId;

const DATA_SESSIONS: u8 = 1;
const DATA_SESSION: u8 = 2;
const SIMS: u8 = 3;
const SIM: u8 = 4;
const USAGE_RECORDS: u8 = 5;
const USAGE_RECORD: u8 = 6;

/// The names of the answers, for the capability.
pub(super) const ANSWERS: &[&str] = &["DataSessions", "Sims", "UsageRecords"];

/// The statuses of the resource `Sim` in which it cannot connect. `ready` can: its first use makes it `active`; of `scheduled` and
/// `updating` nobody knows.
pub(super) const INACTIVE: &[&str] = &["new", "suspended", "deactivated", "canceled", "deleted"];

/// Neither vendor publishes a limit of calls a minute; Twilio's is on concurrency. 300 a minute is half of what a third-party
/// client of KORE keeps to.
pub(super) const PACE: Pace = Pace {
    calls_per_minute: None,
    assumed_per_minute: 300,
};

/// A list call for a thousand SIMs, and one call for each SIM's sessions.
pub(super) const COST: Cost = Cost {
    sims_per_call: Some(1000),
    history_per_sim: 1,
    needs_history: true,
    words: "1 call for every 1,000 SIMs, then 1 call for each SIM",
};

/// How watching works there.
pub(super) const WATCH: &str = "There is no call for several SIMs: each round asks for the sessions of the SIMs on screen, 1 call for each.";

/// Which answer has that shape, taken as the one vendor's; the other vendor has the same.
pub(super) fn recognise(shape: &Shape<'_>, provider: ProviderId) -> Option<Answer> {
    let mut answer = page(shape, provider)
        .or_else(|| record(shape, provider))
        .or_else(|| is_refusal(shape).then(|| Answer::refusal(provider, "error")))?;
    answer.shared_with = Some(match provider {
        ProviderId::Kore => ProviderId::Twilio,
        _ => ProviderId::Kore,
    });
    Some(answer)
}

fn page(shape: &Shape<'_>, provider: ProviderId) -> Option<Answer> {
    [
        (DATA_SESSIONS, "DataSessions", "data_sessions"),
        (SIMS, "Sims", "sims"),
        (USAGE_RECORDS, "UsageRecords", "usage_records"),
    ]
    .into_iter()
    .find(|(.., key)| shape.kind_of(key) == Some(ValueKind::Array))
    .map(|(code, name, key)| Answer {
        allows_account: code == USAGE_RECORDS,
        ..Answer::page(provider, code, name, key, &[])
    })
}

fn record(shape: &Shape<'_>, provider: ProviderId) -> Option<Answer> {
    const OF_SESSION: [&str; 5] = [
        "radio_link",
        "packets_uploaded",
        "packets_downloaded",
        "operator_mcc",
        "cell_location_estimate",
    ];
    const OF_SIM: [&str; 5] = [
        "iccid",
        "rate_plan_sid",
        "unique_name",
        "friendly_name",
        "reset_status",
    ];
    if !shape.complete {
        return None;
    }
    if shape.has_any(&["sim_sid", "sid", "start"]) && shape.has_any(&OF_SESSION) {
        return Some(Answer::record(provider, DATA_SESSION, "DataSession"));
    }
    if shape.has("period") && shape.has_any(&["data", "commands"]) {
        return Some(Answer {
            allows_account: true,
            ..Answer::record(provider, USAGE_RECORD, "UsageRecord")
        });
    }
    (shape.has("sid") && shape.has_any(&OF_SIM)).then(|| Answer::record(provider, SIM, "Sim"))
}

/// `{code, message, more_info, status}` with numbers, `code` or `more_info` missing at times, and
/// KORE's gateway: `{message, error}`.
fn is_refusal(shape: &Shape<'_>) -> bool {
    let is = |key, kind| shape.kind_of(key) == Some(kind);
    shape.complete
        && is("message", ValueKind::String)
        && (is("code", ValueKind::Number)
            || is("status", ValueKind::Number)
            || is("more_info", ValueKind::String)
            || is("error", ValueKind::String))
}

/// Reads one record of either vendor.
pub(super) fn read(record: &Record<'_>, rows: &mut dyn Rows) -> Result<usize, ReadError> {
    match record.answer.code {
        DATA_SESSIONS | DATA_SESSION => map::data_session(record, rows),
        SIMS | SIM => map::sim(record, rows),
        USAGE_RECORDS | USAGE_RECORD => map::usage_record(record, rows),
        _ => Err(ReadError::bad("", "no record of this answer is read")),
    }
}

/// Says which vendor's addresses stand beside the records.
pub(super) fn end_of_page(answer: &Answer, envelope: &Envelope, rows: &mut dyn Rows) {
    if matches!(answer.layout, Layout::Page { .. }) {
        map::meta(envelope, rows);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::testing::recognise;

    fn recognised(json: &str) -> Option<(&'static str, Option<ProviderId>)> {
        recognise(ProviderId::Kore, json).map(|answer| (answer.name, answer.shared_with))
    }

    #[test]
    fn every_layout_of_the_shared_tree_is_recognised() {
        let twilio = Some(ProviderId::Twilio);
        for (json, name) in [
            (r#"{"data_sessions":[],"meta":{}}"#, "DataSessions"),
            (r#"{"meta":{},"sims":[]}"#, "Sims"),
            (r#"{"usage_records":[],"meta":{}}"#, "UsageRecords"),
            (r#"{"sid":null,"radio_link":"LTE"}"#, "DataSession"),
            (r#"[{"sim_sid":"DE1","packets_uploaded":0}]"#, "DataSession"),
            (r#"{"sid":"DE1","iccid":"89"}"#, "Sim"),
            (
                r#"{"account_sid":"AC1","period":{},"data":{}}"#,
                "UsageRecord",
            ),
            (
                r#"{"code":20003,"message":"m","more_info":"u","status":401}"#,
                "error",
            ),
            (r#"{"code":20404,"message":"m","status":404}"#, "error"),
            (
                r#"{"message":"m","error":"Invalid or expired token"}"#,
                "error",
            ),
        ] {
            assert_eq!(recognised(json), Some((name, twilio)), "{json}");
        }
    }

    #[test]
    fn other_vendors_shapes_are_not_taken() {
        for json in [
            r#"{"code":"SEM0001","message":"m"}"#,
            r#"{"Message":"m","Success":true,"Data":[]}"#,
            r#"{"error":{"code":"AUTH_FAILED","message":"m"}}"#,
            r#"{"iccid":"89","sessions":[]}"#,
            r#"{"simId":"89","sessionStatus":{}}"#,
        ] {
            assert_eq!(recognised(json), None, "{json}");
        }
    }
}
