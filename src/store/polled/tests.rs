//! Rows of readings, as the vendor's answers, and the sessions that follow from them.

mod history;

use serde_json::{Value, json};

use super::super::{Source, Store};
use crate::import::{Importer, Options};
use crate::model::{EndKind, Instant, Session, StartKind};

const SIM: &str = "ThingId_ICCID_8999900000000000017";
/// Instants in the tests are seconds after this one.
const T0: i64 = 1_770_000_000_000;

fn at(s: i64) -> Instant {
    Instant::from_ms(T0 + s * 1000).unwrap()
}

fn s(at: Option<Instant>) -> Option<i64> {
    at.map(|at| (at.ms() - T0) / 1000)
}

/// One look at the SIM. Times are seconds; 0 is none.
#[derive(Debug, Clone, Default, PartialEq)]
struct Look {
    at: i64,
    asked_before: Option<i64>,
    connected: bool,
    /// The listed sessions: id, start.
    listed: Vec<(&'static str, i64)>,
    connection: i64,
    disconnection: i64,
    address: &'static str,
}

impl Look {
    fn json(&self) -> Value {
        let time = |s: i64| {
            if s == 0 {
                json!(null)
            } else {
                json!(T0 + s * 1000)
            }
        };
        let listed: Vec<Value> = self
            .listed
            .iter()
            .map(|(id, start)| {
                json!({"ActiveSessionId": id, "LastConnectedTime": time(*start),
                    "IPAddress": self.address, "ApnName": "data.example"})
            })
            .collect();
        json!({"Success": true, "Data": [{
            "ThingId": SIM, "ActiveIMSI": "001010000000017",
            "ConnectionStatus": if self.connected { "CONNECTED" } else { "DISCONNECTED" },
            "ActiveSessions": listed,
            "LastConnectionTime": time(self.connection),
            "LastDisconnectionTime": time(self.disconnection),
        }]})
    }
}

fn up(s: i64) -> Look {
    Look {
        at: s,
        connected: true,
        ..Look::default()
    }
}

fn down(s: i64) -> Look {
    Look {
        at: s,
        ..Look::default()
    }
}

/// Reads a look into a store; returns the document's number.
fn read(store: &mut Store, look: &Look) -> u32 {
    let source = store.add_source(Source::new("Monogoto", None));
    let options = Options {
        observed: Some(at(look.at)),
        asked_before: look.asked_before.map(at),
        ..Options::default()
    };
    let mut importer = Importer::new(store, source, options);
    let document = importer.document();
    importer.push(store, look.json().to_string().as_bytes());
    let outcome = importer.finish(store);
    assert_eq!((outcome.problem, outcome.bad_records), (None, 0));
    store.settle();
    document
}

fn sessions(store: &Store) -> Vec<Session<'_>> {
    let Some((_, lane)) = store.lanes().next() else {
        return Vec::new();
    };
    assert_eq!(lane.sessions.len(), store.session_count() as usize);
    lane.sessions
        .iter()
        .map(|row| store.session(*row))
        .collect()
}

/// Each session in a few words.
fn told(store: &Store) -> Vec<String> {
    let secs = |at| s(at).map_or_else(|| "?".to_owned(), |s| s.to_string());
    sessions(store)
        .iter()
        .map(|row| {
            let start = match row.start_kind {
                StartKind::Exact => secs(row.start),
                StartKind::Estimated => format!("<={}", secs(row.start)),
                _ => "?".to_owned(),
            };
            let end = match row.end_kind {
                EndKind::Exact => secs(row.end),
                EndKind::Open => format!("open, seen {}", secs(row.last_seen)),
                EndKind::Estimated => {
                    assert_eq!(row.end, None);
                    format!("in ({}, {}]", secs(row.end_earliest), secs(row.end_latest))
                }
                EndKind::Unknown => "unknown".to_owned(),
            };
            let id = row
                .id
                .as_deref()
                .map_or(String::new(), |id| format!("{id}: "));
            format!("{id}{start} to {end}")
        })
        .collect()
}

fn after(looks: &[Look]) -> Vec<String> {
    let mut store = Store::new();
    for look in looks {
        read(&mut store, look);
    }
    told(&store)
}

fn listed(mut look: Look, id: &'static str, start: i64) -> Look {
    look.listed = vec![(id, start)];
    look
}

fn times(mut look: Look, connection: i64, disconnection: i64) -> Look {
    (look.connection, look.disconnection) = (connection, disconnection);
    look
}

fn asked(mut look: Look, before: i64) -> Look {
    look.asked_before = Some(before);
    look
}

