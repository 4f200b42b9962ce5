//! The JSON of the Wireless resource tree exactly as Twilio and KORE document it, borrowed. Only
//! the fields that have a place in the model; serde skips the others.

use serde::Deserialize;

use crate::provider::json::{Digits, Object, Str};

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
