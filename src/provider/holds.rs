//! What the fields of vendors' answers hold, as far as it matters to whoever hands an answer on. Each vendor's folder says it of
//! every field that its adapter reads; a field that none of them names may hold anything.

use super::{monogoto, soracom, wayscloud, wireless};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holds {
    /// A state, an instant, a count, a network, a cell, a plan: nothing that tells a SIM or its owner.
    Plain,
    /// An ICCID.
    Iccid,
    /// An IMSI.
    Imsi,
    /// An IMEI or IMEISV.
    Imei,
    /// An EID.
    Eid,
    /// A telephone number.
    Msisdn,
    /// The vendor's key of a SIM, session, event, device or account; may have an identifier in it.
    Key,
    /// What the owner wrote: a name, a description, a note.
    Words,
    /// The owner's tags by their names, both of his choice.
    Tags,
    /// An IP address.
    Address,
    /// The address of a resource of the vendor, with keys in its path.
    Link,
}

/// Fields by what they hold: by their keys, or by `parent.key` where the key alone would say too little.
pub type Fields = &'static [(Holds, &'static [&'static str])];

/// Every field that an adapter reads. No two vendors mean different things by the same.
pub fn fields() -> impl Iterator<Item = (&'static str, Holds)> {
    let vendors: [Fields; 4] = [
        wireless::FIELDS,
        soracom::FIELDS,
        monogoto::FIELDS,
        wayscloud::FIELDS,
    ];
    vendors.into_iter().flatten().flat_map(|(holds, names)| {
        let names: &'static [&'static str] = names;
        names.iter().map(|name| (*name, *holds))
    })
}

/// The words of a key whose value is a secret, in lower case and without `_` and `-`.
const SECRET: [&str; 9] = [
    "privatekey",
    "secret",
    "password",
    "passphrase",
    "presharedkey",
    "apikey",
    "accesskey",
    "authkey",
    "authtoken",
];
/// Whole keys whose value is a secret, written likewise.
const SECRETS: [&str; 8] = [
    "token",
    "accesstoken",
    "refreshtoken",
    "idtoken",
    "ki",
    "opc",
    "pin",
    "puk",
];

/// Whether the value of a key is a secret, such as the private key that Soracom's record of a SIM may hold. Those are handed on
/// to nobody.
pub fn is_secret(key: &str) -> bool {
    let letters = key.bytes().filter(|byte| !matches!(byte, b'_' | b'-'));
    let key: Vec<u8> = letters.map(|byte| byte.to_ascii_lowercase()).collect();
    let has = |word: &&str| memchr::memmem::find(&key, word.as_bytes()).is_some();
    SECRETS.iter().any(|word| word.as_bytes() == key) || SECRET.iter().any(has)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn no_two_vendors_mean_different_things_by_the_same_field() {
        let mut known: HashMap<&str, Holds> = HashMap::new();
        for (name, holds) in fields() {
            let before = known.insert(name, holds);
            assert!(before.is_none_or(|before| before == holds), "{name}");
        }
    }

    #[test]
    fn secrets_are_known_by_their_keys() {
        for key in [
            "arcClientPeerPrivateKey",
            "private_key",
            "Password",
            "client_secret",
            "X-Api-Key",
            "token",
            "refreshToken",
            "Ki",
            "PIN",
        ] {
            assert!(is_secret(key), "{key}");
        }
        for key in ["key", "sid", "kind", "pinned", "iccid", "PageToken", "keys"] {
            assert!(!is_secret(key), "{key}");
        }
    }
}
