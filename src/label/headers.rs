//! What a column's name says of it, in the usual spellings of some languages.

use super::Identifier;

/// What a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// This identifier, and no other.
    Identifier(Identifier),
    /// The name.
    Name,
    /// The group.
    Group,
    /// Some key: the texts below may tell which.
    SomeKey,
    /// Nothing.
    Nothing,
}

/// These stand in a longer name as well: `SIM ICCID`, `imei_number`.
const WITHIN: [(&str, Identifier); 4] = [
    ("iccid", Identifier::Iccid),
    ("imsi", Identifier::Imsi),
    ("imei", Identifier::Imei),
    ("msisdn", Identifier::Msisdn),
];

const MSISDN: [&str; 11] = [
    "phone",
    "phonenumber",
    "telephone",
    "telephonenumber",
    "mobilenumber",
    "mobile",
    "rufnummer",
    "telefonnummer",
    "telefon",
    "téléphone",
    "teléfono",
];

const EID: [&str; 4] = ["eid", "euiccid", "simeid", "esimeid"];

/// Not `SIM number`, which may be any of them: the texts tell.
const ICCID: [&str; 4] = ["ccid", "simserial", "simserialnumber", "kartennummer"];

const KEY: [&str; 18] = [
    "id",
    "key",
    "sid",
    "simsid",
    "simid",
    "sim",
    "simkey",
    "vendorkey",
    "vendorid",
    "deviceid",
    "deviceuid",
    "device",
    "thingid",
    "endpointid",
    "subscriberid",
    "identifier",
    "geräteid",
    "gerät",
];

const NAME: [&str; 19] = [
    "name",
    "label",
    "alias",
    "title",
    "nickname",
    "displayname",
    "friendlyname",
    "uniquename",
    "devicename",
    "simname",
    "thingname",
    "assetname",
    "bezeichnung",
    "gerätename",
    "nom",
    "nombre",
    "nome",
    "naam",
    "navn",
];

const GROUP: [&str; 11] = [
    "group",
    "groups",
    "groupname",
    "devicegroup",
    "simgroup",
    "fleet",
    "gruppe",
    "groupe",
    "grupo",
    "gruppo",
    "groep",
];

/// What a column's name says.
pub fn said(header: &str) -> Said {
    let plain: String = header
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let is = |names: &[&str]| names.contains(&plain.as_str());
    if let Some((_, kind)) = WITHIN.iter().find(|(name, _)| plain.contains(name)) {
        Said::Identifier(*kind)
    } else if is(&EID) {
        Said::Identifier(Identifier::Eid)
    } else if is(&ICCID) {
        Said::Identifier(Identifier::Iccid)
    } else if is(&MSISDN) {
        Said::Identifier(Identifier::Msisdn)
    } else if is(&NAME) {
        Said::Name
    } else if is(&GROUP) {
        Said::Group
    } else if is(&KEY) {
        Said::SomeKey
    } else {
        Said::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_spellings_are_known() {
        for (header, wanted) in [
            ("ICCID", Said::Identifier(Identifier::Iccid)),
            ("SIM ICCID (printed)", Said::Identifier(Identifier::Iccid)),
            ("imsi_1", Said::Identifier(Identifier::Imsi)),
            ("IMEI number", Said::Identifier(Identifier::Imei)),
            ("E-ID", Said::Identifier(Identifier::Eid)),
            ("Phone number", Said::Identifier(Identifier::Msisdn)),
            ("device_id", Said::SomeKey),
            ("Device name", Said::Name),
            ("Gerätename", Said::Name),
            ("Gruppe", Said::Group),
            ("SIM number", Said::Nothing),
            ("Site", Said::Nothing),
            ("", Said::Nothing),
        ] {
            assert_eq!(said(header), wanted, "{header}");
        }
    }
}
