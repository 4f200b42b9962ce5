//! What the fields of Monogoto's answers hold. A thing's own `Latitude` and `Longitude` are those of its fence, which its owner
//! drew: they are not named here.

use crate::provider::holds::{Fields, Holds};

/// Every field that is read, and the envelope's.
pub const FIELDS: Fields = &[
    (
        Holds::Plain,
        &[
            "Success",
            "ProvisionStatus",
            "ConnectionStatus",
            "LastConnectionTime",
            "LastDisconnectionTime",
            "ActiveSessions",
            "ApnName",
            "LastConnectedTime",
            "UplinkThroughput",
            "DownlinkThroughput",
            "State",
            "MnoName",
            "LastLocation",
            "CellId",
            "Lac",
            "LastLocationUpdateTime",
            "ActualUsage",
            "Data",
            "Data_",
            "Timestamp",
            "Type",
            "LastLocation.Latitude",
            "LastLocation.Longitude",
            "MCC",
            "MNC",
            "AccuracyInKM",
            "_source",
            "MessageType",
            "EsDataType",
        ],
    ),
    (
        Holds::Key,
        &[
            "ThingId",
            "ExternalUniqueId",
            "CustomerId",
            "ActiveSessionId",
        ],
    ),
    (
        Holds::Imsi,
        &["ActiveIMSI", "IMSI", "ActiveMobileSubscriber"],
    ),
    (Holds::Imei, &["IMEI"]),
    (Holds::Msisdn, &["MSISDN"]),
    (
        Holds::Words,
        &["ThingName", "ThingDescription", "_source.message"],
    ),
    (Holds::Address, &["IPAddress"]),
];
