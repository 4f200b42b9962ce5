//! True histories of a SIM, polled at random, against the sessions that follow.

use proptest::prelude::*;

use super::super::super::Store;
use super::{Look, at, read, s, sessions, told};
use crate::model::{EndKind, StartKind};

const IDS: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

/// A history: sessions as (start, end), apart from each other, in order.
fn history() -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((1i64..60, 1i64..60), 0..IDS.len()).prop_map(|pieces| {
        let mut now = 0;
        pieces
            .into_iter()
            .map(|(pause, length)| {
                let start = now + pause;
                now = start + length;
                (start, now)
            })
            .collect()
    })
}

/// What the vendor tells at a poll, by bits: ids, own starts, connection times, disconnection times.
/// It leaves something out, but never lies.
fn look(history: &[(i64, i64)], now: i64, tells: u8) -> Look {
    let open = history
        .iter()
        .position(|(start, end)| *start <= now && now < *end);
    let told = |bit: u8, value: i64| if tells & bit == 0 { 0 } else { value };
    let last = |times: &mut dyn Iterator<Item = i64>| times.filter(|t| *t <= now).max();
    let mut listed = Vec::new();
    if let Some(open) = open
        && tells & 3 != 0
    {
        let id = if tells & 1 == 0 { "" } else { IDS[open] };
        listed.push((id, told(2, history[open].0)));
    }
    Look {
        at: now,
        asked_before: None,
        connected: open.is_some(),
        listed,
        connection: told(
            4,
            last(&mut history.iter().map(|(start, _)| *start)).unwrap_or(0),
        ),
        disconnection: told(
            8,
            last(&mut history.iter().map(|(_, end)| *end)).unwrap_or(0),
        ),
        address: "",
    }
}

/// Looks at increasing instants. `fixed` tells the same of everything at each, so that a vendor's
/// record changes only when something happened.
fn looks(history: &[(i64, i64)], polls: &[(i64, u8, bool)], fixed: Option<u8>) -> Vec<Look> {
    let mut now = 0;
    let mut before = None;
    let mut looks = Vec::new();
    for (pause, tells, gap) in polls {
        now += pause;
        let mut look = look(history, now, fixed.unwrap_or(*tells));
        look.asked_before = before.filter(|_| !gap);
        before = Some(now);
        looks.push(look);
    }
    looks
}

fn polls() -> impl Strategy<Value = Vec<(i64, u8, bool)>> {
    prop::collection::vec((1i64..50, 0u8..16, prop::bool::weighted(0.2)), 1..24)
}

/// When each session may have begun, as (after, until].
fn start_bounds(store: &Store) -> Vec<(i64, i64)> {
    let (_, lane) = store.lanes().next().expect("a lane");
    let track = store.polled.tracks.iter().flatten().next();
    let track = track.expect("a track");
    let bounds = lane.sessions.iter().map(|row| {
        let of_row = track.spells.iter().find(|(_, known)| known == row);
        let (spell, _) = of_row.expect("a session of the readings");
        let session = store.session(*row);
        match (session.start_kind, s(session.start)) {
            (StartKind::Exact, Some(start)) => (start - 1, start),
            (StartKind::Estimated, Some(start)) => (s(spell.after).unwrap_or(i64::MIN), start),
            // Known by its first reading, or by its end.
            _ => {
                let known = s(session.key_at).expect("what it is known by");
                (s(spell.after).unwrap_or(i64::MIN), known)
            }
        }
    });
    bounds.collect()
}

