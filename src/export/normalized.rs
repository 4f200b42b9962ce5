//! The model's JSON: one object with lists, or one line per row.

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use crate::model::{ProviderId, Sim, Warning};
use crate::store::Store;

/// Everything in a store, to be serialised as `{provider, sims, sessions, events, usage, warnings}`.
#[derive(Debug)]
pub struct Normalized<'a>(pub &'a Store);

#[derive(Serialize)]
struct Lists<'a> {
    /// The vendor, where there is only one.
    provider: Option<ProviderId>,
    sims: Sims<'a>,
    sessions: Sessions<'a>,
    events: Events<'a>,
    usage: UsageRows<'a>,
    warnings: Vec<&'a Warning>,
}

impl Serialize for Normalized<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let store = self.0;
        let mut providers = store.sources().iter().filter_map(|source| source.provider);
        let first = providers.next();
        Lists {
            provider: first.filter(|first| providers.all(|other| other == *first)),
            sims: Sims(store),
            sessions: Sessions(store),
            events: Events(store),
            usage: UsageRows(store),
            warnings: warnings(store),
        }
        .serialize(serializer)
    }
}

fn warnings(store: &Store) -> Vec<&Warning> {
    store
        .sources()
        .iter()
        .flat_map(|source| &source.warnings)
        .collect()
}

/// The SIMs that an answer described; a SIM that only sessions or events mention has nothing to tell.
fn described_sims(store: &Store) -> impl Iterator<Item = Sim<'_>> {
    store
        .lanes()
        .filter(|(_, lane)| lane.sim.is_some())
        .filter_map(|(lane, _)| store.sim(lane))
}

macro_rules! list {
    ($name:ident, $store:ident => $rows:expr) => {
        struct $name<'a>(&'a Store);

        impl Serialize for $name<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let $store = self.0;
                let mut list = serializer.serialize_seq(None)?;
                for row in $rows {
                    list.serialize_element(&row)?;
                }
                list.end()
            }
        }
    };
}

list!(Sims, store => described_sims(store));
list!(Sessions, store => store.session_rows().map(|row| store.session(row)));
list!(Events, store => (0..store.event_count()).filter_map(|row| store.event(row)));
list!(UsageRows, store => (0..store.usage_count()).filter_map(|row| store.usage(row)));

/// Everything in a store as one JSON object.
///
/// # Errors
///
/// None in practice: every row of the model can be written as JSON.
pub fn to_json(store: &Store) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Normalized(store))
}

#[derive(Serialize)]
struct Line<'a, T> {
    r#type: &'a str,
    #[serde(flatten)]
    row: T,
}

/// Everything in a store as JSON lines, each with a `type`: `sim`, `session`, `event`, `usage`,
/// `warning`. `write` is called once per line, without its line end.
///
/// # Errors
///
/// What `write` returns.
pub fn to_lines<E: From<serde_json::Error>>(
    store: &Store,
    mut write: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    fn line<T: Serialize>(r#type: &str, row: T) -> Result<String, serde_json::Error> {
        serde_json::to_string(&Line { r#type, row })
    }
    for sim in described_sims(store) {
        write(&line("sim", sim)?)?;
    }
    for row in store.session_rows() {
        write(&line("session", store.session(row))?)?;
    }
    for event in (0..store.event_count()).filter_map(|row| store.event(row)) {
        write(&line("event", event)?)?;
    }
    for usage in (0..store.usage_count()).filter_map(|row| store.usage(row)) {
        write(&line("usage", usage)?)?;
    }
    for warning in warnings(store) {
        write(&line("warning", warning)?)?;
    }
    Ok(())
}
