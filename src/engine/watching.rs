//! Rounds of watching: what they bring is marked and told, what they find unchanged is confirmed.

use crate::model::Instant;
use crate::store::Changes;
use crate::store::order::by_number;

use super::Engine;
use super::fresh::Row;
use super::news::news;
use super::protocol::Update;

impl Engine {
    /// Marks what a watched document (the store's number) added or changed, and says it in words.
    /// Nothing is said where nothing is new.
    pub(super) fn tell_news(&mut self, document: u32) {
        let changes = self.store.take_changes(document);
        if changes == Changes::default() {
            return;
        }
        let changed = changes.changed.iter().map(|(row, _)| row);
        for row in changes.added.iter().chain(changed) {
            let lane = self.store.lane_of_session(*row);
            self.fresh.mark(Row::Session(*row), lane);
        }
        for row in &changes.events {
            let lane = self
                .store
                .event_row(*row)
                .map(|event| self.store.lane_of_key(event.sim));
            self.fresh.mark(Row::Event(*row), lane.unwrap_or_default());
        }
        let items = news(&self.store, &changes);
        if !items.is_empty() {
            self.send(Update::News(items));
        }
    }

    /// What these documents (the host's numbers) say still held at an instant, epoch milliseconds:
    /// they were asked for again and nothing in them had changed.
    pub fn confirm(&mut self, documents: &[u32], observed_ms: i64) {
        let Some(observed) = Instant::from_ms(observed_ms) else {
            return;
        };
        let numbers = self.numbers_of(documents);
        self.store.confirm(&numbers, observed);
        self.data_changed = true;
    }

    /// The store's numbers of documents, in order, by the host's.
    pub(super) fn numbers_of(&self, documents: &[u32]) -> Vec<u32> {
        let mut documents = documents.to_vec();
        by_number(&mut documents, &mut |_| 0);
        (0u32..)
            .zip(&self.host_documents)
            .filter(|(_, host)| documents.binary_search(host).is_ok())
            .map(|(number, _)| number)
            .collect()
    }
}
