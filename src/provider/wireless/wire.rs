//! The JSON of the Wireless resource tree exactly as Twilio and KORE document it, borrowed. Only
//! the fields that have a place in the model; serde skips the others.

use serde::Deserialize;

use crate::provider::json::{Digits, Object, Str};
use crate::provider::pull::pulled;

/// One data session of a SIM.
#[derive(Debug, Deserialize)]
pub struct DataSession<'a> {
    /// `WN...`; null in a published sample, and not unique.
    #[serde(borrow)]
    pub sid: Option<Str<'a>>,
    /// `DE...`.
    pub sim_sid: Option<Str<'a>>,
    /// `LTE`, `3G`.
    pub radio_link: Option<Str<'a>>,
    /// Digits, or an integer in old answers.
    pub operator_mcc: Option<Digits<'a>>,
    /// Digits, or an integer in old answers.
    pub operator_mnc: Option<Digits<'a>>,
    /// ISO 3166-1 alpha-3.
    pub operator_country: Option<Str<'a>>,
    /// The operator's name.
    pub operator_name: Option<Str<'a>>,
    /// `MCC-MNC-LAC-CID`, at the last update.
    pub cell_id: Option<Str<'a>>,
    /// The tower's position, at the last update.
    pub cell_location_estimate: Option<Object<CellLocationEstimate>>,
    /// Packets from the device until the last update.
    pub packets_uploaded: Option<u64>,
    /// Packets to the device until the last update.
    pub packets_downloaded: Option<u64>,
    /// RFC 3339.
    pub last_updated: Option<Str<'a>>,
    /// RFC 3339.
    pub start: Option<Str<'a>>,
    /// RFC 3339; null while the session is open.
    pub end: Option<Str<'a>>,
    /// 15 digits, or a number that tools made of them.
    pub imei: Option<Digits<'a>>,
    /// 16 digits: the name of the field in May 2019.
    pub imeisv: Option<Digits<'a>>,
}

/// A position in degrees; `{}` or 0/0 where there is none.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct CellLocationEstimate {
    /// Latitude.
    pub lat: Option<f64>,
    /// Longitude.
    pub lon: Option<f64>,
}

/// A SIM.
#[derive(Debug, Deserialize)]
pub struct Sim<'a> {
    /// `DE...`.
    #[serde(borrow)]
    pub sid: Option<Str<'a>>,
    /// The owner's key.
    pub unique_name: Option<Str<'a>>,
    /// The owner's name.
    pub friendly_name: Option<Str<'a>>,
    /// `AC...`.
    pub account_sid: Option<Str<'a>>,
    /// `WP...`.
    pub rate_plan_sid: Option<Str<'a>>,
    /// 18 to 20 digits.
    pub iccid: Option<Str<'a>>,
    /// The EID as Twilio's specification and KORE's page spell it.
    pub e_id: Option<Str<'a>>,
    /// The EID as KORE's specification spells it.
    pub eid: Option<Str<'a>>,
    /// `new`, `ready`, `active`, ...
    pub status: Option<Str<'a>>,
    /// The resource's own address.
    pub url: Option<Str<'a>>,
    /// Addresses of related resources; may hold only `rate_plan`.
    pub links: Option<Object<Links<'a>>>,
}

/// Addresses beside a SIM.
#[derive(Debug, Default, Deserialize)]
pub struct Links<'a> {
    /// Its data sessions.
    #[serde(borrow)]
    pub data_sessions: Option<Str<'a>>,
    /// Its rate plan.
    pub rate_plan: Option<Str<'a>>,
    /// Its usage records.
    pub usage_records: Option<Str<'a>>,
}

/// Usage of a SIM or an account over a period.
#[derive(Debug, Deserialize)]
pub struct UsageRecord<'a> {
    /// `DE...`; absent for an account.
    #[serde(borrow)]
    pub sim_sid: Option<Str<'a>>,
    /// May be `{}`.
    pub period: Option<Object<Period<'a>>>,
    /// May be `{}`.
    pub data: Option<Object<Data<'a>>>,
}

/// A period.
#[derive(Debug, Default, Deserialize)]
pub struct Period<'a> {
    /// RFC 3339, with milliseconds at times.
    #[serde(borrow)]
    pub start: Option<Str<'a>>,
    /// RFC 3339.
    pub end: Option<Str<'a>>,
}

/// Data usage in bytes.
#[derive(Debug, Default, Deserialize)]
pub struct Data<'a> {
    /// Both ways.
    pub total: Option<u64>,
    /// From the device.
    pub upload: Option<u64>,
    /// To the device.
    pub download: Option<u64>,
    /// `bytes`.
    #[serde(borrow)]
    pub units: Option<Str<'a>>,
}

/// What stands beside a page's records.
#[derive(Debug, Default, Deserialize)]
pub struct Meta {
    /// This page's address.
    pub url: Option<String>,
    /// The first page's.
    pub first_page_url: Option<String>,
    /// The next page's; null at the end.
    pub next_page_url: Option<String>,
}

pulled! {
    DataSession<'a> {
        sid: "sid",
        sim_sid: "sim_sid",
        radio_link: "radio_link",
        operator_mcc: "operator_mcc",
        operator_mnc: "operator_mnc",
        operator_country: "operator_country",
        operator_name: "operator_name",
        cell_id: "cell_id",
        cell_location_estimate: "cell_location_estimate",
        packets_uploaded: "packets_uploaded",
        packets_downloaded: "packets_downloaded",
        last_updated: "last_updated",
        start: "start",
        end: "end",
        imei: "imei",
        imeisv: "imeisv",
    }
    CellLocationEstimate {
        lat: "lat",
        lon: "lon",
    }
    Sim<'a> {
        sid: "sid",
        unique_name: "unique_name",
        friendly_name: "friendly_name",
        account_sid: "account_sid",
        rate_plan_sid: "rate_plan_sid",
        iccid: "iccid",
        e_id: "e_id",
        eid: "eid",
        status: "status",
        url: "url",
        links: "links",
    }
    Links<'a> {
        data_sessions: "data_sessions",
        rate_plan: "rate_plan",
        usage_records: "usage_records",
    }
    UsageRecord<'a> {
        sim_sid: "sim_sid",
        period: "period",
        data: "data",
    }
    Period<'a> {
        start: "start",
        end: "end",
    }
    Data<'a> {
        total: "total",
        upload: "upload",
        download: "download",
        units: "units",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::testing::try_keys;

    #[test]
    fn every_key_is_read_the_same_both_ways() {
        try_keys::<DataSession<'_>>(&[]);
        try_keys::<CellLocationEstimate>(&[]);
        try_keys::<Sim<'_>>(&[]);
        try_keys::<Links<'_>>(&[]);
        try_keys::<UsageRecord<'_>>(&[]);
        try_keys::<Period<'_>>(&[]);
        try_keys::<Data<'_>>(&[]);
    }
}
