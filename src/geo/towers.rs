//! Positions of many cells, looked up by identity: what a file of cell positions holds. 24 bytes a cell, however many there are.

use super::cell::{CellId, Numbering};

/// A cell's position as a file tells it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tower {
    /// Latitude in degrees, WGS 84.
    pub lat: f64,
    /// Longitude in degrees, WGS 84.
    pub lon: f64,
    /// Radius in metres in which it was heard; null where none is told.
    pub range_m: Option<u32>,
    /// When the estimate was last updated, epoch seconds; null where that is not told. Kept to the day.
    pub updated_s: Option<i64>,
    /// How many measurements it is from.
    pub samples: u32,
}

/// One cell. The numbering is 0 where the file does not tell the radio.
///
/// `key`: numbering (3 bits), MCC (10), MNC (10), area (24), cell's upper bits (17). `rest`: cell's lower bits (19), magnitude of the
/// samples (13). `more`: range in metres (18 bits, 0 for none), day since 2000 (14 bits, 0 for none).
#[derive(Debug, Clone, Copy)]
struct Packed {
    key: u64,
    rest: u32,
    lat: i32,
    lon: i32,
    more: u32,
}

const LOW_CELL_BITS: u32 = 19;
const SAMPLE_BITS: u32 = 13;
const MOST_SAMPLES: u32 = (1 << SAMPLE_BITS) - 1;
const DAY_BITS: u32 = 14;
const MOST_DAYS: i64 = (1 << DAY_BITS) - 1;
const MOST_METRES: u32 = (1 << 18) - 1;
/// 2000-01-01, epoch seconds.
const FIRST_DAY_S: i64 = 946_684_800;
const DAY_S: i64 = 86_400;
/// Ten millionths of a degree: a centimetre.
const PER_DEGREE: f64 = 1e7;
/// So many cells are put in order at once.
const RUN: usize = 1 << 16;

/// Cell identity without its numbering, and that as a number.
type Key = (u64, u32);

fn key_of(numbering: Option<Numbering>, id: CellId) -> Key {
    let numbering = numbering.map_or(0, |numbering| numbering as u64);
    let key = numbering << 61
        | u64::from(id.mcc()) << 51
        | u64::from(id.mnc()) << 41
        | u64::from(id.area()) << 17
        | id.cell() >> LOW_CELL_BITS;
    let low = id.cell() & ((1 << LOW_CELL_BITS) - 1);
    (key, low as u32)
}

impl Packed {
    fn new(key: Key, tower: &Tower) -> Self {
        let day = tower.updated_s.map_or(0, |at| {
            ((at - FIRST_DAY_S).div_euclid(DAY_S) + 1).clamp(1, MOST_DAYS)
        });
        let range = tower.range_m.unwrap_or(0).min(MOST_METRES);
        Self {
            key: key.0,
            rest: key.1 << SAMPLE_BITS | tower.samples.min(MOST_SAMPLES),
            lat: (tower.lat * PER_DEGREE).round() as i32,
            lon: (tower.lon * PER_DEGREE).round() as i32,
            more: range << DAY_BITS | day as u32,
        }
    }

    fn key(&self) -> Key {
        (self.key, self.rest >> SAMPLE_BITS)
    }

    /// Of two rows of a cell the later one counts, of two of a day the one of more measurements.
    fn rank(&self) -> (u32, u32) {
        let day = self.more & ((1 << DAY_BITS) - 1);
        (day, self.rest & MOST_SAMPLES)
    }

    fn tower(&self) -> Tower {
        let (day, samples) = self.rank();
        let range = self.more >> DAY_BITS;
        Tower {
            lat: f64::from(self.lat) / PER_DEGREE,
            lon: f64::from(self.lon) / PER_DEGREE,
            range_m: (range > 0).then_some(range),
            updated_s: (day > 0).then(|| FIRST_DAY_S + (i64::from(day) - 1) * DAY_S),
            samples,
        }
    }
}

/// The cells of all files that were read. Runs in order of their identity, each at least twice as long as the next, so that a row
/// costs little wherever it belongs, and no run is put in order at once that would hold others up.
#[derive(Debug, Default)]
pub struct Towers {
    runs: Vec<Vec<Packed>>,
    /// Not in order yet.
    fresh: Vec<Packed>,
}

impl Towers {
    /// Adds a cell; of two rows of the same one the later counts. `id` is by `numbering`, or, where that is null because the file
    /// does not tell it, by any that it fits.
    pub fn add(&mut self, numbering: Option<Numbering>, id: CellId, tower: &Tower) {
        self.fresh.push(Packed::new(key_of(numbering, id), tower));
        if self.fresh.len() >= RUN {
            self.order();
        }
    }

    /// Puts what was added in order, so that it is found.
    pub fn settle(&mut self) {
        if !self.fresh.is_empty() {
            self.order();
        }
    }

    fn order(&mut self) {
        let mut run = std::mem::take(&mut self.fresh);
        run.sort_unstable_by_key(|cell| (cell.key(), cell.rank()));
        let mut run = merged(run, Vec::new());
        while let Some(last) = self.runs.pop_if(|last| last.len() < run.len() * 2) {
            run = merged(last, run);
        }
        self.runs.push(run);
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty() && self.fresh.is_empty()
    }

    /// The position of a cell: of its own numbering, else of a row that tells none.
    pub fn find(&self, id: CellId) -> Option<Tower> {
        self.find_key(key_of(Some(id.numbering()), id))
            .or_else(|| self.find_key(key_of(None, id)))
    }

    fn find_key(&self, key: Key) -> Option<Tower> {
        let found = self.runs.iter().filter_map(|run| {
            let at = run.binary_search_by_key(&key, Packed::key).ok()?;
            run.get(at)
        });
        found.max_by_key(|cell| cell.rank()).map(Packed::tower)
    }
}

