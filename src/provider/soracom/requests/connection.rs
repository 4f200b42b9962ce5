//! What has to be filled in to connect Soracom, and what it costs.

use crate::model::ProviderId;
use crate::provider::connection::{Bases, Connection, Cost, Field, Pace, ScopeHelp, Way};

/// The time a sign-in is good for, where the visitor fills in none: the vendor's own 24 hours are long for a browser.
pub const TIMEOUT_S: u32 = 3600;

const TIMEOUT: Field = Field {
    name: "tokenTimeoutSeconds",
    label: "Sign-in lasts, seconds",
    hint: "180 to 172800; 3600 if left empty",
    secret: false,
    optional: true,
};
const CODE: Field = Field {
    name: "mfaOTPCode",
    label: "One-time code",
    hint: "6 digits, if multi-factor authentication is on",
    secret: true,
    optional: true,
};
const PASSWORD: Field = Field {
    name: "password",
    label: "Password",
    hint: "",
    secret: true,
    optional: false,
};

/// What has to be filled in, and what it costs.
pub static CONNECTION: Connection = Connection {
    provider: ProviderId::Soracom,
    ways: &[
        Way {
            name: "auth_key",
            label: "Auth key",
            fields: &[
                Field {
                    name: "authKeyId",
                    label: "Auth key ID",
                    hint: "keyId-…",
                    secret: false,
                    optional: false,
                },
                Field {
                    name: "authKey",
                    label: "Auth key secret",
                    hint: "secret-…",
                    secret: true,
                    optional: false,
                },
                TIMEOUT,
            ],
            note: "Best: a key of a SAM user that may only read. A key can be revoked alone.",
        },
        Way {
            name: "sam",
            label: "SAM user",
            fields: &[
                Field {
                    name: "operatorId",
                    label: "Operator ID",
                    hint: "OP and 10 digits",
                    secret: false,
                    optional: false,
                },
                Field {
                    name: "userName",
                    label: "User name",
                    hint: "",
                    secret: false,
                    optional: false,
                },
                PASSWORD,
                CODE,
                TIMEOUT,
            ],
            note: "A one-time code works once. While this page is open the sign-in is prolonged by itself; when it has run out, sign in with a new code.",
        },
        Way {
            name: "root",
            label: "Root user",
            fields: &[
                Field {
                    name: "email",
                    label: "Email",
                    hint: "",
                    secret: false,
                    optional: false,
                },
                PASSWORD,
                CODE,
                TIMEOUT,
            ],
            note: "The root user may do everything; prefer a SAM user that may only read.",
        },
    ],
    bases: &[
        Bases {
            label: "Global coverage",
            location: "soracom-global",
            api: "https://g.api.soracom.io/v1",
            auth: None,
        },
        Bases {
            label: "Japan coverage",
            location: "soracom",
            api: "https://api.soracom.io/v1",
            auth: None,
        },
    ],
    scope: ScopeHelp {
        all: true,
        all_means: "all SIMs of the operator in this coverage",
        identifiers: "SIM IDs, ICCIDs, EIDs or IMSIs, or a part of a name, an MSISDN or a serial number",
    },
    pace: Pace {
        // The limits (per operator and path, per minute) are not published. The documentation's example of the headers shows
        // 1000; this keeps far below, for production shares it. The headers correct it where they can be read.
        calls_per_minute: None,
        assumed_per_minute: 120,
    },
    cost: Cost {
        sims_per_call: Some(100),
        history_per_sim: 1,
        needs_history: false,
        words: "1 call for 100 SIMs shows the current and the previous session of each. The history of up to 32 days takes 1 call for each SIM, more for one with over 100 events.",
    },
    usage: Some(
        "1 call more for each SIM: bytes by day, or by about 5 minutes where 2 days or less are asked for",
    ),
    status_history: Some("1 call more for each SIM"),
    cell_locations: Some("1 call for every 100 cells"),
    watch: "Each round lists the SIMs with their current session, 100 in a call; the events of a SIM are asked for when its record changed. A session stays online for up to 4 hours after a device lost power.",
    notes: &[
        "A SIM belongs to one coverage: an account with SIMs in both is connected twice, once for each base URL.",
        "Make a SAM user that may only read: Sim:listSims, Sim:getSim, Sim:listSimSessionEvents, Sim:listSimStatusHistory, Subscriber:listSubscribers, Subscriber:getSubscriber, Subscriber:listSessionEvents, Query:searchSims, Stats:getAirStatsOfSim, Stats:getAirStats, CellLocation:*.",
        "Soracom advises against keys in browsers. Here they stay in memory, the sign-in lasts an hour unless you say otherwise, and it is ended when you disconnect.",
        "Session events go back 32 days; the vendor cuts older ones silently. The previous session of a SIM may be older.",
        "Positions of cells come from OpenCelliD, CC BY-SA 4.0.",
    ],
    answers: &[
        "listSims",
        "getSim",
        "searchSims",
        "listSubscribers",
        "getSubscriber",
        "listSimSessionEvents",
        "listSessionEvents",
        "listSimStatusHistory",
        "getAirStatsOfSim",
        "getAirStats",
        "getCellLocation",
        "batchGetCellLocations",
    ],
    commands: &[
        "# With the Soracom CLI",
        "soracom sims list --fetch-all > sims.json",
        r#"jq -r '.[].simId' sims.json | while read -r id; do soracom sims session-events --sim-id "$id" --from "$FROM_MS" --to "$TO_MS" --fetch-all < /dev/null; done > events.json"#,
        r#"jq -r '.[].simId' sims.json | while read -r id; do soracom sims list-status-history --sim-id "$id" --from "$FROM_MS" --to "$TO_MS" --fetch-all < /dev/null; done > statuses.json"#,
        r#"soracom stats air sims get --sim-id "$SIM_ID" --period day --from "$FROM_S" --to "$TO_S" > usage.json"#,
        "# With curl instead, Japan coverage at https://api.soracom.io/v1",
        "export SORACOM_API=https://g.api.soracom.io/v1",
        r#"auth=$(jq -n --arg id "$SORACOM_AUTH_KEY_ID" --arg key "$SORACOM_AUTH_KEY" '{authKeyId: $id, authKey: $key, tokenTimeoutSeconds: 3600}' | curl -sS "$SORACOM_API/auth" -H "Content-Type: application/json" -d @-); export SORACOM_API_KEY=$(echo "$auth" | jq -r .apiKey) SORACOM_TOKEN=$(echo "$auth" | jq -r .token)"#,
        r#"soracom_pages() { next=; while :; do curl -sS -D page.headers -H "X-Soracom-API-Key: $SORACOM_API_KEY" -H "X-Soracom-Token: $SORACOM_TOKEN" "$SORACOM_API$1$next" < /dev/null; next=$(tr -d '\r' < page.headers | sed -n -e 's/^[Xx]-[Ss]oracom-[Nn]ext-[Kk]ey: *\([^ ].*\)$/\&last_evaluated_key=\1/p' -e 's/^[Ll]ink:.*[?&]\(last_evaluated_key=[^&>]*\).*/\&\1/p' | head -n 1); [ -n "$next" ] || break; done; }"#,
        r#"soracom_pages "/sims?limit=100" > sims.json"#,
        r#"jq -r '.[].simId' sims.json | while read -r id; do soracom_pages "/sims/$id/events/sessions?from=$FROM_MS&to=$TO_MS&limit=100"; done > events.json"#,
        r#"jq -r '.[].simId' sims.json | while read -r id; do soracom_pages "/sims/$id/statuses/history?from=$FROM_MS&to=$TO_MS&limit=100"; done > statuses.json"#,
        r#"soracom_pages "/stats/air/sims/$SIM_ID?period=day&from=$FROM_S&to=$TO_S" > usage.json"#,
        r#"curl -sS -X POST "$SORACOM_API/auth/logout" -H "X-Soracom-API-Key: $SORACOM_API_KEY" -H "X-Soracom-Token: $SORACOM_TOKEN""#,
    ],
};
