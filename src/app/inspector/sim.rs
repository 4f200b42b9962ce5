//! A SIM.

use super::cell::{cell_parts, identity, split};
use super::field::{
    filtering_identifier, identifier, number, pair, parse, parts, shown_instant, text,
};
use super::network::{network_parts, network_remark};
use super::session::{list, place, radio_parts, vendor};
use crate::app::lanes::{state_class, state_word};
use crate::app::state::use_state;
use crate::app::words;
use crate::engine::protocol::{Inspection, SimState};
use leptos::prelude::*;

/// A SIM.
#[component]
pub fn SimView(
    /// What the engine says of it.
    inspection: Inspection,
) -> impl IntoView {
    let state = use_state();
    let zone = state.zone.get();
    let row = parse(inspection.sim.as_deref());
    let sim_state = inspection.state.unwrap_or(SimState::Unknown);
    let online = row.get("online").truth().map(|online| {
        let word = if online { "yes" } else { "no" };
        word.to_owned()
    });
    let reported = row.get("usage_reported");
    let usage = number(&reported, "value").map(|value| {
        let unit = text(&reported, "unit").unwrap_or_default();
        format!("{} {unit}", words::short(value))
    });
    let usage_remark = text(&reported, "period").or(Some("as reported".to_owned()));
    let label = row.get("label");
    let tags: Vec<String> = [&label, &row]
        .iter()
        .flat_map(|of| of.get("tags").items())
        .filter_map(|tag| Some(format!("{}: {}", text(&tag, "name")?, text(&tag, "value")?)))
        .collect();
    let tags = tags.join(", ");
    // What the vendor calls it, where that is not what it is called here.
    let at_vendor = text(&label, "name").and_then(|_| text(&row, "name"));
    view! {
        <div class="block">
            <h3>
                <i class=state_class(sim_state)></i>
                {inspection.name.clone().unwrap_or_default()}
            </h3>
            <p class="dim">{vendor(state, &row)} {format!(" · {}", state_word(sim_state))}</p>
        </div>
        <dl class="pairs">
            {pair("Name at the vendor", at_vendor, None)}
            {pair("Group", text(&label, "group"), None)}
            {pair("Status", text(&row, "status"), Some("as reported".to_owned()))}
            {pair("Data session", online.map(|o| format!("open: {o}")), Some("as the vendor says".to_owned()))}
            {pair("Last seen", shown_instant(&row, "last_seen", &zone), None)}
            {pair("Registered", shown_instant(&row, "registered_at", &zone), None)}
            {parts("Radio", radio_parts(state, &row), None)}
            {parts("Network", network_parts(state, &row, &inspection.names), network_remark(&row, &inspection.names))}
            {parts("Cell", cell_parts(state, &row), split(&row))} {identity(state, &row, &row)}
            {pair("Place", place(&row), None)}
            {filtering_identifier(state, "ICCID", "iccid", text(&row, "iccid"))}
            {pair("ICCIDs", list(&row, "iccids").filter(|all| all.contains(',')), None)}
            {pair("IMSIs", list(&row, "imsis"), None)}
            {identifier(state, "EID", text(&row, "eid"))}
            {identifier(state, "MSISDN", text(&row, "msisdn"))}
            {filtering_identifier(state, "IMEI", "imei", text(&row, "imei"))}
            {identifier(state, "Key", text(&row, "sim"))}
            {pair("Device", text(&row, "device_name").or_else(|| text(&row, "device_id")), None)}
            {pair("Linked", shown_instant(&row, "linked_at", &zone), None)}
            {pair("Subscription", text(&row, "subscription"), None)}
            {pair("Speed class", text(&row, "speed_class"), None)}
            {pair("Usage", usage, usage_remark)}
            {pair("Description", text(&row, "description"), None)}
            {pair("Tags", Some(tags).filter(|tags| !tags.is_empty()), None)}
            {pair("Account", text(&row, "account"), None)}
            {pair("Source", text(&row, "source"), None)}
        </dl>
    }
}
