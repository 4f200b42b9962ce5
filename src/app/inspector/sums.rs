//! Sums over the chosen span of time, or over the picked sessions.

use leptos::prelude::*;

use super::field::{copy_as, pair};
use super::shares::Breakdown;
use crate::app::state::{State, use_state};
use crate::app::words;
use crate::app::zone::Zone;
use crate::engine::protocol::{Command, Flow, Gaps, Pick, SpanSums};
use crate::export::{percent, sums_csv};
use crate::timeline::duration;

/// Sums over a span, or over picked sessions.
#[component]
pub fn Sums(
    /// The sums.
    sums: SpanSums,
) -> impl IntoView {
    let state = use_state();
    let zone = state.zone.get();
    let edges = format!(
        "{} – {} {}",
        words::instant(sums.from, &zone),
        words::instant(sums.to, &zone),
        zone.name()
    );
    let heading = match sums.picked {
        Some(picked) => words::counted(u64::from(picked), "picked session", "picked sessions"),
        None => duration(sums.to - sums.from),
    };
    let filtered_out = sums.picked.unwrap_or(0).saturating_sub(sums.sessions);
    let hint = sums.picked.map(|_| {
        let left_out = (filtered_out > 0).then(|| {
            format!(
                "{} filtered out and not summed. ",
                words::count(filtered_out.into())
            )
        });
        let left_out = left_out.unwrap_or_default();
        format!("{left_out}Ctrl+click or Shift+click in the sessions table picks more.")
    });
    let let_go = sums.picked.map(|_| {
        view! {
            <button
                type="button"
                class="button"
                title="Esc does the same"
                on:click=move |_| state.command(&Command::Pick(Pick::Clear))
            >
                "Pick none"
            </button>
        }
    });
    let pairs = view! {
        <dl class="pairs sums">
            {pair("Sessions", Some(words::count(sums.sessions.into())), Some(overlap_remark(&sums)))}
            {pair("SIMs", Some(words::count(sums.sims.into())), None)}
            {pair(
                "Online",
                Some(range(duration(sums.online_ms), duration(sums.online_most_ms))),
                Some("in all, overlaps of a SIM once".to_owned()),
            )}
            {coverage(&sums)}
            {flow("Bytes", &sums.bytes, sums.sessions, words::bytes, byte_remark(&sums))}
            {flow("Packets", &sums.packets, sums.sessions, words::count, None)}
            {gaps(&sums.gaps, &zone)}
        </dl>
    };
    let csv = sums.clone();
    let take = move |_| take_csv(state, &csv);
    view! {
        <div class="block">
            <h3>{heading}</h3>
            <p class="dim">{edges}</p>
            {hint.map(|hint| view! { <p class="dim">{hint}</p> })}
            <p class="actions">
                <button type="button" class="button" on:click=take>
                    "Copy as CSV"
                </button>
                {let_go}
            </p>
        </div>
        {pairs}
        {["operator", "country", "radio", "sim"]
            .into_iter()
            .zip(sums.shares)
            .map(|(field, shares)| view! { <Breakdown field=field shares=shares /> })
            .map(IntoAny::into_any)
            .collect_view()}
    }
}

fn take_csv(state: State, sums: &SpanSums) {
    let text = sums_csv(sums, &words::rfc3339);
    let rows: usize = sums.shares.iter().map(|shares| shares.rows.len()).sum();
    let all: usize = sums.shares.iter().map(|shares| shares.total as usize).sum();
    let cut = if rows < all {
        format!(
            " The {} with the least time online are left out.",
            all - rows
        )
    } else {
        String::new()
    };
    let rows = words::counted(rows as u64 + 1, "row", "rows");
    copy_as(state, text, format!("The sums as CSV: {rows}.{cut}"));
}

/// Two ends of a range, or one where they say the same.
pub fn range(least: String, most: String) -> String {
    if least == most {
        least
    } else {
        format!("{least} – {most}")
    }
}

fn overlap_remark(sums: &SpanSums) -> String {
    match (sums.picked, sums.reach_out) {
        (Some(_), _) => "picked".to_owned(),
        (None, 0) => "that overlap the span".to_owned(),
        (None, out) => format!(
            "that overlap the span; {} beyond it",
            words::counted(out.into(), "reaches", "reach")
        ),
    }
}

