//! The serving cell and the visited network: radio, PLMN, identity, country.

use crate::geo::country_of_mcc;
use crate::model::{Cell, Instant, Mcc, Mnc, Network, Place, Radio, Session, Text};
use crate::provider::ReadError;

use super::super::wire;
use super::some;

/// What a `cell` object tells.
#[derive(Debug, Clone, Default)]
pub(super) struct Serving<'a> {
    pub radio: Option<Radio>,
    pub radio_reported: Option<Text<'a>>,
    pub network: Network<'a>,
    pub cell: Cell<'a>,
    pub place: Place,
}

impl<'a> Serving<'a> {
    /// Reads the cell found under `path`, which served at that instant.
    pub fn read(
        cell: Option<&'a wire::Cell<'_>>,
        path: &str,
        at: Option<Instant>,
    ) -> Result<Self, ReadError> {
        let Some(cell) = cell else {
            return Ok(Self::default());
        };
        let network = plmn_of_numbers(cell.mcc, cell.mnc, path)?;
        Ok(Self {
            radio: radio(cell),
            radio_reported: some(cell.radio_type.as_ref()),
            place: country_place(&network, at),
            network,
            cell: Cell {
                reported: None,
                lac: cell.lac,
                tac: cell.tac,
                ci: cell.ci,
                eci: cell.eci,
                nci: None,
            },
        })
    }

    /// Nothing is known of the cell.
    pub fn is_empty(&self) -> bool {
        self.radio_reported.is_none() && self.network.is_empty() && self.cell.is_empty()
    }

    /// Puts it into the flat fields of a session.
    pub fn put_into(self, session: &mut Session<'a>) {
        session.radio = self.radio;
        session.radio_reported = self.radio_reported;
        session.network = self.network;
        session.cell = self.cell;
        session.place = self.place;
    }
}

/// Only the country is known of where a network is.
pub(super) fn country_place(network: &Network<'_>, at: Option<Instant>) -> Place {
    match network.country {
        Some(_) => Place::country(at),
        None => Place::default(),
    }
}

/// Lower-case `gsm` is the spelling from before April 2023 and means 2G or 3G: it is 3G where the
/// cell identity is too large for GSM, else not known. Upper-case `GSM` is 2G. All other names
/// are read whatever their case.
fn radio(cell: &wire::Cell<'_>) -> Option<Radio> {
    match cell.radio_type.as_ref()?.0.as_ref() {
        "gsm" => cell.ci.is_some_and(|ci| ci > 0xffff).then_some(Radio::G3),
        other => Radio::from_reported(other),
    }
}

/// A PLMN sent as numbers, so that its leading zeros are lost. An MCC of 0 is none.
fn plmn_of_numbers(
    mcc: Option<u64>,
    mnc: Option<u64>,
    path: &str,
) -> Result<Network<'static>, ReadError> {
    let Some(mcc) = mcc.filter(|n| *n != 0) else {
        return Ok(Network::default());
    };
    let mcc = Mcc::from_number(mcc)
        .ok_or_else(|| ReadError::bad(&format!("{path}.mcc"), "not a mobile country code"))?;
    let mnc =
        match mnc {
            None => None,
            Some(n) => Some(Mnc::assumed_from_number(n, mcc).ok_or_else(|| {
                ReadError::bad(&format!("{path}.mnc"), "not a mobile network code")
            })?),
        };
    Ok(Network {
        mcc: Some(mcc),
        mnc,
        mnc_assumed: mnc.is_some(),
        country: country_of_mcc(mcc),
        operator: None,
    })
}

/// A PLMN sent as joined digits, which keeps its zeros: five are 3 + 2, six are 3 + 3. An MCC
/// of 000 is none.
pub(super) fn plmn_of_digits(text: &str, path: &str) -> Result<Network<'static>, ReadError> {
    if text.starts_with("000") {
        return Ok(Network::default());
    }
    let read = || {
        let mcc = Mcc::from_digits(text.get(..3)?)?;
        let mnc = Mnc::from_digits(text.get(3..)?)?;
        Some(Network {
            mcc: Some(mcc),
            mnc: Some(mnc),
            mnc_assumed: false,
            country: country_of_mcc(mcc),
            operator: None,
        })
    };
    read().ok_or_else(|| ReadError::bad(path, "not a PLMN of five or six digits"))
}
