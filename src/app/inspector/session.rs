//! A session, and an event, with the reported value beside the normalised one.

use super::cell::{cell, cell_parts, identity, split};
use super::field::{
    filtering_identifier, filters, identifier, instant, number, pair, parse, parts, shown_instant,
    text, whole,
};
use super::network::{name_remark, network_parts, network_remark, operator, plmn, who};
use crate::app::json::Json;
use crate::app::palette::property;
use crate::app::state::{State, use_state};
use crate::app::words;
use crate::engine::protocol::{Inspection, ListedName};
use crate::model::{EventKind, Radio};
use crate::timeline::duration;
use leptos::prelude::*;

/// A session.
#[component]
pub fn SessionView(
    /// What the engine says of it.
    inspection: Inspection,
) -> impl IntoView {
    let state = use_state();
    let row = parse(inspection.session.as_deref());
    let zone = state.zone.get();
    let names = inspection.names.clone();
    let operator = who(&row, &names);
    let country = text(&row, "country");
    let name = inspection.name.clone().unwrap_or_default();
    let heading = match (&operator, &country) {
        (Some(operator), Some(country)) => format!("{name} · {operator} ({country})"),
        (Some(operator), None) => format!("{name} · {operator}"),
        _ => name,
    };
    let end_kind = text(&row, "end_kind").unwrap_or_default();
    let observed = instant(&row, "observed").map(|at| words::clock(at, &zone));
    let last_seen = instant(&row, "last_seen");
    let state_line = [
        Some(end_word(&end_kind).to_owned()),
        last_seen
            .filter(|_| end_kind != "exact")
            .map(|at| format!("record last changed {}", words::short_instant(at, &zone))),
        observed.map(|at| {
            let kept = if inspection.remembered {
                " (kept in this browser)"
            } else {
                ""
            };
            format!("fetched {at}{kept}")
        }),
    ];
    let state_line: Vec<String> = state_line.into_iter().flatten().collect();
    let start_remark = match text(&row, "start_kind").as_deref() {
        Some("before_window") => Some("before the answer's window".to_owned()),
        Some("estimated") => Some("estimated".to_owned()),
        _ => None,
    };
    let start = shown_instant(&row, "start", &zone).or(Some("not known".to_owned()));
    let end = shown_instant(&row, "end", &zone).or_else(|| match end_kind.as_str() {
        "unknown" => Some("nobody reported it".to_owned()),
        _ => None,
    });
    let until = instant(&row, "end").or(last_seen);
    let lasted = instant(&row, "start")
        .zip(until)
        .map(|(start, until)| duration(until - start));
    let lasted_key = if end_kind == "exact" {
        "Duration"
    } else {
        "Duration so far"
    };
    let lasted_remark = if end_kind == "exact" {
        whole(&row, "duration_reported_s").map(|s| format!("reported {s} s"))
    } else {
        Some("to last update".to_owned())
    };
    let basis = match text(&row, "basis").as_deref() {
        Some("rebuilt") => Some("rebuilt from the vendor's events".to_owned()),
        Some("polled") => Some("from a reading of the current state".to_owned()),
        _ => None,
    };
    let place_remark = place_remark(&row, inspection.attribution.as_deref());
    let dns = list(&row, "dns");
    view! {
        <div class="block">
            <h3>{heading}</h3>
            <p class="dim">{vendor(state, &row)} " · " {state_line.join(" · ")}</p>
        </div>
        <dl class="pairs">
            {pair("Start", start, start_remark)}
            {pair("End", end, None)}
            {pair("Last update", shown_instant(&row, "last_seen", &zone).filter(|_| end_kind != "exact"), None)}
            {pair(lasted_key, lasted, lasted_remark)}
            {parts("Radio", radio_parts(state, &row), text(&row, "radio_reported").map(|r| format!("reported “{r}”")))}
            {parts("Network", network_parts(state, &row, &names), network_remark(&row, &names))}
            {parts("Cell", cell_parts(state, &row), split(&row))}
            {identity(state, &row, &row)}
            {pair("Place", place(&row), place_remark)}
            {pair("Traffic", traffic(&row), traffic_remark(&row))}
            {filtering_identifier(state, "IMEI", "imei", text(&row, "imei"))}
            {filtering_identifier(state, "IMSI", "imsi", text(&row, "imsi"))}
            {filtering_identifier(state, "ICCID", "iccid", text(&row, "iccid"))}
            {pair("IP", list(&row, "ips"), None)}
            {pair("DNS", dns, None)}
            {parts("APN", own_part(state, &row, "apn"), None)}
            {pair("Subscription", text(&row, "subscription"), None)}
            {identifier(state, "Session id", text(&row, "id"))}
            {pair("Basis", basis, None)}
        </dl>
        <Segments inspection=inspection />
    }
}