/// Session coverage with its bar: at least, at most, and what is not known.
fn coverage(sums: &SpanSums) -> AnyView {
    let part = |part: i64| percent(part, sums.known_ms, 1);
    let shown = part(sums.online_ms)
        .zip(part(sums.online_most_ms))
        .map(|(least, most)| range(least, most) + " %");
    let Some(shown) = shown else {
        let why = Some("nothing is known of this time".to_owned());
        return pair("Coverage", Some("–".to_owned()), why);
    };
    let apart = |ms: i64, what: &str| (ms > 0).then(|| format!("; {} {what}", duration(ms)));
    let remark = [
        Some(format!("of {} known", duration(sums.known_ms))),
        apart(sums.unknown_ms, "unknown left out"),
        apart(sums.not_fetched_ms, "not fetched left out"),
        (sums.sims_without > 0).then(|| {
            let sims = words::counted(sums.sims_without.into(), "SIM", "SIMs");
            format!("; {sims} without any session left out")
        }),
    ];
    let remark: String = remark.into_iter().flatten().collect();
    view! {
        {pair("Coverage", Some(shown), Some(remark))}
        <dt class="sr">"Coverage as a bar"</dt>
        <dd class="wide" aria-hidden="true">{bar(sums.online_ms, sums.online_most_ms, sums.known_ms)}</dd>
    }
    .into_any()
}

/// A bar that is solid up to the one and light up to the other.
pub fn bar(least: i64, most: i64, whole: i64) -> AnyView {
    let wide = |part: i64| {
        let share = part as f64 / whole.max(1) as f64 * 100.0;
        words::fixed(share, 1) + "%"
    };
    view! {
        <i class="share-bar">
            <b style:width=wide(least)></b>
            <s style:width=wide(most - least)></s>
        </i>
    }
    .into_any()
}

fn byte_remark(sums: &SpanSums) -> Option<String> {
    let in_mb = (sums.in_megabytes > 0).then(|| {
        let sessions = words::count(sums.in_megabytes.into());
        format!("{sessions} in MB, taken as 10⁶ bytes")
    });
    let unknown = (sums.unit_unknown > 0).then(|| {
        let sessions = words::count(sums.unit_unknown.into());
        format!("{sessions} without a unit left out")
    });
    let remarks: Vec<String> = [in_mb, unknown].into_iter().flatten().collect();
    (!remarks.is_empty()).then(|| remarks.join("; "))
}

/// Up, down and total apart; a dash where nobody reported it.
fn flow(
    what: &'static str,
    flow: &Flow,
    sessions: u32,
    shown: fn(u64) -> String,
    more: Option<String>,
) -> AnyView {
    let [up, down, any] = flow.sessions;
    if any == 0 {
        let why = Some(more.unwrap_or_else(|| "no session reports any".to_owned()));
        return pair(what, Some("–".to_owned()), why);
    }
    let of = |reports: u32| {
        format!(
            "by {} of {}",
            words::count(reports.into()),
            words::counted(sessions.into(), "session", "sessions")
        )
    };
    let part = |(arrow, way): (&'static str, &'static str), figure: Option<u64>, reports: u32| {
        let figure = figure.map_or_else(|| "–".to_owned(), shown);
        // Where it is the same as for the whole it is told there.
        let remark = (reports != any).then(|| of(reports));
        view! {
            <span class="part">
                <i aria-hidden="true">{arrow}</i>
                <span class="sr">{way}</span>
                {figure}
                {remark.map(|remark| view! { <span class="dim">" " {remark}</span> })}
            </span>
        }
        .into_any()
    };
    let remark = ["of whole sessions, told ".to_owned() + &of(any)]
        .into_iter()
        .chain(more)
        .collect::<Vec<_>>()
        .join("; ");
    view! {
        <dt>{what}</dt>
        <dd>
            {part(("↑", "up "), flow.up, up)} {part(("↓", "down "), flow.down, down)}
            {part(("↕", "both ways "), flow.total, any)}
            <span class="dim">{remark}</span>
        </dd>
    }
    .into_any()
}

fn gaps(gaps: &Gaps, zone: &Zone) -> AnyView {
    let unsure = (gaps.unsure > 0).then(|| {
        let unsure = words::count(gaps.unsure.into());
        format!("{unsure} more of unknown begin left out")
    });
    let Some((median, longest)) = gaps.median_ms.zip(gaps.longest.as_ref()) else {
        let why = Some(unsure.unwrap_or_else(|| "none".to_owned()));
        return pair("Gaps", Some("0".to_owned()), why);
    };
    let of = words::counted(gaps.count.into(), "gap", "gaps");
    let remark = [Some(format!("of {of}")), unsure];
    let remark: Vec<String> = remark.into_iter().flatten().collect();
    let cut = if longest.cut { ", cut at the edge" } else { "" };
    let when = format!(
        "{}, {} – {}{cut}",
        longest.name,
        words::short_instant(longest.from, zone),
        words::short_instant(longest.to, zone)
    );
    view! {
        {pair("Median gap", Some(duration(median)), Some(remark.join("; ")))}
        {pair("Longest gap", Some(duration(longest.to - longest.from)), Some(when))}
    }
    .into_any()
}
