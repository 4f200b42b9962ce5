//! Reads a whole answer through an adapter, for tests of adapters alone: rows come out as JSON.

use serde_json::Value;

use super::json::one;
use super::pull::Pulled;
use super::{Answer, CellLocation, Envelope, Layout, Provider, ReadError, Record, Rows, Shape};
use super::{ValueKind, provider};
use crate::model::{Event, Instant, ProviderId, Session, Sim, Usage, Warning};

/// Everything that an adapter made of an answer, in order, as the public JSON.
#[derive(Debug, Default)]
pub struct Collected {
    pub sessions: Vec<Value>,
    pub sims: Vec<Value>,
    pub events: Vec<Value>,
    pub usage: Vec<Value>,
    pub cell_locations: Vec<String>,
    pub warnings: Vec<Warning>,
    pub vendors: Vec<ProviderId>,
    pub bad: Vec<ReadError>,
}

impl Rows for Collected {
    fn session(&mut self, row: &Session<'_>) {
        self.sessions.push(serde_json::to_value(row).unwrap());
    }
    fn sim(&mut self, row: &Sim<'_>) {
        self.sims.push(serde_json::to_value(row).unwrap());
    }
    fn event(&mut self, row: &Event<'_>) {
        self.events.push(serde_json::to_value(row).unwrap());
    }
    fn usage(&mut self, row: &Usage<'_>) {
        self.usage.push(serde_json::to_value(row).unwrap());
    }
    fn cell_location(&mut self, row: &CellLocation<'_>) {
        self.cell_locations.push(format!("{row:?}"));
    }
    fn warning(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }
    fn vendor(&mut self, provider: ProviderId) {
        self.vendors.push(provider);
    }
}

/// The shape of a JSON object's text.
pub fn shape(object: &serde_json::Map<String, Value>) -> Shape<'_> {
    Shape {
        keys: object.iter().map(|(k, v)| (k.as_str(), kind(v))).collect(),
        complete: true,
    }
}

fn kind(value: &Value) -> ValueKind {
    match value {
        Value::Object(_) => ValueKind::Object,
        Value::Array(_) => ValueKind::Array,
        Value::String(_) => ValueKind::String,
        Value::Number(_) => ValueKind::Number,
        Value::Bool(_) => ValueKind::Bool,
        Value::Null => ValueKind::Null,
    }
}

/// The answer that the vendor recognises in the text: of the object, or of a bare array's first.
pub fn recognise(id: ProviderId, json: &str) -> Option<Answer> {
    let value: Value = serde_json::from_str(json).unwrap();
    let object = match &value {
        Value::Array(items) => items.first()?.as_object()?,
        _ => value.as_object()?,
    };
    // A page is recognised when its array of records is reached, so try every prefix of the keys.
    let full = shape(object);
    (1..=full.keys.len())
        .find_map(|n| {
            let partial = Shape {
                keys: full.keys[..n].to_vec(),
                complete: false,
            };
            provider(id).recognise(&partial)
        })
        .or_else(|| provider(id).recognise(&full))
}

/// Reads an answer (a page, a bare array or one record) through a vendor's adapter.
pub fn read(id: ProviderId, json: &str, sim: Option<&str>, observed: Option<Instant>) -> Collected {
    let answer = recognise(id, json).expect("the adapter recognises the answer");
    let adapter: &dyn Provider = provider(id);
    let value: Value = serde_json::from_str(json).unwrap();
    let mut out = Collected::default();
    let mut envelope = Envelope::default();
    let records: Vec<Value> = match (&answer.layout, value) {
        (Layout::Page { records, .. }, Value::Object(object)) => {
            for (key, value) in &object {
                if key != records {
                    envelope.set(key, &value.to_string());
                }
            }
            object[*records].as_array().unwrap().clone()
        }
        (_, Value::Array(items)) => items,
        (_, one) => vec![one],
    };
    for record in records {
        let text = record.to_string();
        let record = Record {
            answer: &answer,
            json: text.as_bytes().into(),
            envelope: &envelope,
            sim,
            account: true,
            observed,
            asked_before: None,
        };
        match adapter.read(&record, &mut out) {
            Ok(length) => assert_eq!(length, text.len(), "the record's length"),
            Err(error) => out.bad.push(error),
        }
    }
    adapter.end_of_page(&answer, &envelope, &mut out);
    out
}

/// Reads each key of a wire struct with each kind of value, beside the members that it cannot be without. [`one`] compares
/// what it reads with what `serde_json` does, which knows nothing of a key that is misspelt in the struct's list.
pub fn try_keys<T: Pulled<'static>>(required: &[(&str, &str)]) {
    const VALUES: [&str; 11] = [
        "\"a\"", "\"\"", "\"1\"", "1", "1.5", "-1", "true", "{}", "[]", "[{}]", "[\"a\"]",
    ];
    let fields: Vec<&str> = super::holds::fields().map(|(name, _)| name).collect();
    for key in T::KEYS {
        let is_known = |name: &&str| {
            let own = name.rsplit('.').next();
            own == Some(key.text())
        };
        assert!(
            fields.iter().any(is_known),
            "nobody says what {} holds",
            key.text()
        );
        let others = required.iter().filter(|(name, _)| *name != key.text());
        let others: Vec<String> = others
            .map(|(name, value)| format!(r#","{name}":{value}"#))
            .collect();
        let others = others.concat();
        let mut is_read = false;
        for value in VALUES {
            let json = format!(r#"{{"{}":{value}{others}}}"#, key.text());
            is_read |= one::<T>(json.leak().as_bytes()).is_ok();
        }
        assert!(is_read, "{} is never read", key.text());
    }
}