fn check(history: &[(i64, i64)], looks: &[Look], store: &Store) -> Result<(), TestCaseError> {
    let rows = sessions(store);
    let last_look = looks.last().map_or(0, |look| look.at);
    let mut next_true = 0;
    let mut ended = i64::MIN;
    for (row, (after, until)) in rows.iter().zip(start_bounds(store)) {
        // The true session that begins it: the first not yet used that may be.
        let begins = (next_true..history.len()).find(|at| {
            let (start, _) = history[*at];
            after < start
                && start <= until
                && match row.end_kind {
                    EndKind::Exact => s(row.end).is_some_and(|known| start <= known),
                    EndKind::Estimated => s(row.end_latest).is_some_and(|known| start <= known),
                    _ => true,
                }
        });
        prop_assert!(begins.is_some(), "no true session begins {row:?}");
        let begins = begins.unwrap_or(0);
        // The true session that ends it: that one, or a later one merged into it.
        let ends = (begins..history.len()).find(|at| {
            let (_, end) = history[*at];
            match row.end_kind {
                EndKind::Exact => s(row.end) == Some(end),
                EndKind::Estimated => {
                    s(row.end_earliest).is_some_and(|e| e <= end)
                        && s(row.end_latest).is_some_and(|l| end <= l)
                }
                EndKind::Open => history[*at].0 <= last_look && last_look < end,
                EndKind::Unknown => false,
            }
        });
        prop_assert!(ends.is_some(), "no true session ends {row:?}");
        next_true = ends.unwrap_or(0) + 1;
        // What is drawn solid of two sessions does not overlap, nor do their possible ends and starts.
        let start = s(row.start.or(row.key_at)).unwrap_or(i64::MIN);
        prop_assert!(
            ended <= start,
            "{row:?} begins before the former ended at the latest"
        );
        ended = s(row.end.or(row.end_latest)).unwrap_or(i64::MAX);
    }
    Ok(())
}

fn describe(history: &[(i64, i64)], looks: &[Look], store: &Store) -> String {
    format!("{history:?}\n{looks:#?}\n{:#?}", told(store))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn sessions_contain_the_true_edges(history in history(), polls in polls()) {
        let looks = looks(&history, &polls, None);
        let mut store = Store::new();
        for look in &looks {
            read(&mut store, look);
        }
        prop_assert!(sessions(&store).len() <= history.len(), "{}", describe(&history, &looks, &store));
        check(&history, &looks, &store)
            .map_err(|e| TestCaseError::fail(format!("{e}\n{}", describe(&history, &looks, &store))))?;
    }

    /// Only what changed is sent; the rest is confirmed, before or after.
    #[test]
    fn changes_alone_tell_the_same(history in history(), polls in polls(), tells in 0u8..16, late: bool) {
        let looks = looks(&history, &polls, Some(tells));
        let mut whole = Store::new();
        let mut thin = Store::new();
        let mut sent: Option<(Look, u32)> = None;
        let silent = |look: &Look| Look { at: 0, asked_before: None, ..look.clone() };
        for look in &looks {
            read(&mut whole, look);
            let known = sent.as_ref().map(|(known, document)| (silent(known) == silent(look), *document));
            if let Some((true, document)) = known {
                thin.confirm(&[document], at(look.at));
                continue;
            }
            // The other SIMs of the former document did not change.
            let former = known.map(|(_, document)| document);
            if let (Some(former), false) = (former, late) {
                thin.confirm(&[former], at(look.at));
            }
            let document = read(&mut thin, look);
            if let (Some(former), true) = (former, late) {
                thin.confirm(&[former], at(look.at));
            }
            sent = Some((look.clone(), document));
        }
        let but_seen = |store: &Store| -> Vec<String> {
            let told = told(store);
            told.iter().map(|t| t.split(", seen").next().unwrap_or_default().to_owned()).collect()
        };
        prop_assert_eq!(but_seen(&whole), but_seen(&thin), "{}", describe(&history, &looks, &whole));
    }

    #[test]
    fn the_order_of_documents_does_not_matter(
        history in history(),
        polls in polls(),
        order in prop::collection::vec(0usize..1000, 24),
    ) {
        let looks = looks(&history, &polls, None);
        let mut in_order = Store::new();
        for look in &looks {
            read(&mut in_order, look);
        }
        let mut shuffled: Vec<(usize, &Look)> = order.into_iter().zip(&looks).collect();
        shuffled.sort_by_key(|(place, _)| *place);
        let mut store = Store::new();
        for (_, look) in &shuffled {
            read(&mut store, look);
        }
        // The same again adds nothing.
        for (_, look) in shuffled.iter().rev() {
            read(&mut store, look);
        }
        prop_assert_eq!(told(&in_order), told(&store));
    }
}
