//! The table of SIMs as a list of a fleet: how each is doing, in words; what its time in the span comes to; groups and filters by
//! what it was last.

use super::{demo, drain};
use crate::engine::protocol::{
    Column, Command, GroupBy, GroupTotals, RowKey, Said, Selection, Settings, SimState, Tab,
    TablePage, TableQuery, Update, Value,
};
use crate::engine::{Engine, OpenOptions};
use crate::model::ProviderId;
use crate::report::{Asked, Calendar, Ground, summary};

/// When all was fetched.
const OBSERVED: &str = "2026-03-10T12:00:00Z";

fn page(engine: &mut Engine, columns: &[Column], sort: (Option<Column>, bool)) -> TablePage {
    engine.command(Command::Table(TableQuery {
        tab: Tab::Sims,
        columns: columns.to_vec(),
        sort: sort.0,
        descending: sort.1,
        first: 0,
        count: 1000,
    }));
    let updates = drain(engine).into_iter().rev();
    let mut pages = updates.filter_map(|update| match update {
        Update::Table(page) => Some(page),
        _ => None,
    });
    pages.next().unwrap()
}

fn open(engine: &mut Engine, document: u32, options: OpenOptions, text: &str) {
    let options = OpenOptions {
        name: format!("{document}.json"),
        source: Some("live".to_owned()),
        observed: Some(OBSERVED.to_owned()),
        ..options
    };
    engine.begin(document, options);
    engine.push(document, text.as_bytes());
    engine.finish(document);
}

fn sid(of: char) -> String {
    format!("DE{}", of.to_string().repeat(32))
}

/// A SIM of a vendor's list by a letter and its status, and what was asked of it: null where nothing was, else its sessions as
/// start, end (empty: open) and last update, days and hours of March.
type Listed<'a> = (char, &'a str, Option<&'a [[&'a str; 3]]>);

