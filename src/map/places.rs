//! Places by tower and by country.

use serde::Serialize;

use crate::geo::{NAMES_CREDIT, canonical};
use crate::insight::Severity;
use crate::model::{Country, Place, PlaceKind};
use crate::store::order::items_by_number;
use crate::store::{Fix, Keyed, Store};

use super::track::{TrackPoint, track};

/// A tower that sessions were on. Never a device.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceMark {
    /// Number of the place, counted from 0.
    pub id: u32,
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
    /// Radius in metres; null when unknown.
    pub accuracy_m: Option<f64>,
    /// Whose estimate it is.
    pub kind: PlaceKind,
    /// How many SIMs.
    pub sims: u32,
    /// How many sessions.
    pub sessions: u32,
    /// The lane of the newest session's SIM.
    pub sim: u32,
    /// The newest session.
    pub session: u32,
    /// Its colour.
    pub colour: u8,
    /// The instant for which its place holds.
    pub at_ms: Option<i64>,
    /// A place holds for an instant inside the chosen span (or none is chosen).
    pub in_span: bool,
    /// How much what stands out in its SIMs matters at most; null where nothing does.
    pub finding: Option<Severity>,
    /// Operator and area, for people.
    pub title: String,
    /// The cell, for people.
    pub detail: String,
}

/// A country where that is all there is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountryMark {
    /// Alpha-2 code.
    pub code: String,
    /// How many SIMs.
    pub sims: u32,
    /// How many sessions.
    pub sessions: u32,
    /// Colour of the newest session.
    pub colour: u8,
    /// The operators, for people.
    pub title: String,
}

/// What the map shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct MapData {
    /// Towers. There may be many: they are written apart, in pieces.
    #[serde(skip)]
    pub places: Vec<PlaceMark>,
    /// Countries.
    pub countries: Vec<CountryMark>,
    /// The chosen SIM's track; null where none is chosen or it has fewer than two points.
    pub track: Option<Vec<TrackPoint>>,
    /// Sessions of which not even the country is known.
    pub off_map: u32,
    /// The attributions that what is shown asks for.
    pub credits: Vec<String>,
}

/// What is asked of the store for a map.
pub struct MapView<'a> {
    /// The store.
    pub store: &'a Store,
    /// Whether a session is shown, by row.
    pub shown: &'a dyn Fn(u32) -> bool,
    /// The colour of a session, by row.
    pub colour: &'a dyn Fn(u32) -> u8,
    /// The chosen span.
    pub span: Option<[i64; 2]>,
    /// The chosen SIM's lane.
    pub lane: Option<u32>,
    /// How much what stands out in a SIM matters, by lane; null where nothing does.
    pub finding: &'a dyn Fn(u32) -> Option<Severity>,
}

#[derive(Default)]
struct Gathered {
    /// Ordered, without doubles.
    lanes: Vec<u32>,
    sessions: u32,
    newest: Option<(Option<i64>, u32)>,
    in_span: bool,
    place: Place,
}

impl Gathered {
    fn add(&mut self, lane: u32, session: u32, at: Option<i64>, in_span: bool) {
        if let Err(at) = self.lanes.binary_search(&lane) {
            self.lanes.insert(at, lane);
        }
        self.sessions += 1;
        self.in_span |= in_span;
        if self.newest.is_none_or(|(known, _)| at >= known) {
            self.newest = Some((at, session));
        }
    }
}

