//! JSON by the browser's own parser: the views read a few fields of a few rows, which is no reason
//! to carry another parser along.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A parsed value; undefined where there is none.
#[derive(Debug, Clone, Default)]
pub struct Json(JsValue);

impl Json {
    /// A value of the page.
    pub fn of(value: JsValue) -> Self {
        Self(value)
    }

    /// Parses a text; undefined where it is no JSON.
    pub fn parse(text: &str) -> Self {
        Self(js_sys::JSON::parse(text).unwrap_or(JsValue::UNDEFINED))
    }

    /// The value under a key; undefined where there is none.
    #[must_use]
    pub fn get(&self, key: &str) -> Self {
        Self(Reflect::get(&self.0, &key.into()).unwrap_or(JsValue::UNDEFINED))
    }

    /// The value as text; null for any other.
    pub fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    /// The value as a number.
    pub fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    /// The value as a truth.
    pub fn truth(&self) -> Option<bool> {
        self.0.as_bool()
    }

    /// The items of a list; none for any other value.
    pub fn items(&self) -> Vec<Self> {
        self.0
            .dyn_ref::<Array>()
            .map(|list| list.iter().map(Self).collect())
            .unwrap_or_default()
    }

    /// The names of an object's properties.
    pub fn keys(&self) -> Vec<String> {
        let object = self.0.dyn_ref::<Object>().map(Object::keys);
        let names = object.map(|names| names.iter().filter_map(|name| name.as_string()).collect());
        names.unwrap_or_default()
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        Array::is_array(&self.0)
    }

    /// Whether there is anything.
    pub fn is_there(&self) -> bool {
        !self.0.is_undefined() && !self.0.is_null()
    }

    /// Whether an object has a property of that name, maybe null.
    pub fn has(&self, key: &str) -> bool {
        !self.get(key).0.is_undefined()
    }

    /// The value itself.
    pub fn into_value(self) -> JsValue {
        self.0
    }

    /// As text again, indented.
    pub fn pretty(&self) -> Option<String> {
        js_sys::JSON::stringify_with_replacer_and_space(&self.0, &JsValue::NULL, &2.into())
            .ok()?
            .as_string()
    }
}

/// A plain object with these properties.
pub fn object(parts: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (key, value) in parts {
        // Setting a property of a new plain object does not fail.
        let _ = Reflect::set(&object, &JsValue::from_str(key), value);
    }
    object.into()
}
