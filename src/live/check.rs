//! Whether a provider can be asked from this page, before any secret is typed.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::advice::WayAround;
use crate::app::Var;
use crate::error::{Error, ErrorKind};
use crate::model::ProviderId;
use crate::provider::connect;
use crate::transport::fetch;

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Reach {
    /// Nothing was checked yet.
    #[default]
    Unknown,
    /// It is being checked.
    Checking,
    /// It can be asked.
    Open,
    /// It cannot.
    Shut(ErrorKind),
}

/// Asks the address without credentials. A later check of the same variable wins.
pub fn check(url: String, reach: Var<Reach>, latest: Var<u32>) {
    latest.update(|number| *number += 1);
    let number = latest.get_untracked();
    reach.set(Reach::Checking);
    spawn_local(async move {
        let found = fetch::probe(&url).await;
        if latest.get_untracked() == number {
            reach.set(match found {
                Ok(()) => Reach::Open,
                Err(kind) => Reach::Shut(kind),
            });
        }
    });
}

/// What the check found, in words.
#[component]
pub fn Reachability(
    /// The vendor.
    provider: ProviderId,
    /// What was found.
    reach: Var<Reach>,
) -> impl IntoView {
    let told = move || match reach.get() {
        Reach::Unknown => None,
        Reach::Checking => {
            Some(view! { <p class="dim">"Checking whether this page may ask it…"</p> }.into_any())
        }
        Reach::Open => Some(view! { <p class="reach ok">"✓ Answers this page."</p> }.into_any()),
        Reach::Shut(kind) => {
            let advice = Error::new(kind, provider, "the check").advice();
            let connection = connect(provider).connection();
            let way_around = advice.way_around;
            Some(
                view! {
                    <div class="reach bad" data-kind=kind.code()>
                        <p>{advice.what}</p>
                        <p>{advice.next}</p>
                        {way_around.then(|| view! { <WayAround connection=connection /> })}
                    </div>
                }
                .into_any(),
            )
        }
    };
    view! { <div role="status">{told}</div> }
}
