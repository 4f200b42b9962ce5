//! Sessions of a vendor that tells cells alone, and a file of cell positions.

use super::super::protocol::{Command, Inspection, Loaded, MapUpdate, Selection, Update};
use super::super::{Engine, OpenOptions};
use super::DEMO;
use crate::model::PlaceKind;

const FILE: u32 = 1000;

/// Opens the demo fleet's answers of Soracom, but for its own positions of cells.
pub(super) fn open_soracom(engine: &mut Engine) {
    let index = std::fs::read_to_string(format!("{DEMO}index.json")).unwrap();
    let index: serde_json::Value = serde_json::from_str(&index).unwrap();
    let answers = index["answers"].as_array().unwrap().iter();
    let soracom = answers.filter(|answer| {
        answer["provider"] == "soracom" && answer["answer"] != "batchGetCellLocations"
    });
    for (document, answer) in (0u32..).zip(soracom) {
        let text = |key: &str| answer[key].as_str().map(str::to_owned);
        let options = OpenOptions {
            name: text("file").unwrap(),
            source: text("source"),
            sim: text("sim"),
            observed: text("observed"),
            ..OpenOptions::default()
        };
        let bytes = std::fs::read(format!("{DEMO}{}", text("file").unwrap())).unwrap();
        open(engine, document, options, &bytes);
    }
}

fn open(engine: &mut Engine, document: u32, options: OpenOptions, bytes: &[u8]) {
    engine.begin(document, options);
    for piece in bytes.chunks(1000) {
        engine.push(document, piece);
    }
    engine.finish(document);
}

fn named(name: &str) -> OpenOptions {
    OpenOptions {
        name: name.to_owned(),
        ..OpenOptions::default()
    }
}

/// A line for every cell of the store's sessions, a kilometre from one to the next.
fn file_of_cells(engine: &Engine) -> String {
    let store = engine.store();
    let mut lines = Vec::new();
    for row in store.session_rows() {
        let session = store.session(row);
        let (Some(mcc), Some(mnc)) = (session.network.mcc, session.network.mnc) else {
            continue;
        };
        let cell = &session.cell;
        let (radio, area, id) = match (cell.tac, cell.eci, cell.lac, cell.ci) {
            (Some(tac), Some(eci), ..) => ("LTE", tac, eci),
            (_, _, Some(lac), Some(ci)) if ci > 0xffff => ("UMTS", lac, ci),
            (_, _, Some(lac), Some(ci)) => ("GSM", lac, ci),
            _ => continue,
        };
        let lat = 35.0 + f64::from(id % 1000) / 100.0;
        lines.push(format!(
            "{radio},{mcc},{},{area},{id},0,139.5,{lat},800,3,1,1500000000,1700000000,0",
            mnc.number()
        ));
    }
    lines.sort_unstable();
    lines.dedup();
    lines.join("\n")
}

fn loaded(updates: &[Update], document: u32) -> Loaded {
    let found = updates.iter().find_map(|update| match update {
        Update::Loaded(loaded) if loaded.document == document => Some(loaded.clone()),
        _ => None,
    });
    found.unwrap()
}

/// What the engine told, and the places of the last map.
struct Told {
    updates: Vec<Update>,
    places: serde_json::Value,
}

impl Told {
    fn map(&self) -> &MapUpdate {
        let mut latest = self.updates.iter().rev();
        let found = latest.find_map(|update| match update {
            Update::Map(map) => Some(map),
            _ => None,
        });
        found.unwrap()
    }
}

fn drain(engine: &mut Engine) -> Told {
    while engine.step(1000.0, &|| 0.0) {}
    let mut updates = Vec::new();
    let mut places: Vec<serde_json::Value> = Vec::new();
    while let Some(next) = engine.take() {
        if matches!(next.update, Update::Map(_)) {
            let read = |piece: &String| serde_json::from_str::<Vec<_>>(piece).unwrap();
            places = next.places.iter().flat_map(read).collect();
        }
        updates.push(next.update);
    }
    Told {
        updates,
        places: places.into(),
    }
}

fn engine() -> Engine {
    let mut engine = Engine::new();
    engine.command(Command::Map { shown: true });
    engine
}

