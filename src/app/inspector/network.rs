//! The visited network of a row: its codes, and its name with where that is from.

use super::field::{filters, text};
use crate::app::json::Json;
use crate::app::state::State;
use crate::app::words;
use crate::engine::protocol::ListedName;
use crate::geo::NAMES_CREDIT;
use leptos::prelude::*;

/// MCC and MNC.
pub fn plmn(row: &Json) -> Option<String> {
    Some(format!("{}-{}", text(row, "mcc")?, text(row, "mnc")?))
}

/// The name by the list of MCC and MNC; null where the vendor tells one, or nobody does.
fn listed<'n>(row: &Json, names: &'n [ListedName]) -> Option<&'n str> {
    if text(row, "operator").is_some() {
        return None;
    }
    let plmn = plmn(row)?;
    let assumed = row.get("mnc_assumed").truth().unwrap_or(false);
    let mut names = names.iter();
    let found = names.find(|known| known.plmn == plmn && known.assumed == assumed)?;
    Some(&found.name)
}

/// The operator's name: the vendor's, else by the list.
pub fn operator(row: &Json, names: &[ListedName]) -> Option<String> {
    text(row, "operator").or_else(|| listed(row, names).map(str::to_owned))
}

/// The operator's name, else MCC and MNC.
pub fn who(row: &Json, names: &[ListedName]) -> Option<String> {
    operator(row, names).or_else(|| plmn(row))
}

/// PLMN, operator and country, each of which filters.
pub fn network_parts(state: State, row: &Json, names: &[ListedName]) -> Vec<AnyView> {
    let plmn = plmn(row).map(|plmn| filters(state, "plmn", &plmn, plmn.clone()));
    let operator = operator(row, names);
    let operator = operator.map(|operator| filters(state, "operator", &operator, operator.clone()));
    let country = text(row, "country");
    let country = country.map(|code| filters(state, "country", &code, words::country(&code)));
    [plmn, operator, country].into_iter().flatten().collect()
}

/// What is to be said of the codes and of where the name is from.
pub fn network_remark(row: &Json, names: &[ListedName]) -> Option<String> {
    let assumed = row.get("mnc_assumed").truth() == Some(true) && plmn(row).is_some();
    let assumed = assumed.then(|| "MNC's digits assumed".to_owned());
    let remarks = [assumed, name_remark(row, names)];
    let remarks: Vec<String> = remarks.into_iter().flatten().collect();
    (!remarks.is_empty()).then(|| remarks.join(" · "))
}

/// Where a name is from that is not the vendor's.
pub fn name_remark(row: &Json, names: &[ListedName]) -> Option<String> {
    listed(row, names)?;
    Some(format!("name by the list of MCC and MNC · {NAMES_CREDIT}"))
}
