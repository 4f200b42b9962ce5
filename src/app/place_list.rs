//! The places of the map as a table, for keyboards and screen readers, and where no map can be drawn.

use leptos::prelude::*;

use super::inspector::field::{number, text};
use super::json::Json;
use super::state::{State, use_state};
use super::var::Var;
use super::words;

/// So many places are listed: the table is made anew with every move of the data.
const MOST_LISTED: usize = 500;

/// The places as a list, in place of the map or where it cannot be drawn.
#[component]
pub fn PlaceList(
    /// Why.
    message: Var<Option<String>>,
) -> impl IntoView {
    let state = use_state();
    view! {
        <div class="place-list" tabindex="0" role="group" aria-label="Places">
            {move || message.get().map(|message| view! { <p role="status">{message}</p> })}
            <table aria-label="Places">
                <thead>
                    <tr>
                        <th scope="col">"Place"</th>
                        <th scope="col">"Position"</th>
                        <th scope="col">"Of"</th>
                        <th scope="col" class="number">"SIMs"</th>
                        <th scope="col" class="number">"Sessions"</th>
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        let shown = state.map.get().unwrap_or_default();
                        let places = shown.places(MOST_LISTED);
                        let places = places.iter().map(|place| place_row(state, place));
                        let countries = shown.rest().get("countries").items();
                        let countries = countries.iter().map(country_row);
                        places.chain(countries).collect_view()
                    }}
                </tbody>
            </table>
            {move || {
                let places = state.map.with(|map| map.as_ref().map_or(0, |map| map.told.all_places)) as usize;
                let more = places.saturating_sub(MOST_LISTED) as u64;
                let text = words::counted(more, "place is not listed", "places are not listed");
                (more > 0).then(|| view! { <p>{format!("{text}. Filter to see them.")}</p> })
            }}
        </div>
    }
}

fn place_row(state: State, place: &Json) -> AnyView {
    let id = |key| number(place, key).map(|id| id as u32);
    let (session, sim) = (id("session"), id("sim"));
    let title = text(place, "title").unwrap_or_default();
    let detail = text(place, "detail").unwrap_or_default();
    // Of a cell's long number the end tells most.
    let name = match detail.strip_prefix("cell ") {
        Some(cell) => format!("{title} {}", words::tail(cell)),
        None => title.clone(),
    };
    let radius = number(place, "accuracy_m").map_or("radius unknown".to_owned(), |m| {
        format!("within {} m", words::fixed(m, 0))
    });
    let position = format!(
        "{}, {}, {radius}",
        words::fixed(number(place, "lat").unwrap_or_default(), 4),
        words::fixed(number(place, "lon").unwrap_or_default(), 4)
    );
    let at =
        number(place, "at_ms").map(|at| state.zone.with(|zone| words::instant(at as i64, zone)));
    let outside = place.get("in_span").truth() == Some(false);
    let when = match (at, outside) {
        (Some(at), true) => format!("{at}, outside of the span"),
        (Some(at), false) => at,
        (None, true) => "no instant, outside of the span".to_owned(),
        (None, false) => String::new(),
    };
    let choose = move |_| {
        if let (Some(session), Some(sim)) = (session, sim) {
            state.select_session(session, sim);
        }
    };
    view! {
        <tr>
            <td>
                <button type="button" class="link" title=format!("{title} {detail}") on:click=choose>
                    {name}
                </button>
            </td>
            <td class="mono">{position}</td>
            <td>{when}</td>
            <td class="number">{id("sims")}</td>
            <td class="number">{id("sessions")}</td>
        </tr>
    }
    .into_any()
}

fn country_row(country: &Json) -> AnyView {
    let code = text(country, "code").unwrap_or_default();
    let count = |key| number(country, key).map(|n| words::count(n as u64));
    view! {
        <tr>
            <td>{words::country(&code)}</td>
            <td>"country only"</td>
            <td></td>
            <td class="number">{count("sims")}</td>
            <td class="number">{count("sessions")}</td>
        </tr>
    }
    .into_any()
}
