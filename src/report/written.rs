//! Epoch milliseconds as JSON has instants: RFC 3339 in UTC. Null where no date can say it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::Instant;

/// An instant as a file has it; empty where no date can say it.
pub fn written(ms: i64) -> String {
    Instant::from_ms(ms).map_or_else(String::new, |at| at.to_string())
}

/// For serde's `with`.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde's way of calling")]
pub fn serialize<S: Serializer>(ms: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    written(*ms).serialize(serializer)
}

/// For serde's `with`: what [`serialize`] wrote.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let text = String::deserialize(deserializer)?;
    let at = Instant::from_rfc3339(&text);
    at.map(Instant::ms)
        .ok_or_else(|| serde::de::Error::custom("not an instant"))
}
