//! The parts of rows that repeat, kept once each: networks, cells, places and what is said about a
//! session besides. Text inside them is interned.

use crate::geo::NetworkNames;
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
    /// What networks are called by the list of MCC and MNC; null until that is there.
    names: Option<NetworkNames>,
    /// By number of a network: its name by that list; empty where its vendor names it, or nobody does.
    listed: Vec<TextId>,
    /// There is a network of which a vendor tells MCC and MNC and no name.
    nameless: bool,
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
        let at = self.networks.add(part);
        self.note_network(network);
        self.name_new_networks();
        at
    }

    /// Notes that a network is without a name, where it is. For those that are kept elsewhere, as they are.
    pub fn note_network(&mut self, network: &Network<'_>) {
        self.nameless |=
            network.operator.is_none() && network.mcc.is_some() && network.mnc.is_some();
    }

    /// Looks the networks up that came since the last call.
    fn name_new_networks(&mut self) {
        for at in self.listed.len()..self.networks.len() {
            let network = self.network(at as u32);
            let name = self.names.as_ref().filter(|_| network.operator.is_none());
            let name = name.and_then(|names| names.find(&network));
            let name = name.map(str::to_owned);
            let name = self.texts.intern_opt(name.as_deref());
            self.listed.push(name);
        }
    }

    /// Whether a name is missing that the list of MCC and MNC may tell, which is not there yet.
    pub fn lacks_names(&self) -> bool {
        self.nameless && self.names.is_none()
    }

    /// The list of MCC and MNC is there: all networks are looked up anew.
    pub fn take_names(&mut self, names: Option<NetworkNames>) {
        self.names = names;
        self.listed.clear();
        self.name_new_networks();
    }

    /// Hands the list on, to be kept when everything else is forgotten.
    pub fn leave_names(&mut self) -> Option<NetworkNames> {
        self.names.take()
    }

    /// The network of a number, in the vendor's words.
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

    /// The operator's name of a network's number: the vendor's, else by the list of MCC and MNC.
    pub fn operator(&self, at: u32) -> Option<&str> {
        let own = self.networks.get(at)?.operator;
        self.texts.get(own).or_else(|| self.listed_name(at))
    }

    /// The name of a network's number by the list of MCC and MNC; null where its vendor names it.
    pub fn listed_name(&self, at: u32) -> Option<&str> {
        self.texts.get(*self.listed.get(at as usize)?)
    }

    /// The same as [`Self::operator`], of a network that has no number.
    pub fn operator_of<'a>(&'a self, network: &'a Network<'_>) -> Option<&'a str> {
        let own = network.operator.as_deref();
        own.or_else(|| self.names.as_ref()?.find(network))
    }

    /// The network of a number, with its operator's name from wherever it is known.
    pub fn named_network(&self, at: u32) -> Network<'_> {
        Network {
            operator: self.operator(at).map(Text::Borrowed),
            ..self.network(at)
        }
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
