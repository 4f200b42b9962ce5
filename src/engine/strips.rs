//! How many sessions of each group were up over all its time, in equal bins: made when a group's head is first drawn and
//! again when its lanes have changed, so that a frame need not look at every session of a group of thousands.

use crate::store::Extent;
use crate::timeline::{Counts, Detail, LaneBar, LaneView, RowKind};

use super::lanes::LaneList;
use super::view::StoreView;

/// How many bins: a screen has fewer pixels.
const BINS: usize = 8192;

/// The counts of the groups that were drawn, by group number.
#[derive(Debug, Default)]
pub struct Strips(Vec<Option<Counts>>);

impl Strips {
    /// Lanes, colours or filter are others now.
    pub fn outdate(&mut self) {
        self.0.clear();
    }

    /// The counts of a group; null where it was not made ready.
    pub fn of(&self, group: u32) -> Option<&Counts> {
        self.0.get(group as usize)?.as_ref()
    }

    /// Counts the groups that are missing.
    pub fn ready(
        &mut self,
        view: &StoreView<'_>,
        list: &LaneList,
        extent: Extent,
        groups: impl Iterator<Item = u32>,
    ) {
        self.0.resize_with(list.groups.len(), || None);
        for group in groups {
            let lanes = list.groups.get(group as usize).map(|group| &group.lanes);
            if let (Some(place @ None), Some(lanes)) = (self.0.get_mut(group as usize), lanes) {
                *place = Some(count(view, lanes, extent));
            }
        }
    }
}

/// A session that ends where the next one begins does not count twice.
fn count(view: &StoreView<'_>, lanes: &[u32], extent: Extent) -> Counts {
    let span = extent.to.saturating_sub(extent.from).saturating_add(1);
    let bin_ms = (span / BINS as i64 + 1).max(1);
    let bin = |ms: i64| ms.saturating_sub(extent.from).div_euclid(bin_ms);
    let mut steps = vec![0_i32; BINS + 1];
    let mut step = |at: i64, by: i32| {
        let at = usize::try_from(at).unwrap_or(0).min(BINS);
        if let Some(count) = steps.get_mut(at) {
            *count += by;
        }
    };
    let window = (extent.from, extent.to);
    for &lane in lanes {
        let mut visit: &mut dyn FnMut(LaneBar) = &mut |bar| {
            let begin = bin(bar.start);
            step(begin, 1);
            step(bin(bar.solid_until).max(begin + 1), -1);
        };
        let detail = Detail::of_pixels(&bin);
        view.bars(RowKind::Lane(lane), window, detail, &mut visit);
    }
    let mut up = 0;
    let counted = steps.into_iter().take(BINS).map(|step| {
        up += step;
        u32::try_from(up).unwrap_or(0)
    });
    Counts {
        from: extent.from,
        bin_ms,
        up: counted.collect(),
    }
}
