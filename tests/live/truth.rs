//! What a simulator says the account holds, and what is in the engine's store, in the same words.

use std::collections::BTreeMap;

use serde_json::Value;
use simscope::export::to_json;

use crate::run::Run;
use crate::vendors::Vendor;

/// Names and how often each is there.
pub type Names = BTreeMap<String, u32>;

fn names(texts: impl IntoIterator<Item = String>) -> Names {
    let mut all = Names::new();
    for text in texts {
        *all.entry(text).or_default() += 1;
    }
    all
}

/// What an account holds.
#[derive(Debug)]
pub struct Truth {
    pub sims: Names,
    pub sessions: Names,
    pub events: Names,
    pub open: u64,
}

impl Truth {
    /// Reads the simulator's own words.
    pub fn read(truth: &Value) -> Self {
        let ids = |kind: &str| {
            let list = truth["ids"][kind].as_array().unwrap();
            names(list.iter().map(|id| event_words(id.as_str().unwrap())))
        };
        Self {
            sims: ids("sims"),
            sessions: ids("sessions"),
            events: ids("events"),
            open: truth["openSessions"].as_u64().unwrap(),
        }
    }
}

impl Truth {
    /// What it was at either time: vendors forget what is old.
    pub fn and(mut self, later: &Self) -> Self {
        for (own, other) in [
            (&mut self.sims, &later.sims),
            (&mut self.sessions, &later.sessions),
            (&mut self.events, &later.events),
        ] {
            for (name, count) in other {
                let known = own.entry(name.clone()).or_default();
                *known = (*known).max(*count);
            }
        }
        self
    }
}

/// Events without an id are named by their kind and instant: of `… Created 1779` that is the end.
fn event_words(id: &str) -> String {
    let mut words = id.rsplit(' ');
    match (words.next(), words.next()) {
        (
            Some(at),
            Some("Created" | "Modified" | "Deleted" | "start" | "change" | "end" | "sms"),
        ) => at.to_owned(),
        _ => id.to_owned(),
    }
}

/// Of Monogoto's log: the SIM, the kind and the instant of a row.
fn row_of_log(id: &str) -> Option<(&str, &str, i64)> {
    let (row, rest) = id.split_once(' ')?;
    let (kind, at) = rest.split_once(' ')?;
    Some((row.split('/').next()?, kind, at.parse().ok()?))
}

/// What rounds of watching can know of. A change inside a session leaves Monogoto's state as it was: its rows come when the
/// session ends.
fn told_by_state(truth: &mut Value) {
    let ids = truth["ids"]["events"].as_array_mut().unwrap();
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    for id in ids.iter() {
        if let Some((sim, "start" | "end", at)) = row_of_log(id.as_str().unwrap()) {
            let known = last.entry(sim.to_owned()).or_default();
            *known = (*known).max(at);
        }
    }
    ids.retain(|id| match row_of_log(id.as_str().unwrap()) {
        Some((sim, "change", at)) => last.get(sim).is_some_and(|last| at <= *last),
        _ => true,
    });
}

/// What is in the store.
pub struct Found {
    pub sims: Names,
    pub sessions: Names,
    pub events: Names,
    pub open: u64,
}

impl Found {
    /// Reads the store of a run.
    pub fn of(run: &Run<'_>) -> Self {
        let store = run.engine.store();
        let exported = to_json(store).unwrap();
        let all: Value = serde_json::from_str(&exported).unwrap();
        run.bench.said(exported);
        let rows = |kind: &str| all[kind].as_array().unwrap().clone();
        let (sessions, events) = (rows("sessions"), rows("events"));
        let key = |row: &Value| row["sim"].as_str().unwrap().to_owned();
        let mut sims: Vec<String> = sessions.iter().chain(&events).map(key).collect();
        sims.extend(run.driver.sims().iter().map(|sim| sim.key.clone()));
        sims.sort_unstable();
        sims.dedup();
        let open = sessions
            .iter()
            .filter(|row| row["end_kind"] == "open")
            .count() as u64;
        assert_eq!(sessions.len(), store.session_count() as usize);
        Self {
            sims: names(sims),
            open,
            sessions: names(session_names(run.bench.vendor, &sessions)),
            events: names(events.iter().filter(|row| is_of_log(row)).map(event_name)),
        }
    }
}