#[test]
fn without_ids_and_times_polls_alone_tell_two_sessions() {
    let looks = [up(10), up(20), up(30), down(40), down(50), up(60), up(70)];
    assert_eq!(after(&looks), ["? to in (30, 40]", "<=60 to open, seen 70"]);
    // The same where only what changed is sent.
    let changes = [up(10), asked(down(40), 30), asked(up(60), 50)];
    assert_eq!(
        after(&changes),
        ["? to in (30, 40]", "<=60 to open, seen 60"]
    );
}

#[test]
fn a_session_of_unknown_start_is_drawn_from_the_first_reading_on() {
    let mut store = Store::new();
    for look in [up(10), up(20), up(30)] {
        read(&mut store, &look);
    }
    assert_eq!(sessions(&store)[0].start, None);
    assert_eq!(store.begin(0), at(10).ms());
    assert_eq!(store.solid_until(0), at(30).ms());
}

#[test]
fn a_gap_is_unknown() {
    // Nobody asked between 20 and 90.
    assert_eq!(after(&[up(10), up(20), down(90)]), ["? to in (20, 90]"]);
    let closed = [up(10), down(90), up(200)];
    assert_eq!(after(&closed)[1], "<=200 to open, seen 200");
}

#[test]
fn reported_times_are_taken_before_intervals() {
    let looks = [
        down(10),
        listed(up(20), "s-1", 15),
        times(down(30), 15, 25),
        times(up(40), 35, 25),
        times(down(50), 35, 25),
    ];
    assert_eq!(after(&looks), ["s-1: 15 to 25", "35 to in (40, 50]"]);
}

#[test]
fn a_start_that_is_told_later_refines_the_estimate() {
    let looks = [
        down(10),
        up(20),
        times(up(30), 12, 5),
        times(down(40), 12, 33),
    ];
    assert_eq!(after(&looks), ["12 to 33"]);
    // An end that is told later likewise.
    let looks = [up(20), down(30), times(down(40), 0, 25)];
    assert_eq!(after(&looks), ["? to 25"]);
}

#[test]
fn another_id_or_a_later_start_ends_the_former_session() {
    let ids = [listed(up(10), "a", 5), asked(listed(up(40), "b", 0), 30)];
    assert_eq!(
        after(&ids),
        ["a: 5 to in (30, 40]", "b: <=40 to open, seen 40"]
    );
    let starts = [times(up(10), 5, 0), asked(times(up(40), 35, 0), 30)];
    assert_eq!(after(&starts), ["5 to in (30, 35]", "35 to open, seen 40"]);
    let same_id = [listed(up(10), "a", 5), listed(up(40), "a", 35)];
    assert_eq!(
        after(&same_id),
        ["a: 5 to in (10, 35]", "a: 35 to open, seen 40"]
    );
}

#[test]
fn a_disconnection_since_the_start_is_another_session() {
    let looks = [down(5), up(10), times(up(40), 0, 20)];
    assert_eq!(after(&looks), ["<=10 to 20", "<=40 to open, seen 40"]);
}

#[test]
fn a_session_between_two_polls_is_known_from_its_times() {
    let looks = [down(10), times(down(40), 20, 30), times(down(50), 20, 30)];
    assert_eq!(after(&looks), ["20 to 30"]);
    let end_only = [down(10), times(down(40), 0, 30), times(down(50), 0, 30)];
    assert_eq!(after(&end_only), ["? to 30"]);
    // While the former one was up.
    let both = [times(up(10), 5, 0), times(down(40), 20, 30)];
    assert_eq!(after(&both), ["5 to in (10, 20]", "20 to 30"]);
}

#[test]
fn the_same_id_after_a_reading_without_it_is_the_same_session() {
    let looks = [
        listed(up(10), "a", 5),
        down(20),
        listed(up(30), "a", 5),
        down(40),
    ];
    assert_eq!(after(&looks), ["a: 5 to in (30, 40]"]);
}

#[test]
fn several_sessions_at_once_are_told_apart() {
    let mut two = up(10);
    two.listed = vec![("a", 5), ("b", 8)];
    let one = listed(up(20), "b", 8);
    assert_eq!(
        after(&[two, one]),
        ["a: 5 to in (10, 20]", "b: 8 to open, seen 20"]
    );
}

#[test]
fn a_single_reading_is_worth_a_bar() {
    assert_eq!(after(&[times(down(50), 20, 30)]), ["20 to 30"]);
    assert_eq!(after(&[times(down(50), 20, 10)]), ["20 to in (20, 50]"]);
    assert_eq!(after(&[times(up(50), 20, 10)]), ["20 to open, seen 50"]);
    assert_eq!(after(&[times(down(50), 0, 30)]), ["? to 30"]);
    assert_eq!(
        after(&[times(up(50), 20, 30)]),
        ["20 to 30", "? to open, seen 50"]
    );
    assert!(after(&[down(50)]).is_empty());
}