#[test]
fn sessions_are_placed_by_a_file_that_comes_after_them_or_before() {
    let mut after = engine();
    open_soracom(&mut after);
    let told = drain(&mut after);
    assert_eq!(told.map().places, 0);
    let cells = file_of_cells(&after);
    assert!(cells.lines().count() > 5);
    open(&mut after, FILE, named("440.csv"), cells.as_bytes());
    let told = drain(&mut after);
    let file = loaded(&told.updates, FILE);
    assert_eq!(file.cells, cells.lines().count() as u64);
    assert_eq!((file.bad_records, file.problem), (0, None));
    let (found, known) = file.cells_found;
    assert!(found > 5 && found <= known, "{found} of {known}");
    let placed = told.map().clone();
    assert!(placed.places > 5);
    let json: serde_json::Value = serde_json::from_str(&placed.rest).unwrap();
    assert_eq!(
        json["credits"],
        serde_json::json!(["Cell positions: OpenCelliD, CC BY-SA 4.0, from 440.csv"])
    );
    let place = &told.places[0];
    assert_eq!(
        (&place["kind"], &place["accuracy_m"]),
        (&"lookup".into(), &800.0.into())
    );

    let mut before = engine();
    open(&mut before, FILE, named("440.csv"), cells.as_bytes());
    let told = drain(&mut before);
    assert_eq!(loaded(&told.updates, FILE).cells_found, (0, 0));
    open_soracom(&mut before);
    let told = drain(&mut before);
    assert_eq!(told.map().places, placed.places);
}

#[test]
fn what_is_opened_after_all_was_forgotten_is_placed_by_the_file_until_that_is_forgotten_alone() {
    let mut engine = engine();
    open_soracom(&mut engine);
    let cells = file_of_cells(&engine);
    open(&mut engine, FILE, named("440.csv"), cells.as_bytes());
    let before = drain(&mut engine).map().clone();
    assert!(before.places > 5);

    engine.command(Command::Clear);
    let told = drain(&mut engine);
    assert_eq!((told.map().places, engine.store().session_count()), (0, 0));
    let sources = engine.store().sources();
    assert_eq!(sources.len(), 1);
    assert_eq!(sources[0].cells, cells.lines().count() as u64);
    open_soracom(&mut engine);
    let again = drain(&mut engine).map().clone();
    assert_eq!((again.places, again.rest), (before.places, before.rest));

    engine.command(Command::Clear);
    engine.command(Command::Clear);
    assert!(engine.store().sources().is_empty());
    open_soracom(&mut engine);
    assert_eq!(drain(&mut engine).map().places, 0);
}

#[test]
fn while_a_file_of_cells_is_read_nothing_is_answered_anew() {
    let mut engine = engine();
    open_soracom(&mut engine);
    let cells = file_of_cells(&engine);
    engine.begin(FILE, named("440.csv"));
    drain(&mut engine);
    let mut later = 0.0;
    let mut read = |engine: &mut Engine, bytes: &[u8]| {
        engine.push(FILE, bytes);
        later += 10_000.0;
        while engine.step(1000.0, &|| later) {}
        std::iter::from_fn(|| engine.take()).count()
    };
    // What the beginning left behind.
    while read(&mut engine, b"") > 0 {}
    for line in cells.lines() {
        assert_eq!(read(&mut engine, format!("{line}\n").as_bytes()), 0);
    }
    engine.finish(FILE);
    assert!(drain(&mut engine).map().places > 5);
}

#[test]
fn a_file_of_cells_that_is_still_read_is_forgotten_with_all_else() {
    let mut engine = engine();
    open_soracom(&mut engine);
    let cells = file_of_cells(&engine);
    engine.begin(FILE, named("440.csv"));
    engine.push(FILE, cells.as_bytes());
    engine.command(Command::Clear);
    assert!(engine.store().sources().is_empty());
    open_soracom(&mut engine);
    assert_eq!(drain(&mut engine).map().places, 0);
}

