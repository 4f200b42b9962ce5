//! What the visitor is told, until dismissed.

use leptos::prelude::*;

use super::state::{Message, Tone, use_state};

/// Messages at the lower right, the newest last.
#[component]
pub fn Messages() -> impl IntoView {
    let state = use_state();
    view! {
        <div class="messages" role="log" aria-label="Messages">
            {move || {
                state
                    .messages
                    .get()
                    .into_iter()
                    .map(|message| view! { <MessageView message=message /> })
                    .map(IntoAny::into_any).collect_view()
            }}
        </div>
    }
}

#[component]
fn MessageView(
    /// The message.
    message: Message,
) -> impl IntoView {
    let state = use_state();
    let id = message.id;
    let class = match message.tone {
        Tone::Good => "message good",
        Tone::Warning => "message warning",
        Tone::Bad => "message bad",
    };
    let dismiss = move |_| {
        state
            .messages
            .update(|all| all.retain(|known| known.id != id));
    };
    view! {
        <div class=class part="message">
            <strong>{message.title}</strong>
            <p>{message.text}</p>
            <button type="button" aria-label="Dismiss" on:click=dismiss>
                "✕"
            </button>
        </div>
    }
}