/// Everything on the map.
pub fn build(view: &MapView<'_>) -> MapData {
    let mut towers: Keyed<(u64, u64), Gathered> = Keyed::default();
    let mut countries: Vec<(Country, Gathered)> = Vec::new();
    let mut credits: Vec<String> = Vec::new();
    let mut off_map = 0;
    let store = view.store;
    for row in store.session_rows().filter(|row| (view.shown)(*row)) {
        let lane = store.lane_of_session(row);
        let mut on_map = false;
        store.fixes(row, &mut |Fix { place, credit }| {
            let (Some(lat), Some(lon)) = (place.lat, place.lon) else {
                return;
            };
            on_map = true;
            if !credit.is_empty() && !credits.iter().any(|known| known == credit) {
                credits.push(credit.to_owned());
            }
            let at = place.at.map(crate::model::Instant::ms);
            let in_span = match (view.span, at) {
                (None, _) => true,
                (Some([from, to]), Some(at)) => (from..=to).contains(&at),
                (Some(_), None) => false,
            };
            let gathered = towers.or_default((lat.to_bits(), lon.to_bits()));
            gathered.add(lane, row, at, in_span);
            gathered.place = place;
        });
        if on_map {
            continue;
        }
        let network = store.parts().network(store.sessions().network(row));
        let Some(country) = network.country else {
            off_map += 1;
            continue;
        };
        let found = countries.iter().position(|(known, _)| *known == country);
        let found = found.unwrap_or_else(|| {
            countries.push((country, Gathered::default()));
            countries.len() - 1
        });
        if let Some((_, gathered)) = countries.get_mut(found) {
            let at = Some(store.begin(row));
            gathered.add(lane, row, at, overlaps(store, row, view.span));
        }
    }
    let places = places(view, towers, &mut credits);
    let countries = country_marks(view, countries, &mut credits);
    MapData {
        places,
        countries,
        track: view.lane.and_then(|lane| track(view, lane)),
        off_map,
        credits,
    }
}

pub(super) fn overlaps(store: &Store, row: u32, span: Option<[i64; 2]>) -> bool {
    span.is_none_or(|[from, to]| store.begin(row) <= to && store.light_until(row) >= from)
}

fn places(
    view: &MapView<'_>,
    towers: Keyed<(u64, u64), Gathered>,
    credits: &mut Vec<String>,
) -> Vec<PlaceMark> {
    let towers = items_by_number(towers.into_values(), |tower| {
        tower.newest.map_or(-1, |(_, session)| i64::from(session))
    });
    (0u32..)
        .zip(towers)
        .filter_map(|(id, tower)| {
            let (at_ms, session) = tower.newest?;
            let (title, detail) = words(view.store, session, credits);
            Some(PlaceMark {
                id,
                lat: tower.place.lat?,
                lon: tower.place.lon?,
                accuracy_m: tower.place.accuracy_m,
                kind: tower.place.kind.unwrap_or(PlaceKind::Tower),
                sims: tower.lanes.len() as u32,
                sessions: tower.sessions,
                sim: view.store.lane_of_session(session),
                session,
                colour: (view.colour)(session),
                at_ms,
                in_span: tower.in_span,
                finding: tower
                    .lanes
                    .iter()
                    .filter_map(|lane| (view.finding)(*lane))
                    .max(),
                title,
                detail,
            })
        })
        .collect()
}

/// Operator, else PLMN, and the cell, of a session. A name by the list of MCC and MNC is credited.
fn words(store: &Store, session: u32, credits: &mut Vec<String>) -> (String, String) {
    let number = store.sessions().network(session);
    let network = store.parts().network(number);
    let cell = store.parts().cell(store.sessions().cell(session));
    let plmn = match (network.mcc, network.mnc) {
        (Some(mcc), Some(mnc)) => format!("{mcc}-{mnc}"),
        _ => String::new(),
    };
    let title = store.parts().operator(number).unwrap_or(&plmn).to_owned();
    if store.parts().listed_name(number).is_some()
        && !credits.iter().any(|known| known == NAMES_CREDIT)
    {
        credits.push(NAMES_CREDIT.to_owned());
    }
    let area = cell.tac.or(cell.lac);
    let id = cell
        .nci
        .or_else(|| cell.eci.map(u64::from))
        .or_else(|| cell.ci.map(u64::from));
    let detail = match (cell.reported, area, id) {
        (Some(reported), ..) => format!("cell {reported}"),
        (None, Some(_), Some(id)) => format!("cell {}", canonical(&plmn, area, id)),
        _ => String::new(),
    };
    (title, detail)
}

fn country_marks(
    view: &MapView<'_>,
    countries: Vec<(Country, Gathered)>,
    credits: &mut Vec<String>,
) -> Vec<CountryMark> {
    countries
        .into_iter()
        .filter_map(|(country, gathered)| {
            let (_, session) = gathered.newest?;
            Some(CountryMark {
                code: country.to_string(),
                sims: gathered.lanes.len() as u32,
                sessions: gathered.sessions,
                colour: (view.colour)(session),
                title: words(view.store, session, credits).0,
            })
        })
        .collect()
}