/// Two ordered runs as one, with one row of each cell.
fn merged(a: Vec<Packed>, b: Vec<Packed>) -> Vec<Packed> {
    let mut out: Vec<Packed> = Vec::with_capacity(a.len() + b.len());
    let mut put = |cell: Packed| match out.last_mut().filter(|last| last.key() == cell.key()) {
        Some(last) if cell.rank() >= last.rank() => *last = cell,
        Some(_) => {}
        None => out.push(cell),
    };
    let (mut a, mut b) = (a.into_iter().peekable(), b.into_iter().peekable());
    loop {
        let next = match (a.peek(), b.peek()) {
            (Some(x), Some(y)) if y.key() < x.key() => b.next(),
            (Some(_), _) => a.next(),
            (None, _) => b.next(),
        };
        match next {
            Some(cell) => put(cell),
            None => break,
        }
    }
    out.shrink_to_fit();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Towers {
        pub(crate) fn len(&self) -> usize {
            self.runs.iter().map(Vec::len).sum::<usize>() + self.fresh.len()
        }
    }

    fn lte(area: u64, cell: u64) -> CellId {
        CellId::new(Numbering::Lte, 440, 10, area, cell).unwrap()
    }

    fn tower(lat: f64, updated_s: i64, samples: u32) -> Tower {
        Tower {
            lat,
            lon: 139.767_125_4,
            range_m: Some(1200),
            updated_s: Some(updated_s),
            samples,
        }
    }

    #[test]
    fn a_cell_takes_24_bytes() {
        assert_eq!(size_of::<Packed>(), 24);
        let mut towers = Towers::default();
        for cell in 1..=300_000 {
            towers.add(
                Some(Numbering::Lte),
                lte(7, cell),
                &tower(35.0, 1_700_000_000, 1),
            );
        }
        towers.settle();
        assert_eq!(towers.len(), 300_000);
        let kept: usize = towers.runs.iter().map(Vec::capacity).sum();
        assert_eq!(kept + towers.fresh.capacity(), 300_000);
    }

    #[test]
    fn cells_are_found_in_whatever_order_they_come() {
        let mut towers = Towers::default();
        // Five runs and a rest; a prime step goes through all of them once.
        let count = 5 * RUN as u64 + 17;
        for at in 0..count {
            let cell = at * 7919 % count + 1;
            let lat = cell as f64 / 1e4;
            towers.add(
                Some(Numbering::Lte),
                lte(9, cell),
                &tower(lat, 1_700_000_000, 3),
            );
        }
        towers.settle();
        assert_eq!(towers.len() as u64, count);
        for cell in (1..=count).step_by(997).chain([count]) {
            let found = towers.find(lte(9, cell)).unwrap();
            assert!((found.lat - cell as f64 / 1e4).abs() < 1e-7, "{cell}");
        }
        assert_eq!(towers.find(lte(9, count + 1)), None);
        assert_eq!(towers.find(lte(8, 1)), None);
    }

    #[test]
    fn what_is_kept_is_what_was_told() {
        let mut towers = Towers::default();
        let most = CellId::new(Numbering::Nr, 999, 999, 0xff_ffff, 0xf_ffff_ffff).unwrap();
        let told = Tower {
            lat: -77.846_301_2,
            lon: -179.999_999_9,
            range_m: None,
            updated_s: None,
            samples: 0,
        };
        towers.add(Some(Numbering::Nr), most, &told);
        let near = CellId::new(Numbering::Nr, 999, 999, 0xff_ffff, 0xf_ffff_fffe).unwrap();
        let far = Tower {
            range_m: Some(999_999),
            updated_s: Some(i64::MAX / 2),
            samples: u32::MAX,
            ..told
        };
        towers.add(Some(Numbering::Nr), near, &far);
        towers.settle();
        assert_eq!(towers.find(most), Some(told));
        let found = towers.find(near).unwrap();
        assert_eq!(
            (found.range_m, found.samples),
            (Some(MOST_METRES), MOST_SAMPLES)
        );
    }

    #[test]
    fn the_later_row_of_a_cell_counts_and_of_one_day_the_better_measured() {
        for back in [false, true] {
            let mut rows = vec![
                tower(1.0, 1_600_000_000, 900),
                tower(2.0, 1_700_000_000, 5),
                tower(3.0, 1_700_000_000, 2),
            ];
            if back {
                rows.reverse();
            }
            let mut towers = Towers::default();
            for row in &rows {
                towers.add(Some(Numbering::Lte), lte(1, 1), row);
                // Each in a run of its own: they are compared when they are merged, too.
                towers.settle();
            }
            assert_eq!(towers.len(), 1);
            let found = towers.find(lte(1, 1)).unwrap();
            assert!((found.lat - 2.0).abs() < 1e-9);
            assert_eq!(found.updated_s, Some(1_699_920_000), "kept to the day");
        }
    }

    #[test]
    fn the_radio_is_part_of_the_identity_where_it_is_told() {
        let gsm = CellId::new(Numbering::Gsm, 440, 10, 5, 6).unwrap();
        let umts = CellId::new(Numbering::Umts, 440, 10, 5, 6).unwrap();
        let mut towers = Towers::default();
        towers.add(Some(Numbering::Gsm), gsm, &tower(1.0, 1_600_000_000, 1));
        towers.add(None, umts, &tower(2.0, 1_600_000_000, 1));
        towers.settle();
        assert!((towers.find(gsm).unwrap().lat - 1.0).abs() < 1e-9);
        assert!((towers.find(umts).unwrap().lat - 2.0).abs() < 1e-9);
        let other = CellId::new(Numbering::Gsm, 440, 10, 5, 7).unwrap();
        assert_eq!(towers.find(other), None);
    }
}
