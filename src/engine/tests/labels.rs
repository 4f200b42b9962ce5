//! Names, groups and tags of the owner's own files, over the demo fleet of five vendors.

use std::fmt::Write;

use super::super::protocol::{
    Column, Command, GroupBy, LabelColumns, LabelsInfo, Loaded, RowKey, RowLabel, Selection,
    Settings, Summary, Tab, TableQuery, TimelineQuery, Update, Value,
};
use super::super::{Engine, OpenOptions};
use super::{demo, drain, open_demo};
use crate::label::{Role, Why};
use crate::model::ProviderId;

const FILE: u32 = 1000;

fn open(engine: &mut Engine, document: u32, name: &str, text: &str) {
    let options = OpenOptions {
        name: name.to_owned(),
        ..OpenOptions::default()
    };
    engine.begin(document, options);
    for piece in text.as_bytes().chunks(100) {
        engine.push(document, piece);
    }
    engine.finish(document);
}

/// The first SIM of a vendor that has an ICCID: its lane and its ICCID.
fn sim_of(engine: &Engine, provider: ProviderId) -> (u32, String) {
    let store = engine.store();
    let found = store.lanes().find_map(|(lane, _)| {
        let sim = store.sim(lane)?;
        let iccid = sim.iccid.filter(|_| sim.provider == provider)?;
        Some((lane, iccid.into_owned()))
    });
    found.unwrap()
}

/// The same of all vendors whose SIMs have one.
fn sims(engine: &Engine) -> Vec<(u32, String)> {
    [ProviderId::Twilio, ProviderId::Kore, ProviderId::Soracom]
        .map(|provider| sim_of(engine, provider))
        .to_vec()
}

fn csv(sims: &[(u32, String)]) -> String {
    let mut text = "ICCID;Name;Group;Site\n".to_owned();
    for (number, (_, iccid)) in sims.iter().enumerate() {
        writeln!(text, "{iccid};Winch {number};north;Oslo").unwrap();
    }
    text
}

fn infos(updates: &[Update]) -> Vec<LabelsInfo> {
    let mut latest = updates.iter().rev();
    let found = latest.find_map(|update| match update {
        Update::Labels(infos) => Some(infos.clone()),
        _ => None,
    });
    found.unwrap()
}

fn summary(updates: &[Update]) -> Summary {
    let mut latest = updates.iter().rev();
    let found = latest.find_map(|update| match update {
        Update::Summary(summary) => Some(summary.clone()),
        _ => None,
    });
    found.unwrap()
}

fn loaded(updates: &[Update], document: u32) -> Loaded {
    let found = updates.iter().find_map(|update| match update {
        Update::Loaded(loaded) if loaded.document == document => Some(loaded.clone()),
        _ => None,
    });
    found.unwrap()
}

/// What all rows of the SIMs' table say, in its order.
fn table(engine: &mut Engine, columns: &[Column]) -> Vec<(u32, Vec<Value>)> {
    engine.command(Command::Table(TableQuery {
        tab: Tab::Sims,
        columns: columns.to_vec(),
        sort: Some(Column::Name),
        descending: false,
        first: 0,
        count: 100,
    }));
    let mut updates = drain(engine).into_iter().rev();
    let page = updates.find_map(|update| match update {
        Update::Table(page) => Some(page),
        _ => None,
    });
    let rows = page.unwrap().rows.into_iter();
    rows.map(|row| match row.key {
        RowKey::Sim(lane) => (lane, row.cells),
        other => panic!("{other:?}"),
    })
    .collect()
}

fn name(engine: &mut Engine, lane: u32) -> String {
    let rows = table(engine, &[Column::Name]);
    let row = rows.into_iter().find(|(of, _)| *of == lane).unwrap();
    match row.1.first() {
        Some(Value::Name(name)) => name.clone(),
        other => panic!("{other:?}"),
    }
}

