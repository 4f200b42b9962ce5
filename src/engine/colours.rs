//! Which colour a session has, and the legend. A colour is a number; the page knows its pixels.

use crate::model::{ProviderId, Radio};
use crate::report::naming::{country_of, number_of, operator_of};
use crate::store::order::items_by_number;
use crate::store::{Glance, Store};

use super::protocol::{ColourBy, LegendEntry};

/// So many operators or countries have a colour of their own; the rarer ones share one.
const OWN: u8 = 7;
/// All rarer ones.
const OTHER: u8 = OWN;
/// Not known.
const UNKNOWN: u8 = OWN + 1;

/// Colours of all sessions, for one way of colouring.
#[derive(Debug)]
pub struct Colours {
    /// What the sessions are coloured by.
    pub by: ColourBy,
    /// By number of the network, where the colour depends on it.
    networks: Vec<u8>,
    /// The legend, in the order in which it is shown.
    pub legend: Vec<LegendEntry>,
}

impl Default for Colours {
    fn default() -> Self {
        Self {
            by: ColourBy::Radio,
            networks: Vec::new(),
            legend: Vec::new(),
        }
    }
}

impl Colours {
    /// Looks through all sessions.
    pub fn new(store: &Store, by: ColourBy) -> Self {
        let mut colours = Self {
            by,
            networks: Vec::new(),
            legend: Vec::new(),
        };
        let labels = match by {
            ColourBy::Radio => radio_labels(),
            ColourBy::Provider => provider_labels(),
            ColourBy::Operator | ColourBy::Country => colours.rank_networks(store),
        };
        let mut counts = [0u32; 16];
        for row in store.session_rows() {
            if let Some(count) = counts.get_mut(usize::from(colours.of(store, row))) {
                *count += 1;
            }
        }
        colours.legend = labels
            .into_iter()
            .filter_map(|(colour, label)| {
                let sessions = counts.get(usize::from(colour)).copied().unwrap_or(0);
                (sessions > 0).then_some(LegendEntry {
                    colour,
                    label,
                    sessions,
                })
            })
            .collect();
        colours
    }

    /// Another wherever a session may have another colour.
    pub fn signature(&self) -> u64 {
        use std::hash::BuildHasher;
        rustc_hash::FxBuildHasher.hash_one((self.by as u8, &self.networks))
    }

    /// The colour of a session.
    pub fn of(&self, store: &Store, row: u32) -> u8 {
        match self.by {
            ColourBy::Radio => of_radio(store.sessions().radio(row)),
            ColourBy::Provider => of_provider(store, row),
            ColourBy::Operator | ColourBy::Country => {
                self.of_network(store.sessions().network(row))
            }
        }
    }

    /// The colour of a segment.
    pub fn of_segment(&self, store: &Store, row: u32, radio: Option<Radio>, network: u32) -> u8 {
        match self.by {
            ColourBy::Radio => of_radio(radio),
            ColourBy::Provider => self.of(store, row),
            ColourBy::Operator | ColourBy::Country => self.of_network(network),
        }
    }

    /// How sessions get their colours, at hand for many of them.
    pub fn shading(&self) -> Shading<'_> {
        match self.by {
            ColourBy::Radio => Shading::Radio,
            ColourBy::Provider => Shading::Provider,
            ColourBy::Operator | ColourBy::Country => Shading::Network(&self.networks),
        }
    }

    fn of_network(&self, network: u32) -> u8 {
        self.networks
            .get(network as usize)
            .copied()
            .unwrap_or(UNKNOWN)
    }

    /// Gives the most frequent operators or countries a colour each.
    fn rank_networks(&mut self, store: &Store) -> Vec<(u8, String)> {
        let parts = store.parts();
        let mut sessions = vec![0u32; parts.networks.len()];
        for row in store.session_rows() {
            if let Some(count) = sessions.get_mut(store.sessions().network(row) as usize) {
                *count += 1;
            }
        }
        let label = |network: u32| network_label(store, network, self.by);
        let mut ranked: Vec<(String, u32)> = Vec::new();
        for (network, count) in (0u32..).zip(&sessions) {
            let Some(label) = label(network) else {
                continue;
            };
            match ranked.iter_mut().find(|(known, _)| *known == label) {
                Some((_, known)) => *known += count,
                None => ranked.push((label, *count)),
            }
        }
        let ranked = items_by_number(ranked, |(_, count)| -i64::from(*count));
        let colour_of = |label: &str| {
            let own = ranked.iter().take(usize::from(OWN));
            own.zip(0..OWN)
                .find_map(|((known, _), colour)| (known == label).then_some(colour))
        };
        let networks = (0u32..)
            .zip(&sessions)
            .map(|(network, _)| match label(network) {
                None => UNKNOWN,
                Some(label) => colour_of(&label).unwrap_or(OTHER),
            })
            .collect();
        let mut labels: Vec<(u8, String)> = (0..OWN)
            .zip(&ranked)
            .map(|(colour, (label, _))| (colour, label.clone()))
            .collect();
        labels.push((OTHER, "other".to_owned()));
        labels.push((UNKNOWN, "unknown".to_owned()));
        self.networks = networks;
        labels
    }
}

/// How sessions get their colours.
#[derive(Debug, Clone, Copy)]
pub enum Shading<'a> {
    /// By radio technology.
    Radio,
    /// By provider.
    Provider,
    /// By number of the network.
    Network(&'a [u8]),
}

impl Shading<'_> {
    /// The colour of a session that was looked at.
    #[inline]
    pub fn of(self, store: &Store, row: u32, seen: &Glance) -> u8 {
        match self {
            Self::Network(networks) => {
                let own = networks.get(seen.network as usize);
                own.copied().unwrap_or(UNKNOWN)
            }
            Self::Radio => of_radio(seen.radio()),
            Self::Provider => of_provider(store, row),
        }
    }
}

fn of_provider(store: &Store, row: u32) -> u8 {
    let (provider, _) = store.key_of(store.sessions().sim(row));
    provider as u8
}

/// What a network is called where sessions are coloured by operator or country.
pub fn network_label(store: &Store, network: u32, by: ColourBy) -> Option<String> {
    match by {
        ColourBy::Country => country_of(store, network),
        ColourBy::Operator => operator_of(store, network),
        // The other ways have no such label: the number tells which network it is.
        ColourBy::Radio | ColourBy::Provider => number_of(store, network),
    }
}

/// The colour of a radio technology.
pub fn of_radio(radio: Option<Radio>) -> u8 {
    radio
        .and_then(|radio| Radio::ALL.iter().position(|known| *known == radio))
        .map_or(Radio::ALL.len() as u8, |at| at as u8)
}

fn radio_labels() -> Vec<(u8, String)> {
    let unknown = (Radio::ALL.len() as u8, "unknown".to_owned());
    (0u8..)
        .zip(Radio::ALL)
        .map(|(colour, radio)| (colour, radio.label().to_owned()))
        .chain(std::iter::once(unknown))
        .collect()
}

fn provider_labels() -> Vec<(u8, String)> {
    ProviderId::ALL
        .into_iter()
        .map(|id| {
            let label = crate::provider::capability(id).label;
            (id as u8, label.to_owned())
        })
        .collect()
}
