//! What the visitor wishes to be opened, and how it crosses from the first screen's instance to that of the views.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

use crate::app::object;

/// Something to open. In JavaScript `{kind, files?, text?, name?, id?}`.
#[derive(Debug, Clone)]
pub enum Wish {
    /// The demo fleet.
    Demo,
    /// These files.
    Files(Vec<File>),
    /// A text.
    Text {
        /// The text.
        text: String,
        /// How it came, for people: `pasted text`.
        name: String,
    },
    /// The dialog that connects a provider.
    Connect,
    /// A source that is kept in this browser, by its id.
    Kept(String),
}

impl Wish {
    /// As JavaScript hands it on.
    pub fn to_js(&self) -> JsValue {
        match self {
            Self::Demo => object(&[("kind", "demo".into())]),
            Self::Connect => object(&[("kind", "connect".into())]),
            Self::Kept(id) => object(&[("kind", "kept".into()), ("id", id.as_str().into())]),
            Self::Files(files) => {
                let files: Array = files.iter().collect();
                object(&[("kind", "files".into()), ("files", files.into())])
            }
            Self::Text { text, name } => object(&[
                ("kind", "text".into()),
                ("text", text.into()),
                ("name", name.into()),
            ]),
        }
    }

    /// What [`Self::to_js`] made; null for anything else.
    pub fn from_js(value: &JsValue) -> Option<Self> {
        let get = |key: &str| Reflect::get(value, &key.into()).ok();
        let text = |key: &str| get(key)?.as_string();
        match text("kind")?.as_str() {
            "demo" => Some(Self::Demo),
            "connect" => Some(Self::Connect),
            "kept" => Some(Self::Kept(text("id")?)),
            "files" => {
                let files: Array = get("files")?.dyn_into().ok()?;
                Some(Self::Files(
                    files
                        .iter()
                        .filter_map(|file| file.dyn_into().ok())
                        .collect(),
                ))
            }
            "text" => Some(Self::Text {
                text: text("text")?,
                name: text("name")?,
            }),
            _ => None,
        }
    }
}
