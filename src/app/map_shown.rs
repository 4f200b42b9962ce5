//! What the map shows, as it came from the engine. It may be large, so it is read where it is needed, piece by piece.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::engine::protocol::MapUpdate;

use super::json::{Json, object};

/// What was told of the map, with its places as they crossed the boundary.
#[derive(Debug, Clone, Default)]
pub struct MapShown {
    /// What was told.
    pub told: MapUpdate,
    /// Buffers, each with a JSON list of places.
    pieces: Array,
}

impl MapShown {
    /// What was told, and the buffers that came with it.
    pub fn new(told: MapUpdate, buffers: &JsValue) -> Self {
        let pieces = buffers.dyn_ref::<Array>().cloned().unwrap_or_default();
        Self { told, pieces }
    }

    /// The first places, at most so many.
    pub fn places(&self, most: usize) -> Vec<Json> {
        let mut places = Vec::new();
        for piece in self.pieces.iter() {
            if places.len() >= most {
                break;
            }
            let bytes = Uint8Array::new(&piece).to_vec();
            places.extend(Json::parse(&String::from_utf8_lossy(&bytes)).items());
        }
        places.truncate(most);
        places
    }

    /// Everything but the places.
    pub fn rest(&self) -> Json {
        Json::parse(&self.told.rest)
    }

    /// For the map's own part, which reads it: `MapMessage` of www/map/reading.ts.
    pub fn message(&self) -> JsValue {
        object(&[
            ("rest", self.told.rest.as_str().into()),
            ("pieces", self.pieces.clone().into()),
        ])
    }
}
