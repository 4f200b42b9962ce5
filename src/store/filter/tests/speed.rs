//! How long a filter takes on a million sessions, on demand:
//! `cargo test --release --lib store::filter::tests::speed -- --ignored --nocapture`.

use super::fixture::with_facts;
use super::rows::{bytes, enter, network, reader};
use crate::model::{Basis, EndKind, Instant, ProviderId, Radio, Session, Sim, StartKind};
use crate::provider::Rows;
use crate::store::Store;
use crate::store::filter::{Candidates, Matched, complete, parse};

const SIMS: u32 = 10_000;
const SESSIONS: u32 = 100;
const FROM: i64 = 1_790_000_000_000;

fn store() -> Store {
    let mut store = Store::new();
    let mut rows = reader(
        &mut store,
        "million",
        Instant::from_ms(FROM + 100 * 86_400_000),
    );
    for sim in 0..SIMS {
        rows.sim(&Sim {
            name: Some(format!("Gate {sim}").into()),
            iccid: Some(format!("89445000000000{sim:05}").into()),
            imei: Some(format!("3500000000{sim:05}").into()),
            ..Sim::new(ProviderId::Kore, format!("HS{sim:032x}").into())
        });
    }
    // Rows of one SIM lie apart, as answers over time bring them.
    for round in 0..SESSIONS {
        let sessions = (0..SIMS).map(|sim| {
            let n = round * SIMS + sim;
            let start = FROM + i64::from(round) * 86_400_000 + i64::from(sim) * 1000;
            let operators = [
                "Example Norway",
                "Sweden Mobil",
                "Example UK",
                "Nippon Example",
            ];
            let countries = ["NO", "SE", "GB", "JP"];
            let which = (n % 4) as usize;
            Session {
                id: Some(format!("WN{n:032x}").into()),
                start: Instant::from_ms(start),
                start_kind: StartKind::Exact,
                end: Instant::from_ms(start + i64::from(n % 7200) * 1000),
                end_kind: EndKind::Exact,
                last_seen: Instant::from_ms(start + i64::from(n % 7200) * 1000),
                radio: Some(Radio::ALL[(n % 6) as usize]),
                network: network("242-01", countries[which], operators[which]),
                imei: Some(format!("3500000000{sim:05}").into()),
                imsi: Some(format!("24201000000{sim:05}").into()),
                traffic: bytes(Some(u64::from(n % 9)), Some(u64::from(n % 5)), None),
                apn: Some("iot.example".into()),
                ..Session::new(
                    ProviderId::Kore,
                    format!("HS{sim:032x}").into(),
                    Basis::Reported,
                )
            }
        });
        enter(&mut rows, sessions);
    }
    store.settle();
    store
}

#[test]
#[ignore = "measures; needs a release build"]
#[expect(clippy::disallowed_methods, reason = "measures; runs natively only")]
fn a_million_sessions() {
    let store = store();
    assert_eq!(store.session_count(), SIMS * SESSIONS);
    for line in [
        "",
        "operator:\"Example Norway\"",
        "country:NO,SE -radio:2g dur>1h bytes=0",
        "open",
        "gate",
        "sim:8944*123",
        "imei:35*7",
        "since:2026-11-01 until:2026-11-30",
        "operator:Telia -radio:2g country:NO,SE dur>1h bytes=0 open sim:8944* since:2026-10-01",
        "offline>7d",
    ] {
        let filter = parse(line).unwrap();
        let mut times: Vec<f64> = (0..9)
            .map(|_| {
                with_facts(&store, |facts| {
                    let start = std::time::Instant::now();
                    std::hint::black_box(Matched::new(&store, &filter, facts).session(7));
                    start.elapsed().as_secs_f64() * 1000.0
                })
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let matched = with_facts(&store, |facts| Matched::new(&store, &filter, facts));
        let found = store
            .session_rows()
            .filter(|row| matched.session(*row))
            .count();
        println!(
            "{:7.1} ms (median {:.1}) {found:8} sessions: {line}",
            times[0], times[4]
        );
    }
    for line in ["operator:", "imei:", "gat"] {
        let start = std::time::Instant::now();
        let found = complete(&store, &mut Candidates::default(), line, line.len() as u32);
        let ms = start.elapsed().as_secs_f64() * 1000.0;
        println!("{ms:7.1} ms {:3} completions: {line}", found.items.len());
    }
}
