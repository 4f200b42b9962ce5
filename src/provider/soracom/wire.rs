//! Soracom's JSON exactly as it is sent, borrowed from the answer. Fields that simscope does not
//! use are left out; they stay reachable in the vendor's own record. The specification marks
//! nothing as required or nullable, so everything is optional here.

#![allow(
    clippy::struct_field_names,
    reason = "fields are named as in the vendor's JSON"
)]

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use crate::provider::json::{Str, objects};
use crate::provider::pull::{Pull, Pulled, pulled};

objects!(
    Cell<'a>,
    SessionEvent<'a>,
    Sim<'a>,
    Profile<'a>,
    ProfileSubscriber<'a>,
    SessionStatus<'a>,
    PreviousSession<'a>,
    LocationRegistration<'a>,
    Registration<'a>,
    StatusChange<'a>,
    AirStats<'a>,
    TrafficStats,
    CellLocation<'a>,
);

/// A serving cell. `rac` is filler and `sac` is not a cell identity.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub(super) struct Cell<'a> {
    #[serde(borrow)]
    pub radio_type: Option<Str<'a>>,
    pub mcc: Option<u64>,
    pub mnc: Option<u64>,
    pub lac: Option<u32>,
    pub ci: Option<u32>,
    pub tac: Option<u32>,
    pub eci: Option<u32>,
}

/// An element of `listSimSessionEvents` and `listSessionEvents`.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub(super) struct SessionEvent<'a> {
    /// Epoch milliseconds.
    pub time: i64,
    #[serde(borrow)]
    pub event: Str<'a>,
    /// ISO 8601 text, unlike the number of the same name in `previousSession`.
    pub created_time: Option<Str<'a>>,
    pub session_id: Option<Str<'a>>,
    pub sim_id: Option<Str<'a>>,
    pub imsi: Option<Str<'a>>,
    pub imei: Option<Str<'a>>,
    pub subscription: Option<Str<'a>>,
    pub apn: Option<Str<'a>>,
    pub ue_ip_address: Option<Str<'a>>,
    pub dns0: Option<Str<'a>>,
    pub dns1: Option<Str<'a>>,
    pub cell: Option<Cell<'a>>,
}

/// A SIM, or a subscriber, which names its IMSI, ICCID, MSISDN and subscription at the top.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub(super) struct Sim<'a> {
    #[serde(borrow)]
    pub sim_id: Option<Str<'a>>,
    pub operator_id: Option<Str<'a>>,
    pub status: Option<Str<'a>>,
    pub speed_class: Option<Str<'a>>,
    /// A subscriber's speed class, but `uicc`, `euicc` or `virtual` in a SIM.
    #[serde(rename = "type")]
    pub kind: Option<Str<'a>>,
    pub tags: Option<Entries<'a, Option<Str<'a>>>>,
    pub active_profile_id: Option<Str<'a>>,
    pub profiles: Option<Entries<'a, Profile<'a>>>,
    pub imsi: Option<Str<'a>>,
    pub iccid: Option<Str<'a>>,
    pub msisdn: Option<Str<'a>>,
    pub subscription: Option<Str<'a>>,
    pub session_status: Option<SessionStatus<'a>>,
    pub previous_session: Option<PreviousSession<'a>>,
    /// Epoch milliseconds of the newest network registration over all IMSIs.
    pub last_location_update_time: Option<i64>,
    pub location_registration_status: Option<LocationRegistration<'a>>,
}

/// A profile of a SIM, keyed by its ICCID. It may hold `arcClientPeerPrivateKey`, a secret, which
/// is never read.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub(super) struct Profile<'a> {
    #[serde(borrow)]
    pub iccid: Option<Str<'a>>,
    pub primary_imsi: Option<Str<'a>>,
    pub subscribers: Option<Entries<'a, ProfileSubscriber<'a>>>,
}

/// A subscriber inside a profile, keyed by its IMSI.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self")]
pub(super) struct ProfileSubscriber<'a> {
    #[serde(borrow)]
    pub imsi: Option<Str<'a>>,
    pub msisdn: Option<Str<'a>>,
    pub subscription: Option<Str<'a>>,
}

