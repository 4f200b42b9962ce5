//! What a SIM and a network are called wherever they are listed.

use crate::model::Sim;
use crate::store::Store;

/// What a SIM is called: its name in a file of labels, at the vendor, its device's, else its identifier.
pub fn name_of(sim: &Sim<'_>) -> String {
    sim.given_name()
        .or(sim.device_name.as_deref())
        .map_or_else(|| identifier_of(sim), str::to_owned)
}

/// A SIM's identifier: its ICCID, else its first IMSI, else the vendor's key.
pub fn identifier_of(sim: &Sim<'_>) -> String {
    sim.iccid
        .as_deref()
        .or_else(|| sim.imsis.first().map(std::convert::AsRef::as_ref))
        .unwrap_or(&sim.sim)
        .to_owned()
}

/// The operator of a network: its name, else MCC and MNC; null where nobody told.
pub fn operator_of(store: &Store, network: u32) -> Option<String> {
    let named = store.parts().operator(network).map(str::to_owned);
    named.or_else(|| number_of(store, network))
}

/// MCC and MNC of a network: `242-01`; null where either is not known.
pub fn number_of(store: &Store, network: u32) -> Option<String> {
    let network = store.parts().network(network);
    Some(format!("{}-{}", network.mcc?, network.mnc?))
}

/// The country of a network, ISO 3166-1 alpha-2; null where nobody told.
pub fn country_of(store: &Store, network: u32) -> Option<String> {
    let network = store.parts().network(network);
    network.country.map(|country| country.to_string())
}
