//! The cells that a record names, for looking up where they stand. Only what a record says itself: nothing is guessed.

use serde::Deserialize;

use crate::provider::query::CellQuery;
use crate::provider::soracom::wire;

/// Where a SIM, a subscriber and a session event hold their cells.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Holder<'b> {
    #[serde(borrow)]
    cell: Option<wire::Cell<'b>>,
    session_status: Option<Inner<'b>>,
    previous_session: Option<Inner<'b>>,
}

#[derive(Deserialize)]
struct Inner<'b> {
    #[serde(borrow)]
    cell: Option<wire::Cell<'b>>,
}

/// The cells of a record; none where it cannot be read, which the store counts.
pub fn cells(record: &str) -> Vec<CellQuery> {
    let Ok(holder) = serde_json::from_str::<Holder<'_>>(record) else {
        return Vec::new();
    };
    let inner = [holder.session_status, holder.previous_session];
    let inner = inner.into_iter().flatten().map(|inner| inner.cell);
    std::iter::once(holder.cell)
        .chain(inner)
        .flatten()
        .filter_map(|cell| question(&cell))
        .collect()
}

fn question(cell: &wire::Cell<'_>) -> Option<CellQuery> {
    let mcc = cell.mcc.and_then(|mcc| u16::try_from(mcc).ok())?;
    let mnc = cell.mnc.filter(|mnc| *mnc <= 999)?;
    let (area, id, lte) = match (cell.tac, cell.eci, cell.lac, cell.ci) {
        (Some(tac), Some(eci), ..) => (tac, eci, true),
        (.., Some(lac), Some(ci)) => (lac, ci, false),
        _ => return None,
    };
    (1..=999).contains(&mcc).then(|| CellQuery {
        mcc,
        // One digit takes a zero before it, says the vendor; more cannot be known from a number.
        mnc: format!("{mnc:02}"),
        area,
        cell: u64::from(id),
        lte,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cells_of_sims_and_events_are_found() {
        let sim = r#"{"simId":"1","sessionStatus":{"cell":{"radioType":"LTE","mcc":440,"mnc":1,"tac":4728,"eci":49497861}},
            "previousSession":{"cell":{"radioType":"3G","mcc":310,"mnc":260,"lac":7,"ci":65536}}}"#;
        let found = cells(sim);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].mnc.as_str(), found[0].lte), ("01", true));
        assert_eq!(
            (found[1].mcc, found[1].area, found[1].cell),
            (310, 7, 65536)
        );
        let event = r#"{"time":1,"event":"Created","cell":{"mcc":440,"mnc":10,"tac":1,"eci":2}}"#;
        assert_eq!(cells(event).len(), 1);
    }

    #[test]
    fn what_names_no_whole_cell_is_not_asked_for() {
        for record in [
            r#"{"cell":{"mcc":440,"mnc":10,"tac":1}}"#,
            r#"{"cell":{"mcc":0,"mnc":10,"tac":1,"eci":2}}"#,
            r#"{"cell":null,"sessionStatus":null}"#,
            r#"{"cell":"x"}"#,
        ] {
            assert!(cells(record).is_empty(), "{record}");
        }
    }
}