/// The labels of groups in the list of lanes.
fn groups(engine: &mut Engine, group: GroupBy, filter: &str) -> Vec<(String, u32)> {
    engine.command(Command::Settings(Settings {
        group,
        filter: filter.to_owned(),
        ..Settings::default()
    }));
    engine.command(Command::Timeline(TimelineQuery {
        from: 1_700_000_000_000,
        to: 1_800_000_000_000,
        width: 1000.0,
        ratio: 1.0,
        top: 0.0,
        height: 5_000.0,
    }));
    let mut latest = drain(engine).into_iter().rev();
    let labels = latest.find_map(|update| match update {
        Update::Frame(meta) => meta.row_labels,
        _ => None,
    });
    let groups = labels.unwrap().into_iter();
    groups
        .filter_map(|label| match label {
            RowLabel::Group { label, sims, .. } => Some((label, sims)),
            _ => None,
        })
        .collect()
}

fn listed(engine: &mut Engine, filter: &str) -> usize {
    engine.command(Command::Settings(Settings {
        filter: filter.to_owned(),
        ..Settings::default()
    }));
    table(engine, &[Column::Name]).len()
}

#[test]
fn sims_of_all_vendors_are_called_as_their_owner_says() {
    let mut engine = demo();
    let sims = sims(&engine);
    let text = csv(&sims) + "8999900000000000014;Nobody;;\n8.98824E+18;Rounded;;\n";
    open(&mut engine, FILE, "names.csv", &text);
    let updates = drain(&mut engine);
    let file = loaded(&updates, FILE);
    assert_eq!(
        (file.problem, file.labels_guessed, file.records),
        (None, true, 5)
    );
    let info = infos(&updates).pop().unwrap();
    assert_eq!((info.document, info.rows, info.vendors), (FILE, 5, 3));
    assert_eq!(info.columns[3].role, Role::Tag("Site".to_owned()));
    assert_eq!(info.columns[1].samples, ["Winch 0", "Winch 1", "Winch 2"]);
    let report = info.report.unwrap();
    assert_eq!((report.matched, report.lanes, report.unmatched), (3, 3, 2));
    let whys: Vec<_> = report
        .told
        .iter()
        .map(|told| (told.line, told.why))
        .collect();
    assert_eq!(whys[0], (5, Why::NotLoaded));
    assert!(matches!(whys[1], (6, Why::Destroyed(_))), "{whys:?}");
    let chip = summary(&updates);
    let chip = chip
        .sources
        .iter()
        .find(|source| source.label == "names.csv");
    assert_eq!(chip.unwrap().labels, Some((FILE, 3)));

    for (number, (lane, _)) in sims.iter().enumerate() {
        assert_eq!(name(&mut engine, *lane), format!("Winch {number}"));
    }
    assert_eq!(listed(&mut engine, "name:\"winch *\""), 3);
    assert_eq!(listed(&mut engine, "\"Winch 1\""), 1);
    assert_eq!(listed(&mut engine, "tag:site=oslo"), 3);
    assert_eq!(listed(&mut engine, "group:north"), 3);
    assert_eq!(listed(&mut engine, "-group:north"), 37);
    let found = groups(&mut engine, GroupBy::Group, "");
    assert_eq!(
        found,
        [("north".to_owned(), 3), ("Not known".to_owned(), 37)]
    );
    let found = groups(&mut engine, GroupBy::Tag, "group:north");
    assert_eq!(found, [("Site: Oslo".to_owned(), 3)]);
    let rows = table(&mut engine, &[Column::Group]);
    let north = Value::Text("north".to_owned());
    assert!(rows.iter().all(|(_, cells)| cells[0] == north));
}