/// An engine that read a list, and what was asked of its SIMs.
fn fleet(sims: &[Listed<'_>]) -> Engine {
    let mut engine = Engine::new();
    let listed: Vec<String> = sims
        .iter()
        .map(|(of, status, _)| {
            format!(
                r#"{{"sid":"{}","unique_name":"{of}","iccid":"890000000000000000{}","status":"{status}"}}"#,
                sid(*of),
                u32::from(*of)
            )
        })
        .collect();
    let list = format!(r#"{{"sims":[{}],"meta":{{}}}}"#, listed.join(","));
    let listed = OpenOptions {
        provider: Some(ProviderId::Kore),
        history: Some(false),
        ..OpenOptions::default()
    };
    open(&mut engine, 0, listed, &list);
    let asked = sims.iter().filter_map(|sim| Some((sim.0, sim.2?)));
    for (document, (of, sessions)) in (1..).zip(asked) {
        let at = |text: &str| match text {
            "" => "null".to_owned(),
            text => format!("\"2026-03-{text}:00:00Z\""),
        };
        let rows = sessions.iter().enumerate().map(|(number, [start, end, updated])| {
            format!(
                r#"{{"sid":"WN{of}{number:031}","sim_sid":"{}","radio_link":"LTE","start":{},"end":{},"last_updated":{}}}"#,
                sid(of),
                at(start),
                at(end),
                at(updated)
            )
        });
        let rows: Vec<String> = rows.collect();
        let text = format!(r#"{{"data_sessions":[{}],"meta":{{}}}}"#, rows.join(","));
        let options = OpenOptions {
            provider: Some(ProviderId::Kore),
            sim: Some(sid(of)),
            history: Some(true),
            ..OpenOptions::default()
        };
        open(&mut engine, document, options, &text);
    }
    drain(&mut engine);
    engine
}

fn states() -> Engine {
    let ended: &[[&str; 3]] = &[["01T00", "03T12", "03T12"]];
    fleet(&[
        ('a', "active", Some(&[["10T06", "", "10T11"]])),
        ('b', "active", Some(&[["02T06", "", "05T12"]])),
        ('c', "active", Some(ended)),
        ('d', "ready", Some(&[])),
        ('e', "active", None),
        ('f', "Suspended", Some(ended)),
        ('0', "new", None),
        ('1', "deactivated", Some(&[["09T06", "", "10T11"]])),
    ])
}

/// The names of the rows with two cells.
fn told(page: &TablePage) -> Vec<(&str, &Value, &Value)> {
    let rows = page.rows.iter().map(|row| match row.cells.as_slice() {
        [Value::Name(name), a, b] => (name.as_str(), a, b),
        other => panic!("{other:?}"),
    });
    rows.collect()
}

#[test]
fn every_state_has_its_word() {
    const HOUR: i64 = 3_600_000;
    let mut engine = states();
    let columns = [Column::Name, Column::State, Column::Offline];
    let found = page(&mut engine, &columns, (Some(Column::Name), false));
    let said = Value::Said;
    let offline = Value::Duration(7 * 24 * HOUR);
    assert_eq!(
        told(&found),
        [
            ("0", &said(Said::NotActive), &said(Said::NotActive)),
            // It cannot connect by its status, and yet it does.
            ("1", &said(Said::Online), &said(Said::Online)),
            ("a", &said(Said::Online), &said(Said::Online)),
            ("b", &said(Said::Silent), &said(Said::Silent)),
            ("c", &said(Said::Offline), &offline),
            ("d", &said(Said::NoneIn(30)), &said(Said::NoneIn(30))),
            ("e", &said(Said::NotFetched), &said(Said::NotFetched)),
            ("f", &said(Said::NotActive), &said(Said::NotActive)),
        ]
    );
    let words = |said: Said| crate::export::said_word(said).into_owned();
    assert_eq!(words(Said::NoneIn(30)), "none in 30 days");
    assert_eq!(words(Said::NotFetched), "not fetched");
    assert_eq!(words(Said::NotActive), "not active");
    // The dots beside the names say the same.
    let states: Vec<SimState> = found.rows.iter().filter_map(|row| row.state).collect();
    assert_eq!(states[5], SimState::NoneKept(30));
    assert_eq!(states[7], SimState::NotActive);
    // The worst first, and what is no length behind them.
    let found = page(&mut engine, &columns, (Some(Column::Offline), true));
    assert_eq!((told(&found)[0].0, told(&found)[1].0), ("d", "c"));
    let names = |page: &TablePage| -> String { told(page).iter().map(|row| row.0).collect() };
    let found = page(&mut engine, &columns, (Some(Column::State), false));
    assert_eq!(names(&found), "cdba1f0e");
    let found = page(&mut engine, &columns, (Some(Column::State), true));
    assert_eq!(names(&found), "ef0a1bdc");
}

#[test]
fn no_threshold_takes_what_was_not_fetched_or_is_not_active_for_offline() {
    let mut engine = states();
    for (line, expected) in [
        // Whenever the last session was of which the vendor keeps nothing, it is longer ago than that.
        ("offline>1h", "cd"),
        ("offline>8d", "d"),
        ("offline>31d", ""),
        ("offline", "cd"),
        ("offline>1h status:suspended", ""),
    ] {
        engine.command(Command::Settings(Settings {
            filter: line.to_owned(),
            ..Settings::default()
        }));
        let columns = [Column::Name, Column::State, Column::Offline];
        let found = page(&mut engine, &columns, (None, false));
        let names: String = told(&found).iter().map(|row| row.0).collect();
        assert_eq!(names, expected, "{line}");
    }
}

#[test]
fn online_time_and_coverage_are_those_of_the_reports() {
    let mut engine = demo();
    let day = 86_400_000;
    drain(&mut engine);
    let as_of = engine.store().latest_observed().unwrap().ms();
    let extent = engine.store().extent().unwrap();
    let whole = [extent.from, extent.to.max(as_of)];
    for span in [None, Some([as_of - 7 * day, as_of - 2 * day])] {
        engine.command(Command::Select(Selection {
            span,
            ..Selection::default()
        }));
        let columns = [Column::Online, Column::Coverage, Column::SpanSessions];
        let found = page(&mut engine, &columns, (Some(Column::Online), true));
        let store = engine.store();
        let sessions: Vec<u32> = store.session_rows().collect();
        let asked = Asked {
            store,
            sessions: &sessions,
            events: &[],
            lists: &|_| true,
            span: span.unwrap_or(whole),
            as_of,
            calendar: Calendar::utc(),
            most: usize::MAX,
        };
        let expected = summary(&asked, &Ground::new(store));
        assert!(found.rows.len() > 20);
        for row in &found.rows {
            let RowKey::Sim(lane) = row.key else {
                panic!("{row:?}")
            };
            let mut lines = expected.by_sim.rows.iter();
            let line = lines.find(|line| line.lane == Some(lane));
            let Some(line) = line else {
                assert_eq!(row.cells[..2], [Value::None, Value::None]);
                continue;
            };
            let online = line.online.unwrap();
            let known = online.known_ms.unwrap();
            assert_eq!(
                row.cells[0],
                Value::Range(online.at_least_ms, online.at_most_ms)
            );
            let Value::Share(least, most) = row.cells[1] else {
                panic!("{row:?}")
            };
            let share = |ms: i64| ms as f64 / known as f64 * 100.0;
            assert!((least - share(online.at_least_ms)).abs() < 1e-9);
            assert!((most - share(online.at_most_ms).min(100.0)).abs() < 1e-9);
            if span.is_some() {
                assert_eq!(row.cells[2], Value::Count(line.sessions.into()));
            }
        }
        let online = |row: &crate::engine::protocol::TableRow| match row.cells[0] {
            Value::Range(least, _) => least,
            _ => i64::MIN,
        };
        assert!(found.rows.iter().map(online).is_sorted_by(|a, b| a >= b));
    }
}

/// SIMs by what their current and previous sessions say: online or not, and the MCCs of both.
fn roamers(sims: &[(u32, Option<u16>, Option<u16>)]) -> Engine {
    let cell = |mcc: u16| format!(r#"{{"radioType":"LTE","mcc":{mcc},"mnc":1,"tac":1,"eci":257}}"#);
    let rows = sims.iter().map(|(number, now, before)| {
        let status = now.map_or_else(
            || r#"{"online":false,"lastUpdatedAt":1770000042466}"#.to_owned(),
            |mcc| {
                format!(
                    r#"{{"online":true,"lastUpdatedAt":1770003600000,"sessionId":"now{number}","imei":"86000000000{number:04}","cell":{}}}"#,
                    cell(mcc)
                )
            },
        );
        let previous = before.map_or_else(
            || "null".to_owned(),
            |mcc| {
                format!(
                    r#"{{"sessionId":"was{number}","imei":"35000000000{number:04}","imsi":"00101000000{number:04}","createdTime":1769990000000,"deletedTime":1770000000000,"cell":{}}}"#,
                    cell(mcc)
                )
            },
        );
        format!(
            r#"{{"simId":"899990000000000{number:04}","status":"active","speedClass":"s1.standard","profiles":{{"899990000000000{number:04}":{{"iccid":"899990000000000{number:04}","primaryImsi":"00101000000{number:04}","subscribers":{{}}}}}},"sessionStatus":{status},"previousSession":{previous}}}"#
        )
    });
    let rows: Vec<String> = rows.collect();
    let mut engine = Engine::new();
    let options = OpenOptions {
        provider: Some(ProviderId::Soracom),
        ..OpenOptions::default()
    };
    open(&mut engine, 0, options, &format!("[{}]", rows.join(",")));
    drain(&mut engine);
    engine
}

fn under(engine: &mut Engine, filter: &str, group: GroupBy) -> TablePage {
    engine.command(Command::Settings(Settings {
        filter: filter.to_owned(),
        group,
        ..Settings::default()
    }));
    let columns = [
        Column::Iccid,
        Column::LastImsi,
        Column::Imei,
        Column::DeviceType,
        Column::Country,
    ];
    page(engine, &columns, (Some(Column::Iccid), false))
}

fn group<'a>(
    groups: &'a GroupTotals,
    label: Option<&str>,
) -> &'a crate::engine::protocol::SimGroup {
    let mut all = groups.groups.iter();
    all.find(|group| group.label.as_deref() == label).unwrap()
}

#[test]
fn sims_are_found_by_the_country_that_they_were_in_last() {
    // 310 and 316 are both the United States.
    let mut engine = roamers(&[
        (1, None, Some(310)),
        (2, Some(316), Some(440)),
        (3, Some(440), Some(310)),
        (4, None, Some(440)),
        (5, None, None),
        (6, None, Some(311)),
    ]);
    let all = under(&mut engine, "", GroupBy::Country);
    assert_eq!(all.total, 6);
    let us = group(&all.groups, Some("US"));
    assert_eq!((us.sims, us.online, us.offline), (3, 1, 2));
    assert!(us.is_country);
    assert_eq!(us.term.as_deref(), Some("last-country:US"));
    let unknown = group(&all.groups, None);
    assert_eq!(unknown.term.as_deref(), Some("last-country:none"));
    assert_eq!(all.groups.groups.last(), Some(unknown));
    // What a group counts is what its term lets through, and what the client would hand on.
    let found = under(&mut engine, "last-country:US", GroupBy::Country);
    let text = |row: usize, column: usize| match &found.rows[row].cells[column] {
        Value::Code(text) | Value::Country(text) => text.as_str(),
        other => panic!("{other:?}"),
    };
    let rows: Vec<[&str; 4]> = (0..found.rows.len())
        .map(|row| [0, 1, 2, 3].map(|column| text(row, column)))
        .collect();
    assert_eq!(
        rows,
        [
            [
                "8999900000000000001",
                "001010000000001",
                "350000000000001",
                "35000000"
            ],
            [
                "8999900000000000002",
                "001010000000002",
                "860000000000002",
                "86000000"
            ],
            [
                "8999900000000000006",
                "001010000000006",
                "350000000000006",
                "35000000"
            ],
        ]
    );
    assert!((0..3).all(|row| text(row, 4) == "US"));
    // A session there is another thing than having been there last.
    let visited = under(&mut engine, "country:US", GroupBy::Country);
    assert_eq!(visited.total, 4);
}

#[test]
fn every_group_counts_what_its_term_lets_through() {
    let mut engine = demo();
    for by in [
        GroupBy::Country,
        GroupBy::Provider,
        GroupBy::Operator,
        GroupBy::Radio,
        GroupBy::DeviceType,
    ] {
        let all = under(&mut engine, "", by);
        assert!(all.groups.groups.len() > 1, "{by:?}");
        let sims: u32 = all.groups.groups.iter().map(|group| group.sims).sum();
        assert_eq!(
            (sims, all.groups.total as usize),
            (all.total, all.groups.groups.len())
        );
        for group in &all.groups.groups {
            let term = group.term.as_deref().unwrap();
            let found = under(&mut engine, term, by);
            assert_eq!(found.total, group.sims, "{term}");
            assert_eq!(found.groups.groups, std::slice::from_ref(group), "{term}");
        }
    }
    let none = under(&mut engine, "", GroupBy::None);
    assert_eq!(none.groups, GroupTotals::default());
}

#[test]
fn lanes_are_grouped_by_radio_and_by_the_type_of_the_last_device() {
    let mut engine = roamers(&[
        (1, None, Some(310)),
        (2, Some(316), Some(440)),
        (5, None, None),
    ]);
    for (by, expected) in [
        (GroupBy::Radio, vec![("4G", 2), ("Not known", 1)]),
        (
            GroupBy::DeviceType,
            vec![("35000000", 1), ("86000000", 1), ("Not known", 1)],
        ),
    ] {
        under(&mut engine, "", by);
        let groups = engine.list().groups.iter();
        let groups: Vec<(&str, usize)> = groups
            .map(|group| (group.label.as_str(), group.lanes.len()))
            .collect();
        assert_eq!(groups, expected);
    }
}
