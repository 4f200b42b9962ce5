//! What a host page and a shared view ask for: rows by their marks or names, sessions handed over, what a document holds.

use super::{DEMO, demo, drain, open_demo};
use crate::engine::protocol::{Command, Inspection, Loaded, Selection, Update};
use crate::engine::{Engine, Marks, OpenOptions, Restored, Wanted};
use crate::export::Form;

fn inspected(engine: &mut Engine, selection: Selection) -> Inspection {
    engine.command(Command::Select(selection));
    let updates = drain(engine).into_iter();
    let mut found = updates.filter_map(|update| match update {
        Update::Inspection(found) => Some(*found),
        _ => None,
    });
    found.next_back().unwrap()
}

fn restored(engine: &mut Engine) -> Vec<Restored> {
    let updates = drain(engine).into_iter();
    let found = updates.filter_map(|update| match update {
        Update::Restored(found) => Some(found),
        _ => None,
    });
    found.collect()
}

/// A lane with its session in the middle.
fn some_session(engine: &Engine) -> Selection {
    let store = engine.store();
    let mut lanes = store.lanes();
    let (lane, rows) = lanes.find(|(_, rows)| rows.sessions.len() > 5).unwrap();
    Selection {
        lane: Some(lane),
        session: Some(rows.sessions[rows.sessions.len() / 2]),
        ..Selection::default()
    }
}

#[test]
fn marks_find_the_same_rows_in_another_tab_before_and_after_they_are_loaded() {
    let mut engine = demo();
    drain(&mut engine);
    let chosen = some_session(&engine);
    let shown = inspected(&mut engine, chosen);
    let marks = Marks {
        pinned: vec![shown.marks.lane.unwrap(), 1],
        ..shown.marks
    };

    // In a tab that has all of it.
    engine.command(Command::Restore(marks.clone()));
    let found = restored(&mut engine);
    assert_eq!(found.len(), 1);
    let lane = chosen.lane.unwrap();
    assert_eq!(found[0].pinned, [lane], "a mark that nothing has waits");
    assert_eq!(
        (found[0].lane, found[0].session),
        (chosen.lane, chosen.session)
    );

    // In one that gets it only then.
    let mut later = Engine::new();
    later.command(Command::Restore(marks));
    assert_eq!(restored(&mut later), []);
    open_demo(&mut later);
    let found = restored(&mut later);
    let session = found.iter().find_map(|found| found.session).unwrap();
    let (a, b) = (engine.store(), later.store());
    assert_eq!(a.session(chosen.session.unwrap()), b.session(session));
}

#[test]
fn marks_are_all_different_in_the_demo() {
    let engine = demo();
    let store = engine.store();
    let mut marks: Vec<u64> = store
        .session_rows()
        .map(|row| super::super::marks::of_session(store, row))
        .collect();
    let all = marks.len();
    marks.sort_unstable();
    marks.dedup();
    assert_eq!(marks.len(), all);
}

#[test]
fn what_the_visitor_chooses_ends_the_search_for_what_was_shared() {
    let mut engine = demo();
    drain(&mut engine);
    let chosen = some_session(&engine);
    let marks = inspected(&mut engine, chosen).marks;
    let mut later = Engine::new();
    later.command(Command::Restore(marks));
    later.command(Command::Select(Selection {
        span: Some([0, 1]),
        lane: Some(7),
        ..Selection::default()
    }));
    open_demo(&mut later);
    assert_eq!(restored(&mut later), []);
}

fn chosen(engine: &mut Engine, wanted: Wanted) -> Option<Selection> {
    engine.command(Command::Choose { request: 7, wanted });
    let updates = drain(engine).into_iter();
    let mut answers = updates.filter_map(|update| match update {
        Update::Chosen { request, selection } => Some((request, selection)),
        _ => None,
    });
    let (request, selection) = answers.next().unwrap();
    assert_eq!((request, answers.next()), (7, None));
    selection
}

#[test]
fn a_host_page_names_rows_by_what_identifies_them() {
    let mut engine = demo();
    drain(&mut engine);
    let selection = some_session(&engine);
    let session = engine.store().session(selection.session.unwrap());
    let (provider, sim) = (session.provider, session.sim.clone().into_owned());
    let start = session.start.unwrap().to_string();
    let iccid = engine.store().sim(selection.lane.unwrap()).unwrap();
    let iccid = iccid.iccid.clone().map(std::borrow::Cow::into_owned);
    let of = |sim: Option<String>, session: Option<String>| Wanted {
        provider: Some(provider),
        sim,
        session,
        event: None,
    };
    let alone = Selection {
        session: None,
        ..selection
    };
    assert_eq!(
        chosen(&mut engine, of(Some(sim.clone()), None)),
        Some(alone)
    );
    assert_eq!(chosen(&mut engine, of(iccid, None)), Some(alone));
    let named = of(Some(sim.clone()), Some(start));
    assert_eq!(chosen(&mut engine, named), Some(selection));
    assert_eq!(
        chosen(&mut engine, of(Some("nobody".to_owned()), None)),
        None
    );
    let no_such = of(Some(sim), Some("no such session".to_owned()));
    assert_eq!(chosen(&mut engine, no_such), None);
}

#[test]
fn sessions_are_handed_over_whole_or_as_they_are_filtered() {
    let mut engine = demo();
    // No view was asked for before: what came is handed over all the same.
    let all = engine.hand_over(Form::Json, true);
    assert_eq!(all, engine.store().session_count());
    let mut text = String::new();
    for at in (0..all).step_by(100) {
        text += &engine.handed(at, 100);
    }
    engine.handed_over();
    let rows: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(rows.len() as u32, all);
    assert_eq!(engine.handed(0, 100), "", "what was handed over is gone");

    engine.command(Command::Settings(crate::engine::protocol::Settings {
        filter: "vendor:kore".to_owned(),
        ..Default::default()
    }));
    let some = engine.hand_over(Form::Json, false);
    assert!(0 < some && some < all, "{some} of {all}");
    let rows: Vec<serde_json::Value> = serde_json::from_str(&engine.handed(0, some)).unwrap();
    assert!(rows.iter().all(|row| row["provider"] == "kore"));
}

#[test]
fn a_host_page_is_told_what_a_document_holds() {
    let mut engine = Engine::new();
    let name = "kore/gate-4-data-sessions.json";
    let bytes = std::fs::read(format!("{DEMO}{name}")).unwrap();
    engine.begin(
        3,
        OpenOptions {
            name: name.to_owned(),
            by_host: true,
            ..OpenOptions::default()
        },
    );
    engine.push(3, &bytes);
    engine.finish(3);
    let mut loaded = drain(&mut engine)
        .into_iter()
        .filter_map(|update| match update {
            Update::Loaded(loaded) => Some(loaded),
            _ => None,
        });
    let Loaded { held, .. } = loaded.next().unwrap();
    let held = held.unwrap();
    assert_eq!((held.sims, held.sessions), (1, 23));
    assert_eq!(held.sessions, engine.store().session_count());
}
