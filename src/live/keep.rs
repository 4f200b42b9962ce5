//! Keep a source's history in this browser: on or off, how much there is, and deleting it.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::keeping::{About, Keeping, answer};
use super::source::Source;
use super::state::use_live;
use crate::app::Var;
use crate::app::words::rfc3339;

/// The controls; nothing where the page around does not allow to keep anything.
#[component]
pub fn KeepControls(
    /// The source.
    source: Rc<Source>,
) -> impl IntoView {
    source
        .memory
        .is_offered()
        .then(|| view! { <Controls source=source /> })
}

#[component]
fn Controls(
    /// The source.
    source: Rc<Source>,
) -> impl IntoView {
    let live = use_live();
    let keeping = source.memory.keeping;
    let needs_name = source.memory.needs_name();
    let held = StoredValue::new_local(source);
    let name = Var::new(String::new());
    let is_on = move || matches!(keeping.get(), Keeping::On(_));
    let is_waiting = move || keeping.get() == Keeping::Waiting;
    let lacks_name = move || needs_name && name.with(|name| name.trim().is_empty());
    let begin = move || {
        let name = needs_name.then(|| name.get_untracked());
        held.with_value(|source| source.keep(name));
    };
    let set = move |on: bool| {
        if on {
            begin();
        } else {
            held.with_value(Source::keep_no_more);
        }
    };
    view! {
        <fieldset class="keep">
            <legend>"Kept history"</legend>
            {needs_name
                .then(|| {
                    view! {
                        <label class="field">
                            <span>"Account"</span>
                            <input
                                type="text"
                                autocomplete="off"
                                aria-label="Name of this account"
                                placeholder="a name of your choice"
                                prop:value=move || name.get()
                                prop:disabled=move || is_on() || is_waiting()
                                on:input=move |event| name.set(event_target_value(&event))
                            />
                            <span class="dim">
                                "This sign-in does not tell which account it is. Under a name the histories of two accounts stay apart."
                            </span>
                        </label>
                    }
                })}
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || is_on() || is_waiting()
                    prop:disabled=move || is_waiting() || lacks_name() && !is_on()
                    on:change=move |event| set(event_target_checked(&event))
                />
                <span>"Keep history in this browser"</span>
                <span class="dim">"Sessions, events and the list of SIMs. Never a key."</span>
            </label>
            {move || match keeping.get() {
                Keeping::Off => {
                    view! {
                        <p class="dim">
                            "The next visit shows what was kept at once and asks for the rest alone, also when the provider keeps it no longer. \
                             Whoever uses this browser can see it."
                        </p>
                    }
                        .into_any()
                }
                Keeping::Waiting => view! { <p role="status">"Opening what is kept…"</p> }.into_any(),
                Keeping::On(about) => {
                    let delete = move || {
                        let id = about.id.clone();
                        spawn_local(async move {
                            let history = live.host().history();
                            let asked = history.and_then(|history| history.ask("remove", &[id.as_str().into()]));
                            match answer(asked).await {
                                Ok(_) => live.forget_kept(Some(&id)),
                                Err(text) => keeping.set(Keeping::Stopped(text)),
                            }
                        });
                    };
                    view! {
                        <p role="status">{told(&about_of(&keeping))}</p>
                        <div class="buttons">
                            <Delete label="Delete this source's history" delete=delete />
                            <button type="button" class="button" on:click=move |_| live.open_kept()>
                                "All kept history…"
                            </button>
                        </div>
                    }
                        .into_any()
                }
                Keeping::Stopped(text) => {
                    view! {
                        <p class="wrong" role="alert">
                            {text}
                        </p>
                        <div class="buttons">
                            <button type="button" class="button" prop:disabled=lacks_name on:click=move |_| begin()>
                                "Keep it again"
                            </button>
                            <button type="button" class="button" on:click=move |_| live.open_kept()>
                                "All kept history…"
                            </button>
                        </div>
                    }
                        .into_any()
                }
            }}
        </fieldset>
    }
}

fn about_of(keeping: &Var<Keeping>) -> About {
    keeping.with_untracked(|keeping| match keeping {
        Keeping::On(about) => about.clone(),
        _ => About::default(),
    })
}

/// How it is kept, in a sentence or two.
pub fn told(about: &About) -> String {
    let since = rfc3339(about.since);
    let since = since.get(..10).unwrap_or_default();
    let promise = match about.persisted {
        Some(true) => "The browser deletes it only when you do.",
        Some(false) => {
            "The browser may delete it when space is short: it was asked not to, and did not agree."
        }
        None => "",
    };
    format!("{}, kept since {since}. {promise}", about.held)
        .trim_end()
        .to_owned()
}

/// A button that deletes something that cannot be had again: it is pressed twice.
#[component]
pub fn Delete(
    /// What it says.
    label: &'static str,
    /// Deletes it.
    delete: impl Fn() + 'static,
) -> impl IntoView {
    let sure = Var::new(false);
    let pressed = move |_| {
        if sure.get_untracked() {
            delete();
            sure.set(false);
        } else {
            sure.set(true);
        }
    };
    view! {
        <button
            type="button"
            class="button"
            class:danger=move || sure.get()
            on:click=pressed
            on:blur=move |_| sure.set(false)
        >
            {move || if sure.get() { "Delete it for good?" } else { label }}
        </button>
    }
}
