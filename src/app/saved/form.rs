//! Saving the present view: its name, and what becomes of the range.

use leptos::ev;
use leptos::prelude::*;

use super::super::state::{State, use_state};
use super::super::var::Var;
use super::Said;
use super::dialog::Outcome;
use crate::timeline::Scale;

/// What a saved view says of the range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Range {
    /// The last hours or days of whatever is loaded then.
    #[default]
    Last,
    /// The dates that are shown now.
    Exact,
    /// Nothing.
    Leave,
}

/// How far back, as the view's state writes it, and for people.
const LAST: [(&str, &str); 3] = [("24h", "24 h"), ("7d", "7 d"), ("30d", "30 d")];

/// The one nearest to what is shown.
fn last_like(scale: &Scale) -> &'static str {
    let days = scale.span_ms() / 86_400_000.0;
    if days < 2.0 {
        "24h"
    } else if days < 14.0 {
        "7d"
    } else {
        "30d"
    }
}

/// The form.
#[component]
pub fn SaveForm() -> impl IntoView {
    let state = use_state();
    let name = Var::new(String::new());
    let range = Var::new(Range::Last);
    let last = Var::new(state.scale.with_untracked(last_like).to_owned());
    let field = NodeRef::<leptos::html::Input>::new();
    super::super::var::effect(move || {
        if let Some(field) = field.get() {
            // It is in the document, so it can have the focus.
            let _ = field.focus();
        }
    });
    let save = move |replaces: bool| {
        let wanted = match range.get_untracked() {
            Range::Last => last.get_untracked(),
            Range::Exact => "exact".to_owned(),
            Range::Leave => "leave".to_owned(),
        };
        if keep(state, &name.get_untracked(), &wanted, replaces) {
            name.set(String::new());
        }
        state.focus_in_views(if state.saved.said.with_untracked(|said| said.exists) {
            ".views .replace".to_owned()
        } else {
            ".views .view-name".to_owned()
        });
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        save(false);
    };
    view! {
        <form class="save-view" novalidate on:submit=submit>
            <div class="view-field">
                <input
                    node_ref=field
                    class="view-name"
                    type="text"
                    aria-label="Name of the view"
                    placeholder="Name of the present view"
                    maxlength="160"
                    autocomplete="off"
                    autofocus
                    prop:value=move || name.get()
                    on:input=move |event| {
                        state.saved.said.set(Said::default());
                        name.set(event_target_value(&event));
                    }
                />
                <button type="submit" class="button primary">"Save this view"</button>
            </div>
            <fieldset>
                <legend>"Range"</legend>
                {choice(range, Range::Last, "the last")}
                <select
                    aria-label="How far back"
                    prop:value=move || last.get()
                    on:change=move |event| {
                        range.set(Range::Last);
                        last.set(event_target_value(&event));
                    }
                >
                    {LAST
                        .map(|(value, label)| view! { <option value=value>{label}</option> })
                        .into_iter()
                        .collect_view()}
                </select>
                {choice(range, Range::Exact, "exactly these dates")}
                {choice(range, Range::Leave, "left as it is")}
            </fieldset>
            <Outcome replace=Callback::new(move |()| save(true)) />
        </form>
    }
}

fn choice(range: Var<Range>, of: Range, label: &'static str) -> AnyView {
    view! {
        <label class="check">
            <input
                type="radio"
                name="view-range"
                prop:checked=move || range.get() == of
                on:change=move |_| range.set(of)
            />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

fn keep(state: State, name: &str, range: &str, replaces: bool) -> bool {
    let view = state.view();
    let change = [
        ("name", name.into()),
        ("range", range.into()),
        ("replace", replaces.into()),
        ("view", view),
    ];
    state.change_saved("save", &change)
}
