//! The map as a file: its places as GeoJSON, and as it is seen, as an image.

use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::map_pane::{MapView, part_of_map};
use super::state::{State, Tone};
use super::var::Var;

/// Saves what the map shows, as a file.
pub fn save(state: State) {
    state.spawn(async move {
        if let Err(error) = save_now(state).await {
            super::report::report("simscope: the map could not be saved.", &error);
            let text = "Load the page again, and try once more.";
            state.tell(Tone::Bad, "The map could not be saved.", text);
        }
    });
}

async fn save_now(state: State) -> Result<(), JsValue> {
    let save = part_of_map(state, "saveGeoJson").await?;
    let shown = state.map.get_untracked().unwrap_or_default();
    let saved: Promise = save.call1(&JsValue::NULL, &shown.message())?.dyn_into()?;
    JsFuture::from(saved).await.map(drop)
}

/// Saves the map as it is seen, as an image.
pub fn save_picture(state: State, map: Var<Option<MapView>>) {
    state.spawn(async move {
        let Some(view) = map.get_untracked() else {
            return;
        };
        if let Err(error) = save_picture_now(state, &view).await {
            super::report::report("simscope: the map could not be saved.", &error);
            state.tell(
                Tone::Bad,
                "The map could not be saved.",
                message_of(&error, "Try once more."),
            );
        }
    });
}

async fn save_picture_now(state: State, view: &MapView) -> Result<(), JsValue> {
    let save = part_of_map(state, "savePicture").await?;
    let saved: Promise = save.call1(&JsValue::NULL, view)?.dyn_into()?;
    JsFuture::from(saved).await?;
    Ok(())
}

/// What an error says, in words for the visitor.
pub fn message_of(error: &JsValue, otherwise: &str) -> String {
    Reflect::get(error, &"message".into())
        .ok()
        .and_then(|message| message.as_string())
        .unwrap_or_else(|| otherwise.to_owned())
}
