//! Names of networks whose vendor tells MCC and MNC alone: the host is told that they are wanted, and hands in the list.

use crate::geo::NetworkNames;

use super::Engine;

impl Engine {
    /// Whether the list of networks' names is wanted: true once, when something that has no name without it is loaded.
    pub fn wants_network_names(&mut self) -> bool {
        let wants = !self.names_asked && self.store.lacks_network_names();
        self.names_asked |= wants;
        wants
    }

    /// Takes the list, and shows everything anew under it. False for bytes that are no such list: they change nothing.
    pub fn take_network_names(&mut self, bytes: &[u8]) -> bool {
        let names = NetworkNames::parse(bytes);
        let is_list = names.is_some();
        if is_list {
            self.store.take_network_names(names);
            // Labels stand in the index and in the list of lanes, too, which are else kept while the colours are the same.
            self.index.outdate();
            self.derived = None;
            self.data_changed = true;
            self.refreshed_at = f64::NEG_INFINITY;
        }
        is_list
    }
}
