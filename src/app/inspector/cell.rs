//! The serving cell of a row: as reported, by its parts, and its whole identity to be copied.

use super::field::{filtering_identifier, filters, text, whole};
use super::network::plmn;
use crate::app::json::Json;
use crate::app::state::State;
use crate::geo::canonical;
use leptos::prelude::*;

/// The cell, which filters where it has one identity.
pub fn cell_parts(state: State, row: &Json) -> Vec<AnyView> {
    let found = &row.get("cell");
    let identity = text(found, "reported").or_else(|| number(found).map(|n| n.to_string()));
    let shown = cell(row, row).map(|shown| match identity {
        Some(identity) => filters(state, "cell", &identity, shown),
        None => shown.into_any(),
    });
    shown.into_iter().collect()
}

/// The number of a cell in its network: NCI, ECI or CI.
fn number(cell: &Json) -> Option<u64> {
    let mut keys = ["nci", "eci", "ci"].into_iter();
    keys.find_map(|key| whole(cell, key))
}

/// The cell: as reported, else its parts. Where it was reported as its whole identity, which has a line of its own, its parts
/// tell more.
pub fn cell(row: &Json, network: &Json) -> Option<String> {
    let cell = &row.get("cell");
    let reported = text(cell, "reported");
    if reported.is_some() && reported != whole_identity(cell, network) {
        return reported;
    }
    let parts: Vec<String> = ["lac", "tac", "ci", "eci", "nci"]
        .into_iter()
        .filter_map(|key| whole(cell, key).map(|n| format!("{} {n}", key.to_ascii_uppercase())))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// What its number is made of, where that is so for most cells: of LTE's a macro cell's eNodeB and sector, of UMTS's the RNC and
/// its cell. How much of 5G's is the gNodeB differs between operators, so that is not told apart.
pub fn split(row: &Json) -> Option<String> {
    let cell = &row.get("cell");
    if let (Some(enb), Some(sector)) = (whole(cell, "enb"), whole(cell, "sector")) {
        return Some(format!("eNB {enb} · sector {sector} (assumed)"));
    }
    // A number of 16 bits or fewer is the cell's alone.
    let ci = whole(cell, "ci").filter(|ci| *ci > 0xffff)?;
    Some(format!("RNC {} · CI {} (assumed)", ci >> 16, ci & 0xffff))
}

/// The whole identity; null where the network or the cell's number is not known.
fn whole_identity(cell: &Json, network: &Json) -> Option<String> {
    let area = whole(cell, "tac").or_else(|| whole(cell, "lac"));
    let area = area.map(|area| area as u32);
    Some(canonical(&plmn(network)?, area, number(cell)?))
}

/// The whole identity: a click copies it, and what stands beside filters by it.
pub fn identity(state: State, row: &Json, network: &Json) -> AnyView {
    let identity = whole_identity(&row.get("cell"), network);
    filtering_identifier(state, "Cell identity", "cell", identity)
}
