//! What is asked and in which order; the rest in its own files. All replies are made up, in the vendor's documented shape.

mod call;
mod reply;
mod sign_in;

use super::*;
use crate::error::ErrorKind;
use crate::provider::query::CellQuery;
use crate::provider::raw::is_json;
use crate::provider::request::{Base, Method};
use crate::provider::secret::Secret;
use crate::provider::testing;

const SIM_ID: &str = "8999900000000000017";
const IMSI: &str = "001010000000017";
const EID: &str = "89999000000000000000000000000017";
/// 2026-02-02T02:40:00Z and a half second.
const FROM_MS: i64 = 1_770_000_000_500;
const DAY_MS: i64 = 86_400_000;

fn account(way: &str, fields: &[(&str, &str)]) -> Account {
    Account {
        way: way.to_owned(),
        fields: fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), Secret::from(*value)))
            .collect(),
        api: "https://g.api.soracom.io/v1".to_owned(),
        auth: None,
        vouched: false,
    }
}

fn by_key(more: &[(&str, &str)]) -> Account {
    let key = [
        ("authKeyId", "keyId-made-up"),
        ("authKey", "secret-topsecret"),
    ];
    account("auth_key", &[&key[..], more].concat())
}

fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> Reply {
    Reply {
        status,
        headers: headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: body.as_bytes().to_vec(),
    }
}

fn exchange(account: &Account) -> Request {
    match Soracom.enter(account) {
        Ok(Entry::Exchange(request)) => request,
        other => panic!("{other:?}"),
    }
}

fn body(request: &Request) -> String {
    let body = request.body.as_ref().unwrap();
    assert_eq!(body.content_type, "application/json");
    body.text.expose().to_owned()
}

fn asked(query: &Query, cursor: Option<&str>) -> Request {
    let cursor = cursor.map(|key| Cursor(key.to_owned()));
    let account = Account::default();
    let request = Soracom.request(query, cursor.as_ref(), &account, &Pass::default());
    request.unwrap()
}

/// Name and path of a question that is asked without a body.
fn path(query: &Query) -> (&'static str, String) {
    let request = asked(query, None);
    assert_eq!((request.method, request.base), (Method::Get, Base::Api));
    assert!(request.body.is_none() && request.headers.is_empty());
    (request.operation, request.path)
}

fn input_error(query: &Query) {
    let error = Soracom
        .request(query, None, &Account::default(), &Pass::default())
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Input, "{query:?}");
}

fn page<'b>(query: &Query, reply: &'b Reply) -> Page<'b> {
    let page = Soracom.page(query, None, &Account::default(), reply);
    page.unwrap()
}

fn next(query: &Query, headers: &[(&str, &str)], body: &str) -> Option<String> {
    page(query, &reply(200, headers, body))
        .next
        .map(|cursor| cursor.0)
}

fn sim(key: &str) -> Target {
    Target::Sim(SimKey::new(key))
}

fn imsi() -> Target {
    Target::Imsi(IMSI.to_owned())
}

fn sims(keys: &[&str]) -> Target {
    Target::Sims(keys.iter().map(|key| SimKey::new(*key)).collect())
}

fn range(length_ms: i64) -> TimeRange {
    TimeRange {
        from_ms: FROM_MS,
        to_ms: FROM_MS + length_ms,
    }
}

fn ask(scope: Scope) -> Ask {
    Ask {
        scope,
        range: range(DAY_MS),
        history: true,
        usage: true,
        status_history: true,
        cell_locations: false,
    }
}

fn some(identifiers: &[&str]) -> Ask {
    ask(Scope::Some(
        identifiers.iter().map(|one| (*one).to_owned()).collect(),
    ))
}

