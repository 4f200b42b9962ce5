//! The demo fleet: every figure against a plain computation over the model's rows, and against the engine's own sums.

use std::collections::{BTreeMap, BTreeSet};

use super::{ms, report};
use crate::engine::{Engine, OpenOptions};
use crate::model::{EndKind, Session, StartKind, TrafficUnit};
use crate::report::{Durations, Line, Lines, Report, Table};
use crate::store::Store;

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/www/demo/");

fn demo() -> Engine {
    let mut engine = Engine::new();
    let index = std::fs::read_to_string(format!("{DEMO}index.json")).unwrap();
    let index: serde_json::Value = serde_json::from_str(&index).unwrap();
    for (document, answer) in (0u32..).zip(index["answers"].as_array().unwrap()) {
        let text = |key: &str| answer[key].as_str().map(str::to_owned);
        let options = OpenOptions {
            name: text("file").unwrap(),
            source: text("source"),
            sim: text("sim"),
            account: text("sim").is_none(),
            observed: text("observed"),
            ..OpenOptions::default()
        };
        engine.begin(document, options);
        let bytes = std::fs::read(format!("{DEMO}{}", answer["file"].as_str().unwrap())).unwrap();
        engine.push(document, &bytes);
        engine.finish(document);
    }
    while engine.step(1000.0, &|| 0.0) {}
    engine
}

/// What a row comes to, in the plainest way.
#[derive(Debug, Default, Clone, PartialEq)]
struct Plain {
    sessions: u32,
    sims: BTreeSet<String>,
    bytes: Option<u64>,
    packets: Option<u64>,
    mb: Option<f64>,
    lengths: Vec<i64>,
}

impl Plain {
    fn add(&mut self, session: &Session<'_>, lane: u32) {
        self.sessions += 1;
        self.sims.insert(lane.to_string());
        let traffic = &session.traffic;
        let unit = traffic.reported.map(|reported| reported.unit);
        let both = |up: Option<u64>, down: Option<u64>| match (up, down) {
            (None, None) => None,
            (up, down) => Some(up.unwrap_or(0) + down.unwrap_or(0)),
        };
        let add = |sum: &mut Option<u64>, n: Option<u64>| {
            if let Some(n) = n {
                *sum = Some(sum.unwrap_or(0) + n);
            }
        };
        let bytes = traffic
            .bytes_total
            .or(both(traffic.bytes_up, traffic.bytes_down));
        if unit == Some(TrafficUnit::Bytes) {
            add(&mut self.bytes, bytes);
        }
        add(
            &mut self.packets,
            both(traffic.packets_up, traffic.packets_down),
        );
        if let Some(reported) = traffic
            .reported
            .filter(|r| r.unit == TrafficUnit::Megabytes)
        {
            let either = reported.up.or(reported.down);
            let directions =
                either.map(|_| reported.up.unwrap_or(0.0) + reported.down.unwrap_or(0.0));
            if let Some(mb) = reported.total.or(directions) {
                self.mb = Some(self.mb.unwrap_or(0.0) + mb);
            }
        }
        let exact = matches!(
            session.start_kind,
            StartKind::Exact | StartKind::BeforeWindow
        );
        if let (Some(start), Some(end), true, EndKind::Exact) =
            (session.start, session.end, exact, session.end_kind)
        {
            self.lengths.push(end.ms() - start.ms());
        }
    }

    fn durations(&self) -> Durations {
        let mut lengths = self.lengths.clone();
        lengths.sort_unstable();
        let n = lengths.len();
        let mean = lengths.iter().sum::<i64>() as f64 / n as f64;
        Durations {
            known: n as u32,
            mean_ms: (n > 0).then(|| mean.round() as i64),
            median_ms: (n > 0).then(|| lengths[(n - 1) / 2].midpoint(lengths[n / 2])),
        }
    }

