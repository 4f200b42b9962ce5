//! What is said to a geolocate service of Ichnaea's kind (`POST /v1/geolocate`, the protocol of the former Mozilla Location
//! Service and of beaconDB) about one cell, and what it answers. Pure: no address, no key, no sending.

use serde::{Deserialize, Serialize};

use super::cell::{CellId, Numbering};

/// The protocol's word for how a cell is numbered. LTE-M and NB-IoT cells are asked for as LTE's.
pub fn radio_type(numbering: Numbering) -> &'static str {
    match numbering {
        Numbering::Gsm => "gsm",
        Numbering::Umts => "wcdma",
        Numbering::Lte => "lte",
        Numbering::Nr => "nr",
    }
}

fn numbering_of(radio_type: &str) -> Option<Numbering> {
    let all = [
        Numbering::Gsm,
        Numbering::Umts,
        Numbering::Lte,
        Numbering::Nr,
    ];
    all.into_iter()
        .find(|numbering| self::radio_type(*numbering) == radio_type)
}

/// One cell in the words of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CellTower<'t> {
    /// `gsm`, `wcdma`, `lte` or `nr`.
    pub radio_type: &'t str,
    /// MCC.
    pub mobile_country_code: u16,
    /// MNC as a number.
    pub mobile_network_code: u16,
    /// LAC or TAC.
    pub location_area_code: u32,
    /// CI, UTRAN cell identity, ECI or NCI.
    pub cell_id: u64,
}

impl CellTower<'static> {
    /// Of a cell.
    pub fn of(id: CellId) -> Self {
        Self {
            radio_type: radio_type(id.numbering()),
            mobile_country_code: id.mcc(),
            mobile_network_code: id.mnc(),
            location_area_code: id.area(),
            cell_id: id.cell(),
        }
    }
}

impl CellTower<'_> {
    /// The cell; null where a number is out of its range.
    pub fn id(&self) -> Option<CellId> {
        CellId::new(
            numbering_of(self.radio_type)?,
            self.mobile_country_code.into(),
            self.mobile_network_code.into(),
            self.location_area_code.into(),
            self.cell_id,
        )
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Question<'t> {
    consider_ip: bool,
    radio_type: &'t str,
    fallbacks: Fallbacks,
    cell_towers: [CellTower<'t>; 1],
}

#[derive(Serialize)]
struct Fallbacks {
    ipf: bool,
    lacf: bool,
}

/// The question for one cell. Without both of its refusals a service answers an unknown cell with the place of whoever asks: the
/// visitor's own. The radio is told twice, for some services read the one, some the other.
pub fn question(id: CellId) -> String {
    let question = Question {
        consider_ip: false,
        radio_type: radio_type(id.numbering()),
        fallbacks: Fallbacks {
            ipf: false,
            lacf: true,
        },
        cell_towers: [CellTower::of(id)],
    };
    // Numbers and fixed words: writing them does not fail.
    serde_json::to_string(&question).unwrap_or_default()
}

/// What a service knows of a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Answer {
    /// Where it stands.
    At(Fix),
    /// It was never heard of.
    NotKnown,
}

/// An estimate of a cell's position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fix {
    /// Latitude in degrees, WGS 84.
    pub lat: f64,
    /// Longitude in degrees, WGS 84.
    pub lon: f64,
    /// Radius in metres; null where none is told.
    pub accuracy_m: Option<f64>,
    /// It is the cell's area (LAC, TAC) that is known, not the cell.
    pub is_area: bool,
}

/// Why a service gives no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It does not take the key, or wants one.
    Key,
    /// No more questions are answered today.
    DailyLimit,
    /// Too many questions at a time.
    TooMany,
    /// Its own failure (5xx).
    Outage,
    /// It is no such service, or answers in another way: the status, and its own words where it has any.
    Other(u16, Option<String>),
}

#[derive(Deserialize)]
struct Found<'a> {
    location: Point,
    accuracy: Option<f64>,
    #[serde(borrow)]
    fallback: Option<std::borrow::Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Point {
    lat: f64,
    lng: f64,
}