#[test]
fn the_vendors_own_name_stays_beside_it() {
    let mut engine = demo();
    let sims = sims(&engine);
    let lane = sims[1].0;
    let before = name(&mut engine, lane);
    open(&mut engine, FILE, "names.csv", &csv(&sims));
    drain(&mut engine);
    engine.command(Command::Select(Selection {
        lane: Some(lane),
        ..Selection::default()
    }));
    let mut updates = drain(&mut engine).into_iter().rev();
    let shown = updates.find_map(|update| match update {
        Update::Inspection(shown) => Some(shown),
        _ => None,
    });
    let shown = shown.unwrap();
    assert_eq!(shown.name.as_deref(), Some("Winch 1"));
    let sim: serde_json::Value = serde_json::from_str(&shown.sim.unwrap()).unwrap();
    assert_eq!(sim["name"], before);
    assert_eq!(
        sim["label"],
        serde_json::json!({
            "name": "Winch 1",
            "group": "north",
            "tags": [{"name": "Site", "value": "Oslo"}],
        })
    );
    assert!(listed(&mut engine, &format!("name:\"{before}\"")) > 0);
}

#[test]
fn labels_that_come_before_the_sims_are_matched_when_these_come() {
    let known = demo();
    let sims = sims(&known);
    let mut engine = Engine::new();
    open(&mut engine, FILE, "names.csv", &csv(&sims));
    let updates = drain(&mut engine);
    let report = infos(&updates).pop().unwrap().report.unwrap();
    assert_eq!((report.matched, report.unmatched), (0, 3));
    open_demo(&mut engine);
    let updates = drain(&mut engine);
    let report = infos(&updates).pop().unwrap().report.unwrap();
    assert_eq!((report.matched, report.unmatched), (3, 0));
    let (lane, _) = sim_of(&engine, ProviderId::Kore);
    assert_eq!(name(&mut engine, lane), "Winch 1");
}

#[test]
fn of_two_files_the_later_is_right_and_left_out_it_is_not_any_more() {
    let mut engine = demo();
    let sims = sims(&engine);
    let lane = sims[0].0;
    let former = name(&mut engine, lane);
    open(&mut engine, FILE, "names.csv", &csv(&sims));
    let later = format!("ICCID,Name,Floor\n{},Valve,2\n", sims[0].1);
    open(&mut engine, FILE + 1, "more.csv", &later);
    drain(&mut engine);
    assert_eq!(name(&mut engine, lane), "Valve");
    let label = engine.store().label(lane).unwrap();
    assert_eq!(label.group.as_deref(), Some("north"));
    let tags: Vec<String> = label.tags.iter().map(crate::model::Tag::shown).collect();
    assert_eq!(tags, ["Site: Oslo", "Floor: 2"]);

    engine.command(Command::Unlabel { document: FILE + 1 });
    let updates = drain(&mut engine);
    let files: Vec<u32> = infos(&updates).iter().map(|info| info.document).collect();
    assert_eq!(files, [FILE]);
    let sources = summary(&updates).sources;
    assert!(sources.iter().all(|source| source.label != "more.csv"));
    assert_eq!(name(&mut engine, lane), "Winch 0");
    engine.command(Command::Unlabel { document: FILE });
    assert!(infos(&drain(&mut engine)).is_empty());
    assert_eq!(name(&mut engine, lane), former);
    assert!(engine.store().sim(lane).unwrap().label.is_none());
}

#[test]
fn a_file_that_is_corrected_and_opened_once_more_replaces_itself() {
    let mut engine = demo();
    let sims = sims(&engine);
    open(&mut engine, FILE, "names.csv", &csv(&sims));
    let mut columns = said(&drain(&mut engine));
    columns.columns[3] = "ignored".to_owned();
    engine.command(Command::Label {
        document: FILE,
        columns,
    });
    drain(&mut engine);
    open(&mut engine, FILE + 1, "names.csv", &csv(&sims[1..]));
    let infos = infos(&drain(&mut engine));
    assert_eq!((infos.len(), infos[0].document), (1, FILE + 1));
    assert_eq!(
        infos[0].columns[3].role,
        Role::Ignored,
        "as it was said of the former"
    );
    assert!(engine.store().label(sims[0].0).is_none());
    assert!(engine.store().label(sims[1].0).is_some());
}

/// What the columns of the file are, as the page says it.
fn said(updates: &[Update]) -> LabelColumns {
    let info = infos(updates).pop().unwrap();
    LabelColumns {
        named: info.named,
        columns: info
            .columns
            .iter()
            .map(|column| column.role.code())
            .collect(),
    }
}