#[component]
fn Segments(
    /// What the engine says of the session.
    inspection: Inspection,
) -> impl IntoView {
    let state = use_state();
    let by = state.settings.get_untracked().colour;
    let zone = state.zone.get();
    let from = inspection.segments.first().map_or(0, |first| first.0);
    let to = inspection
        .segments
        .last()
        .map_or(1, |last| last.1)
        .max(from + 1);
    let row = parse(inspection.session.as_deref());
    let words: Vec<String> = row
        .get("segments")
        .items()
        .iter()
        .map(|segment| {
            let network = segment.get("network");
            let at = instant(segment, "from").map(|at| words::clock(at, &zone));
            let who = who(&network, &inspection.names);
            let radio = radio(segment);
            let parts: Vec<String> = [at, who, radio].into_iter().flatten().collect();
            parts.join(" ")
        })
        .collect();
    (words.len() > 1).then(|| {
        view! {
            <div class="block">
                <h4>"Segments"</h4>
                <div class="segments" aria-hidden="true">
                    {inspection
                        .segments
                        .iter()
                        .map(|(a, b, colour)| {
                            let share = words::fixed((b - a) as f64 / (to - from) as f64 * 100.0, 2);
                            view! {
                                <i
                                    style:width=format!("{share}%")
                                    style:background=format!("var({})", property(by, *colour))
                                ></i>
                            }
                        })
                        .map(IntoAny::into_any).collect_view()}
                </div>
                <p class="mono dim">{words.join(" → ")}</p>
            </div>
        }
    })
}

/// An event.
#[component]
pub fn EventView(
    /// Its public JSON.
    event: String,
    /// Name of its SIM.
    name: String,
    /// Names of networks that are not the vendor's.
    names: Vec<ListedName>,
) -> impl IntoView {
    let state = use_state();
    let zone = state.zone.get();
    let event = parse(Some(&event));
    let kind = text(&event, "kind").and_then(|name| EventKind::from_name(&name));
    let kind = kind.map_or("Event", EventKind::label);
    let part = |key: &str| {
        let network = &event.get(key);
        let country = text(network, "country").map(|code| words::country(&code));
        let parts: Vec<String> = [plmn(network), operator(network, &names), country]
            .into_iter()
            .flatten()
            .collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    };
    // Of a change the new one.
    let network = Some(event.get("network_after")).filter(|network| plmn(network).is_some());
    let network = network.unwrap_or_else(|| event.get("network"));
    let remark = |key: &str| name_remark(&event.get(key), &names);
    view! {
        <div class="block">
            <h3>{format!("{name} · {kind}")}</h3>
            <p class="dim">{provider_label(&event)}</p>
        </div>
        <dl class="pairs">
            {pair("Time", shown_instant(&event, "time", &zone), None)}
            {pair("Kind", Some(kind.to_owned()), text(&event, "reported_kind").map(|r| format!("reported “{r}”")))}
            {pair("Radio", radio(&event), None)} {pair("Network", part("network"), remark("network"))}
            {pair("From", part("network_before"), remark("network_before"))}
            {pair("To", part("network_after"), remark("network_after"))}
            {pair("Cell", cell(&event, &network), split(&event))}
            {identity(state, &event, &network)}
            {pair("Place", place(&event), place_remark(&event, None))}
            {pair("Signal", number(&event, "signal").map(words::short), Some("as reported, without a unit".to_owned()))}
            {pair("Detail", text(&event, "detail"), None)}
            {identifier(state, "Event id", text(&event, "id"))}
        </dl>
    }
}

fn end_word(kind: &str) -> &'static str {
    match kind {
        "exact" => "ended",
        "open" => "open",
        "estimated" => "ended, when is an estimate",
        _ => "end unknown",
    }
}