#[derive(Deserialize)]
struct Refused {
    error: RefusedInner,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct RefusedInner {
    errors: Vec<Reason>,
    message: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Reason {
    reason: Option<String>,
}

/// Reads an answer.
///
/// # Errors
///
/// The service refuses, or what came is no answer of such a service.
pub fn read(status: u16, body: &[u8]) -> Result<Answer, Refusal> {
    if status == 200 {
        let found: Found<'_> =
            serde_json::from_slice(body).map_err(|_| Refusal::Other(status, None))?;
        return Ok(place(&found));
    }
    let error = serde_json::from_slice::<Refused>(body).map(|refused| refused.error);
    let error = error.unwrap_or_default();
    let reason = error.errors.into_iter().find_map(|error| error.reason);
    match (status, reason.as_deref()) {
        (_, Some("notFound")) => Ok(Answer::NotKnown),
        (_, Some("keyInvalid")) | (401, _) => Err(Refusal::Key),
        (_, Some("dailyLimitExceeded")) => Err(Refusal::DailyLimit),
        (429, _) | (_, Some("userRateLimitExceeded")) => Err(Refusal::TooMany),
        (403, _) => Err(Refusal::Key),
        (500.., _) => Err(Refusal::Outage),
        _ => Err(Refusal::Other(status, error.message.map(shortened))),
    }
}

/// The asker's own place, and what is no position, are not the cell's.
fn place(found: &Found<'_>) -> Answer {
    let Point { lat, lng } = found.location;
    let is_point = lat.abs() <= 90.0 && lng.abs() <= 180.0 && (lat != 0.0 || lng != 0.0);
    match found.fallback.as_deref() {
        None | Some("lacf") if is_point => Answer::At(Fix {
            lat,
            lon: lng,
            accuracy_m: found.accuracy.filter(|metres| *metres > 0.0),
            is_area: found.fallback.is_some(),
        }),
        _ => Answer::NotKnown,
    }
}

/// A service's own words are shown, but not a page of them.
fn shortened(message: String) -> String {
    message.chars().take(200).collect()
}

/// A cell's position as it goes into the store: a line of JSON in a document of such lines.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Located<'t> {
    /// The cell.
    #[serde(borrow)]
    pub cell: CellTower<'t>,
    /// Latitude in degrees, WGS 84.
    pub lat: f64,
    /// Longitude in degrees, WGS 84.
    pub lon: f64,
    /// Radius in metres.
    pub accuracy_m: Option<f64>,
    /// It is its area's position.
    pub is_area: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(numbering: Numbering, area: u64, cell: u64) -> CellId {
        CellId::new(numbering, 242, 1, area, cell).unwrap()
    }

    #[test]
    fn a_question_names_one_cell_and_refuses_the_askers_own_place() {
        let asked: serde_json::Value =
            serde_json::from_str(&question(id(Numbering::Lte, 2, 1_234_567))).unwrap();
        let wanted = serde_json::json!({
            "considerIp": false,
            "radioType": "lte",
            "fallbacks": {"ipf": false, "lacf": true},
            "cellTowers": [{
                "radioType": "lte",
                "mobileCountryCode": 242,
                "mobileNetworkCode": 1,
                "locationAreaCode": 2,
                "cellId": 1_234_567,
            }],
        });
        assert_eq!(asked, wanted);
        let nr = question(id(Numbering::Nr, 0xff_0000, 0xf_ffff_ffff));
        assert!(nr.contains(r#""radioType":"nr""#) && nr.contains("68719476735"));
    }

    #[test]
    fn a_cell_survives_the_protocols_words() {
        for (numbering, radio) in [
            (Numbering::Gsm, "gsm"),
            (Numbering::Umts, "wcdma"),
            (Numbering::Lte, "lte"),
            (Numbering::Nr, "nr"),
        ] {
            let cell = id(numbering, 5, 7);
            let tower = CellTower::of(cell);
            assert_eq!((tower.radio_type, tower.id()), (radio, Some(cell)));
        }
        let wrong = CellTower {
            radio_type: "cdma",
            ..CellTower::of(id(Numbering::Gsm, 5, 7))
        };
        assert_eq!(wrong.id(), None);
    }

    #[test]
    fn answers_are_read() {
        let at = |body: &str| read(200, body.as_bytes());
        let fix = |is_area| Fix {
            lat: 59.9,
            lon: 10.7,
            accuracy_m: Some(1500.0),
            is_area,
        };
        assert_eq!(
            at(r#"{"location":{"lat":59.9,"lng":10.7},"accuracy":1500}"#),
            Ok(Answer::At(fix(false)))
        );
        assert_eq!(
            at(r#"{"location":{"lat":59.9,"lng":10.7},"accuracy":1500.0,"fallback":"lacf"}"#),
            Ok(Answer::At(fix(true)))
        );
        for none in [
            r#"{"location":{"lat":59.9,"lng":10.7},"accuracy":25000,"fallback":"ipf"}"#,
            r#"{"location":{"lat":59.9,"lng":10.7},"fallback":"other"}"#,
            r#"{"location":{"lat":0,"lng":0},"accuracy":5}"#,
            r#"{"location":{"lat":95,"lng":0},"accuracy":5}"#,
        ] {
            assert_eq!(at(none), Ok(Answer::NotKnown), "{none}");
        }
        assert_eq!(at("<html>"), Err(Refusal::Other(200, None)));
        assert_eq!(at("{}"), Err(Refusal::Other(200, None)));
    }

    #[test]
    fn refusals_are_told_apart() {
        let error = |reason: &str| {
            format!(
                r#"{{"error":{{"errors":[{{"domain":"d","reason":"{reason}","message":"m"}}],"code":400,"message":"said"}}}}"#
            )
        };
        let refused = |status, reason: &str| read(status, error(reason).as_bytes());
        assert_eq!(refused(404, "notFound"), Ok(Answer::NotKnown));
        assert_eq!(refused(400, "keyInvalid"), Err(Refusal::Key));
        assert_eq!(refused(403, "dailyLimitExceeded"), Err(Refusal::DailyLimit));
        assert_eq!(refused(403, "userRateLimitExceeded"), Err(Refusal::TooMany));
        assert_eq!(read(429, b""), Err(Refusal::TooMany));
        assert_eq!(read(503, b"<html>"), Err(Refusal::Outage));
        assert_eq!(
            refused(400, "parseError"),
            Err(Refusal::Other(400, Some("said".to_owned())))
        );
        // A page that is not there is no cell that is not known.
        assert_eq!(read(404, b"<html>"), Err(Refusal::Other(404, None)));
    }
}
