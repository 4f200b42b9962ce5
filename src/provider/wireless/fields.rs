//! What the fields of the Wireless resource tree hold.

use crate::provider::holds::{Fields, Holds};

/// Every field that is read, and the page's own.
pub const FIELDS: Fields = &[
    (
        Holds::Plain,
        &[
            "radio_link",
            "operator_mcc",
            "operator_mnc",
            "operator_country",
            "operator_name",
            "cell_id",
            "cell_location_estimate",
            "lat",
            "lon",
            "packets_uploaded",
            "packets_downloaded",
            "last_updated",
            "start",
            "end",
            "status",
            "links",
            "period",
            "data",
            "data.total",
            "data.upload",
            "data.download",
            "total",
            "upload",
            "download",
            "units",
            "meta.key",
            "meta.page",
            "meta.page_size",
        ],
    ),
    (
        Holds::Key,
        &["sid", "sim_sid", "account_sid", "rate_plan_sid"],
    ),
    (Holds::Iccid, &["iccid"]),
    (Holds::Eid, &["e_id", "eid"]),
    (Holds::Imei, &["imei", "imeisv"]),
    (Holds::Words, &["unique_name", "friendly_name"]),
    (
        Holds::Link,
        &[
            "url",
            "data_sessions",
            "rate_plan",
            "usage_records",
            "first_page_url",
            "previous_page_url",
            "next_page_url",
        ],
    ),
];