#[test]
fn what_is_told_along_is_the_latest() {
    let mut store = Store::new();
    for (s, address) in [(10, "10.0.0.1"), (30, "10.0.0.3"), (20, "10.0.0.2")] {
        let mut look = listed(up(s), "a", 5);
        look.address = address;
        read(&mut store, &look);
    }
    let rows = sessions(&store);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].ips, ["10.0.0.3"]);
    assert_eq!(rows[0].apn.as_deref(), Some("data.example"));
    assert_eq!(rows[0].imsi.as_deref(), Some("001010000000017"));
}

#[test]
fn the_reading_taken_last_says_whether_a_sim_is_online() {
    let mut store = Store::new();
    for look in [down(30), up(10)] {
        read(&mut store, &look);
    }
    let (lane, _) = store.lanes().next().unwrap();
    assert_eq!(store.sim(lane).unwrap().online, Some(false));
    assert_eq!(told(&store), ["? to in (10, 30]"]);
}

#[test]
fn many_readings_take_little_room() {
    let mut store = Store::new();
    for n in 0..2000 {
        read(&mut store, &listed(up(10 + n), "a", 5));
    }
    let track = store.polled.tracks.iter().flatten().next().unwrap();
    assert_eq!(track.runs.len(), 1);
    assert!(track.runs[0].readings.len() <= super::KEPT_READINGS);
    assert!(store.sessions.records(0).len() <= 8);
    assert_eq!(told(&store), ["a: 5 to open, seen 2009"]);
}

#[test]
fn a_confirmed_reading_still_held() {
    let mut store = Store::new();
    let document = read(&mut store, &up(10));
    for s in [20, 30, 40] {
        store.confirm(&[document], at(s));
        store.settle();
        assert_eq!(store.light_until(0), at(s).ms());
        assert_eq!(store.latest_observed(), Some(at(s)));
    }
    // Never back.
    store.confirm(&[document], at(15));
    assert_eq!(store.latest_observed(), Some(at(40)));
    // The round that found the change confirmed the document's other SIMs: that is not about this.
    read(&mut store, &down(40));
    assert_eq!(told(&store), ["? to in (30, 40]"]);
    store.confirm(&[document], at(90));
    read(&mut store, &up(100));
    assert_eq!(
        told(&store),
        ["? to in (30, 40]", "<=100 to open, seen 100"]
    );
}

#[test]
fn files_are_not_confirmed() {
    let mut store = Store::new();
    let source = store.add_source(Source::new("file", None));
    let importer = Importer::new(&mut store, source, Options::default());
    store.confirm(&[importer.document(), 99], at(10));
    assert_eq!(store.latest_observed(), None);
}

#[test]
fn a_file_and_a_poll_of_one_session_are_one_row() {
    let from_file = |store: &mut Store| {
        let source = store.add_source(Source::new("file", None));
        let mut importer = Importer::new(store, source, Options::default());
        let look = times(down(0), 5, 25);
        importer.push(store, look.json().to_string().as_bytes());
        importer.finish(store);
        store.settle();
    };
    let mut file_first = Store::new();
    from_file(&mut file_first);
    read(&mut file_first, &times(up(10), 5, 0));
    read(&mut file_first, &times(down(30), 5, 0));
    assert_eq!(told(&file_first), ["5 to 25"]);
    let mut poll_first = Store::new();
    read(&mut poll_first, &times(up(10), 5, 0));
    read(&mut poll_first, &times(down(30), 5, 0));
    from_file(&mut poll_first);
    assert_eq!(told(&poll_first), ["5 to 25"]);
}

#[test]
fn a_long_history_keeps_every_session() {
    let mut store = Store::new();
    for n in 0..400 {
        let look = if n % 2 == 0 { up(n * 10) } else { down(n * 10) };
        read(&mut store, &look);
    }
    assert_eq!(store.session_count(), 200);
    assert_eq!(told(&store)[199], "<=3980 to in (3980, 3990]");
}

#[test]
fn a_session_that_stays_up_beside_many_others_is_never_left_behind() {
    let mut store = Store::new();
    for n in 0..400 {
        let mut look = listed(up(n * 10 + 10), "long", 5);
        if n % 2 == 1 {
            look.listed.push(("", n * 10 + 8));
        }
        read(&mut store, &look);
    }
    let told = told(&store);
    assert_eq!(told.len(), 201);
    assert_eq!(told.iter().filter(|t| t.starts_with("long: 5")).count(), 1);
}