#[test]
fn a_vendors_own_look_up_wins_and_the_inspector_says_which_it_was() {
    let mut engine = engine();
    open_soracom(&mut engine);
    drain(&mut engine);
    let cells = file_of_cells(&engine);
    open(&mut engine, FILE, named("440.csv"), cells.as_bytes());
    let own = std::fs::read(format!("{DEMO}soracom/japan-cell-locations.json")).unwrap();
    let options = OpenOptions {
        source: Some("Soracom Japan".to_owned()),
        ..named("japan-cell-locations.json")
    };
    open(&mut engine, FILE + 1, options, &own);
    drain(&mut engine);
    let rows: Vec<u32> = engine.store().session_rows().collect();
    let mut credits = Vec::new();
    for row in rows {
        engine.command(Command::Select(Selection {
            session: Some(row),
            ..Selection::default()
        }));
        let told = drain(&mut engine);
        let inspection = told.updates.iter().find_map(|update| match update {
            Update::Inspection(found) => Some(found.as_ref()),
            _ => None,
        });
        let inspection: &Inspection = inspection.unwrap();
        let is_looked_up = engine.store().place_of_session(row).kind == Some(PlaceKind::Lookup);
        assert_eq!(inspection.attribution.is_some(), is_looked_up);
        credits.extend(inspection.attribution.clone());
    }
    let from_file = |credit: &String| credit.contains("440.csv");
    assert!(credits.iter().any(from_file), "{credits:?}");
    assert!(!credits.iter().all(from_file), "{credits:?}");
}

#[test]
fn a_file_that_holds_no_cell_says_what_it_should_look_like() {
    let mut engine = engine();
    let header = b"radio,mcc,net,area,cell,unit,lon,lat,range,samples\nLTE,x,1,1,1,0,1,1,1,1\n";
    open(&mut engine, FILE, named("empty.csv"), header);
    let told = drain(&mut engine);
    let file = loaded(&told.updates, FILE);
    assert_eq!(file.code.as_deref(), Some("no_cells"));
    assert_eq!((file.cells, file.bad_records), (0, 1));
    assert!(file.problem.unwrap().contains("OpenCelliD"));
    let summary = told.updates.iter().find_map(|update| match update {
        Update::Summary(summary) => Some(summary),
        _ => None,
    });
    let source = &summary.unwrap().sources[0];
    assert_eq!((source.bad_records, source.warning_count), (1, 1));
    assert_eq!(source.warnings[0].field.as_deref(), Some("mcc"));
}

/// What a geolocate service says of a cell: a line of its document.
fn located(id: crate::geo::CellId, lat: f64, is_area: bool) -> String {
    let cell = crate::geo::geolocate::CellTower::of(id);
    let line = crate::geo::geolocate::Located {
        cell,
        lat,
        lon: 139.5,
        accuracy_m: Some(700.0),
        is_area,
    };
    serde_json::to_string(&line).unwrap() + "\n"
}

fn by_service(name: &str) -> OpenOptions {
    OpenOptions {
        located: Some("geo.example".to_owned()),
        ..named(name)
    }
}

#[test]
fn a_geolocate_service_is_asked_for_what_has_no_position_and_places_it() {
    let mut engine = engine();
    open_soracom(&mut engine);
    drain(&mut engine);
    let open_cells = engine.store().unplaced_cells();
    assert!(open_cells.len() > 5, "{}", open_cells.len());
    let mut once = open_cells.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), open_cells.len());

    let lines = located(open_cells[0][0], 35.5, false) + &located(open_cells[1][0], 36.5, true);
    let wrong = "{\"cell\":{\"radioType\":\"cdma\"}}\nx\n";
    let document = by_service("Cells by geo.example");
    open(&mut engine, FILE, document, (lines + wrong).as_bytes());
    let told = drain(&mut engine);
    let file = loaded(&told.updates, FILE);
    assert_eq!((file.cells, file.bad_records, file.problem), (2, 2, None));
    assert_eq!(told.map().places, 2);
    let rest: serde_json::Value = serde_json::from_str(&told.map().rest).unwrap();
    let mut credits: Vec<&str> = rest["credits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|credit| credit.as_str().unwrap())
        .collect();
    credits.sort_unstable();
    assert_eq!(
        credits,
        [
            "Cell areas, not the cells: geolocate service at geo.example",
            "Cell positions: geolocate service at geo.example"
        ]
    );
    let left = engine.store().unplaced_cells();
    assert_eq!(left.len(), open_cells.len() - 2);
    assert!(!left.contains(&open_cells[0]));

    // What a file of cell positions knows comes before it.
    let cells = file_of_cells(&engine);
    open(&mut engine, FILE + 1, named("440.csv"), cells.as_bytes());
    let told = drain(&mut engine);
    let rest: serde_json::Value = serde_json::from_str(&told.map().rest).unwrap();
    assert_eq!(
        rest["credits"],
        serde_json::json!(["Cell positions: OpenCelliD, CC BY-SA 4.0, from 440.csv"])
    );
}
