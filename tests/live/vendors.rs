//! In what the vendors differ, as data: where their lists and histories are, what a sign-in takes, what they do to a client that
//! is refused.

use simscope::error::ErrorKind;
use simscope::model::ProviderId;

/// A vendor under test.
pub struct Vendor {
    pub id: ProviderId,
    /// As the simulators and the documents call it.
    pub name: &'static str,
    /// Its ways to sign in that exchange nothing but what the simulator tells; the usual one first.
    pub ways: &'static [&'static str],
    /// Of a way: its fields, and which of the simulator's credentials goes into each.
    pub fields: fn(&str) -> &'static [(&'static str, &'static str)],
    /// The fields whose value is secret, of the usual way.
    pub secret: &'static str,
    /// The credentials are exchanged, so that a sign-in can be renewed.
    pub renews: bool,
    /// The path of the list that shows the fleet, as a regular expression.
    pub list: &'static str,
    /// The query (or nothing) by which a page of it is known to be the second or a later one.
    pub later_page: &'static str,
    /// The path of the call for one SIM's history.
    pub history: &'static str,
    /// An identifier that no account has, and what asking for it leads to.
    pub unknown: (&'static str, Option<ErrorKind>),
    /// The list tells of SIMs that never did anything.
    pub lists_silent_sims: bool,
    /// Its answers hold events.
    pub has_events: bool,
    /// Its sessions all come with a name of their own or of SIM and start.
    pub names_sessions: bool,
}

fn twilio(way: &str) -> &'static [(&'static str, &'static str)] {
    match way {
        "api_key" => &[("api_key_sid", "keySid"), ("api_key_secret", "keySecret")],
        _ => &[("account_sid", "accountSid"), ("auth_token", "authToken")],
    }
}

fn kore(_way: &str) -> &'static [(&'static str, &'static str)] {
    &[
        ("client_id", "client_id"),
        ("client_secret", "client_secret"),
    ]
}

fn soracom(way: &str) -> &'static [(&'static str, &'static str)] {
    match way {
        "auth_key" => &[("authKeyId", "authKeyId"), ("authKey", "authKey")],
        "root" => &[("email", "email"), ("password", "password")],
        _ => &[
            ("operatorId", "operatorId"),
            ("userName", "userName"),
            ("password", "password"),
        ],
    }
}

fn monogoto(_way: &str) -> &'static [(&'static str, &'static str)] {
    &[("UserName", "UserName"), ("Password", "Password")]
}

fn wayscloud(_way: &str) -> &'static [(&'static str, &'static str)] {
    &[("api_key", "apiKey")]
}

/// All vendors.
pub const VENDORS: [&Vendor; 5] = [&TWILIO, &KORE, &SORACOM, &MONOGOTO, &WAYSCLOUD];

pub static TWILIO: Vendor = Vendor {
    unknown: (
        "DE00000000000000000000000000000000",
        Some(ErrorKind::NotFound),
    ),
    ..WIRELESS
};

pub static KORE: Vendor = Vendor {
    id: ProviderId::Kore,
    name: "kore",
    ways: &["client"],
    fields: kore,
    secret: "client_secret",
    renews: true,
    // By ICCID nobody's SIM is an empty list, which is no failure.
    unknown: ("8988800000000000000", None),
    ..WIRELESS
};

/// The resource tree that Twilio and KORE share.
const WIRELESS: Vendor = Vendor {
    id: ProviderId::Twilio,
    name: "twilio",
    ways: &["api_key", "auth_token"],
    fields: twilio,
    secret: "api_key_secret",
    renews: false,
    list: "^/v1/Sims$",
    later_page: "PageToken=",
    history: "/DataSessions$",
    unknown: ("", None),
    lists_silent_sims: true,
    has_events: false,
    names_sessions: true,
};

pub static SORACOM: Vendor = Vendor {
    id: ProviderId::Soracom,
    name: "soracom",
    ways: &["auth_key", "root", "sam"],
    fields: soracom,
    secret: "authKey",
    renews: true,
    list: "^/v1/sims$",
    later_page: "last_evaluated_key=",
    history: "/events/sessions$",
    unknown: ("8988800000000000000", Some(ErrorKind::NotFound)),
    lists_silent_sims: true,
    has_events: true,
    names_sessions: true,
};

pub static MONOGOTO: Vendor = Vendor {
    id: ProviderId::Monogoto,
    name: "monogoto",
    ways: &["password"],
    fields: monogoto,
    secret: "Password",
    renews: true,
    list: "^/things$",
    later_page: "offset=[1-9]",
    history: "^/thing/searchCDR$",
    unknown: ("8988800000000000000", Some(ErrorKind::Refused)),
    lists_silent_sims: true,
    has_events: true,
    names_sessions: false,
};

pub static WAYSCLOUD: Vendor = Vendor {
    id: ProviderId::Wayscloud,
    name: "wayscloud",
    ways: &["bearer", "x_api_key"],
    fields: wayscloud,
    secret: "api_key",
    renews: false,
    list: "^/v1/globalsim/sims/activity$",
    later_page: "offset=[1-9]",
    history: r"/sims/\d+/sessions$",
    unknown: ("8988800000000000000", Some(ErrorKind::NotFound)),
    // There is no list of SIMs: what happened stands for it.
    lists_silent_sims: false,
    has_events: true,
    names_sessions: true,
};
