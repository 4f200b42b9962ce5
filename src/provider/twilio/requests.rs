//! Signing in to Twilio: HTTP Basic, with the account's own SID and token or with an API key, which can be revoked alone.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Twilio;
use crate::error::Error;
use crate::model::ProviderId;
use crate::provider::connect::{Connect, Entry};
use crate::provider::connection::{Account, Bases, Connection, Field, ScopeHelp, Way};
use crate::provider::request::Pass;
use crate::provider::secret::Secret;
use crate::provider::wireless;

const ID: ProviderId = ProviderId::Twilio;

/// What has to be filled in, and what it costs.
pub static CONNECTION: Connection = Connection {
    provider: ID,
    ways: &[
        Way {
            name: "api_key",
            label: "API key",
            fields: &[
                Field {
                    name: "api_key_sid",
                    label: "API key SID",
                    hint: "SK and 32 digits",
                    secret: false,
                    optional: false,
                },
                Field {
                    name: "api_key_secret",
                    label: "API key secret",
                    hint: "",
                    secret: true,
                    optional: false,
                },
            ],
            note: "Best: a key can be revoked alone.",
        },
        Way {
            name: "auth_token",
            label: "Account SID and token",
            fields: &[
                Field {
                    name: "account_sid",
                    label: "Account SID",
                    hint: "AC and 32 digits",
                    secret: false,
                    optional: false,
                },
                Field {
                    name: "auth_token",
                    label: "Auth token",
                    hint: "",
                    secret: true,
                    optional: false,
                },
            ],
            note: "The token opens the whole account; prefer an API key.",
        },
    ],
    bases: &[Bases {
        label: "Twilio",
        location: "twilio",
        api: "https://wireless.twilio.com/v1",
        auth: None,
    }],
    scope: ScopeHelp {
        all: true,
        all_means: "all SIMs of the account",
        identifiers: "SIM SIDs (DE…), ICCIDs or unique names",
    },
    pace: wireless::PACE,
    cost: wireless::COST,
    usage: Some("1 call more for each SIM"),
    status_history: None,
    cell_locations: None,
    watch: wireless::WATCH,
    notes: &[
        "Accounts whose SIMs moved to KORE choose KORE: Twilio no longer answers for them.",
        "Sessions go back 30 days at most; the vendor takes no other range.",
        "The credentials go from this tab straight to the base URL below, and nowhere else.",
    ],
    answers: wireless::ANSWERS,
    commands: &[
        "export TWILIO_API_KEY=SK... TWILIO_API_SECRET=...",
        r#"url="https://wireless.twilio.com/v1/Sims?PageSize=1000"; while [ "$url" != null ]; do page=$(curl -sS -u "$TWILIO_API_KEY:$TWILIO_API_SECRET" "$url"); echo "$page"; url=$(echo "$page" | jq -r .meta.next_page_url); done > sims.json"#,
        r#"jq -r '.sims[].sid' sims.json | while read -r sid; do url="https://wireless.twilio.com/v1/Sims/$sid/DataSessions?PageSize=1000"; while [ "$url" != null ]; do page=$(curl -sS -u "$TWILIO_API_KEY:$TWILIO_API_SECRET" "$url"); echo "$page"; url=$(echo "$page" | jq -r .meta.next_page_url); done; done > sessions.json"#,
    ],
};

impl Connect for Twilio {
    fn connection(&self) -> &'static Connection {
        &CONNECTION
    }

    fn enter(&self, account: &Account) -> Result<Entry, Error> {
        let (user, secret) = if account.way == "auth_token" {
            (account.field("account_sid"), account.field("auth_token"))
        } else {
            (
                account.field("api_key_sid"),
                account.field("api_key_secret"),
            )
        };
        let (Some(user), Some(secret)) = (user, secret) else {
            return Err(Error::input(ID, "The SID and its secret are both needed."));
        };
        if user.contains(':') {
            return Err(Error::input(
                ID,
                "A SID holds no colon. Paste the SID alone.",
            ));
        }
        let joined = STANDARD.encode(format!("{user}:{secret}"));
        Ok(Entry::Pass(Pass {
            headers: vec![("Authorization", Secret::new(format!("Basic {joined}")))],
            ..Pass::default()
        }))
    }

    wireless::shared_calls!(ID);
}
