//! Distances on the globe.

/// Mean radius of the Earth in metres (IUGG).
const RADIUS_M: f64 = 6_371_008.8;

/// The great-circle distance between two points of latitude and longitude in degrees, in metres (haversine; the Earth as a sphere, which
/// is right to half a per cent).
pub fn great_circle_m((lat_a, lon_a): (f64, f64), (lat_b, lon_b): (f64, f64)) -> f64 {
    let half_sine = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin();
    let cosines = lat_a.to_radians().cos() * lat_b.to_radians().cos();
    let h = half_sine(lat_a, lat_b).powi(2) + cosines * half_sine(lon_a, lon_b).powi(2);
    2.0 * RADIUS_M * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_sphere() {
        let quarter = RADIUS_M * std::f64::consts::FRAC_PI_2;
        for (a, b, metres) in [
            ((0.0, 0.0), (90.0, 0.0), quarter),
            ((0.0, 0.0), (0.0, 180.0), 2.0 * quarter),
            ((90.0, 12.0), (-90.0, 99.0), 2.0 * quarter),
            // The short way over the 180° meridian: two degrees.
            ((0.0, 179.0), (0.0, -179.0), quarter / 45.0),
            ((60.0, 10.0), (60.0, 10.0), 0.0),
        ] {
            let found = great_circle_m(a, b);
            assert!((found - metres).abs() < 0.01, "{a:?} {b:?}: {found}");
        }
        // A degree of longitude at 60° is half of one at the equator, and a little less along the great circle.
        let north = great_circle_m((60.0, 0.0), (60.0, 1.0));
        let equator = great_circle_m((0.0, 0.0), (0.0, 1.0));
        assert!((north / equator - 0.5).abs() < 1e-4);
    }
}
