//! The limits of the rules, each to be set.

use leptos::ev;
use leptos::prelude::*;

use crate::app::dialog::Modal;
use crate::app::state::{Dialog, use_state};
use crate::app::var::Var;
use crate::insight::{LIMITS, Limit, Rule, Thresholds, decimal};

/// The dialog with all limits.
#[component]
pub fn LimitsDialog() -> impl IntoView {
    let state = use_state();
    let open = Signal::derive(move || state.dialog.get() == Some(Dialog::Limits));
    // Fields say again what holds when all is set back.
    let round = Var::new(0_u32);
    let back = move |_| {
        state.ask_findings(|query| query.thresholds = Thresholds::default());
        round.update(|round| *round += 1);
    };
    // Esc closes the dialog, also from a field.
    let keep_escape = |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
        }
    };
    view! {
        <Modal title="Limits of the findings" open=open on_close=move |()| state.close(Dialog::Limits)>
            <p class="dim">"Other limits: everything is looked at anew. Links and saved views keep them."</p>
            <div class="limits" on:keydown=keep_escape>
                {move || {
                    round.track();
                    Rule::ALL.map(|rule| view! { <OfRule rule=rule /> }.into_any()).collect_view()
                }}
            </div>
            <p>
                <button type="button" class="button" on:click=back>
                    "All as at first"
                </button>
            </p>
        </Modal>
    }
}

#[component]
fn OfRule(
    /// The rule.
    rule: Rule,
) -> impl IntoView {
    let own = LIMITS.iter().filter(|limit| limit.rule == rule);
    let fields = own.map(|limit| view! { <Field limit=limit /> }.into_any());
    view! {
        <fieldset>
            <legend>{rule.label()}</legend>
            {fields.collect_view()}
        </fieldset>
    }
}

#[component]
fn Field(
    /// The limit.
    limit: &'static Limit,
) -> impl IntoView {
    let state = use_state();
    let value =
        move |query: &crate::engine::protocol::FindingsQuery| limit.value(&query.thresholds);
    let text = Var::new(
        state
            .findings
            .query
            .with_untracked(|query| decimal(value(query))),
    );
    let problem = Var::new(String::new());
    let is_usual = move || {
        let now = state.findings.query.with(|query| decimal(value(query)));
        now == decimal(limit.usual()) && problem.with(String::is_empty)
    };
    let set = move |written: String| {
        match limit.read(&written) {
            Ok(value) => {
                problem.set(String::new());
                state.ask_findings(|query| limit.put(&mut query.thresholds, value));
            }
            // What holds stays; what was written stays there to be put right.
            Err(why) => problem.set(why),
        }
        text.set(written);
    };
    let name = format!("{:?}-{}", limit.rule, limit.label).to_lowercase();
    let id: String = name
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .collect();
    let told = format!("{id}-problem");
    view! {
        <div class="limit">
            <label for=id.clone()>{limit.label}</label>
            <input
                id=id
                type="text"
                inputmode="decimal"
                autocomplete="off"
                prop:value=move || text.get()
                aria-invalid=move || problem.with(|problem| !problem.is_empty()).to_string()
                aria-describedby=told.clone()
                on:change=move |event| set(event_target_value(&event))
            />
            <span class="dim">{limit.unit.symbol()}</span>
            <button
                type="button"
                class="tool"
                title="Set back to what it is at first"
                aria-label=format!("{}: back to {}", limit.label, limit.written(limit.usual()))
                disabled=is_usual
                on:click=move |_| set(decimal(limit.usual()))
            >
                {limit.written(limit.usual())}
            </button>
            <p class="limit-problem" id=told role="alert">
                {move || problem.get()}
            </p>
        </div>
    }
}