/// The current state; without a start time.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub(super) struct SessionStatus<'a> {
    pub online: Option<bool>,
    /// Epoch milliseconds.
    pub last_updated_at: Option<i64>,
    #[serde(borrow)]
    pub session_id: Option<Str<'a>>,
    pub imsi: Option<Str<'a>>,
    pub imei: Option<Str<'a>>,
    pub subscription: Option<Str<'a>>,
    pub ue_ip_address: Option<Str<'a>>,
    pub dns_servers: Option<Vec<Str<'a>>>,
    pub cell: Option<Cell<'a>>,
}

/// The last completed session.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub(super) struct PreviousSession<'a> {
    /// Epoch milliseconds, unlike the text of the same name in session events.
    pub created_time: Option<i64>,
    /// Epoch milliseconds.
    pub deleted_time: Option<i64>,
    #[serde(borrow)]
    pub session_id: Option<Str<'a>>,
    pub imsi: Option<Str<'a>>,
    pub imei: Option<Str<'a>>,
    pub subscription: Option<Str<'a>>,
    pub ue_ip_address: Option<Str<'a>>,
    pub dns_servers: Option<Vec<Str<'a>>>,
    pub cell: Option<Cell<'a>>,
}

/// Where a subscriber registered, for each core network.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self")]
pub(super) struct LocationRegistration<'a> {
    #[serde(borrow)]
    pub cs: Option<Registration<'a>>,
    pub ps: Option<Registration<'a>>,
    pub eps: Option<Registration<'a>>,
}

/// One registration. The specification says `vplmn`, real payloads say `plmn`.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub(super) struct Registration<'a> {
    /// Epoch milliseconds.
    pub last_modified_time: Option<i64>,
    #[serde(borrow)]
    pub plmn: Option<Str<'a>>,
    pub vplmn: Option<Str<'a>>,
}

/// An element of `listSimStatusHistory` (schema `SimStatusHistoryResponse` of the vendor's
/// specification).
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub(super) struct StatusChange<'a> {
    /// Epoch seconds, although the call's own `from` and `to` are milliseconds.
    pub apply_date_time_epoch_sec: i64,
    #[serde(borrow)]
    pub sim_id: Option<Str<'a>>,
    pub imsi: Option<Str<'a>>,
    pub primary_imsi: Option<Str<'a>>,
    pub status: Option<Str<'a>>,
    pub subscription: Option<Str<'a>>,
    pub speed_class: Option<Str<'a>>,
    pub group_id: Option<Str<'a>>,
    pub bundles: Option<Vec<Str<'a>>>,
}

/// An element of `getAirStatsOfSim` and `getAirStats`: one time bucket.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub(super) struct AirStats<'a> {
    /// Epoch seconds.
    pub unixtime: i64,
    /// Keyed by speed class.
    #[serde(borrow)]
    pub data_traffic_stats_map: Option<Entries<'a, TrafficStats>>,
}

/// Traffic under one speed class.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub(super) struct TrafficStats {
    pub upload_byte_size_total: Option<u64>,
    pub download_byte_size_total: Option<u64>,
    pub upload_packet_size_total: Option<u64>,
    pub download_packet_size_total: Option<u64>,
}

/// A tower's position, from `getCellLocation` or an element of `batchGetCellLocations`.
#[derive(Debug, serde::Deserialize)]
#[serde(remote = "Self")]
pub(super) struct CellLocation<'a> {
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// Metres.
    pub range: Option<f64>,
    /// The vendor's own example holds a malformed time here.
    #[serde(borrow)]
    pub updated: Option<Str<'a>>,
    /// Whatever the caller sent along in a batch; absent from single look-ups.
    pub identifier: Option<Str<'a>>,
}

/// The entries of a JSON object whose keys are data, in the order of the text.
#[derive(Debug)]
pub(super) struct Entries<'a, T>(pub Vec<(Str<'a>, T)>);

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for Entries<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

struct EntriesVisitor<'a, T>(PhantomData<(&'a str, T)>);

