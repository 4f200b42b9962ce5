use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::error::ErrorKind;
use crate::model::Instant;
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
        assert_eq!(path(&state(&[sim.clone()]), None), documented);
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

/// A page of `/things` of so many SIMs.
fn things_reply(count: u32) -> Reply {
    let things: Vec<String> = keys(count)
        .iter()
        .map(|sim| format!("{{\"ThingId\":\"{}\"}}", sim.key))
        .collect();
    reply(200, format!("[{}]", things.join(",")))
}

#[test]
fn the_list_goes_on_by_offset_until_a_page_is_not_full() {
    let all = Query::new(What::Sims, Target::Fleet);
    for (count, cursor, next) in [
        (50, None, Some("50")),
        (50, Some("50"), Some("100")),
        (49, Some("100"), None),
        (0, Some("100"), None),
    ] {
        let answer = things_reply(count);
        let found = page(&all, cursor, &answer).unwrap();
        assert_eq!(found.next.map(|next| next.0).as_deref(), next);
        assert_eq!(found.records.len(), count as usize);
        assert_eq!(found.sims, keys(count));
    }
    let answer = reply(
        200,
        r#"[{"ThingId":"T-1","ExternalUniqueId":"89"},{"ExternalUniqueId":"8999900000000000017","ThingId":""},{"State":"x"}]"#,
    );
    let sims = page(&all, None, &answer).unwrap().sims;
    assert_eq!(
        sims,
        [
            SimKey::new("T-1").also(Some("89")),
            key(ICCID),
            SimKey::default()
        ]
    );
}

#[test]
fn a_sim_alone_is_one_record() {
    let query = Query::new(What::Sim, Target::Sim(SimKey::new(ICCID)));
    let answer = reply(
        200,
        format!(" {{\"ThingId\":\"{THING_PREFIX}{ICCID}\",\"LastLocation\":null}}\n"),
    );
    let found = page(&query, None, &answer).unwrap();
    assert_eq!(found.sims, [key(ICCID)]);
    assert_eq!(found.records.len(), 1);
    assert!(found.records[0].starts_with('{') && found.records[0].ends_with('}'));
}

fn states_reply(sims: &[&SimKey]) -> Reply {
    let rows: Vec<String> = sims
        .iter()
        .map(|sim| format!("{{\"ThingId\":\"{}\",\"ActiveSessions\":[]}}", sim.key))
        .collect();
    reply(
        200,
        format!(
            "{{\"Success\":true,\"Message\":\"Operation succeeded\",\"Data\":[{}]}}",
            rows.join(",")
        ),
    )
}

