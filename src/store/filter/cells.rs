//! What the field `cell` asks for: a cell as reported, or by its identity, however that is written.

use super::pattern::Pattern;
use super::values::Values;
use crate::geo::WrittenCell;
use crate::model::{Cell, Mcc, Mnc, Network};

/// The cells that a term asks for.
#[derive(Debug)]
pub(super) struct Cells {
    /// As texts: of what was reported, and of the numbers.
    values: Values,
    /// As identities.
    written: Vec<WrittenCell>,
}

impl Cells {
    pub fn new(differs: bool, values: &[Option<Pattern>]) -> Self {
        let texts = values.iter().flatten().filter_map(Pattern::text);
        Self {
            values: Values::new(differs, values),
            written: texts.filter_map(WrittenCell::parse).collect(),
        }
    }

    /// The term's answer for the cell of a network, by MCC and MNC; 0 for what nobody tells.
    pub fn judge(&self, plmn: (u16, u16), cell: &Cell<'_>) -> bool {
        let reported = cell.reported.as_deref();
        let numbers = [cell.ci.map(u64::from), cell.eci.map(u64::from), cell.nci];
        let mut any = reported.is_some();
        let mut fits = reported.is_some_and(|reported| self.values.fits(reported))
            || self.written.iter().any(|written| written.is(plmn, cell));
        for number in numbers.into_iter().flatten() {
            any = true;
            fits = fits || self.values.fits(&number.to_string());
        }
        self.values.verdict(any, fits)
    }
}

/// MCC and MNC as numbers; 0 for what nobody tells.
pub(super) fn plmn_of(network: &Network<'_>) -> (u16, u16) {
    (
        network.mcc.map_or(0, Mcc::number),
        network.mnc.map_or(0, Mnc::number),
    )
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::super::terms::What;
    use super::*;

    fn cells(line: &str) -> Cells {
        let filter = parse(line).unwrap();
        match &filter.terms[0].what {
            What::Text {
                differs, values, ..
            } => Cells::new(*differs, values),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_cell_is_found_as_reported_and_by_its_identity() {
        let numbers = Cell {
            tac: Some(4728),
            eci: Some(49_497_861),
            ..Cell::default()
        };
        let reported = Cell {
            reported: Some("440-10-4728-49497861".into()),
            ..Cell::default()
        };
        let fits = |line: &str, cell: &Cell<'_>| cells(line).judge((440, 10), cell);
        for line in [
            "cell:440-10-4728-49497861",
            "cell:44F001-0x1278-2F34705",
            "cell:440-10-49497861",
            "cell:49497861,7",
            "cell:0x2f34705",
            "cell:4949*",
            "cell!=7",
            "cell!=none",
        ] {
            assert!(fits(line, &numbers), "{line}");
        }
        for line in [
            "cell:440-20-4728-49497861",
            "cell:440-10-4728",
            "cell:none",
            "cell!=2F34705",
            "cell:440-10-*",
        ] {
            assert!(!fits(line, &numbers), "{line}");
        }
        // What a vendor wrote without telling a radio has no numbers: it is a text.
        assert!(fits("cell:440-10-4728-49497861", &reported));
        assert!(fits("cell:440-10-*", &reported));
        assert!(!fits("cell:0x2F34705", &reported));
        assert!(fits("cell:none", &Cell::default()));
        assert!(!fits("cell!=7", &Cell::default()));
    }
}
