//! What the fields of WAYSCloud's answers hold.

use crate::provider::holds::{Fields, Holds};

/// Every field that is read.
pub const FIELDS: Fields = &[
    (
        Holds::Plain,
        &[
            "start_time",
            "end_time",
            "duration_seconds",
            "network",
            "data_usage",
            "country",
            "country_code",
            "operator",
            "network_code",
            "network_type",
            "upload_mb",
            "download_mb",
            "total_mb",
            "total",
            "summary",
            "total_sessions",
            "total_data_mb",
            "average_session_duration_seconds",
            "event_type",
            "timestamp",
            "previous_network",
            "current_network",
            "details",
            "signal_strength",
            "current_usage_mb",
            "details.period",
            "details.reason",
            "sim",
            "status",
            "data_usage_mb",
            "linked_at",
        ],
    ),
    (Holds::Key, &["session_id", "event_id", "device_id"]),
    (Holds::Iccid, &["iccid"]),
    (Holds::Msisdn, &["msisdn"]),
    (Holds::Words, &["device_name"]),
    (Holds::Address, &["ip_address"]),
];
