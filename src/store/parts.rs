//! The parts of rows that repeat, kept once each: networks, cells, places and what is said about a
//! session besides. Text inside them is interned.

use crate::model::{Cell, Country, Mcc, Mnc, Network, Place, PlaceKind, Text};

use super::distinct::Distinct;
use super::interner::{Interner, NONE, TextId};

/// A network with its operator interned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct NetworkPart {
    pub mcc: Option<Mcc>,
    pub mnc: Option<Mnc>,
    pub mnc_assumed: bool,
    pub country: Option<Country>,
    pub operator: TextId,
}

/// A cell with its reported form interned, and the PLMN's numbers, which are part of its identity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct CellPart {
    pub plmn: (u16, u16),
    pub reported: TextId,
    pub lac: Option<u32>,
    pub tac: Option<u32>,
    pub ci: Option<u32>,
    pub eci: Option<u32>,
    pub nci: Option<u64>,
}

/// A place without its instant. Coordinates as bits, so that equal ones are equal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct PlacePart {
    pub lat: Option<u64>,
    pub lon: Option<u64>,
    pub accuracy_m: Option<u64>,
    pub kind: Option<PlaceKind>,
}

/// What repeats besides: reported radio, APN, subscription, DNS servers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct AboutPart {
    pub radio_reported: TextId,
    pub apn: TextId,
    pub subscription: TextId,
    pub dns: Vec<TextId>,
}

/// All the parts of a store.
#[derive(Debug, Default)]
pub struct Parts {
    pub texts: Interner,
    pub networks: Distinct<NetworkPart>,
    pub cells: Distinct<CellPart>,
    pub places: Distinct<PlacePart>,
    pub abouts: Distinct<AboutPart>,
    pub lists: Distinct<Vec<TextId>>,
}

impl Parts {
    /// Numbers a network.
    pub fn add_network(&mut self, network: &Network<'_>) -> u32 {
        let part = NetworkPart {
            mcc: network.mcc,
            mnc: network.mnc,
            mnc_assumed: network.mnc_assumed,
            country: network.country,
            operator: self.texts.intern_opt(network.operator.as_deref()),
        };
        self.networks.add(part)
    }

    /// The network of a number.
    pub fn network(&self, at: u32) -> Network<'_> {
        let part = self.networks.get(at).copied().unwrap_or_default();
        Network {
            mcc: part.mcc,
            mnc: part.mnc,
            mnc_assumed: part.mnc_assumed,
            country: part.country,
            operator: self.texts.get(part.operator).map(Text::Borrowed),
        }
    }

    /// The operator's name of a network's number.
    pub fn operator(&self, at: u32) -> Option<&str> {
        self.networks
            .get(at)
            .and_then(|part| self.texts.get(part.operator))
    }

    /// Numbers a cell of a network.
    pub fn add_cell(&mut self, cell: &Cell<'_>, network: &Network<'_>) -> u32 {
        if cell.is_empty() {
            return 0;
        }
        let part = CellPart {
            plmn: (
                network.mcc.map_or(0, Mcc::number),
                network.mnc.map_or(0, Mnc::number),
            ),
            reported: self.texts.intern_opt(cell.reported.as_deref()),
            lac: cell.lac,
            tac: cell.tac,
            ci: cell.ci,
            eci: cell.eci,
            nci: cell.nci,
        };
        self.cells.add(part)
    }

    /// The cell of a number.
    pub fn cell(&self, at: u32) -> Cell<'_> {
        let part = self.cells.get(at).copied().unwrap_or_default();
        Cell {
            reported: self.texts.get(part.reported).map(Text::Borrowed),
            lac: part.lac,
            tac: part.tac,
            ci: part.ci,
            eci: part.eci,
            nci: part.nci,
        }
    }

    /// Numbers a place; its instant is kept elsewhere.
    pub fn add_place(&mut self, place: &Place) -> u32 {
        self.places.add(PlacePart {
            lat: place.lat.map(f64::to_bits),
            lon: place.lon.map(f64::to_bits),
            accuracy_m: place.accuracy_m.map(f64::to_bits),
            kind: place.kind,
        })
    }

    /// The place of a number, without an instant.
    pub fn place(&self, at: u32) -> Place {
        let part = self.places.get(at).copied().unwrap_or_default();
        Place {
            lat: part.lat.map(f64::from_bits),
            lon: part.lon.map(f64::from_bits),
            accuracy_m: part.accuracy_m.map(f64::from_bits),
            kind: part.kind,
            at: None,
        }
    }

    /// Numbers a list of texts.
    pub fn add_list(&mut self, texts: &[Text<'_>]) -> u32 {
        if texts.is_empty() {
            return 0;
        }
        let list = texts.iter().map(|text| self.texts.intern(text)).collect();
        self.lists.add(list)
    }

    /// The list of a number.
    pub fn list(&self, at: u32) -> Vec<Text<'_>> {
        self.lists
            .get(at)
            .map_or_else(Vec::new, |list| self.resolve(list))
    }

    /// The texts of some numbers.
    pub fn resolve(&self, list: &[TextId]) -> Vec<Text<'_>> {
        list.iter()
            .filter_map(|id| self.texts.get(*id).map(Text::Borrowed))
            .collect()
    }

    /// A text by number, as rows hold it.
    pub fn text(&self, id: TextId) -> Option<Text<'_>> {
        self.texts.get(id).map(Text::Borrowed)
    }

    /// Numbers what is said about a session besides.
    pub fn add_about(
        &mut self,
        radio_reported: Option<&str>,
        apn: Option<&str>,
        subscription: Option<&str>,
        dns: &[Text<'_>],
    ) -> u32 {
        if radio_reported.is_none() && apn.is_none() && subscription.is_none() && dns.is_empty() {
            return 0;
        }
        let part = AboutPart {
            radio_reported: self.texts.intern_opt(radio_reported),
            apn: self.texts.intern_opt(apn),
            subscription: self.texts.intern_opt(subscription),
            dns: dns.iter().map(|text| self.texts.intern(text)).collect(),
        };
        self.abouts.add(part)
    }
}

/// The number of a text that must not be missing.
pub fn text_or_empty(texts: &Interner, id: TextId) -> Text<'_> {
    debug_assert_ne!(id, NONE);
    Text::Borrowed(texts.get(id).unwrap_or_default())
}
