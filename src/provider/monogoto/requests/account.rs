//! Signing in to Monogoto's console API: a token that the visitor brings, or name and password, which are exchanged for one.
//! What some calls name their `apikey` is the `CustomerId` of that exchange, no secret of its own.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};
use crate::provider::connect::Entry;
use crate::provider::connection::{Account, Bases, Connection, Cost, Field, Pace, ScopeHelp, Way};
use crate::provider::json::Str;
use crate::provider::refusal::unreadable;
use crate::provider::request::{Pass, Reply, Request};
use crate::provider::secret::Secret;

use super::{ID, refused};

const TOKEN: &str = "token";
const PASSWORD: &str = "password";
const AUTH: &str = "Auth";
/// The value of a [`Pass`] that the log asks for.
pub const CUSTOMER_ID: &str = "CustomerId";

/// What has to be filled in, and what it costs.
pub static CONNECTION: Connection = Connection {
    provider: ID,
    ways: &[
        Way {
            name: TOKEN,
            label: "Token",
            fields: &[
                Field {
                    name: TOKEN,
                    label: "Token",
                    hint: "token in the reply of POST /Auth",
                    secret: true,
                    optional: false,
                },
                Field {
                    name: CUSTOMER_ID,
                    label: "Customer ID",
                    hint: "CustomerId in the same reply, cid_…",
                    secret: false,
                    optional: false,
                },
            ],
            note: "Best: the page never sees the account's password. How long a token lasts is not documented.",
        },
        Way {
            name: PASSWORD,
            label: "User name and password",
            fields: &[
                Field {
                    name: "UserName",
                    label: "User name",
                    hint: "",
                    secret: false,
                    optional: false,
                },
                Field {
                    name: "Password",
                    label: "Password",
                    hint: "",
                    secret: true,
                    optional: false,
                },
            ],
            note: "The page holds the account's password while it is open; prefer a token. With two-factor sign-in only a token may work.",
        },
    ],
    bases: &[Bases {
        label: "Monogoto",
        location: "monogoto",
        api: "https://console.monogoto.io",
        auth: None,
    }],
    scope: ScopeHelp {
        all: true,
        all_means: "all SIMs of the account",
        identifiers: "ICCIDs, thing IDs (ThingId_ICCID_…) or IMEIs",
    },
    // No limit is published for this API. The vendor's newer one takes 60 calls a minute of each user, which is taken for what
    // its systems bear; a refusal for too many calls slows down further.
    pace: Pace {
        calls_per_minute: None,
        assumed_per_minute: 60,
    },
    cost: Cost {
        // One list call and one call of state for every 50.
        sims_per_call: Some(25),
        history_per_sim: 1,
        needs_history: false,
        words: "2 calls for every 50 SIMs (list and state), then 1 call or more for each SIM's log",
    },
    usage: None,
    status_history: None,
    cell_locations: None,
    watch: "Each round asks for the state of all SIMs, 1 call for every 50, then for the log and place of those that changed. History grows only from watching.",
    notes: &[
        "There is no list of past sessions: history grows only from watching, and from what the log tells, whose words are not documented; a long session may be logged only when it ends.",
        "What watching found lives in this tab only, and is gone with it.",
        "How the state of several SIMs is asked for is not documented. A SIM that such an answer leaves out is asked for alone.",
        "What is filled in here goes from this tab straight to the base URL below, and nowhere else.",
    ],
    answers: &["thing/status", "things", "thing", "thing/searchCDR"],
    commands: &[
        "export MONOGOTO_USER=... MONOGOTO_PASSWORD=... ICCID=... FROM=2026-01-01 TO=2026-02-01",
        r#"auth=$(jq -n '{UserName: env.MONOGOTO_USER, Password: env.MONOGOTO_PASSWORD}' | curl -sS -H "Content-Type: application/json" --data @- https://console.monogoto.io/Auth); export TOKEN=$(printf '%s' "$auth" | jq -r .token) CUSTOMER_ID=$(printf '%s' "$auth" | jq -r .CustomerId)"#,
        r#"offset=0; while page=$(curl -sS -H "Authorization: Bearer $TOKEN" "https://console.monogoto.io/things?limit=50&offset=$offset&sortBy%5BThingName%5D=ASC"); printf '%s\n' "$page"; [ "$(printf '%s' "$page" | jq length)" -ge 50 ]; do offset=$((offset + 50)); done > things.json"#,
        r#"jq -r '.[] | .ThingId // "ThingId_ICCID_\(.ExternalUniqueId)"' things.json | while read -r id; do curl -sS -H "Authorization: Bearer $TOKEN" "https://console.monogoto.io/thing/status?ThingIds=$id&limit=50&offset=0"; echo; done > status.json"#,
        r#"curl -sS -H "Authorization: Bearer $TOKEN" "https://console.monogoto.io/thing/ThingId_ICCID_$ICCID" > thing.json"#,
        r#"log() { page=$(jq -n --argjson from "$1" --argjson to "$2" '{ThingIdELK: "ThingId_ICCID_\(env.ICCID)", SeverityELK: "", gteTimestampELK: ($from | strftime("%Y-%m-%dT%H:%M:%S.000Z")), ltTimestampELK: ($to | strftime("%Y-%m-%dT%H:%M:%S.000Z")), EsDataTypeELK: "", MessageTypeELK: "", limit: "50"}' | curl -sS -H "Authorization: Bearer $TOKEN" -H "apikey: $CUSTOMER_ID" -H "Content-Type: application/json" --data @- https://console.monogoto.io/thing/searchCDR); if [ "$(printf '%s' "$page" | jq '.hits | length')" -lt 50 ] || [ $(($2 - $1)) -le 1 ]; then printf '%s\n' "$page"; else log "$1" $((($1 + $2) / 2)); log $((($1 + $2) / 2)) "$2"; fi; }"#,
        r#"log $(jq -n '"\(env.FROM)T00:00:00Z" | fromdate') $(jq -n '"\(env.TO)T00:00:00Z" | fromdate') > log-of-$ICCID.json"#,
    ],
};

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Login<'a> {
    user_name: &'a str,
    password: &'a str,
}