#[test]
fn the_fleet_takes_the_fewest_calls() {
    let fleet = |ask: &Ask| Soracom.fleet(ask).unwrap();
    let listed = Query::new(What::Sims, Target::Fleet);
    assert_eq!(fleet(&ask(Scope::All)), [listed]);
    assert_eq!(fleet(&some(&[IMSI])), [Query::new(What::Sim, imsi())]);
    assert_eq!(fleet(&some(&[EID])), [Query::new(What::Sim, sim(EID))]);
    assert_eq!(
        fleet(&some(&[SIM_ID])),
        [Query::new(What::Sims, sims(&[SIM_ID]))]
    );
    assert_eq!(
        fleet(&some(&[SIM_ID, "pump", IMSI, "1234567"])),
        [
            Query::new(What::Sims, Target::Matching("pump".to_owned())),
            Query::new(What::Sims, Target::Matching("1234567".to_owned())),
            Query::new(What::Sims, sims(&[SIM_ID, IMSI])),
        ]
    );
    let many: Vec<String> = (0..120).map(|at| format!("8999900000000{at:06}")).collect();
    let queries = fleet(&ask(Scope::Some(many)));
    assert_eq!(queries.len(), 3);
    // 50 ICCIDs in two fields each stay a usual length of an address.
    assert!(path(&queries[0]).1.len() < 4000);
    let error = Soracom.fleet(&some(&["pump", "x"])).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Input);
}

#[test]
fn each_sim_is_asked_for_what_was_wanted() {
    let all = ask(Scope::All);
    let over = |what, of| Query::new(what, of).over(all.range);
    let known = SimKey::new(SIM_ID).also(Some(IMSI));
    let target = || Target::Sim(known.clone());
    assert_eq!(
        Soracom.of_sim(&all, &known),
        [
            over(What::Events, target()),
            over(What::Usage, target()),
            over(What::StatusHistory, target()),
        ]
    );
    // A subscriber without a SIM's ID is asked for by its IMSI; its status history is kept by SIM.
    assert_eq!(
        Soracom.of_sim(&all, &SimKey::new(IMSI)),
        [over(What::Events, imsi()), over(What::Usage, imsi())]
    );
    let little = Ask {
        history: false,
        usage: false,
        status_history: false,
        cell_locations: false,
        ..all.clone()
    };
    assert!(Soracom.of_sim(&little, &known).is_empty());
    assert_eq!(
        Soracom.changed(&known, all.range),
        [over(What::Events, target())]
    );
}

#[test]
fn a_round_lists_the_fleet_or_asks_for_the_chosen() {
    let known = [SimKey::new(SIM_ID), SimKey::new(IMSI)];
    let round = |ask: &Ask, sims: &[SimKey]| Soracom.round(ask, sims, 0, FROM_MS);
    assert_eq!(
        round(&ask(Scope::All), &known),
        [Query::new(What::Sims, Target::Fleet)]
    );
    assert_eq!(
        round(&some(&[SIM_ID, IMSI]), &known),
        [
            Query::new(What::Sim, sim(SIM_ID)),
            Query::new(What::Sim, imsi())
        ]
    );
    let many: Vec<SimKey> = (0..51)
        .map(|at| SimKey::new(format!("8999900000000{at:06}")))
        .collect();
    let queries = round(&some(&["pump"]), &many);
    assert_eq!(
        queries,
        [
            Query::new(What::Sims, Target::Sims(many[..50].to_vec())),
            Query::new(What::Sims, Target::Sims(many[50..].to_vec())),
        ]
    );
    assert!(round(&some(&["pump"]), &[]).is_empty());
}

#[test]
fn the_form_is_whole() {
    let connection = Soracom.connection();
    assert_eq!(connection.provider, ID);
    for way in connection.ways {
        let filled: Vec<(&str, &str)> = way
            .fields
            .iter()
            .filter(|field| !field.optional)
            .map(|field| (field.name, "made-up"))
            .collect();
        // What the form asks for is what the exchange takes.
        let account = account(way.name, &filled);
        assert_eq!(account.missing(connection), None);
        assert!(is_json(body(&exchange(&account)).as_bytes()));
        assert_eq!(account.api, connection.bases[0].api);
    }
    // Whoever copies the commands fills in what begins with a dollar sign: none holds anything of an account.
    let commands = connection.commands.join("\n");
    for name in [
        "$SORACOM_AUTH_KEY_ID",
        "$SORACOM_AUTH_KEY",
        "$SORACOM_TOKEN",
        "--fetch-all",
    ] {
        assert!(commands.contains(name), "{name}");
    }
}
