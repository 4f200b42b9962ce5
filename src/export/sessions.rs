//! Sessions for a host page or a file: a JSON list of the model's sessions, CSV with a column for each of their fields, GeoJSON
//! of their places. Written piece by piece, so that nothing waits for a million of them.

use serde_json::{Map, Value};

use super::Csv;
use crate::store::Store;

/// How sessions are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `[session, …]`, as the model has them.
    Json,
    /// RFC 4180, with a head. Fields of `cell` are columns of their own, `segments` is JSON, lists are joined by spaces.
    Csv,
    /// A feature for each session: a point where its tower's place is known, else without geometry. The rest are properties.
    GeoJson,
}

impl Form {
    /// By its name: `json`, `csv` or `geojson`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "geojson" => Some(Self::GeoJson),
            _ => None,
        }
    }

    fn head(self) -> String {
        match self {
            Self::Json => "[".to_owned(),
            Self::GeoJson => "{\"type\":\"FeatureCollection\",\"features\":[".to_owned(),
            Self::Csv => {
                let mut csv = Csv::new();
                for column in COLUMNS {
                    csv.text(column);
                }
                csv.end_row();
                csv.into_text()
            }
        }
    }

    fn tail(self) -> &'static str {
        match self {
            Self::Json => "]",
            Self::GeoJson => "]}",
            Self::Csv => "",
        }
    }
}

/// The fields of `cell`, with `cell_` before them, are the last.
const COLUMNS: [&str; 48] = [
    "provider",
    "source",
    "sim",
    "id",
    "iccid",
    "imsi",
    "imei",
    "subscription",
    "start",
    "start_kind",
    "end",
    "end_kind",
    "end_earliest",
    "end_latest",
    "last_seen",
    "observed",
    "basis",
    "duration_reported_s",
    "radio",
    "radio_reported",
    "mcc",
    "mnc",
    "mnc_assumed",
    "country",
    "operator",
    "lat",
    "lon",
    "accuracy_m",
    "place_kind",
    "place_at",
    "segments",
    "bytes_up",
    "bytes_down",
    "bytes_total",
    "packets_up",
    "packets_down",
    "traffic_reported",
    "ips",
    "dns",
    "apn",
    "cell_reported",
    "cell_lac",
    "cell_tac",
    "cell_ci",
    "cell_eci",
    "cell_nci",
    "cell_enb",
    "cell_sector",
];

/// Writes some of the rows: `at` is the place of the first among `rows`, `count` how many. The first piece holds the head, the last
/// the tail, so that all of them in order are the whole.
pub fn sessions_piece(store: &Store, form: Form, rows: &[u32], at: usize, count: usize) -> String {
    let mut out = if at == 0 { form.head() } else { String::new() };
    let end = at.saturating_add(count).min(rows.len());
    for (place, row) in rows.iter().enumerate().take(end).skip(at) {
        let session = store.session(*row);
        match form {
            Form::Json => {
                separate(&mut out, place);
                // Every row of the model can be written as JSON.
                out.push_str(&serde_json::to_string(&session).unwrap_or_default());
            }
            Form::GeoJson => {
                separate(&mut out, place);
                out.push_str(&feature(fields(&session)).to_string());
            }
            Form::Csv => line(&mut out, &fields(&session)),
        }
    }
    if end >= rows.len() {
        out.push_str(form.tail());
    }
    out
}

fn separate(out: &mut String, place: usize) {
    if place > 0 {
        out.push(',');
    }
}

fn fields(session: &crate::model::Session<'_>) -> Map<String, Value> {
    match serde_json::to_value(session) {
        Ok(Value::Object(fields)) => fields,
        // A session is an object.
        _ => Map::new(),
    }
}

/// RFC 7946: longitude first.
fn feature(fields: Map<String, Value>) -> Value {
    let at = |key| fields.get(key).filter(|value: &&Value| value.is_number());
    let geometry = match (at("lon"), at("lat")) {
        (Some(lon), Some(lat)) => serde_json::json!({ "type": "Point", "coordinates": [lon, lat] }),
        _ => Value::Null,
    };
    serde_json::json!({ "type": "Feature", "geometry": geometry, "properties": fields })
}