#[test]
fn columns_that_are_said_to_be_others_are_matched_at_once() {
    let mut engine = demo();
    let sims = sims(&engine);
    let text = csv(&sims).replace("ICCID;Name", "Card no.;Whatever");
    let text = text.replace(&sims[0].1, "not here");
    open(&mut engine, FILE, "names.csv", &text);
    let mut columns = said(&drain(&mut engine));
    assert_eq!(
        columns.columns,
        ["tag:Card no.", "tag:Whatever", "group", "tag:Site"]
    );
    assert_eq!(
        name(&mut engine, sims[1].0),
        engine.store().sim(sims[1].0).unwrap().name.unwrap()
    );
    columns.columns[0] = "iccid".to_owned();
    columns.columns[1] = "name".to_owned();
    engine.command(Command::Label {
        document: FILE,
        columns: columns.clone(),
    });
    let info = infos(&drain(&mut engine)).pop().unwrap();
    assert_eq!(info.problem, None);
    assert_eq!(info.report.unwrap().matched, 2);
    assert_eq!(name(&mut engine, sims[1].0), "Winch 1");
    // With its first line as a row there is nothing that names a column.
    columns.named = false;
    engine.command(Command::Label {
        document: FILE,
        columns,
    });
    let info = infos(&drain(&mut engine)).pop().unwrap();
    assert_eq!(
        (info.rows, info.columns[3].header.as_str()),
        (4, "Column 4")
    );
}

#[test]
fn a_file_that_names_no_sim_is_kept_until_somebody_says_which_column_does() {
    let mut engine = demo();
    open(&mut engine, FILE, "places.csv", "What,Where\nWinch,Oslo\n");
    let updates = drain(&mut engine);
    assert_eq!(loaded(&updates, FILE).problem, None);
    let info = infos(&updates).pop().unwrap();
    assert!(
        info.problem
            .unwrap()
            .starts_with("No column tells which SIM")
    );
    assert_eq!(info.report, None);
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    let mut engine = demo();
    open(&mut engine, FILE, "names.csv", "\u{feff}ICCID,Name\n");
    let file = loaded(&drain(&mut engine), FILE);
    assert_eq!(file.code.as_deref(), Some("bad_labels"));
    assert!(file.problem.unwrap().starts_with("The file has no rows."));
}

#[test]
fn a_case_keeps_labels_with_what_their_columns_are_and_masked_leaves_them_out() {
    let mut engine = demo();
    let sims = sims(&engine);
    let text = csv(&sims);
    open(&mut engine, FILE, "names.csv", &text);
    let mut columns = said(&drain(&mut engine));
    columns.columns[3] = "name".to_owned();
    columns.columns[1] = "tag:Called".to_owned();
    engine.command(Command::Label {
        document: FILE,
        columns: columns.clone(),
    });
    drain(&mut engine);
    let options = OpenOptions {
        name: "names.csv".to_owned(),
        ..OpenOptions::default()
    };
    engine.begin_case(false);
    let saved = engine.case_document(FILE, options.clone()).unwrap();
    assert_eq!(engine.case_piece(text.as_bytes()), text.as_bytes());
    assert_eq!(engine.case_rest(), (Vec::new(), true));
    assert_eq!(engine.end_case().labels_left_out, 0);
    let saved: OpenOptions = serde_json::from_str(&saved).unwrap();
    assert_eq!(saved.labels, Some(columns));

    let mut opened = demo();
    opened.begin(FILE, saved);
    opened.push(FILE, text.as_bytes());
    opened.finish(FILE);
    let updates = drain(&mut opened);
    assert!(!loaded(&updates, FILE).labels_guessed);
    assert_eq!(name(&mut opened, sims[0].0), "Oslo");

    engine.begin_case(true);
    assert_eq!(engine.case_document(FILE, options.clone()), None);
    assert_eq!(engine.end_case().labels_left_out, 1);

    engine.command(Command::Unlabel { document: FILE });
    engine.begin_case(false);
    assert_eq!(engine.case_document(FILE, options), None);
    assert_eq!(engine.end_case().labels_left_out, 0);
}