/// Begins to sign in.
pub fn enter(account: &Account) -> Result<Entry, Error> {
    if account.way == PASSWORD {
        let (Some(user_name), Some(password)) =
            (account.field("UserName"), account.field("Password"))
        else {
            return Err(Error::input(
                ID,
                "The user name and the password are both needed.",
            ));
        };
        let login = Login {
            user_name,
            password,
        };
        let json = serde_json::to_string(&login)
            .map_err(|_| Error::input(ID, "The user name or the password cannot be sent."))?;
        return Ok(Entry::Exchange(Request::post_json(AUTH, "/Auth", json)));
    }
    let (Some(token), Some(customer)) = (account.field(TOKEN), account.field(CUSTOMER_ID)) else {
        return Err(Error::input(
            ID,
            "The token and the customer ID are both needed. POST /Auth replies with both.",
        ));
    };
    pass(without_scheme(token), Some(customer)).map(Entry::Pass)
}

/// The token alone, where the whole header was pasted.
fn without_scheme(text: &str) -> &str {
    let (scheme, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    if scheme.eq_ignore_ascii_case("bearer") {
        rest.trim()
    } else {
        text
    }
}

fn pass(token: &str, customer: Option<&str>) -> Result<Pass, Error> {
    // Anything else cannot stand in a header; the browser would refuse the call as if nobody answered.
    let fits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    if !fits(token) || !customer.is_none_or(fits) {
        return Err(Error::input(
            ID,
            "A token and a customer ID hold letters, digits and signs, and no space. Paste each alone.",
        ));
    }
    let values = customer.map(|customer| (CUSTOMER_ID, Secret::new(customer)));
    Ok(Pass {
        headers: vec![("Authorization", Secret::new(format!("Bearer {token}")))],
        // Undocumented; a refused call shows it.
        expires_ms: None,
        values: values.into_iter().collect(),
    })
}

#[derive(Deserialize)]
struct Entered<'b> {
    #[serde(borrow, default)]
    token: Option<Str<'b>>,
    #[serde(rename = "CustomerId", default)]
    customer_id: Option<Str<'b>>,
}

/// Reads the reply to name and password. A refused one was seen to be the plain text `Access denied`.
pub fn entered(reply: &Reply) -> Result<Pass, Error> {
    let mut refused = refused::refusal(AUTH, reply);
    let denied = |text: &str| text.to_ascii_lowercase().contains("denied");
    if matches!(reply.status, 400 | 401 | 403) || refused.message.as_deref().is_some_and(denied) {
        refused.kind = ErrorKind::BadSecret;
        return Err(refused);
    }
    if !reply.is_ok() {
        return Err(refused);
    }
    if refused::says_no(&reply.body) {
        refused.kind = ErrorKind::BadSecret;
        return Err(refused);
    }
    let read: Entered<'_> =
        serde_json::from_slice(&reply.body).map_err(|_| unreadable(ID, AUTH, reply))?;
    let Some(token) = read.token.and_then(Str::non_empty) else {
        return Err(Error::input(
            ID,
            "Monogoto took the name and the password but gave no token, as may be with two-factor sign-in. Sign in at its \
             console and paste a token here instead.",
        ));
    };
    let customer = read.customer_id.and_then(Str::non_empty);
    pass(&token, customer.as_deref())
}
