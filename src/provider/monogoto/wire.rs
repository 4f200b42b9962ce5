//! The JSON of Monogoto's console API exactly as it is sent, borrowed from the answer. Fields that
//! simscope does not use are left out; they stay reachable in the vendor's own record.

#![allow(
    clippy::struct_field_names,
    reason = "fields are named as in the vendor's JSON"
)]

use std::borrow::Cow;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::provider::json::{Digits, Str, objects};
use crate::provider::pull::{Pull, Pulled, pulled};

objects!(
    Status<'a>,
    ActiveSession<'a>,
    Thing<'a>,
    LastLocation<'a>,
    ActualUsage,
    Hit<'a>,
    LogRow<'a>,
);

/// An element of `Data` in `GET /thing/status`.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self", rename_all = "PascalCase")]
pub(super) struct Status<'a> {
    #[serde(borrow)]
    pub thing_id: Option<Str<'a>>,
    pub customer_id: Option<Str<'a>>,
    pub thing_name: Option<Str<'a>>,
    pub thing_description: Option<Str<'a>>,
    pub provision_status: Option<Str<'a>>,
    /// In the documented example, not in the schema.
    pub connection_status: Option<Str<'a>>,
    #[serde(rename = "ActiveIMSI")]
    pub active_imsi: Option<Str<'a>>,
    #[serde(rename = "MSISDN")]
    pub msisdn: Option<Str<'a>>,
    pub last_connection_time: Option<When<'a>>,
    pub last_disconnection_time: Option<When<'a>>,
    pub active_sessions: Option<ActiveSessions<'a>>,
}

/// An object in the schema, an empty array in the example.
#[derive(Debug)]
pub(super) struct ActiveSessions<'a>(pub Vec<ActiveSession<'a>>);

/// An open data session.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(remote = "Self", rename_all = "PascalCase")]
pub(super) struct ActiveSession<'a> {
    #[serde(borrow)]
    pub active_session_id: Option<Str<'a>>,
    pub apn_name: Option<Str<'a>>,
    #[serde(rename = "IPAddress")]
    pub ip_address: Option<Str<'a>>,
    pub last_connected_time: Option<When<'a>>,
    /// Unit undocumented.
    pub uplink_throughput: Option<f64>,
    /// Unit undocumented.
    pub downlink_throughput: Option<f64>,
}

/// An element of `GET /things`, or `GET /thing/{id}`. Its top-level `Latitude` and `Longitude` are
/// the geofence that the owner configured, never a position, and are not read.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self", rename_all = "PascalCase")]
pub(super) struct Thing<'a> {
    #[serde(borrow)]
    pub thing_id: Option<Str<'a>>,
    /// The ICCID.
    pub external_unique_id: Option<Str<'a>>,
    pub customer_id: Option<Str<'a>>,
    pub thing_name: Option<Str<'a>>,
    pub thing_description: Option<Str<'a>>,
    pub state: Option<Str<'a>>,
    #[serde(rename = "IMEI")]
    pub imei: Option<Str<'a>>,
    #[serde(rename = "MSISDN")]
    pub msisdn: Option<Str<'a>>,
    #[serde(rename = "IMSI")]
    pub imsi: Option<Str<'a>>,
    /// The active IMSI.
    pub active_mobile_subscriber: Option<Str<'a>>,
    pub mno_name: Option<Str<'a>>,
    pub last_location: Option<LastLocation<'a>>,
    pub cell_id: Option<u64>,
    pub lac: Option<u32>,
    pub last_location_update_time: Option<When<'a>>,
    pub actual_usage: Option<ActualUsage>,
    /// Lifetime bytes.
    pub data: Option<f64>,
}

/// The measured place and the serving cell, at one instant.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self", rename_all = "PascalCase")]
pub(super) struct LastLocation<'a> {
    #[serde(borrow)]
    pub timestamp: Option<When<'a>>,
    #[serde(rename = "Type")]
    pub kind: Option<Str<'a>>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    /// Strings here; numbers are the other spelling of a PLMN among vendors.
    #[serde(rename = "MCC")]
    pub mcc: Option<Digits<'a>>,
    #[serde(rename = "MNC")]
    pub mnc: Option<Digits<'a>>,
    /// Kilometres.
    #[serde(rename = "AccuracyInKM")]
    pub accuracy_in_km: Option<f64>,
    pub cell_id: Option<u64>,
    pub lac: Option<u32>,
}

/// Usage counters of a thing.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self")]
pub(super) struct ActualUsage {
    /// Bytes.
    #[serde(rename = "Data_")]
    pub data: Option<f64>,
}

/// An element of `hits` in `POST /thing/searchCDR`: raw search-engine output.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self")]
pub(super) struct Hit<'a> {
    #[serde(borrow, rename = "_source")]
    pub source: LogRow<'a>,
}

