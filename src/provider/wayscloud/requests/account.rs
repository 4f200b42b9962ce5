//! What has to be filled in for WAYSCloud: an API key, which goes with every call as it is, in one of two headers.

use crate::error::Error;
use crate::provider::connection::{Account, Bases, Connection, Cost, Field, Pace, ScopeHelp, Way};
use crate::provider::request::Pass;
use crate::provider::secret::Secret;

use super::super::ID;

const BEARER: &str = "bearer";
const X_API_KEY: &str = "x_api_key";
const KEY: &str = "api_key";

const FIELDS: &[Field] = &[Field {
    name: KEY,
    label: "API key",
    hint: "wayscloud_…",
    secret: true,
    optional: false,
}];

/// What has to be filled in, and what it costs.
pub static CONNECTION: Connection = Connection {
    provider: ID,
    ways: &[
        Way {
            name: BEARER,
            label: "API key (Bearer)",
            fields: FIELDS,
            note: "For personal access tokens and for service keys.",
        },
        Way {
            name: X_API_KEY,
            label: "API key (X-API-Key)",
            fields: FIELDS,
            note: "The header that the vendor now recommends for service keys. Choose it if the other way is refused.",
        },
    ],
    bases: &[Bases {
        label: "WAYSCloud",
        location: "wayscloud",
        api: "https://api.wayscloud.services/v1/globalsim",
        auth: None,
    }],
    scope: ScopeHelp {
        all: true,
        all_means: "SIMs that had activity in the range; the vendor has no list",
        identifiers: "ICCIDs, or device IDs (iot_dev_…)",
    },
    pace: Pace {
        calls_per_minute: Some(500),
        assumed_per_minute: 250,
    },
    cost: Cost {
        // A page of 100 events tells of 100 SIMs at most.
        sims_per_call: Some(100),
        history_per_sim: 1,
        needs_history: false,
        words: "1 call for every 100 events of all SIMs, then 1 call or more for each SIM's sessions",
    },
    usage: None,
    status_history: None,
    cell_locations: None,
    watch: "Each round asks once for the activity of all SIMs, then for the sessions of those with something new. Up to 5 named SIMs take 1 call each instead.",
    notes: &[
        "There is no list of SIMs. Name those that had no activity in the range by ICCID or device ID.",
        "Places are countries: the vendor tells of no cell and no position.",
        "A service key may be limited to listed IP addresses. Then yours must be among them, for the calls come from this browser.",
        "The key goes from this tab straight to the base URL below, and nowhere else.",
    ],
    answers: &[
        "SIM sessions",
        "SIM activity",
        "All SIM activity",
        "Device SIM information",
        "Device SIM sessions",
        "Device SIM activity",
    ],
    commands: &[
        r"export WAYSCLOUD_API_KEY=... FIRST_DAY=2026-01-01 LAST_DAY=2026-01-31 DEVICE_ID=...",
        r#"pages() { offset=0; while page=$(curl -sS -H "Authorization: Bearer $WAYSCLOUD_API_KEY" "https://api.wayscloud.services/v1/globalsim/$1?limit=100&offset=$offset$2"); printf '%s\n' "$page"; [ "$(printf '%s' "$page" | jq "$3 | length")" -ge 100 ]; do offset=$((offset + 100)); done; }"#,
        r#"pages sims/activity "&start_date=$FIRST_DAY&end_date=$LAST_DAY" .activity > all-activity.json"#,
        r"jq -r '.activity[].iccid' all-activity.json | sort -u > iccids.txt",
        r#"while read -r iccid; do pages "sims/$iccid/sessions" "&start_date=$FIRST_DAY&end_date=$LAST_DAY" .sessions; done < iccids.txt > sessions.json"#,
        r#"while read -r iccid; do pages "sims/$iccid/activity" "" .activity; done < iccids.txt > activity.json"#,
        r#"curl -sS -H "Authorization: Bearer $WAYSCLOUD_API_KEY" "https://api.wayscloud.services/v1/globalsim/devices/$DEVICE_ID/sim" > device.json"#,
        r#"pages "devices/$DEVICE_ID/sim/sessions" "&start_date=$FIRST_DAY&end_date=$LAST_DAY" .sessions > device-sessions.json"#,
        r#"pages "devices/$DEVICE_ID/sim/activity" "" .activity > device-activity.json"#,
    ],
};

/// The header that every call carries. The vendor's pages list `bearer` in lower case and further spaces as mistakes.
pub fn pass(account: &Account) -> Result<Pass, Error> {
    let given = account
        .field(KEY)
        .ok_or_else(|| Error::input(ID, "The API key is needed."))?;
    let key = without_scheme(given);
    // Anything else cannot stand in a header; the browser would refuse the call as if nobody answered.
    if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::input(
            ID,
            "An API key holds letters, digits and signs, and no space. Paste the key alone.",
        ));
    }
    let header = if account.way == X_API_KEY {
        ("X-API-Key", Secret::new(key))
    } else {
        ("Authorization", Secret::new(format!("Bearer {key}")))
    };
    Ok(Pass {
        headers: vec![header],
        ..Pass::default()
    })
}

/// The key alone, where the whole header was pasted.
fn without_scheme(text: &str) -> &str {
    let (scheme, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    if scheme.eq_ignore_ascii_case(BEARER) {
        rest.trim()
    } else {
        text
    }
}
