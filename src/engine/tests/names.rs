//! Names of networks by the list of MCC and MNC: every view calls a network the same, and what is called so is found so.

use super::super::Engine;
use super::super::protocol::{
    ColourBy, Column, Command, GroupBy, Inspection, MapUpdate, RowLabel, Selection, Settings,
    SpanSums, Summary, Tab, TablePage, TableQuery, TimelineQuery, Update, Value,
};
use super::places::open_soracom;
use super::{DEMO, drain, open_demo};
use crate::engine::OpenOptions;
use crate::geo::NAMES_CREDIT;
use crate::store::filter::Completions;

const LIST: &str = "# made up\n44010 Name of 10\n44020 Name of 20\n44051 Name of 51\n";

#[derive(Default)]
struct Shown {
    summary: Summary,
    labels: Vec<RowLabel>,
    texts: Vec<String>,
    table: Option<TablePage>,
    inspection: Option<Inspection>,
    map: Option<MapUpdate>,
    completions: Option<Completions>,
    updates: usize,
}

fn shown(engine: &mut Engine) -> Shown {
    let mut shown = Shown::default();
    for update in drain(engine) {
        shown.updates += 1;
        match update {
            Update::Summary(found) => shown.summary = found,
            Update::Frame(meta) => {
                shown.labels = meta.row_labels.unwrap_or(shown.labels);
                shown.texts = meta.texts;
            }
            Update::Table(page) => shown.table = Some(page),
            Update::Inspection(found) => shown.inspection = Some(*found),
            Update::Map(map) => shown.map = Some(map),
            Update::Completions(found) => shown.completions = Some(found),
            _ => {}
        }
    }
    shown
}

impl Shown {
    fn legend(&self) -> Vec<(u8, &str, u32)> {
        let entries = self.summary.legend.iter();
        entries
            .map(|entry| (entry.colour, entry.label.as_str(), entry.sessions))
            .collect()
    }

    fn groups(&self) -> Vec<&str> {
        let labels = self.labels.iter().filter_map(|label| match label {
            RowLabel::Group { label, .. } => Some(label.as_str()),
            _ => None,
        });
        labels.collect()
    }

    fn operators(&self) -> Vec<String> {
        let rows = self.table.iter().flat_map(|page| &page.rows);
        let mut operators: Vec<String> = rows
            .filter_map(|row| match row.cells.first() {
                Some(Value::Text(text)) => Some(text.clone()),
                _ => None,
            })
            .collect();
        operators.sort_unstable();
        operators.dedup();
        operators
    }

    fn sums(&self) -> &SpanSums {
        self.inspection.as_ref().unwrap().sums.as_ref().unwrap()
    }
}

/// Everything in sight, coloured and grouped by operator, filtered by a line.
fn look(engine: &mut Engine, line: &str) -> Shown {
    let (from, to) = (1_700_000_000_000, 1_800_000_000_000);
    engine.command(Command::Settings(Settings {
        group: GroupBy::Operator,
        colour: ColourBy::Operator,
        filter: line.to_owned(),
        ..Settings::default()
    }));
    engine.command(Command::Timeline(TimelineQuery {
        from,
        to,
        width: 400_000.0,
        ratio: 1.0,
        top: 0.0,
        height: 5_000.0,
    }));
    engine.command(Command::Table(TableQuery {
        tab: Tab::Sessions,
        columns: vec![Column::Operator],
        sort: None,
        descending: false,
        first: 0,
        count: 10_000,
    }));
    engine.command(Command::Map { shown: true });
    engine.command(Command::Select(Selection {
        span: Some([from, to]),
        ..Selection::default()
    }));
    shown(engine)
}

fn soracom() -> Engine {
    let mut engine = Engine::new();
    open_soracom(&mut engine);
    drain(&mut engine);
    engine
}

#[test]
fn names_are_wanted_once_and_only_where_a_vendor_tells_none() {
    let mut engine = Engine::new();
    assert!(!engine.wants_network_names());
    let sessions = std::fs::read(format!("{DEMO}kore/gate-4-data-sessions.json")).unwrap();
    engine.begin(0, OpenOptions::default());
    engine.push(0, &sessions);
    engine.finish(0);
    drain(&mut engine);
    assert!(engine.store().session_count() > 0);
    assert!(!engine.wants_network_names(), "KORE names its networks");
    open_soracom(&mut engine);
    assert!(engine.wants_network_names());
    assert!(!engine.wants_network_names(), "asked for already");
    assert!(engine.take_network_names(LIST.as_bytes()));
    assert!(!engine.wants_network_names());
}