/// A row of the log.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self", rename_all = "PascalCase")]
pub(super) struct LogRow<'a> {
    /// Epoch milliseconds.
    pub timestamp: i64,
    #[serde(borrow)]
    pub message_type: Option<Str<'a>>,
    pub es_data_type: Option<Str<'a>>,
    #[serde(rename = "message")]
    pub message: Option<Str<'a>>,
}

/// A time in a spelling that no document fixes: text or a number.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum When<'a> {
    /// RFC 3339, ISO without a zone, or the digits of an epoch number.
    Text(Cow<'a, str>),
    /// Epoch seconds or milliseconds.
    Epoch(i64),
    /// The same with a fraction.
    Fraction(f64),
}

struct WhenVisitor;

impl<'de> Visitor<'de> for WhenVisitor {
    type Value = When<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time as text or a number")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(When::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(When::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(When::Epoch(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        // What does not fit is no instant either, and is found unreadable later.
        Ok(When::Epoch(i64::try_from(number).unwrap_or(i64::MAX)))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(When::Fraction(number))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for When<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WhenVisitor)
    }
}

struct ActiveSessionsVisitor;

impl<'de> Visitor<'de> for ActiveSessionsVisitor {
    type Value = ActiveSessions<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a session or an array of sessions")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        ActiveSession::deserialize(MapAccessDeserializer::new(map))
            .map(|session| ActiveSessions(vec![session]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut sessions = Vec::new();
        while let Some(session) = seq.next_element()? {
            sessions.push(session);
        }
        Ok(ActiveSessions(sessions))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for ActiveSessions<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ActiveSessionsVisitor)
    }
}

pulled! {
    Status<'a> {
        thing_id: "ThingId",
        customer_id: "CustomerId",
        thing_name: "ThingName",
        thing_description: "ThingDescription",
        provision_status: "ProvisionStatus",
        connection_status: "ConnectionStatus",
        active_imsi: "ActiveIMSI",
        msisdn: "MSISDN",
        last_connection_time: "LastConnectionTime",
        last_disconnection_time: "LastDisconnectionTime",
        active_sessions: "ActiveSessions",
    }
    ActiveSession<'a> {
        active_session_id: "ActiveSessionId",
        apn_name: "ApnName",
        ip_address: "IPAddress",
        last_connected_time: "LastConnectedTime",
        uplink_throughput: "UplinkThroughput",
        downlink_throughput: "DownlinkThroughput",
    }
    Thing<'a> {
        thing_id: "ThingId",
        external_unique_id: "ExternalUniqueId",
        customer_id: "CustomerId",
        thing_name: "ThingName",
        thing_description: "ThingDescription",
        state: "State",
        imei: "IMEI",
        msisdn: "MSISDN",
        imsi: "IMSI",
        active_mobile_subscriber: "ActiveMobileSubscriber",
        mno_name: "MnoName",
        last_location: "LastLocation",
        cell_id: "CellId",
        lac: "Lac",
        last_location_update_time: "LastLocationUpdateTime",
        actual_usage: "ActualUsage",
        data: "Data",
    }
    LastLocation<'a> {
        timestamp: "Timestamp",
        kind: "Type",
        latitude: "Latitude",
        longitude: "Longitude",
        mcc: "MCC",
        mnc: "MNC",
        accuracy_in_km: "AccuracyInKM",
        cell_id: "CellId",
        lac: "Lac",
    }
    ActualUsage {
        data: "Data_",
    }
    Hit<'a> {
        source: "_source",
    }
    LogRow<'a> {
        timestamp: "Timestamp",
        message_type: "MessageType",
        es_data_type: "EsDataType",
        message: "message",
    }
}

impl<'de: 'a, 'a> Pulled<'de> for ActiveSessions<'a> {
    fn pull(from: &mut Pull<'de>) -> Option<Self> {
        if from.next()? == b'[' {
            return Vec::pull(from).map(ActiveSessions);
        }
        ActiveSession::pull(from).map(|session| ActiveSessions(vec![session]))
    }
}

impl<'de: 'a, 'a> Pulled<'de> for When<'a> {
    fn pull(from: &mut Pull<'de>) -> Option<Self> {
        if from.next()? == b'"' {
            return Str::pull(from).map(|Str(text)| When::Text(text));
        }
        from.by_serde()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::testing::try_keys;

    #[test]
    fn every_key_is_read_the_same_both_ways() {
        try_keys::<Status<'_>>(&[]);
        try_keys::<ActiveSession<'_>>(&[]);
        try_keys::<Thing<'_>>(&[]);
        try_keys::<LastLocation<'_>>(&[]);
        try_keys::<ActualUsage>(&[]);
        try_keys::<LogRow<'_>>(&[("Timestamp", "1")]);
    }
}
