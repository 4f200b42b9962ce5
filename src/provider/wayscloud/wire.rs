//! The JSON of the GlobalSIM API exactly as WAYSCloud documents it, borrowed. Only the fields that
//! have a place in the model; serde skips the others, except beside an event's known details.

// The names are the vendor's.
#![allow(clippy::struct_field_names)]

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use crate::model::Text;
use crate::provider::json::{Object, Str};
use crate::provider::pull::{Pull, Pulled, pulled};

/// One session of a SIM.
#[derive(Debug, Deserialize)]
pub struct Session<'a> {
    /// `ses_...`.
    #[serde(borrow)]
    pub session_id: Option<Str<'a>>,
    /// Beside the list in the documents; in the record where a tool put it there.
    pub iccid: Option<Str<'a>>,
    /// RFC 3339.
    pub start_time: Option<Str<'a>>,
    /// RFC 3339; how an open session looks is not documented: null or absent.
    pub end_time: Option<Str<'a>>,
    /// The vendor's own figure.
    pub duration_seconds: Option<u32>,
    /// The visited network.
    pub network: Option<Object<Network<'a>>>,
    /// Traffic.
    pub data_usage: Option<Object<DataUsage>>,
    /// The device's address.
    pub ip_address: Option<Str<'a>>,
}

/// A network; which fields are there differs from call to call.
#[derive(Debug, Default, Deserialize)]
pub struct Network<'a> {
    /// English name.
    #[serde(borrow)]
    pub country: Option<Str<'a>>,
    /// ISO 3166-1 alpha-2.
    pub country_code: Option<Str<'a>>,
    /// The operator's name.
    pub operator: Option<Str<'a>>,
    /// MCC and MNC joined.
    pub network_code: Option<Str<'a>>,
    /// `4G`.
    pub network_type: Option<Str<'a>>,
}

/// Traffic in "MB".
#[derive(Debug, Default, Deserialize)]
pub struct DataUsage {
    /// From the device.
    pub upload_mb: Option<f64>,
    /// To the device.
    pub download_mb: Option<f64>,
    /// Both ways.
    pub total_mb: Option<f64>,
}

/// The vendor's sums beside a list of sessions. Over the page or over all: not documented.
#[derive(Debug, Deserialize)]
pub struct Summary {
    /// Count of sessions.
    pub total_sessions: Option<u64>,
    /// Traffic in "MB".
    pub total_data_mb: Option<f64>,
    /// Average length.
    pub average_session_duration_seconds: Option<f64>,
}

/// One event of a SIM's or of all SIMs' activity.
#[derive(Debug, Deserialize)]
pub struct Event<'a> {
    /// `evt_...`.
    #[serde(borrow)]
    pub event_id: Option<Str<'a>>,
    /// In the activity of all SIMs.
    pub iccid: Option<Str<'a>>,
    /// In the activity of all SIMs.
    pub msisdn: Option<Str<'a>>,
    /// In the activity of all SIMs.
    pub device_id: Option<Str<'a>>,
    /// `connection`, `network_change`, ...
    pub event_type: Option<Str<'a>>,
    /// RFC 3339.
    pub timestamp: Option<Str<'a>>,
    /// The network that it happened on.
    pub network: Option<Object<Network<'a>>>,
    /// The network that was left.
    pub previous_network: Option<Object<Network<'a>>>,
    /// The network that was joined.
    pub current_network: Option<Object<Network<'a>>>,
    /// What else there is to say.
    pub details: Option<Details<'a>>,
}

/// The details of an event. Which there are depends on its type, and not all are documented.
#[derive(Debug, Default)]
pub struct Details<'a> {
    /// `4G`.
    pub network_type: Option<Str<'a>>,
    /// Without a unit.
    pub signal_strength: Option<f64>,
    /// "MB" over `period`.
    pub current_usage_mb: Option<f64>,
    /// `current_month`.
    pub period: Option<Str<'a>>,
    /// Any other, by name, in the order of the text.
    pub others: Vec<(Text<'a>, Plain<'a>)>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Details<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Details<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Details<'de>, A::Error> {
                let mut details = Details::default();
                while let Some(Str(key)) = map.next_key()? {
                    match key.as_ref() {
                        "network_type" => details.network_type = map.next_value()?,
                        "signal_strength" => details.signal_strength = map.next_value()?,
                        "current_usage_mb" => details.current_usage_mb = map.next_value()?,
                        "period" => details.period = map.next_value()?,
                        _ => details.others.push((key, map.next_value()?)),
                    }
                }
                Ok(details)
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// A value that can be told in plain text.
#[derive(Debug, Clone, PartialEq)]
pub enum Plain<'a> {
    /// A string.
    Text(Text<'a>),
    /// A whole number.
    Whole(i128),
    /// Any other number.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// `null`, an object or an array: nothing that a line of text could hold.
    None,
}

