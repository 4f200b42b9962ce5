//! Where a tower or a country is. Never where the device is.

use serde::{Deserialize, Serialize};

use super::Instant;

/// What a place stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum PlaceKind {
    /// The vendor's own estimate of the tower's position.
    Tower,
    /// A cell look-up's estimate of the tower's position.
    Lookup,
    /// Only the country is known; there are no coordinates.
    Country,
}

impl PlaceKind {
    /// The JSON name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tower => "tower",
            Self::Lookup => "lookup",
            Self::Country => "country",
        }
    }
}

/// An estimate of the serving tower's position, which holds for one instant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Place {
    /// Latitude in degrees, WGS 84, -90 to 90; null where only the country is known.
    pub lat: Option<f64>,
    /// Longitude in degrees, WGS 84, -180 to 180.
    pub lon: Option<f64>,
    /// Radius in metres of the circle in which the position is believed to be; null when unknown.
    pub accuracy_m: Option<f64>,
    /// What the place stands for; null where nothing is known.
    #[serde(rename = "place_kind")]
    pub kind: Option<PlaceKind>,
    /// The only instant that the place holds for.
    #[serde(rename = "place_at")]
    pub at: Option<Instant>,
}

impl Place {
    /// A point, unless it is 0/0 or out of range, which vendors write for "no position".
    pub fn point(lat: f64, lon: f64, kind: PlaceKind) -> Option<Self> {
        let none = (lat == 0.0 && lon == 0.0) || !(lat.abs() <= 90.0 && lon.abs() <= 180.0);
        (!none).then_some(Self {
            lat: Some(lat),
            lon: Some(lon),
            accuracy_m: None,
            kind: Some(kind),
            at: None,
        })
    }

    /// Only the country is known.
    pub fn country(at: Option<Instant>) -> Self {
        Self {
            kind: Some(PlaceKind::Country),
            at,
            ..Self::default()
        }
    }

    /// The same with a radius in metres.
    #[must_use]
    pub fn with_accuracy_m(mut self, accuracy_m: Option<f64>) -> Self {
        self.accuracy_m = accuracy_m;
        self
    }

    /// The same, holding for that instant.
    #[must_use]
    pub fn at(mut self, at: Option<Instant>) -> Self {
        self.at = at;
        self
    }

    /// Nothing is known.
    pub fn is_empty(&self) -> bool {
        self.kind.is_none()
    }
}
