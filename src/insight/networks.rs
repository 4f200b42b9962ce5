//! Which of the store's networks are the same operator's, and in which country each is. One operator has several PLMNs,
//! and one PLMN is written in several ways.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::model::{Country, Mcc, Mnc};
use crate::store::Store;

/// The number of an operator in a country. 0 is "not known".
pub type Operator = u32;

/// What a network comes to.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    operator: Operator,
    country: Option<Country>,
}

/// The networks of a store, by number.
#[derive(Debug, Default)]
pub struct Networks {
    known: Vec<Known>,
}

impl Networks {
    /// Looks at all networks of a store. Operators are the same where their PLMN is, or their name and country are.
    pub fn new(store: &Store) -> Self {
        let parts = store.parts();
        let mut by_plmn: HashMap<(u16, u16), Operator, FxBuildHasher> = HashMap::default();
        let mut by_name: HashMap<(String, Option<Country>), Operator, FxBuildHasher> =
            HashMap::default();
        let mut operators = 1;
        let mut known = Vec::with_capacity(parts.networks.len());
        for number in 0..parts.networks.len() as u32 {
            let network = parts.network(number);
            let name = parts.operator(number).map(|name| {
                let name = name.trim().to_lowercase();
                (name, network.country)
            });
            let name = name.filter(|(name, _)| !name.is_empty());
            let plmn = network
                .mcc
                .map(Mcc::number)
                .zip(network.mnc.map(Mnc::number));
            let found = plmn.and_then(|plmn| by_plmn.get(&plmn)).copied();
            let found = found.or_else(|| by_name.get(name.as_ref()?).copied());
            let operator = match found {
                Some(operator) => operator,
                None if plmn.is_none() && name.is_none() => 0,
                None => {
                    operators += 1;
                    operators - 1
                }
            };
            if operator > 0 {
                plmn.map(|plmn| by_plmn.entry(plmn).or_insert(operator));
                name.map(|name| by_name.entry(name).or_insert(operator));
            }
            known.push(Known {
                operator,
                country: network.country,
            });
        }
        Self { known }
    }

    /// The operator of a network's number.
    pub fn operator(&self, network: u32) -> Operator {
        self.of(network).operator
    }

    /// The country of a network's number.
    pub fn country(&self, network: u32) -> Option<Country> {
        self.of(network).country
    }

    fn of(&self, network: u32) -> Known {
        self.known
            .get(network as usize)
            .copied()
            .unwrap_or_default()
    }
}

/// What a network is called: by its operator's name, else by MCC and MNC, else by its country.
pub fn name_of(store: &Store, network: u32) -> String {
    let named = store.parts().named_network(network);
    if let Some(name) = named.operator {
        return name.into_owned();
    }
    match (named.mcc, named.mnc, named.country) {
        (Some(mcc), Some(mnc), _) => format!("{mcc}-{mnc}"),
        (_, _, Some(country)) => country.as_str().to_owned(),
        (Some(mcc), None, None) => mcc.to_string(),
        _ => "an unknown network".to_owned(),
    }
}