/// The vendor's name.
pub fn provider_label(row: &Json) -> String {
    let name = text(row, "provider").unwrap_or_default();
    crate::model::ProviderId::from_name(&name)
        .map_or(name, |id| crate::provider::capability(id).label.to_owned())
}

/// The vendor, which filters when it is clicked.
pub fn vendor(state: State, row: &Json) -> AnyView {
    let id = text(row, "provider").unwrap_or_default();
    filters(state, "vendor", &id, provider_label(row))
}

/// The radio technology, which filters.
pub fn radio_parts(state: State, row: &Json) -> Vec<AnyView> {
    let known = text(row, "radio").zip(radio(row));
    let part = known.map(|(name, label)| filters(state, "radio", &name, label));
    part.into_iter().collect()
}

/// A text that filters, of the field of the same name.
fn own_part(state: State, row: &Json, key: &'static str) -> Vec<AnyView> {
    let part = text(row, key).map(|value| filters(state, key, &value, value.clone()));
    part.into_iter().collect()
}

/// The radio technology in people's words.
pub fn radio(row: &Json) -> Option<String> {
    Radio::from_reported(&text(row, "radio")?).map(|radio| radio.label().to_owned())
}

/// Coordinates, or the country alone.
pub fn place(row: &Json) -> Option<String> {
    match (number(row, "lat"), number(row, "lon")) {
        (Some(lat), Some(lon)) => Some(format!(
            "{}, {}",
            words::fixed(lat, 4),
            words::fixed(lon, 4)
        )),
        _ if text(row, "place_kind").as_deref() == Some("country") => text(row, "country")
            .map_or(Some("country only".to_owned()), |code| {
                Some(words::country(&code))
            }),
        _ => None,
    }
}

fn place_remark(row: &Json, attribution: Option<&str>) -> Option<String> {
    let kind = text(row, "place_kind")?;
    if kind == "country" {
        return Some("country only".to_owned());
    }
    let radius = number(row, "accuracy_m").map_or_else(
        || "radius unknown".to_owned(),
        |m| format!("within {}", metres(m)),
    );
    let whose = if kind == "lookup" {
        "tower, by look-up"
    } else {
        "tower"
    };
    let credit = attribution.map_or_else(String::new, |text| format!(" · {text}"));
    Some(format!(
        "{whose}, {radius}, at the last update; not the device{credit}"
    ))
}

fn metres(m: f64) -> String {
    if m >= 10_000.0 {
        format!("{} km", words::fixed(m / 1000.0, 0))
    } else if m >= 1000.0 {
        format!("{} km", words::fixed(m / 1000.0, 1))
    } else {
        format!("{} m", words::fixed(m, 0))
    }
}

fn traffic(row: &Json) -> Option<String> {
    let arrows = |up: Option<String>, down: Option<String>, unit: &str| match (up, down) {
        (None, None) => None,
        (up, down) => Some(format!(
            "↑ {} ↓ {}{unit}",
            up.unwrap_or_else(|| "–".to_owned()),
            down.unwrap_or_else(|| "–".to_owned())
        )),
    };
    let packets = arrows(
        whole(row, "packets_up").map(words::count),
        whole(row, "packets_down").map(words::count),
        " packets",
    );
    let bytes = arrows(
        whole(row, "bytes_up").map(words::bytes),
        whole(row, "bytes_down").map(words::bytes),
        "",
    );
    packets
        .or(bytes)
        .or_else(|| whole(row, "bytes_total").map(words::bytes))
        .or_else(|| {
            let reported = &row.get("traffic_reported");
            arrows(
                number(reported, "up").map(words::short),
                number(reported, "down").map(words::short),
                "",
            )
        })
}

fn traffic_remark(row: &Json) -> Option<String> {
    let reported = &row.get("traffic_reported");
    match text(reported, "unit")?.as_str() {
        "MB" => {
            let part = |key| number(reported, key).map_or("–".to_owned(), words::short);
            Some(format!(
                "reported ↑ {} ↓ {} MB, taken as 10⁶ bytes",
                part("up"),
                part("down")
            ))
        }
        "unknown" => Some("as reported; the vendor does not say in what unit".to_owned()),
        _ => None,
    }
}

/// A list of texts, joined.
pub fn list(row: &Json, key: &str) -> Option<String> {
    let items: Vec<String> = row.get(key).items().iter().filter_map(Json::text).collect();
    (!items.is_empty()).then(|| items.join(", "))
}
