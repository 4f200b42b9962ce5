//! What the owner calls SIMs in files of their own, laid over what the vendors' lists say. Nothing here is a vendor's record, so
//! nothing here is merged, replaced or counted: all of it is given anew whenever the lanes change.

use crate::model::{OwnLabel, Tag, Text};

use super::Store;

/// By lane number; null where the lane has none.
pub type OwnLabels = Vec<Option<Box<OwnLabel<'static>>>>;

impl Store {
    /// Says what all lanes are called from now on. The store's version stays: no record changed.
    pub fn set_labels(&mut self, labels: OwnLabels) {
        self.labels = labels;
    }

    /// What the owner calls a lane; null where no file of labels tells.
    pub fn label(&self, lane: u32) -> Option<&OwnLabel<'static>> {
        self.labels.get(lane as usize)?.as_deref()
    }

    /// The same, to be handed out with the SIM.
    pub(super) fn borrowed_label(&self, lane: u32) -> Option<Box<OwnLabel<'_>>> {
        let label = self.label(lane)?;
        Some(Box::new(OwnLabel {
            name: label.name.as_deref().map(Text::Borrowed),
            group: label.group.as_deref().map(Text::Borrowed),
            tags: label.tags.iter().map(borrowed).collect(),
        }))
    }

    /// All names that the lists and the owner give a lane, or the device that it is in.
    pub(super) fn names_of_lane(&self, lane: u32) -> impl Iterator<Item = &str> {
        let own = self.label(lane).and_then(|label| label.name.as_deref());
        let sim = self.sims.lane(lane).and_then(|found| found.sim.as_deref());
        let listed = sim.map(|sim| [sim.name.as_deref(), sim.device_name.as_deref()]);
        own.into_iter()
            .chain(listed.into_iter().flatten().flatten())
    }

    /// All tags of a lane: those of files of labels, then the vendor's.
    pub(super) fn tags_of_lane(&self, lane: u32) -> impl Iterator<Item = &Tag<'static>> {
        let own = self.label(lane).into_iter().flat_map(|label| &label.tags);
        let sim = self.sims.lane(lane).and_then(|found| found.sim.as_deref());
        own.chain(sim.into_iter().flat_map(|sim| &sim.tags))
    }
}

fn borrowed<'a>(tag: &'a Tag<'static>) -> Tag<'a> {
    Tag {
        name: Text::Borrowed(&tag.name),
        value: Text::Borrowed(&tag.value),
    }
}