impl<'de: 'a, 'a> Deserialize<'de> for Plain<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Plain<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Plain::Text(Text::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Plain::Text(Text::Owned(text.to_owned())))
            }
            fn visit_u64<E>(self, n: u64) -> Result<Self::Value, E> {
                Ok(Plain::Whole(n.into()))
            }
            fn visit_i64<E>(self, n: i64) -> Result<Self::Value, E> {
                Ok(Plain::Whole(n.into()))
            }
            fn visit_f64<E>(self, n: f64) -> Result<Self::Value, E> {
                Ok(Plain::Number(n))
            }
            fn visit_bool<E>(self, yes: bool) -> Result<Self::Value, E> {
                Ok(Plain::Bool(yes))
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Plain::None)
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                while seq.next_element::<de::IgnoredAny>()?.is_some() {}
                Ok(Plain::None)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map
                    .next_entry::<de::IgnoredAny, de::IgnoredAny>()?
                    .is_some()
                {}
                Ok(Plain::None)
            }
        }
        deserializer.deserialize_any(Any)
    }
}

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Whole(n) => n.fmt(f),
            Self::Number(n) => n.fmt(f),
            Self::Bool(yes) => yes.fmt(f),
            Self::None => Ok(()),
        }
    }
}

/// A device with its SIM.
#[derive(Debug, Deserialize)]
pub struct DeviceSim<'a> {
    /// `iot_dev_...`.
    #[serde(borrow)]
    pub device_id: Option<Str<'a>>,
    /// The owner's name.
    pub device_name: Option<Str<'a>>,
    /// Null or absent for a device without a SIM.
    pub sim: Option<Object<LinkedSim<'a>>>,
}

/// The SIM of a device.
#[derive(Debug, Default, Deserialize)]
pub struct LinkedSim<'a> {
    /// The key of the SIM.
    #[serde(borrow)]
    pub iccid: Option<Str<'a>>,
    /// `active`.
    pub status: Option<Str<'a>>,
    /// E.164.
    pub msisdn: Option<Str<'a>>,
    /// Null or absent while offline.
    pub current_network: Option<Object<Network<'a>>>,
    /// "MB" over an unstated period.
    pub data_usage_mb: Option<f64>,
    /// RFC 3339.
    pub linked_at: Option<Str<'a>>,
}

pulled! {
    Session<'a> {
        session_id: "session_id",
        iccid: "iccid",
        start_time: "start_time",
        end_time: "end_time",
        duration_seconds: "duration_seconds",
        network: "network",
        data_usage: "data_usage",
        ip_address: "ip_address",
    }
    Network<'a> {
        country: "country",
        country_code: "country_code",
        operator: "operator",
        network_code: "network_code",
        network_type: "network_type",
    }
    DataUsage {
        upload_mb: "upload_mb",
        download_mb: "download_mb",
        total_mb: "total_mb",
    }
    Event<'a> {
        event_id: "event_id",
        iccid: "iccid",
        msisdn: "msisdn",
        device_id: "device_id",
        event_type: "event_type",
        timestamp: "timestamp",
        network: "network",
        previous_network: "previous_network",
        current_network: "current_network",
        details: "details",
    }
    DeviceSim<'a> {
        device_id: "device_id",
        device_name: "device_name",
        sim: "sim",
    }
    LinkedSim<'a> {
        iccid: "iccid",
        status: "status",
        msisdn: "msisdn",
        current_network: "current_network",
        data_usage_mb: "data_usage_mb",
        linked_at: "linked_at",
    }
}

impl<'de: 'a, 'a> Pulled<'de> for Details<'a> {
    fn pull(from: &mut Pull<'de>) -> Option<Self> {
        from.by_serde()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::testing::try_keys;

    #[test]
    fn every_key_is_read_the_same_both_ways() {
        try_keys::<Session<'_>>(&[]);
        try_keys::<Network<'_>>(&[]);
        try_keys::<DataUsage>(&[]);
        try_keys::<Event<'_>>(&[]);
        try_keys::<DeviceSim<'_>>(&[]);
        try_keys::<LinkedSim<'_>>(&[]);
    }
}
