//! What holds for all views, and what is chosen.

use serde::{Deserialize, Serialize};

/// What sessions are coloured by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColourBy {
    /// Radio technology.
    #[default]
    Radio,
    /// Operator of the visited network.
    Operator,
    /// Country of the visited network.
    Country,
    /// Vendor.
    Provider,
}

/// What lanes are grouped by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GroupBy {
    /// Country of the last visited network.
    #[default]
    Country,
    /// Vendor.
    Provider,
    /// Operator of the last visited network.
    Operator,
    /// The owner's first tag.
    Tag,
    /// The device that the SIM belongs to: its name or number at the vendor, else the IMEI of the last session.
    Device,
    /// The last radio technology.
    Radio,
    /// Make and model of the device that the SIM was last in: the first eight digits of its IMEI.
    DeviceType,
    /// The group that a file of labels puts the SIM in.
    Group,
    /// Not at all.
    None,
}

/// What lanes are ordered by, inside their group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SortBy {
    /// Name, else identifier.
    #[default]
    Name,
    /// Longest offline first.
    Offline,
    /// Last seen first.
    Seen,
    /// Most sessions first.
    Sessions,
    /// Most traffic first: bytes where told, below them packets.
    Traffic,
}

/// What holds for all views.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// What sessions are coloured by.
    pub colour: ColourBy,
    /// What lanes are grouped by.
    pub group: GroupBy,
    /// What lanes are ordered by.
    pub sort: SortBy,
    /// Colours whose sessions are left out, by number.
    pub hidden: Vec<u8>,
    /// Groups that are folded, by key.
    pub folded: Vec<String>,
    /// Lanes that are opened into rows. One that is alone in the list is opened unless it is named here.
    pub opened: Vec<u32>,
    /// Lanes that stand first, whatever the order.
    pub pinned: Vec<u32>,
    /// Lanes that are left out of the list.
    pub left_out: Vec<u32>,
    /// Height of a lane, CSS pixels; 0 for the usual one.
    pub row_px: u8,
    /// The filter line; empty lets everything through. `docs/filter.md` says what it means.
    pub filter: String,
}

/// What is chosen, everywhere at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// A SIM's lane.
    pub lane: Option<u32>,
    /// A session.
    pub session: Option<u32>,
    /// An event.
    pub event: Option<u32>,
    /// A span of time, [from, to].
    pub span: Option<[i64; 2]>,
}