#[test]
fn sims_that_an_answer_about_several_leaves_out_are_asked_alone() {
    let asked = keys(4);
    let query = state(&asked);
    let answer = states_reply(&[&asked[2], &asked[0]]);
    let found = page(&query, None, &answer).unwrap();
    assert_eq!(found.sims, [asked[2].clone(), asked[0].clone()]);
    assert_eq!(found.more, [state(&asked[1..2]), state(&asked[3..])]);
    assert!(found.next.is_none() && !found.partial);
    // By whatever name they were asked.
    let bare = state(&[SimKey::new(ICCID), SimKey::new(OTHER)]);
    let answer = states_reply(&[&key(OTHER), &key(ICCID)]);
    assert!(page(&bare, None, &answer).unwrap().more.is_empty());
    // Nobody is asked for ever.
    for nothing in [
        states_reply(&[]),
        reply(200, r#"{"Success":true,"Data":null}"#),
    ] {
        assert!(
            page(&state(&asked[..1]), None, &nothing)
                .unwrap()
                .more
                .is_empty()
        );
        assert_eq!(page(&query, None, &nothing).unwrap().more.len(), 4);
    }
}

#[test]
fn a_refusal_of_status_200_is_no_empty_list() {
    let no = r#"{"Success":false,"Message":"Not allowed","Data":[]}"#;
    let queries = [
        state(&keys(2)),
        Query::new(What::Sims, Target::Fleet),
        Query::new(What::Sim, Target::Sim(key(ICCID))),
        log_of(ICCID, DAY),
    ];
    for query in &queries {
        let error = page(query, None, &reply(200, no)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Refused, "{query:?}");
        assert_eq!(error.message.as_deref(), Some("Not allowed"));
        for body in [
            "",
            "<html>",
            "{}",
            r#"{"Data":[{"#,
            r#"{"Success":true,"Data":{}}"#,
            r#"{"hits":{"hits":[]}}"#,
        ] {
            let error = page(query, None, &reply(200, body)).unwrap_err();
            assert_eq!(error.kind, ErrorKind::NotJson, "{query:?} {body}");
        }
    }
}

#[test]
fn refusals_are_read_in_every_shape() {
    for (status, body, kind, message) in [
        (
            400,
            r#"{"Success":false,"Message":"Bad ThingIds"}"#,
            ErrorKind::Refused,
            Some("Bad ThingIds"),
        ),
        (
            401,
            r#"{"status_code":401,"message":"Unauthorized","request_id":"r"}"#,
            ErrorKind::BadSecret,
            Some("Unauthorized"),
        ),
        (
            403,
            "Access denied",
            ErrorKind::Forbidden,
            Some("Access denied"),
        ),
        (
            404,
            "\"no such thing\"",
            ErrorKind::NotFound,
            Some("no such thing"),
        ),
        (
            429,
            r#"{"error":"slow down"}"#,
            ErrorKind::RateLimited,
            Some("slow down"),
        ),
        (500, "", ErrorKind::Outage, None),
        (500, "<html>oops</html>", ErrorKind::Outage, None),
        (500, r#"{"Message":{"a":1}}"#, ErrorKind::Outage, None),
    ] {
        let error = Monogoto.refusal("things", &reply(status, body));
        assert_eq!(
            (error.kind, error.message.as_deref()),
            (kind, message),
            "{body}"
        );
        assert_eq!((error.status, error.operation), (Some(status), "things"));
    }
}

#[test]
fn a_fleet_is_the_list_and_named_sims_are_asked_together() {
    let all = Query::new(What::Sims, Target::Fleet);
    assert_eq!(
        Monogoto.fleet(&ask(Scope::All, true)).unwrap(),
        [all.clone()]
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

/// A log that gives the rows of the asked window, half-open, in an order of its own, up to the asked limit or its own.
struct Log {
    /// Time of each row; its number is its name.
    times: Vec<i64>,
    /// How the rows of a page are ordered.
    order: u64,
}

impl Log {
    fn answer(&self, request: &Request) -> Reply {
        let asked = body(request);
        let time = |name: &str| {
            let text = asked[name].as_str().unwrap();
            Instant::from_rfc3339(text).unwrap().ms()
        };
        let (from, to) = (time("gteTimestampELK"), time("ltTimestampELK"));
        let limit: usize = asked["limit"].as_str().unwrap().parse().unwrap();
        let mut rows: Vec<(usize, i64)> = self.times.iter().copied().enumerate().collect();
        rows.retain(|(_, at)| (from..to).contains(at));
        rows.sort_by_key(|(row, _)| (*row as u64 + 1).wrapping_mul(self.order | 1));
        rows.truncate(limit);
        let hits: Vec<String> = rows
            .iter()
            .map(|(row, at)| format!(r#"{{"_source":{{"Timestamp":{at},"message":"{row}"}}}}"#))
            .collect();
        reply(200, format!(r#"{{"hits":[{}]}}"#, hits.join(",")))
    }

    /// Asks as a driver does. Returns how often each row came on a page that was not cut, and the number of calls.
    fn read(&self, range: TimeRange) -> (Vec<u32>, usize) {
        let mut came = vec![0; self.times.len()];
        let mut waiting = vec![log_of(ICCID, range)];
        let mut calls = 0;
        while let Some(query) = waiting.pop() {
            calls += 1;
            assert!(calls < 20_000, "it never ends");
            let answer = self.answer(&request(&query, None).unwrap());
            let found = page(&query, None, &answer).unwrap();
            assert_eq!(found.partial, !found.more.is_empty());
            assert_eq!(found.next, None);
            if !found.partial {
                for record in &found.records {
                    let row: Value = serde_json::from_str(record).unwrap();
                    let row: usize = row["_source"]["message"].as_str().unwrap().parse().unwrap();
                    came[row] += 1;
                }
            }
            waiting.extend(found.more);
        }
        (came, calls)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn the_log_is_read_completely(
        spread in prop::collection::vec(0_i64..86_400_000, 0..400),
        burst_at in 0_i64..86_400_000,
        burst in prop::collection::vec(0_i64..40, 0..260),
        order in any::<u64>(),
    ) {
        let times: Vec<i64> = spread
            .into_iter()
            .chain(burst.into_iter().map(|later| (burst_at + later).min(86_399_999)))
            .map(|at| DAY.from_ms + at)
            .collect();
        let count = times.len();
        let (came, calls) = Log { times, order }.read(DAY);
        prop_assert!(came.iter().all(|times| *times == 1), "{came:?}");
        prop_assert!(calls <= 1 + 40 * (count / 20 + 1), "{calls} calls for {count} rows");
    }
}

#[test]
fn a_full_millisecond_is_asked_for_more_rows() {
    let now = DAY.from_ms + 4711;
    let (came, calls) = Log {
        times: vec![now; 730],
        order: 3,
    }
    .read(DAY);
    assert!(came.iter().all(|times| *times == 1));
    assert!(calls < 80, "{calls}");

    let one = TimeRange {
        from_ms: now,
        to_ms: now + 1,
    };
    let mut query = log_of(ICCID, one);
    let mut limits = Vec::new();
    while let Some(longer) = log::rest(&query, 10_000).pop() {
        assert_eq!(longer.range, Some(one));
        limits.push(body(&request(&longer, None).unwrap())["limit"].clone());
        query = longer;
    }
    assert_eq!(
        limits,
        ["100", "200", "400", "800", "1600", "3200", "6400", "10000"]
    );
}
