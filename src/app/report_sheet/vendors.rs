//! The vendors' own summaries of SIMs, beside what the loaded sessions come to.

use leptos::prelude::*;

use super::activity::sim_button;
use super::cells::{Figure, all, cell, head};
use crate::app::state::State;
use crate::app::words;
use crate::engine::protocol::ReportPage;
use crate::report::VendorSummary;
use crate::timeline::duration;

const NOT_TOLD: &str = "the vendor does not tell it";
const NOT_LOADED: &str = "the loaded sessions do not tell it";
const NEITHER: &str = "one of the two is not known";

/// The section; nothing where no vendor gives a summary.
pub fn section(state: State, page: &ReportPage) -> AnyView {
    let summaries = &page.report.vendors;
    if summaries.is_empty() {
        return ().into_any();
    }
    let rows = summaries.iter().map(|of| row(state, of));
    let rest = page.vendors.saturating_sub(summaries.len() as u32);
    let rest = (rest > 0).then(|| {
        let rest = words::count(rest.into());
        view! { <p class="dim">{rest} " more are in the CSV."</p> }
    });
    view! {
        <section class="part" aria-label="Vendors' own summaries">
            <h3>
                "Vendors' own summaries"
                <span class="dim">
                    "of all sessions of a SIM, whatever the span and the filter; the vendor does not tell over which time"
                </span>
            </h3>
            <div class="wide">
                <table class="vendors">
                    <caption class="sr">
                        "What vendors count of a SIM, what is loaded, and the difference"
                    </caption>
                    <thead>
                        <tr>
                            <th scope="col" rowspan="2">
                                "SIM"
                            </th>
                            {groups()}
                        </tr>
                        <tr>{parts()}</tr>
                    </thead>
                    <tbody>{all(rows)}</tbody>
                </table>
            </div>
            {rest}
        </section>
    }
    .into_any()
}

fn groups() -> AnyView {
    let group =
        |text: &'static str| view! { <th scope="colgroup" colspan="3">{text}</th> }.into_any();
    all(["Sessions", "Mean duration", "Data"].into_iter().map(group))
}

fn parts() -> AnyView {
    let three = ["vendor", "loaded", "difference"].into_iter().cycle();
    all(three.take(9).map(head))
}

fn row(state: State, of: &VendorSummary) -> AnyView {
    let shown = |text: Option<String>, why: &'static str| -> Figure {
        text.map(|text| (text, String::new())).ok_or(why)
    };
    let counted = |n: Option<u64>| n.map(words::count);
    let time = |s: Option<f64>| s.map(|s| duration((s * 1000.0).round() as i64));
    let unit = &of.unit;
    let data = |n: Option<f64>| n.map(|n| format!("{} {unit}", words::short(n)));
    let (theirs, ours, less) = (&of.vendors, &of.ours, &of.difference);
    let more_sessions = less
        .sessions
        .map(|n| signed(n as f64, words::count(n.unsigned_abs())));
    let longer = less.average_session_s;
    let longer = longer.and_then(|s| time(Some(s.abs())).map(|text| signed(s, text)));
    let more_data = less
        .data
        .and_then(|n| data(Some(n.abs())).map(|text| signed(n, text)));
    let period = of.period.clone().map(|period| format!("over {period}"));
    view! {
        <tr title=period>
            <th scope="row">{sim_button(state, of.lane, &of.name, &of.identifier)}</th>
            {cell(shown(counted(theirs.sessions), NOT_TOLD))}
            {cell(shown(counted(ours.sessions), NOT_LOADED))}
            {difference(shown(more_sessions, NEITHER), less.sessions == Some(0))}
            {cell(shown(time(theirs.average_session_s), NOT_TOLD))}
            {cell(shown(time(ours.average_session_s), NOT_LOADED))}
            {difference(shown(longer, NEITHER), less.average_session_s == Some(0.0))}
            {cell(shown(data(theirs.data), NOT_TOLD))}
            {cell(shown(data(ours.data), NOT_LOADED))}
            {difference(shown(more_data, NEITHER), less.data == Some(0.0))}
        </tr>
    }
    .into_any()
}

fn signed(n: f64, text: String) -> String {
    match n {
        n if n > 0.0 => format!("+{text}"),
        n if n < 0.0 => format!("\u{2212}{text}"),
        _ => text,
    }
}

/// A difference; what agrees is quieter.
fn difference(figure: Figure, agrees: bool) -> AnyView {
    match figure {
        Ok((text, _)) => {
            let class = if agrees { "dim" } else { "differs" };
            view! { <td class=class>{text}</td> }.into_any()
        }
        why => cell(why),
    }
}
