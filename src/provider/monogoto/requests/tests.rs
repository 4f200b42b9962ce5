//! What is asked and how one gets in; `answers` and `windows` test what is read.

mod answers;
mod windows;

use serde_json::Value;

use super::*;
use crate::error::ErrorKind;
use crate::provider::request::{Base, Method};
use crate::provider::secret::Secret;

const ICCID: &str = "8999900000000000017";
const OTHER: &str = "8999900000000000025";
const IMEI: &str = "350000000000017";
/// 2026-02-01 to 2026-02-02.
const DAY: TimeRange = TimeRange {
    from_ms: 1_769_904_000_000,
    to_ms: 1_769_990_400_000,
};

fn account(way: &str, fields: &[(&str, &str)]) -> Account {
    let field = |(name, value): &(&str, &str)| ((*name).to_owned(), Secret::new(*value));
    Account {
        way: way.to_owned(),
        fields: fields.iter().map(field).collect(),
        api: "https://console.monogoto.io".to_owned(),
        auth: None,
        vouched: false,
    }
}

fn with_token(token: &str) -> Account {
    account("token", &[("token", token), ("CustomerId", "cid_1")])
}

fn signed_in() -> Pass {
    match Monogoto.enter(&with_token("jwt_topsecret")) {
        Ok(Entry::Pass(pass)) => pass,
        other => panic!("{other:?}"),
    }
}

fn ask(scope: Scope, history: bool) -> Ask {
    Ask {
        scope,
        range: DAY,
        history,
        usage: false,
        status_history: false,
        cell_locations: false,
    }
}

fn some(identifiers: &[&str]) -> Scope {
    Scope::Some(identifiers.iter().map(ToString::to_string).collect())
}

fn key(iccid: &str) -> SimKey {
    sim_of(format!("{THING_PREFIX}{iccid}"))
}

fn keys(count: u32) -> Vec<SimKey> {
    (0..count).map(|n| key(&format!("89999{n:014}"))).collect()
}

fn state(sims: &[SimKey]) -> Query {
    Query::new(What::State, Target::Sims(sims.to_vec()))
}

fn log_of(iccid: &str, range: TimeRange) -> Query {
    Query::new(What::Events, Target::Sim(SimKey::new(iccid))).over(range)
}

fn request(query: &Query, cursor: Option<&str>) -> Result<Request, Error> {
    let cursor = cursor.map(|text| Cursor(text.to_owned()));
    Monogoto.request(query, cursor.as_ref(), &with_token("t"), &signed_in())
}

fn path(query: &Query, cursor: Option<&str>) -> String {
    let request = request(query, cursor).unwrap();
    assert_eq!((request.method, request.body), (Method::Get, None));
    assert!(request.headers.is_empty());
    request.path
}

fn reply(status: u16, body: impl Into<String>) -> Reply {
    Reply {
        status,
        headers: Vec::new(),
        body: body.into().into_bytes(),
    }
}

fn page<'b>(query: &Query, cursor: Option<&str>, reply: &'b Reply) -> Result<Page<'b>, Error> {
    let cursor = cursor.map(|text| Cursor(text.to_owned()));
    Monogoto.page(query, cursor.as_ref(), &with_token("t"), reply)
}

fn body(request: &Request) -> Value {
    let body = request.body.as_ref().unwrap();
    assert_eq!(body.content_type, "application/json");
    serde_json::from_str(body.text.expose()).unwrap()
}

#[test]
fn a_token_is_passed_as_it_is() {
    for token in ["jwt_topsecret", " Bearer  jwt_topsecret\n"] {
        let Ok(Entry::Pass(pass)) = Monogoto.enter(&with_token(token)) else {
            panic!("{token}");
        };
        assert_eq!(
            pass.headers,
            [("Authorization", Secret::new("Bearer jwt_topsecret"))]
        );
        assert_eq!(pass.values, [("CustomerId", Secret::new("cid_1"))]);
        assert_eq!(pass.expires_ms, None);
        let shown = format!("{pass:?} {:?}", with_token(token));
        assert!(!shown.contains("topsecret"), "{shown}");
    }
    for account in [
        with_token(""),
        with_token("Bearer"),
        with_token("two words"),
        account("token", &[("token", "t")]),
        account("password", &[("UserName", "u")]),
    ] {
        let error = Monogoto.enter(&account).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Input);
    }
}