    fn assert(&self, line: &Line) {
        assert_eq!(
            (line.sessions, line.sims as usize),
            (self.sessions, self.sims.len()),
            "{line:?}"
        );
        assert_eq!(
            (line.data.bytes.total, line.data.packets.total),
            (self.bytes, self.packets)
        );
        assert_eq!(line.data.megabytes.total.is_some(), self.mb.is_some());
        let difference = line.data.megabytes.total.unwrap_or(0.0) - self.mb.unwrap_or(0.0);
        assert!(
            difference.abs() < 1e-6 * f64::from(self.sessions),
            "{difference}"
        );
        assert_eq!(line.durations, self.durations(), "{line:?}");
    }
}

fn span() -> [i64; 2] {
    [ms("2026-10-12T06:30:00Z"), ms("2026-10-19T17:45:00Z")]
}

/// The sessions that overlap the span, by `key`.
fn plain(store: &Store, key: &dyn Fn(&Session<'_>, u32) -> String) -> BTreeMap<String, Plain> {
    let mut groups: BTreeMap<String, Plain> = BTreeMap::new();
    let [from, to] = span();
    for row in store.session_rows() {
        let (begin, light) = (store.begin(row), store.light_until(row));
        if begin == i64::MIN || begin > to || light < from {
            continue;
        }
        let (session, lane) = (store.session(row), store.lane_of_session(row));
        groups
            .entry(key(&session, row))
            .or_default()
            .add(&session, lane);
    }
    groups
}

fn assert_all(lines: &Lines, groups: &BTreeMap<String, Plain>) {
    let met: Vec<&Line> = lines.rows.iter().filter(|line| line.sessions > 0).collect();
    assert_eq!(met.len(), groups.len());
    for line in met {
        groups[&line.value.clone().unwrap_or_default()].assert(line);
    }
}

fn made(engine: &Engine) -> Report {
    let store = engine.store();
    let sessions: Vec<u32> = store.session_rows().collect();
    let asked = crate::report::Asked {
        store,
        sessions: &sessions,
        events: &store.event_rows().map(|(row, _)| row).collect::<Vec<_>>(),
        lists: &|_| true,
        span: span(),
        as_of: ms("2026-10-30T14:00:00Z"),
        calendar: crate::report::Calendar::utc(),
        most: 1000,
    };
    Report::new(&asked, &crate::report::Ground::new(store))
}

#[test]
fn the_demos_figures_are_those_of_a_plain_computation() {
    let engine = demo();
    let store = engine.store();
    let summary = made(&engine).summary;
    plain(store, &|_, _| String::new())[""].assert(&summary.all);
    assert!(summary.all.sessions > 100);
    assert_all(
        &summary.by_vendor,
        &plain(store, &|s, _| s.provider.as_str().to_owned()),
    );
    let day = |row: u32| {
        crate::model::Instant::from_ms(store.begin(row))
            .unwrap()
            .to_string()
    };
    assert_all(
        &summary.by_day,
        &plain(store, &|_, row| day(row)[..10].to_owned()),
    );
    assert_all(
        &summary.by_hour,
        &plain(store, &|_, row| day(row)[11..13].to_owned()),
    );
    let of_sim = plain(store, &|_, row| store.lane_of_session(row).to_string());
    let met = summary.by_sim.rows.iter().filter(|line| line.sessions > 0);
    for line in met {
        of_sim[&line.lane.unwrap().to_string()].assert(line);
    }
    // A session that changed is split among operators; on those that it did not touch nothing changes.
    let alone = |s: &Session<'_>| s.segments.len() < 2;
    let operators = plain(store, &|s, _| {
        let alone = if alone(s) { "" } else { "split " };
        format!("{alone}{}", s.radio.map_or("", |radio| radio.as_str()))
    });
    for line in summary.by_radio.rows.iter().filter(|line| line.split == 0) {
        let whole = &operators[line.value.as_deref().unwrap_or_default()];
        assert!(line.sessions >= whole.sessions);
    }
}

#[test]
fn the_parts_of_the_demos_time_add_up() {
    let engine = demo();
    let summary = made(&engine).summary;
    let all = summary.all.online.unwrap();
    assert!(all.at_least_ms > 0 && all.at_least_ms < all.at_most_ms);
    for lines in [
        &summary.by_vendor,
        &summary.by_sim,
        &summary.by_day,
        &summary.by_hour,
    ] {
        let sum = |of: &dyn Fn(&Line) -> i64| lines.rows.iter().map(of).sum::<i64>();
        assert_eq!(
            sum(&|line| line.online.unwrap().at_least_ms),
            all.at_least_ms
        );
        assert_eq!(sum(&|line| line.online.unwrap().at_most_ms), all.at_most_ms);
        assert_eq!(
            sum(&|line| line.online.unwrap().known_ms.unwrap()),
            all.known_ms.unwrap()
        );
    }
    let gaps = summary
        .by_sim
        .rows
        .iter()
        .filter_map(|line| line.longest_gap.as_ref());
    let longest = gaps.map(|gap| gap.to - gap.from).max().unwrap();
    let of_all = summary.all.longest_gap.unwrap();
    assert_eq!(of_all.to - of_all.from, longest);
}

#[test]
fn the_engines_sums_say_the_same() {
    use crate::engine::protocol::{Command, Selection, Update};
    let mut engine = demo();
    let selection = Selection {
        span: Some(span()),
        ..Selection::default()
    };
    engine.command(Command::Select(selection));
    while engine.step(1000.0, &|| 0.0) {}
    let mut sums = None;
    while let Some(next) = engine.take() {
        if let Update::Inspection(found) = next.update {
            sums = found.sums.or(sums);
        }
    }
    let (sums, summary) = (sums.unwrap(), made(&engine).summary);
    let online = summary.all.online.unwrap();
    assert_eq!(
        (
            sums.sessions,
            sums.sims,
            sums.online_ms,
            sums.online_most_ms,
            sums.known_ms
        ),
        (
            summary.all.sessions,
            summary.all.sims,
            online.at_least_ms,
            online.at_most_ms,
            online.known_ms.unwrap()
        )
    );
    assert_eq!(
        (
            sums.gaps.count,
            sums.gaps.median_ms,
            sums.gaps.unsure,
            sums.sims_known,
            sums.reach_out
        ),
        (
            summary.gaps,
            summary.median_gap_ms,
            summary.gaps_unsure,
            summary.sims_known,
            summary.reach_out
        )
    );
    for (shares, lines) in
        sums.shares
            .iter()
            .zip([&summary.by_operator, &summary.by_country, &summary.by_radio])
    {
        assert_eq!(shares.total, lines.total);
        for (share, line) in shares.rows.iter().zip(&lines.rows) {
            assert_eq!(
                (&share.label, share.sessions, share.sims, share.split),
                (&line.value, line.sessions, line.sims, line.split)
            );
            assert_eq!(share.packets, line.data.packets);
        }
    }
}

#[test]
fn every_row_of_a_table_has_all_columns_and_json_comes_back() {
    let engine = demo();
    let made = made(&engine);
    for table in [
        Table::Activity,
        Table::Summary,
        Table::Vendors,
        Table::Previous,
        Table::Sources,
    ] {
        let csv = made.to_csv(table);
        let mut columns = csv
            .split_terminator("\r\n")
            .map(|line| line.split(',').count());
        let head = columns.next().unwrap();
        // No name of the demo has a comma.
        assert!(columns.all(|count| count == head), "{table:?}");
    }
    let json = made.to_json();
    assert!(
        json.starts_with(r#"{"from":"2026-10-12T06:30:00.000Z","to":"2026-10-19T17:45:00.000Z","#)
    );
    assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), made);
    assert_eq!(made.sources.len(), 6);
}

#[test]
fn what_the_filter_leaves_out_is_not_counted_but_still_known() {
    let engine = demo();
    let store = engine.store();
    let none = report(store, span(), &|_| false).summary;
    assert_eq!(
        (none.all.sessions, none.all.online.unwrap().at_most_ms),
        (0, 0)
    );
    assert!(none.all.online.unwrap().known_ms.unwrap() > 0);
    assert_eq!(none.all.data.bytes.total, None);
}
