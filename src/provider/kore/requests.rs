//! Signing in to KORE: client credentials are exchanged for a token at a host of its own. There is no refresh token: before it
//! runs out, and once after a 401 or 403, the exchange is repeated.

use serde::Deserialize;

use super::Kore;
use crate::error::{Error, ErrorKind};
use crate::model::ProviderId;
use crate::provider::connect::{Connect, Entry};
use crate::provider::connection::{Account, Bases, Connection, Field, ScopeHelp, Way};
use crate::provider::refusal::unreadable;
use crate::provider::request::{Base, Method, Pass, Reply, Request, form};
use crate::provider::secret::Secret;
use crate::provider::wireless;

const ID: ProviderId = ProviderId::Kore;
const TOKEN: &str = "token";

/// What has to be filled in, and what it costs.
pub static CONNECTION: Connection = Connection {
    provider: ID,
    ways: &[Way {
        name: "client",
        label: "API client",
        fields: &[
            Field {
                name: "client_id",
                label: "Client ID",
                hint: "",
                secret: false,
                optional: false,
            },
            Field {
                name: "client_secret",
                label: "Client secret",
                hint: "",
                secret: true,
                optional: false,
            },
        ],
        note: "A client belongs to one account: each child account needs its own.",
    }],
    bases: &[Bases {
        label: "KORE",
        location: "kore",
        api: "https://programmable-wireless.api.korewireless.com/v1",
        auth: Some("https://api.korewireless.com/api-services/v1"),
    }],
    scope: ScopeHelp {
        all: true,
        all_means: "all SIMs of the client's account",
        identifiers: "SIM SIDs (DE…), ICCIDs or unique names",
    },
    pace: wireless::PACE,
    cost: wireless::COST,
    usage: Some("1 call more for each SIM"),
    status_history: None,
    cell_locations: None,
    watch: wireless::WATCH,
    notes: &[
        "Sessions go back 30 days at most; the vendor takes no other range.",
        "The client's secret goes to the token URL below, its token to the API's, and neither anywhere else.",
    ],
    answers: wireless::ANSWERS,
    commands: &[
        r#"export KORE_TOKEN=$(curl -sS https://api.korewireless.com/api-services/v1/auth/token -d grant_type=client_credentials --data-urlencode "client_id=$KORE_CLIENT_ID" --data-urlencode "client_secret=$KORE_CLIENT_SECRET" | jq -r .access_token)"#,
        r#"url="https://programmable-wireless.api.korewireless.com/v1/Sims?PageSize=1000"; while [ "$url" != null ]; do page=$(curl -sS -H "Authorization: Bearer $KORE_TOKEN" "$url"); echo "$page"; url=$(echo "$page" | jq -r .meta.next_page_url); done > sims.json"#,
        r#"jq -r '.sims[].sid' sims.json | while read -r sid; do url="https://programmable-wireless.api.korewireless.com/v1/Sims/$sid/DataSessions?PageSize=1000"; while [ "$url" != null ]; do page=$(curl -sS -H "Authorization: Bearer $KORE_TOKEN" "$url"); echo "$page"; url=$(echo "$page" | jq -r .meta.next_page_url); done; done > sessions.json"#,
    ],
};

#[derive(Deserialize)]
struct Token {
    access_token: Option<String>,
    /// Seconds, up to 24 months.
    expires_in: Option<f64>,
}

impl Connect for Kore {
    fn connection(&self) -> &'static Connection {
        &CONNECTION
    }

    fn enter(&self, account: &Account) -> Result<Entry, Error> {
        let (Some(id), Some(secret)) = (account.field("client_id"), account.field("client_secret"))
        else {
            return Err(Error::input(
                ID,
                "The client's ID and secret are both needed.",
            ));
        };
        Ok(Entry::Exchange(Request {
            method: Method::Post,
            base: Base::Auth,
            body: Some(form(&[
                ("grant_type", "client_credentials"),
                ("client_id", id),
                ("client_secret", secret),
            ])),
            ..Request::get(TOKEN, "/auth/token")
        }))
    }

    fn entered(&self, _account: &Account, reply: &Reply, now_ms: i64) -> Result<Pass, Error> {
        if !reply.is_ok() {
            let mut error = self.refusal(TOKEN, reply);
            if matches!(reply.status, 400 | 401 | 403) {
                error.kind = ErrorKind::BadSecret;
            }
            return Err(error);
        }
        let token: Token =
            serde_json::from_slice(&reply.body).map_err(|_| unreadable(ID, TOKEN, reply))?;
        let Some(text) = token.access_token.filter(|text| !text.is_empty()) else {
            return Err(unreadable(ID, TOKEN, reply));
        };
        let life_ms = token.expires_in.map(|seconds| (seconds * 1000.0) as i64);
        Ok(Pass {
            headers: vec![("Authorization", Secret::new(format!("Bearer {text}")))],
            expires_ms: life_ms.map(|life| now_ms.saturating_add(life)),
            ..Pass::default()
        })
    }

    wireless::shared_calls!(ID);
}