#[test]
fn name_and_password_are_exchanged() {
    let login = account(
        "password",
        &[("UserName", "a@b.example"), ("Password", "p\"topsecret")],
    );
    let Ok(Entry::Exchange(request)) = Monogoto.enter(&login) else {
        panic!("no exchange");
    };
    assert_eq!((request.method, request.base), (Method::Post, Base::Api));
    assert_eq!(request.path, "/Auth");
    assert_eq!(
        request.body.as_ref().unwrap().text.expose(),
        r#"{"UserName":"a@b.example","Password":"p\"topsecret"}"#
    );
    let shown = format!("{request:?} {login:?}");
    assert!(!shown.contains("topsecret"), "{shown}");

    let answer = reply(
        200,
        r#"{"token":"jwt_topsecret","refreshToken":"r","CustomerId":"cid_1","AccountSettings":{"TwoFactorAuthentication":false}}"#,
    );
    assert_eq!(Monogoto.entered(&login, &answer, 0).unwrap(), signed_in());
    // Without the customer all but the log can be asked.
    let answer = reply(200, r#"{"token":"jwt"}"#);
    let pass = Monogoto.entered(&login, &answer, 0).unwrap();
    let error = Monogoto
        .request(&log_of(ICCID, DAY), None, &login, &pass)
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Input);
}