/// Not the last position of a SIM, which is an event in the store though no log has it.
fn is_of_log(row: &Value) -> bool {
    row["provider"] != "monogoto" || row["kind"] != "location_update"
}

fn event_name(row: &Value) -> String {
    match row["id"].as_str() {
        Some(id) => id.to_owned(),
        None => ms(&row["time"]).to_string(),
    }
}

fn ms(time: &Value) -> i64 {
    let text = time.as_str().unwrap();
    simscope::model::Instant::from_rfc3339(text).unwrap().ms()
}

/// As the simulators name sessions: by id; where that is missing or stands for several of a SIM, with what else tells them apart.
fn session_names(vendor: &Vendor, rows: &[Value]) -> Vec<String> {
    let id = |row: &Value| row["id"].as_str().unwrap_or_default().to_owned();
    let of = |row: &Value| (row["sim"].as_str().map(str::to_owned), id(row));
    let mut twins: BTreeMap<_, u32> = BTreeMap::new();
    for row in rows {
        *twins.entry(of(row)).or_default() += 1;
    }
    let same = |row: &Value| twins[&of(row)];
    let start = |row: &Value| row["start"].as_str().unwrap_or_default().to_owned();
    let name = |row: &Value| match (vendor.name, id(row)) {
        ("twilio" | "kore", id) if id.is_empty() || same(row) > 1 => {
            let start = start(row).replace(".000Z", "Z");
            format!("{id}/{}/{start}", row["sim"].as_str().unwrap())
        }
        ("soracom", id) if id.is_empty() => {
            format!(
                "{} {}",
                row["imsi"].as_str().unwrap_or_default(),
                start(row)
            )
        }
        (_, id) => id,
    };
    rows.iter().map(name).collect()
}

/// What is in `one` and not, or less often, in `other`.
pub fn without(one: &Names, other: &Names) -> Vec<String> {
    let missing = |(name, count): &(&String, &u32)| other.get(*name).unwrap_or(&0) < *count;
    let left = one.iter().filter(missing);
    left.map(|(name, _)| name.clone()).collect()
}

/// The store holds what the account held at the end, and nothing that it did not hold when the run began. Nothing is there
/// twice.
pub fn is_complete(run: &Run<'_>, began: &Truth) {
    compare(run, began, &run.bench.truth(run.now));
    if !run.bench.vendor.names_sessions {
        // One for each SIM, of which only some have an id.
        let told: u32 = began.sessions.values().sum();
        assert_eq!(run.engine.store().session_count(), told);
        let mut named = Found::of(run).sessions;
        named.remove("");
        assert_eq!(without(&named, &began.sessions), Vec::<String>::new());
    }
}

/// The same after a watch, in which things happened.
pub fn kept_up(run: &Run<'_>, began: Truth) {
    let mut truth = run.bench.raw_truth(run.now);
    let ended = Truth::read(&truth);
    told_by_state(&mut truth);
    compare(run, &began.and(&ended), &Truth::read(&truth));
}

/// Sessions are compared where they have names: else each reading of the present tells of others.
fn compare(run: &Run<'_>, began: &Truth, ended: &Truth) {
    let vendor = run.bench.vendor;
    let found = Found::of(run);
    let none: Vec<String> = Vec::new();
    let silent = without(&began.sims, &found.sims);
    assert!(vendor.lists_silent_sims || !found.sims.is_empty() || began.events.is_empty());
    assert!(
        !vendor.lists_silent_sims || silent.is_empty(),
        "missing SIMs: {silent:?}"
    );
    assert_eq!(
        without(&found.sims, &began.sims),
        none,
        "SIMs that nobody has"
    );
    assert_eq!(
        without(&ended.events, &found.events),
        none,
        "missing events"
    );
    if vendor.has_events {
        assert_eq!(
            without(&found.events, &began.events),
            none,
            "events that nobody has"
        );
    }
    if vendor.names_sessions {
        assert_eq!(
            without(&ended.sessions, &found.sessions),
            none,
            "missing sessions"
        );
        assert_eq!(
            without(&found.sessions, &began.sessions),
            none,
            "sessions that nobody has"
        );
        assert_eq!(found.open, ended.open, "open sessions");
    }
}
