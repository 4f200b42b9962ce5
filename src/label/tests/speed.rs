//! How long a hundred thousand rows take with as many SIMs, on demand:
//! `cargo test --release --lib label::tests::speed -- --ignored --nocapture`.

use std::fmt::Write;

use super::fixture::{Fleet, in_pieces};
use crate::label::{Columns, Labels};
use crate::model::ProviderId;

const MANY: u32 = 100_000;

#[test]
#[ignore = "measures"]
#[expect(clippy::disallowed_methods, reason = "a native test may ask the clock")]
fn a_hundred_thousand() {
    let mut fleet = Fleet::new();
    let mut text = "ICCID;IMSI;Name;Site\n".to_owned();
    for n in 0..MANY {
        fleet.sim(ProviderId::Kore, &format!("HS{n:032x}"), |sim| {
            sim.iccid = Some(format!("89999000000{n:07}5").into());
            sim.imsis = vec![format!("00101000{n:07}").into()];
        });
        writeln!(
            text,
            "89999000000{n:07}5;00101000{n:07};Pump {n};Site {}",
            n % 100
        )
        .unwrap();
    }
    let store = fleet.store();
    let begin = std::time::Instant::now();
    let sheet = in_pieces(text.as_bytes(), 1 << 16).unwrap();
    let read = begin.elapsed();
    let columns = Columns::guess(&sheet);
    let labels = Labels::new(sheet, columns);
    let understood = begin.elapsed();
    let matches = labels.matching(&store);
    let matched = begin.elapsed();
    assert_eq!(matches.report().lanes, MANY);
    println!("read {read:?}, understood by {understood:?}, matched by {matched:?}");
}