impl<'de: 'a, 'a, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<'a, T> {
    type Value = Entries<'a, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}

pulled! {
    Cell<'a> {
        radio_type: "radioType",
        mcc: "mcc",
        mnc: "mnc",
        lac: "lac",
        ci: "ci",
        tac: "tac",
        eci: "eci",
    }
    SessionEvent<'a> {
        time: "time",
        event: "event",
        created_time: "createdTime",
        session_id: "sessionId",
        sim_id: "simId",
        imsi: "imsi",
        imei: "imei",
        subscription: "subscription",
        apn: "apn",
        ue_ip_address: "ueIpAddress",
        dns0: "dns0",
        dns1: "dns1",
        cell: "cell",
    }
    Sim<'a> {
        sim_id: "simId",
        operator_id: "operatorId",
        status: "status",
        speed_class: "speedClass",
        kind: "type",
        tags: "tags",
        active_profile_id: "activeProfileId",
        profiles: "profiles",
        imsi: "imsi",
        iccid: "iccid",
        msisdn: "msisdn",
        subscription: "subscription",
        session_status: "sessionStatus",
        previous_session: "previousSession",
        last_location_update_time: "lastLocationUpdateTime",
        location_registration_status: "locationRegistrationStatus",
    }
    Profile<'a> {
        iccid: "iccid",
        primary_imsi: "primaryImsi",
        subscribers: "subscribers",
    }
    ProfileSubscriber<'a> {
        imsi: "imsi",
        msisdn: "msisdn",
        subscription: "subscription",
    }
    SessionStatus<'a> {
        online: "online",
        last_updated_at: "lastUpdatedAt",
        session_id: "sessionId",
        imsi: "imsi",
        imei: "imei",
        subscription: "subscription",
        ue_ip_address: "ueIpAddress",
        dns_servers: "dnsServers",
        cell: "cell",
    }
    PreviousSession<'a> {
        created_time: "createdTime",
        deleted_time: "deletedTime",
        session_id: "sessionId",
        imsi: "imsi",
        imei: "imei",
        subscription: "subscription",
        ue_ip_address: "ueIpAddress",
        dns_servers: "dnsServers",
        cell: "cell",
    }
    LocationRegistration<'a> {
        cs: "cs",
        ps: "ps",
        eps: "eps",
    }
    Registration<'a> {
        last_modified_time: "lastModifiedTime",
        plmn: "plmn",
        vplmn: "vplmn",
    }
    StatusChange<'a> {
        apply_date_time_epoch_sec: "applyDateTimeEpochSec",
        sim_id: "simId",
        imsi: "imsi",
        primary_imsi: "primaryImsi",
        status: "status",
        subscription: "subscription",
        speed_class: "speedClass",
        group_id: "groupId",
        bundles: "bundles",
    }
    AirStats<'a> {
        unixtime: "unixtime",
        data_traffic_stats_map: "dataTrafficStatsMap",
    }
    TrafficStats {
        upload_byte_size_total: "uploadByteSizeTotal",
        download_byte_size_total: "downloadByteSizeTotal",
        upload_packet_size_total: "uploadPacketSizeTotal",
        download_packet_size_total: "downloadPacketSizeTotal",
    }
    CellLocation<'a> {
        lat: "lat",
        lon: "lon",
        range: "range",
        updated: "updated",
        identifier: "identifier",
    }
}

impl<'de: 'a, 'a, T: Pulled<'de>> Pulled<'de> for Entries<'a, T> {
    fn pull(from: &mut Pull<'de>) -> Option<Self> {
        from.entries().map(Entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::testing::try_keys;

    #[test]
    fn every_key_is_read_the_same_both_ways() {
        try_keys::<Cell<'_>>(&[]);
        try_keys::<SessionEvent<'_>>(&[("time", "1"), ("event", r#""a""#)]);
        try_keys::<Sim<'_>>(&[]);
        try_keys::<Profile<'_>>(&[]);
        try_keys::<ProfileSubscriber<'_>>(&[]);
        try_keys::<SessionStatus<'_>>(&[]);
        try_keys::<PreviousSession<'_>>(&[]);
        try_keys::<LocationRegistration<'_>>(&[]);
        try_keys::<Registration<'_>>(&[]);
        try_keys::<StatusChange<'_>>(&[("applyDateTimeEpochSec", "1")]);
        try_keys::<AirStats<'_>>(&[("unixtime", "1")]);
        try_keys::<TrafficStats>(&[]);
        try_keys::<CellLocation<'_>>(&[]);
    }
}