#[test]
fn all_of_it_goes_when_everything_is_forgotten() {
    let mut engine = demo();
    let sims = sims(&engine);
    open(&mut engine, FILE, "names.csv", &csv(&sims));
    drain(&mut engine);
    engine.command(Command::Clear);
    open_demo(&mut engine);
    drain(&mut engine);
    assert!(engine.store().label(sims[0].0).is_none());
}

#[test]
fn texts_that_would_do_harm_elsewhere_are_texts() {
    let mut engine = demo();
    let sims = sims(&engine);
    let evil = [
        "<img src=x onerror=alert(1)>",
        "=cmd|'/c calc'!A1",
        "a \"b\"\nc",
        "\u{202e}drow",
    ];
    let mut text = "ICCID,Name,Group\n".to_owned();
    writeln!(text, "{},{},x", sims[0].1, evil[0]).unwrap();
    writeln!(text, "{},{},x", sims[1].1, evil[1]).unwrap();
    writeln!(
        text,
        "{},\"{}\",{}",
        sims[2].1,
        evil[2].replace('"', "\"\""),
        evil[3]
    )
    .unwrap();
    open(&mut engine, FILE, "names.csv", &text);
    drain(&mut engine);
    for (at, (lane, _)) in sims.iter().enumerate() {
        assert_eq!(name(&mut engine, *lane), evil[at]);
    }
    let group = engine.store().label(sims[2].0).unwrap().group.clone();
    assert_eq!(group.as_deref(), Some(evil[3]));
}

/// How long a hundred thousand rows hold up an engine with ten thousand SIMs, on demand:
/// `cargo test --release --lib engine::tests::labels -- --ignored --nocapture`.
#[test]
#[ignore = "measures"]
#[expect(clippy::disallowed_methods, reason = "a native test may ask the clock")]
fn a_hundred_thousand_rows_for_ten_thousand_sims() {
    let iccid = |number: u32| format!("89999000000{number:07}5");
    let mut engine = Engine::new();
    let sims: Vec<serde_json::Value> = (0..10_000)
        .map(|number| {
            serde_json::json!({
                "sid": format!("DE{number:032x}"),
                "unique_name": format!("sim-{number}"),
                "account_sid": "AC00000000000000000000000000000000",
                "iccid": iccid(number),
                "status": "active",
                "fleet_sid": null,
                "links": {},
                "url": "",
            })
        })
        .collect();
    let page = serde_json::json!({ "sims": sims, "meta": { "key": "sims" } }).to_string();
    let options = OpenOptions {
        name: "sims.json".to_owned(),
        provider: Some(ProviderId::Twilio),
        ..OpenOptions::default()
    };
    engine.begin(0, options);
    engine.push(0, page.as_bytes());
    engine.finish(0);
    drain(&mut engine);
    assert_eq!(engine.store().lanes().count(), 10_000);

    let mut text = "ICCID;Name;Group;Site\n".to_owned();
    for number in 0..100_000 {
        let (group, site) = (number % 20, number % 100);
        writeln!(text, "{};Winch {number};{group};Site {site}", iccid(number)).unwrap();
    }
    let begin = std::time::Instant::now();
    open(&mut engine, FILE, "names.csv", &text);
    let read = begin.elapsed();
    let updates = drain(&mut engine);
    let shown = begin.elapsed();
    let report = infos(&updates).pop().unwrap().report.unwrap();
    assert_eq!((report.lanes, report.unmatched), (10_000, 90_000));
    let mut columns = said(&updates);
    columns.columns[3] = "ignored".to_owned();
    let begin = std::time::Instant::now();
    engine.command(Command::Label {
        document: FILE,
        columns,
    });
    drain(&mut engine);
    let again = begin.elapsed();
    println!(
        "{} MB read in {read:?}, shown by {shown:?}; with other columns shown by {again:?}",
        text.len() / 1_000_000
    );
}
