//! What was last told of a SIM: by its sessions, the latest first; where none of them tells, by the vendor's list of SIMs. What
//! lanes are grouped by, what the table of SIMs says, and what the filter asks of a SIM is this, in all three.

use crate::model::{Cell, Country, Place, Radio, Text};

use super::Store;
use super::interner::TextId;

/// The first eight digits of an IMEI, the type allocation code (3GPP TS 23.003, 6.2), which names the device's make and model. Null
/// for a text that is no IMEI: those have 14 to 16 digits, without or with the check digit or the software version.
pub fn device_type(imei: &str) -> Option<&str> {
    let is_imei = (14..=16).contains(&imei.len()) && imei.bytes().all(|b| b.is_ascii_digit());
    imei.get(..8).filter(|_| is_imei)
}

impl Store {
    /// What the latest session tells that `tell` finds something in; null where none does.
    fn last_told<T>(&self, lane: u32, tell: impl Fn(u32) -> Option<T>) -> Option<T> {
        let found = self.lane(lane)?;
        found.sessions.iter().rev().find_map(|row| tell(*row))
    }

    /// The country of the last visited network.
    pub fn last_country(&self, lane: u32) -> Option<Country> {
        let of = |row| self.parts.network(self.sessions.network(row)).country;
        let listed = || self.lane(lane)?.sim.as_deref()?.network.country;
        self.last_told(lane, of).or_else(listed)
    }

    /// The operator of the last visited network: its name, else its MCC and MNC (`242-01`).
    pub fn last_operator(&self, lane: u32) -> Option<String> {
        let of = |row| {
            let number = self.sessions.network(row);
            let network = self.parts.network(number);
            let named = self.parts.operator(number).map(str::to_owned);
            named.or_else(|| Some(format!("{}-{}", network.mcc?, network.mnc?)))
        };
        let listed = || {
            let network = &self.lane(lane)?.sim.as_deref()?.network;
            let named = self.parts.operator_of(network).map(str::to_owned);
            named.or_else(|| Some(format!("{}-{}", network.mcc?, network.mnc?)))
        };
        self.last_told(lane, of).or_else(listed)
    }

    /// The last radio technology.
    pub fn last_radio(&self, lane: u32) -> Option<Radio> {
        let listed = || self.lane(lane)?.sim.as_deref()?.radio;
        self.last_told(lane, |row| self.sessions.kinds(row).radio)
            .or_else(listed)
    }

    /// The IMEI of the device that the SIM was last in.
    pub fn last_imei(&self, lane: u32) -> Option<Text<'_>> {
        let listed = || self.lane(lane)?.sim.as_deref()?.imei.as_deref();
        let told = self.last_text(lane, |row| self.sessions.imei(row));
        told.or_else(|| listed().map(Text::Borrowed))
    }

    /// The IMSI that the SIM last used; of one without sessions the first that it has.
    pub fn last_imsi(&self, lane: u32) -> Option<Text<'_>> {
        let listed = || self.lane(lane)?.sim.as_deref()?.imsis.first();
        let told = self.last_text(lane, |row| self.sessions.imsi(row));
        told.or_else(|| listed().map(|imsi| Text::Borrowed(imsi.as_ref())))
    }

    fn last_text(&self, lane: u32, of: impl Fn(u32) -> TextId) -> Option<Text<'_>> {
        self.last_told(lane, |row| self.parts.text(of(row)))
    }

    /// The last serving cell.
    pub fn last_cell(&self, lane: u32) -> Option<Cell<'_>> {
        let told = self.last_told(lane, |row| {
            Some(self.parts.cell(self.sessions.cell(row))).filter(|cell| !cell.is_empty())
        });
        let listed = || {
            let cell = &self.lane(lane)?.sim.as_deref()?.cell;
            Some(cell.clone()).filter(|cell| !cell.is_empty())
        };
        told.or_else(listed)
    }

    /// The last known place: where a tower stood, unless the SIM was in another country since; else that the country is known.
    pub fn last_place(&self, lane: u32) -> Option<Place> {
        let country = self.last_country(lane);
        let is_point = |place: &Place| place.lat.is_some();
        let told = self.last_told(lane, |row| {
            let network = self.parts.network(self.sessions.network(row));
            let place = Some(self.place_of_session(row)).filter(is_point);
            place.map(|place| (place, network.country))
        });
        let listed = || {
            let sim = self.lane(lane)?.sim.as_deref()?;
            Some((sim.place, sim.network.country)).filter(|(place, _)| is_point(place))
        };
        let point = told.or_else(listed);
        let point = point.filter(|(_, of)| of.is_none() || country.is_none() || *of == country);
        let only_country = || country.map(|_| Place::country(None));
        point.map(|(place, _)| place).or_else(only_country)
    }

    /// The type code of the device that the SIM was last in: see [`device_type`].
    pub fn last_device_type(&self, lane: u32) -> Option<String> {
        let imei = self.last_imei(lane)?;
        device_type(&imei).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_code_is_of_an_imei_alone() {
        assert_eq!(device_type("350000000000017"), Some("35000000"));
        assert_eq!(device_type("35000000000001"), Some("35000000"));
        assert_eq!(device_type("3500000000000101"), Some("35000000"));
        for text in ["", "35000000", "35000000000001x", "35000000000000017"] {
            assert_eq!(device_type(text), None, "{text}");
        }
    }
}
