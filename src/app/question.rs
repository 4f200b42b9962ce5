//! Which SIM is it? For answers that name none.

use crate::app::var::Var;
use leptos::prelude::*;

use super::dialog::Modal;
use super::link::OpenAs;
use super::state::{Question, use_state};

/// Asks for one file after the other.
#[component]
pub fn Questions() -> impl IntoView {
    let state = use_state();
    let open = Signal::derive(move || state.questions.with(|all| !all.is_empty()));
    let skip = move |()| {
        state.questions.update(|all| {
            if !all.is_empty() {
                all.remove(0);
            }
        });
    };
    view! {
        <Modal title="Which SIM is it?" open=open on_close=skip>
            {move || {
                let first = state.questions.with(|all| all.first().cloned());
                first.map(ask)
            }}
        </Modal>
    }
}

fn ask(question: Question) -> impl IntoView {
    let state = use_state();
    let vendor = crate::provider::capability(question.asked.provider).label;
    let text = Var::new(question.asked.hint.clone().unwrap_or_default());
    let about = format!(
        "{} is an answer of {vendor} ({}) that does not say which SIM it is about.",
        question.name, question.asked.answer
    );
    let allows_account = question.asked.allows_account;
    let again = StoredValue::new_local((question.blob, question.options));
    let open = move |sim: Option<String>, account: bool| {
        let (blob, options) = again.get_value();
        state.questions.update(|all| {
            all.remove(0);
        });
        state.open(
            blob,
            OpenAs {
                sim,
                account,
                ..options
            },
        );
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let sim = text.get_untracked().trim().to_owned();
        if !sim.is_empty() {
            open(Some(sim), false);
        }
    };
    let known = move || {
        use crate::engine::protocol::RowLabel;
        state.shot.with(|shot| {
            let labels = shot.labels.iter();
            labels
                .filter_map(|label| match label {
                    RowLabel::Lane {
                        name, identifier, ..
                    } => Some((identifier.clone(), name.clone())),
                    RowLabel::Group { .. } | RowLabel::Track { .. } => None,
                })
                .collect::<Vec<_>>()
        })
    };
    view! {
        <form class="question" on:submit=submit>
            <p>{about}</p>
            <label>
                <span>"ICCID, name or the vendor's key of the SIM"</span>
                <input
                    type="text"
                    list="known-sims"
                    spellcheck="false"
                    autocomplete="off"
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                />
            </label>
            <datalist id="known-sims">
                {move || {
                    known()
                        .into_iter()
                        .map(|(identifier, name)| view! { <option value=identifier>{name}</option> })
                        .map(IntoAny::into_any).collect_view()
                }}
            </datalist>
            <div class="buttons">
                <button type="submit" class="button primary" prop:disabled=move || text.with(|text| text.trim().is_empty())>
                    "Read it"
                </button>
                {allows_account
                    .then(|| {
                        view! {
                            <button type="button" class="button" on:click=move |_| open(None, true)>
                                "It is the whole account"
                            </button>
                        }
                    })}
            </div>
        </form>
    }
}
