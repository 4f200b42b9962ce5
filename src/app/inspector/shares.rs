//! A breakdown of the sums: a row for each operator, country, radio or SIM, each a button that filters.

use leptos::prelude::*;

use super::sums::{bar, range};
use crate::app::show_all::show_all;
use crate::app::state::use_state;
use crate::app::var::Var;
use crate::app::words;
use crate::engine::protocol::{Flow, Share, Shares};
use crate::export::percent;
use crate::model::Radio;
use crate::store::filter::line::is_plmn;
use crate::timeline::duration;

/// So many rows are shown until more are asked for.
const FEW: usize = 6;

/// A breakdown.
#[component]
pub fn Breakdown(
    /// What it is by, as the filter calls it: `operator`, `country`, `radio`, `sim`.
    field: &'static str,
    /// The rows.
    shares: Shares,
) -> impl IntoView {
    let all = Var::new(false);
    if shares.rows.is_empty() {
        return ().into_any();
    }
    let title = match field {
        "operator" => "By operator",
        "country" => "By country",
        "radio" => "By radio",
        _ => "By SIM",
    };
    let most = shares.rows.iter().map(|share| share.online_most_ms).max();
    let most = most.unwrap_or(0).max(1);
    let (count, total) = (shares.rows.len(), shares.total as usize);
    let rest = (count < total).then(|| {
        let rest = words::count((total - count) as u64);
        view! { <p class="dim">{rest} " more, with less time online"</p> }
    });
    let rows = shares.rows;
    view! {
        <section class="block" aria-label=title>
            <h4>{title}</h4>
            <ul class="shares">
                {move || {
                    let shown = if all.get() { count } else { FEW };
                    let rows = rows.iter().take(shown).cloned();
                    rows.map(|share| view! { <Row field=field share=share most=most /> })
                        .map(IntoAny::into_any)
                        .collect_view()
                }}
            </ul>
            {show_all(all, count, FEW)}
            {rest}
        </section>
    }
    .into_any()
}

#[component]
fn Row(
    /// What the rows are by.
    field: &'static str,
    /// The row.
    share: Share,
    /// The most time online of all rows: how wide the widest bar is.
    most: i64,
) -> impl IntoView {
    let state = use_state();
    let label = match (&share.label, field) {
        (None, _) => "unknown".to_owned(),
        (Some(code), "country") => words::country(code),
        (Some(name), "radio") => Radio::from_reported(name)
            .map_or_else(|| name.clone(), |radio| radio.label().to_owned()),
        (Some(name), _) => name.clone(),
    };
    let online = range(duration(share.online_ms), duration(share.online_most_ms));
    let figures = figures(field, &share).join(" · ");
    let value = share.identifier.or(share.label);
    // An operator of which only the codes are known is called by them.
    let field = match &value {
        Some(value) if field == "operator" && is_plmn(value) => "plmn",
        _ => field,
    };
    let act = move |_| state.filter_by(field, value.as_deref());
    view! {
        <li>
            <button type="button" title="Filter by it" on:click=act>
                <span class="name">{label}</span>
                <span class="amount">{online}</span>
                {bar(share.online_ms, share.online_most_ms, most)}
                <span class="dim">{figures}</span>
            </button>
        </li>
    }
}

/// What is said of a row below its bar.
fn figures(field: &str, share: &Share) -> Vec<String> {
    let mut figures = vec![words::counted(share.sessions.into(), "session", "sessions")];
    if field == "sim" {
        let known = share.known_ms.unwrap_or(0);
        let part = |ms: i64| percent(ms, known, 1);
        let covered = part(share.online_ms).zip(part(share.online_most_ms));
        figures.extend(covered.map(|(least, most)| range(least, most) + " %"));
        let gap = share.longest_gap_ms.filter(|ms| *ms > 0);
        figures.extend(gap.map(|ms| format!("longest gap {}", duration(ms))));
    } else {
        figures.push(words::counted(share.sims.into(), "SIM", "SIMs"));
    }
    figures.extend(flow(&share.bytes, words::bytes, ""));
    figures.extend(flow(&share.packets, words::count, " packets"));
    if share.split > 0 {
        figures.push(format!(
            "{} changed: their traffic in no row",
            words::count(share.split.into())
        ));
    }
    figures
}

fn flow(flow: &Flow, shown: fn(u64) -> String, unit: &str) -> Option<String> {
    let part = |figure: Option<u64>| figure.map_or_else(|| "–".to_owned(), shown);
    match (flow.up, flow.down) {
        (None, None) => flow.total.map(|total| format!("{}{unit}", shown(total))),
        (up, down) => Some(format!("↑ {} ↓ {}{unit}", part(up), part(down))),
    }
}
