//! Sums over the chosen span of time.

use leptos::prelude::*;

use super::field::pair;
use crate::app::state::use_state;
use crate::app::words;
use crate::engine::protocol::{Share, SpanSums};
use crate::timeline::duration;

/// Sums over a span.
#[component]
pub fn Sums(
    /// The sums.
    sums: SpanSums,
) -> impl IntoView {
    let state = use_state();
    let zone = state.zone.get();
    let length = duration(sums.to - sums.from);
    let edges = format!(
        "{} – {} {}",
        words::instant(sums.from, &zone),
        words::instant(sums.to, &zone),
        zone.name()
    );
    view! {
        <div class="block">
            <h3>{length}</h3>
            <p class="dim">{edges}</p>
        </div>
        <dl class="pairs">
            {pair("Sessions", Some(words::count(u64::from(sums.sessions))), Some("that overlap the span".to_owned()))}
            {pair("SIMs", Some(words::count(u64::from(sums.sims))), None)}
            {pair("Online", Some(duration(sums.online_ms)), Some("in all, overlaps of a SIM once".to_owned()))}
            {pair("Bytes", sums.bytes.map(words::bytes), Some("of whole sessions".to_owned()))}
            {pair("Packets", sums.packets.map(words::count), Some("of whole sessions".to_owned()))}
        </dl>
        {shares("By operator", sums.operators, false)}
        {shares("By radio", sums.radios, false)}
        {shares("By country", sums.countries, true)}
    }
}

fn shares(title: &'static str, shares: Vec<Share>, countries: bool) -> AnyView {
    let most = shares
        .iter()
        .map(|share| share.online_ms)
        .max()
        .unwrap_or(0)
        .max(1);
    if shares.is_empty() {
        return ().into_any();
    }
    view! {
        <div class="block">
            <h4>{title}</h4>
            <ul class="shares">
                {shares
                    .into_iter()
                    .take(8)
                    .map(|share| {
                        let wide = words::fixed(share.online_ms as f64 / most as f64 * 100.0, 1);
                        let label = if countries { words::country(&share.label) } else { share.label };
                        view! {
                            <li>
                                <span>{label}</span>
                                <i><b style:width=format!("{wide}%")></b></i>
                                <span class="dim">
                                    {format!("{} · {}", words::count(u64::from(share.sessions)), duration(share.online_ms))}
                                </span>
                            </li>
                        }
                    })
                    .map(IntoAny::into_any).collect_view()}
            </ul>
        </div>
    }
    .into_any()
}
