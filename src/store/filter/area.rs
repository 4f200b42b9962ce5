//! Areas on the Earth: between two parallels and two meridians.

use std::fmt;

/// Steps of a degree: a hundred-thousandth is about a metre.
const STEPS: f64 = PARTS as f64;
const PARTS: u32 = 100_000;

/// An area between two parallels and two meridians. Where it crosses the 180° meridian, its western edge lies east of the
/// eastern one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    south: i32,
    west: i32,
    north: i32,
    east: i32,
}

impl Area {
    /// Of degrees, kept to a hundred-thousandth. Null where they are out of range, or the south lies north.
    pub fn new([south, west, north, east]: [f64; 4]) -> Option<Self> {
        let parallel = |degrees: f64| steps(degrees, 90.0);
        let meridian = |degrees: f64| steps(degrees, 180.0);
        let area = Self {
            south: parallel(south)?,
            west: meridian(west)?,
            north: parallel(north)?,
            east: meridian(east)?,
        };
        (area.south <= area.north).then_some(area)
    }

    /// Reads `south/west/north/east`.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('/').map(|part| {
            let plain = part
                .bytes()
                .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
            part.parse().ok().filter(|_| plain)
        });
        let mut next = || parts.next().flatten();
        let area = Self::new([next()?, next()?, next()?, next()?])?;
        parts.next().is_none().then_some(area)
    }

    /// Whether a position, in degrees, lies in it; on its edge it does.
    pub fn contains(&self, lat: f64, lon: f64) -> bool {
        let (Some(lat), Some(lon)) = (steps(lat, 90.0), steps(lon, 180.0)) else {
            return false;
        };
        let across = if self.west <= self.east {
            (self.west..=self.east).contains(&lon)
        } else {
            lon >= self.west || lon <= self.east
        };
        across && (self.south..=self.north).contains(&lat)
    }
}

fn steps(degrees: f64, most: f64) -> Option<i32> {
    (degrees.abs() <= most).then_some((degrees * STEPS).round() as i32)
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let edges = [self.south, self.west, self.north, self.east];
        for (place, at) in edges.into_iter().enumerate() {
            let slash = if place > 0 { "/" } else { "" };
            let sign = if at < 0 { "-" } else { "" };
            // By whole numbers: what prints floats is ten kilobytes of code.
            let (whole, part) = (at.unsigned_abs() / PARTS, at.unsigned_abs() % PARTS);
            write!(f, "{slash}{sign}{whole}")?;
            if part > 0 {
                write!(f, ".{}", format!("{part:05}").trim_end_matches('0'))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_area_is_read_from_south_to_east() {
        let oslo = Area::read("59.8/10.5/60/10.95").unwrap();
        assert!(oslo.contains(59.91, 10.75) && oslo.contains(59.8, 10.5));
        assert!(!oslo.contains(59.91, 11.0) && !oslo.contains(59.79, 10.75));
        assert_eq!(oslo.to_string(), "59.8/10.5/60/10.95");
        let odd = Area::new([-0.00001, -0.5, 0.000_009, 179.123_456]).unwrap();
        assert_eq!(odd.to_string(), "-0.00001/-0.5/0.00001/179.12346");
        for text in [
            "",
            "1/2/3",
            "1/2/3/4/5",
            "1/2/3/",
            "60/10/59/11",
            "91/0/92/1",
            "0/-181/1/0",
            "a/b/c/d",
            "1e1/2/30/4",
            "NaN/0/1/1",
            "inf/0/1/1",
            "1 /2/3/4",
            "+1/2/3/4",
        ] {
            assert_eq!(Area::read(text), None, "{text}");
        }
    }

    #[test]
    fn an_area_may_cross_the_180th_meridian() {
        let fiji = Area::read("-19/177/-16/-178.5").unwrap();
        for lon in [177.0, 179.9, 180.0, -180.0, -179.0] {
            assert!(fiji.contains(-17.7, lon), "{lon}");
        }
        assert!(!fiji.contains(-17.7, 0.0) && !fiji.contains(-17.7, -178.0));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_as_the_same(a in -90.0..=90.0_f64, b in -90.0..=90.0_f64, west in -180.0..=180.0_f64, east in -180.0..=180.0_f64) {
            let area = Area::new([a.min(b), west, a.max(b), east]).unwrap();
            prop_assert_eq!(Area::read(&area.to_string()), Some(area));
        }
    }
}