#[test]
fn a_refused_sign_in_is_a_wrong_password_and_a_missing_token_is_explained() {
    let login = account("password", &[]);
    let of = |status, body: &str| {
        Monogoto
            .entered(&login, &reply(status, body), 0)
            .unwrap_err()
    };
    for (status, body) in [
        (200, "Access denied"),
        (200, "\"Access denied\""),
        (500, "Access denied"),
        (401, ""),
        (400, "{}"),
        (403, r#"{"Message":"no"}"#),
        (200, r#"{"Success":false,"Message":"Wrong password"}"#),
        (422, r#"{"message":"Access Denied"}"#),
    ] {
        let error = of(status, body);
        assert_eq!(error.kind, ErrorKind::BadSecret, "{status} {body}");
        assert_eq!(error.status, Some(status));
    }
    assert_eq!(
        of(200, "Access denied").message.as_deref(),
        Some("Access denied")
    );
    assert_eq!(of(503, "down").kind, ErrorKind::Outage);
    assert_eq!(of(429, "").kind, ErrorKind::RateLimited);
    assert_eq!(of(200, "<html>").kind, ErrorKind::NotJson);
    for body in [
        r#"{"AccountSettings":{"TwoFactorAuthentication":true}}"#,
        r#"{"token":"","CustomerId":"cid_1"}"#,
        r#"{"token":null}"#,
    ] {
        let error = of(200, body);
        assert_eq!(error.kind, ErrorKind::Input, "{body}");
        assert!(error.message.unwrap().contains("paste a token"));
    }
}

#[test]
fn every_call_has_its_path() {
    let all = Query::new(What::Sims, Target::Fleet);
    assert_eq!(
        path(&all, None),
        "/things?limit=50&offset=0&sortBy%5BThingName%5D=ASC"
    );
    assert_eq!(
        path(&all, Some("150")),
        "/things?limit=50&offset=150&sortBy%5BThingName%5D=ASC"
    );
    assert_eq!(
        path(
            &Query::new(What::Sims, Target::Matching(IMEI.to_owned())),
            None
        ),
        "/things?limit=50&offset=0&sortBy%5BThingName%5D=ASC&filterBy%5BIMEI%5D=350000000000017"
    );
    for name in [ICCID, "ThingId_ICCID_8999900000000000017"] {
        let sim = SimKey::new(name);
        assert_eq!(
            path(&Query::new(What::Sim, Target::Sim(sim.clone())), None),
            "/thing/ThingId_ICCID_8999900000000000017"
        );
        let documented =
            "/thing/status?ThingIds=ThingId_ICCID_8999900000000000017&limit=50&offset=0";
        assert_eq!(path(&state(std::slice::from_ref(&sim)), None), documented);
        assert_eq!(
            path(&Query::new(What::State, Target::Sim(sim)), None),
            documented
        );
    }
    assert_eq!(
        path(&state(&[key(ICCID), key(OTHER)]), None),
        "/thing/status?ThingIds=ThingId_ICCID_8999900000000000017,ThingId_ICCID_8999900000000000025&limit=50&offset=0"
    );
}

#[test]
fn the_log_is_asked_for_as_documented() {
    for name in [ICCID, "ThingId_ICCID_8999900000000000017"] {
        let request = request(&log_of(name, DAY), None).unwrap();
        assert_eq!(
            (request.method, request.base, request.path.as_str()),
            (Method::Post, Base::Api, "/thing/searchCDR")
        );
        assert_eq!(request.headers, [("apikey", Secret::new("cid_1"))]);
        assert_eq!(
            request.body.unwrap().text.expose(),
            r#"{"ThingIdELK":"ThingId_ICCID_8999900000000000017","SeverityELK":"","gteTimestampELK":"2026-02-01T00:00:00.000Z","ltTimestampELK":"2026-02-02T00:00:00.000Z","EsDataTypeELK":"","MessageTypeELK":"","limit":"50"}"#
        );
    }
    let empty = TimeRange {
        from_ms: DAY.from_ms,
        to_ms: DAY.from_ms,
    };
    let never = TimeRange {
        from_ms: i64::MIN,
        to_ms: i64::MAX,
    };
    let without = Query::new(What::Events, Target::Sim(SimKey::new(ICCID)));
    for query in [log_of(ICCID, empty), log_of(ICCID, never), without] {
        assert_eq!(request(&query, None).unwrap_err().kind, ErrorKind::Input);
    }
}

#[test]
fn what_is_no_identifier_or_no_call_is_not_sent() {
    let sim = |name: &str| Target::Sim(SimKey::new(name));
    for query in [
        Query::new(What::Sim, sim("Pump 4")),
        Query::new(What::Sim, sim("")),
        Query::new(What::Sim, sim("ThingId_ICCID_")),
        Query::new(What::Sim, sim("ThingId_ICCID_1,2")),
        Query::new(What::Events, Target::Sim(SimKey::new("../x"))).over(DAY),
        state(&[SimKey::new("a,b")]),
        state(&[]),
        state(&keys(51)),
        Query::new(What::Sims, Target::Matching("pump".to_owned())),
        Query::new(What::Sessions, sim(ICCID)),
        Query::new(What::State, Target::Fleet),
    ] {
        assert_eq!(
            request(&query, None).unwrap_err().kind,
            ErrorKind::Input,
            "{query:?}"
        );
    }
}

#[test]
fn a_fleet_is_the_list_and_named_sims_are_asked_together() {
    let all = Query::new(What::Sims, Target::Fleet);
    assert_eq!(
        Monogoto.fleet(&ask(Scope::All, true)).unwrap(),
        std::slice::from_ref(&all)
    );
    assert_eq!(Monogoto.trial(&ask(Scope::All, true)), all);

    let named = some(&[
        ICCID,
        " ThingId_ICCID_8999900000000000017 ",
        IMEI,
        OTHER,
        IMEI,
        "",
    ]);
    let (first, second) = (key(ICCID), key(OTHER));
    assert_eq!(
        Monogoto.fleet(&ask(named.clone(), true)).unwrap(),
        [
            Query::new(What::Sims, Target::Matching(IMEI.to_owned())),
            state(&[first.clone(), second.clone()]),
            Query::new(What::Sim, Target::Sim(first.clone())),
            Query::new(What::Sim, Target::Sim(second)),
        ]
    );
    assert_eq!(Monogoto.trial(&ask(named, true)), state(&[first]));
    let error = Monogoto.fleet(&ask(some(&["Pump 4"]), true)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Input);
    assert!(error.message.unwrap().contains("Pump 4"));
}

#[test]
fn states_are_asked_for_50_sims_in_one_call_and_always_the_same() {
    let sims = keys(120);
    let batch = Monogoto.batch(&ask(Scope::All, true), &sims);
    assert_eq!(
        batch,
        [
            state(&sims[..50]),
            state(&sims[50..100]),
            state(&sims[100..])
        ]
    );
    assert!(request(&batch[0], None).unwrap().path.len() < 2000);
    // The last SIM comes on screen: its call is made first, and all calls are the same ones.
    let mut on_screen = sims.clone();
    on_screen.rotate_right(1);
    let round = Monogoto.round(&ask(Scope::All, true), &on_screen, 0, 1);
    assert_eq!(
        round,
        [batch[2].clone(), batch[0].clone(), batch[1].clone()]
    );
    let unnamed = [SimKey::default(), key(ICCID)];
    assert_eq!(
        Monogoto.batch(&ask(Scope::All, true), &unnamed),
        [state(&[key(ICCID)])]
    );
    assert!(Monogoto.round(&ask(Scope::All, true), &[], 0, 1).is_empty());
}

#[test]
fn history_is_the_log_and_a_change_asks_for_the_place_too() {
    let sim = key(ICCID);
    let log = Query::new(What::Events, Target::Sim(sim.clone())).over(DAY);
    assert_eq!(
        Monogoto.of_sim(&ask(Scope::All, true), &sim),
        std::slice::from_ref(&log)
    );
    assert!(Monogoto.of_sim(&ask(Scope::All, false), &sim).is_empty());
    assert!(
        Monogoto
            .of_sim(&ask(Scope::All, true), &SimKey::default())
            .is_empty()
    );
    let place = Query::new(What::Sim, Target::Sim(sim.clone()));
    assert_eq!(Monogoto.changed(&sim, DAY), [place, log]);
}