#[test]
fn every_view_calls_a_network_by_its_name_and_finds_it_by_that() {
    let mut engine = soracom();
    let before = look(&mut engine, "");
    assert!(
        before.operators().contains(&"440-10".to_owned()),
        "{:?}",
        before.operators()
    );
    assert!(before.groups().contains(&"440-20"));
    assert!(engine.take_network_names(LIST.as_bytes()));
    let after = shown(&mut engine);
    let names = ["Name of 10", "Name of 20", "Name of 51"];
    for name in names {
        assert!(after.groups().contains(&name), "{:?}", after.groups());
        assert!(after.texts.iter().any(|text| text == name), "bars: {name}");
        assert!(after.operators().iter().any(|text| text == name));
        let of_legend = after
            .legend()
            .iter()
            .find(|(_, l, _)| *l == name)
            .unwrap()
            .2;
        let shares = &after.sums().shares[0].rows;
        let of_sums = shares
            .iter()
            .find(|share| share.label.as_deref() == Some(name));
        assert!(of_sums.unwrap().sessions >= of_legend, "{name}");
        let mut found = look(&mut engine, &format!("operator:\"{name}\""));
        assert_eq!(found.table.as_ref().unwrap().totals[1], of_legend, "{name}");
        found
            .operators()
            .iter()
            .for_each(|text| assert_eq!(text, name));
        let plmn = format!("plmn:440-{}", &name[8..]);
        found = look(&mut engine, &plmn);
        assert_eq!(found.table.unwrap().totals[1], of_legend, "{plmn}");
    }
    engine.command(Command::Complete {
        line: "operator:name".to_owned(),
        cursor: 13,
    });
    let items = shown(&mut engine).completions.unwrap().items;
    assert_eq!(items.len(), 3, "{items:?}");
    // What the list does not know goes by its codes.
    assert!(after.operators().iter().any(|text| text == "334-020"));
    let map: serde_json::Value = serde_json::from_str(&after.map.unwrap().rest).unwrap();
    let titles = map["countries"].as_array().unwrap().iter();
    let titles: Vec<_> = titles.filter_map(|mark| mark["title"].as_str()).collect();
    assert!(
        titles.iter().any(|title| names.contains(title)),
        "{titles:?}"
    );
    assert_eq!(map["credits"], serde_json::json!([NAMES_CREDIT]));
}

#[test]
fn colours_stay_where_names_come_late() {
    let mut engine = soracom();
    let before = look(&mut engine, "");
    assert!(engine.take_network_names(LIST.as_bytes()));
    let after = shown(&mut engine);
    let named = |label: &str| match label.strip_prefix("440-") {
        Some(mnc) => format!("Name of {mnc}"),
        None => label.to_owned(),
    };
    let entries = before.legend().into_iter();
    let expected: Vec<_> = entries.map(|(c, label, n)| (c, named(label), n)).collect();
    let found = after.legend().into_iter();
    let found: Vec<_> = found
        .map(|(c, label, n)| (c, label.to_owned(), n))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn the_vendors_word_comes_first_and_stays_what_it_is() {
    let mut engine = Engine::new();
    open_demo(&mut engine);
    drain(&mut engine);
    let before = look(&mut engine, "vendor:twilio,kore,monogoto,wayscloud");
    let list = "24001 By the list\n24201 By the list\n24202 By the list\n44010 By the list\n";
    assert!(engine.take_network_names(list.as_bytes()));
    let after = shown(&mut engine);
    assert_eq!(after.operators(), before.operators());
    let store = engine.store();
    let row = store.session_rows().find(|row| {
        let network = store.session(*row).network;
        let plmn = network.mcc.zip(network.mnc);
        plmn.is_some_and(|(mcc, mnc)| (mcc.number(), mnc.number()) == (440, 10))
    });
    let row = row.unwrap();
    engine.command(Command::Select(Selection {
        lane: Some(engine.store().lane_of_session(row)),
        session: Some(row),
        ..Selection::default()
    }));
    let found = shown(&mut engine).inspection.unwrap();
    let session: serde_json::Value = serde_json::from_str(&found.session.unwrap()).unwrap();
    assert_eq!(session["operator"], serde_json::Value::Null);
    let named: Vec<_> = found.names.iter().map(|known| &known.name).collect();
    assert_eq!(named, ["By the list"]);
}

#[test]
fn bytes_that_are_no_list_change_nothing() {
    let mut engine = soracom();
    look(&mut engine, "");
    assert!(!engine.take_network_names(b"<!doctype html>\n<title>Welcome</title>\n"));
    assert_eq!(shown(&mut engine).updates, 0);
    assert!(engine.store().lacks_network_names());
}

#[test]
fn what_is_opened_later_has_names_too_and_forgetting_keeps_the_list() {
    let mut engine = soracom();
    assert!(engine.wants_network_names());
    assert!(engine.take_network_names(LIST.as_bytes()));
    engine.command(Command::Clear);
    drain(&mut engine);
    open_soracom(&mut engine);
    let shown = look(&mut engine, "");
    assert!(shown.operators().iter().any(|text| text == "Name of 20"));
    assert!(!engine.wants_network_names());
}