fn line(out: &mut String, fields: &Map<String, Value>) {
    let mut csv = Csv::new();
    for column in COLUMNS {
        let value = match column.strip_prefix("cell_") {
            Some(part) => fields.get("cell").and_then(|cell| cell.get(part)),
            None => fields.get(column),
        };
        match value {
            None | Some(Value::Null) => csv.number(None),
            Some(Value::String(text)) => csv.text(text),
            Some(Value::Array(items)) if items.iter().all(Value::is_string) => {
                let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                csv.text(&items.join(" "));
            }
            Some(value @ (Value::Array(_) | Value::Object(_))) => csv.text(&value.to_string()),
            Some(value) => csv.number(Some(&value.to_string())),
        }
    }
    csv.end_row();
    out.push_str(&csv.into_text());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Options, read_all};

    const ANSWER: &[u8] = include_bytes!("../../www/demo/kore/gate-4-data-sessions.json");

    fn store() -> Store {
        let mut store = Store::new();
        let options = Options {
            name: "answer".to_owned(),
            provider: Some(crate::model::ProviderId::Kore),
            ..Options::default()
        };
        let outcome = read_all(&mut store, ANSWER, options);
        assert_eq!(outcome.problem, None);
        store
    }

    fn written(form: Form, piece: usize) -> String {
        let store = store();
        let rows: Vec<u32> = store.session_rows().collect();
        assert_eq!(rows.len(), 23);
        let mut out = String::new();
        let mut at = 0;
        loop {
            out += &sessions_piece(&store, form, &rows, at, piece);
            at += piece;
            if at >= rows.len() {
                return out;
            }
        }
    }

    #[test]
    fn pieces_of_any_size_come_to_the_same_whole() {
        for form in [Form::Json, Form::Csv, Form::GeoJson] {
            assert_eq!(written(form, 1), written(form, 10), "{form:?}");
        }
    }

    #[test]
    fn nothing_is_a_whole_as_well() {
        let store = Store::new();
        assert_eq!(sessions_piece(&store, Form::Json, &[], 0, 5), "[]");
        let empty = sessions_piece(&store, Form::GeoJson, &[], 0, 5);
        assert_eq!(empty, r#"{"type":"FeatureCollection","features":[]}"#);
        assert_eq!(
            sessions_piece(&store, Form::Csv, &[], 0, 5).lines().count(),
            1
        );
    }

    #[test]
    fn every_field_of_a_session_has_a_column() {
        let store = store();
        for row in store.session_rows() {
            for (name, value) in fields(&store.session(row)) {
                match value {
                    Value::Object(parts) if name == "cell" => {
                        for part in parts.keys() {
                            let column = format!("cell_{part}");
                            assert!(COLUMNS.contains(&column.as_str()), "{column}");
                        }
                    }
                    _ if name == "cell" => {}
                    _ => assert!(COLUMNS.contains(&name.as_str()), "{name}"),
                }
            }
        }
    }

    #[test]
    fn a_place_is_longitude_first_and_a_session_without_one_has_no_geometry() {
        let map: Value = serde_json::from_str(&written(Form::GeoJson, 1)).expect("JSON");
        let features = map
            .get("features")
            .and_then(Value::as_array)
            .expect("a list");
        assert_eq!(features.len(), 23);
        for feature in features {
            let at = |key: &str| feature.pointer(&format!("/properties/{key}")).cloned();
            let wanted = match (at("lon"), at("lat")) {
                (Some(Value::Number(lon)), Some(Value::Number(lat))) => {
                    serde_json::json!({ "type": "Point", "coordinates": [lon, lat] })
                }
                _ => Value::Null,
            };
            assert_eq!(feature.get("geometry"), Some(&wanted));
        }
    }

    #[test]
    fn a_line_has_as_many_fields_as_the_head() {
        let csv = written(Form::Csv, 7);
        let mut lines = csv.lines();
        assert_eq!(lines.next(), Some(COLUMNS.join(",").as_str()));
        assert_eq!(lines.count(), 23);
    }
}
