//! Made-up replies in the vendor's documented shape.

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
    }
}

fn some(identifiers: &[&str]) -> Ask {
    ask(Scope::Some(
        identifiers.iter().map(|one| (*one).to_owned()).collect(),
    ))
}

#[test]
fn each_way_signs_in_with_its_own_fields() {
    let request = exchange(&by_key(&[]));
    assert_eq!(
        (request.operation, request.method, request.base),
        ("auth", Method::Post, Base::Api)
    );
    assert_eq!(request.path, "/auth");
    assert_eq!(
        body(&request),
        r#"{"authKeyId":"keyId-made-up","authKey":"secret-topsecret","tokenTimeoutSeconds":3600}"#
    );
    let root = [
        ("email", " sim@example.com "),
        ("password", "top\"secret"),
        ("mfaOTPCode", "123 456"),
        ("tokenTimeoutSeconds", "172800"),
    ];
    assert_eq!(
        body(&exchange(&account("root", &root))),
        r#"{"email":"sim@example.com","password":"top\"secret","mfaOTPCode":"123456","tokenTimeoutSeconds":172800}"#
    );
    let sam = [
        ("operatorId", "OP0000000001"),
        ("userName", "reader"),
        ("password", "topsecret"),
        ("tokenTimeoutSeconds", "180"),
    ];
    assert_eq!(
        body(&exchange(&account("sam", &sam))),
        r#"{"operatorId":"OP0000000001","userName":"reader","password":"topsecret","tokenTimeoutSeconds":180}"#
    );
}

#[test]
fn what_cannot_be_right_is_not_sent() {
    let sam = [("operatorId", "OP0000000001"), ("userName", "reader")];
    let with_code = [
        ("email", "a@example.com"),
        ("password", "p"),
        ("mfaOTPCode", "12345"),
    ];
    for account in [
        account("auth_key", &[("authKeyId", "keyId-made-up")]),
        account("root", &[("email", "a@example.com")]),
        account("sam", &sam),
        account("root", &with_code),
        by_key(&[("tokenTimeoutSeconds", "179")]),
        by_key(&[("tokenTimeoutSeconds", "172801")]),
        by_key(&[("tokenTimeoutSeconds", "1h")]),
    ] {
        let error = Soracom.enter(&account).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Input, "{account:?}");
        assert!(error.message.is_some_and(|message| message.ends_with('.')));
    }
}

#[test]
fn the_pass_runs_out_after_the_time_that_was_asked_for() {
    let said = r#"{"apiKey":"api-made-up","token":"topsecret","operatorId":"OP0000000001","userName":"reader"}"#;
    let account = by_key(&[("tokenTimeoutSeconds", "600")]);
    let pass = Soracom
        .entered(&account, &reply(200, &[], said), FROM_MS)
        .unwrap();
    assert_eq!(
        pass.headers,
        [
            ("X-Soracom-API-Key", Secret::from("api-made-up")),
            ("X-Soracom-Token", Secret::from("topsecret")),
        ]
    );
    assert_eq!(pass.expires_ms, Some(FROM_MS + 600_000));
    assert_eq!(
        pass.value("operatorId"),
        Some(&Secret::from("OP0000000001"))
    );

    let leave = Soracom.leave(&pass).unwrap();
    assert_eq!(
        (leave.operation, leave.method, leave.path.as_str()),
        ("logout", Method::Post, "/auth/logout")
    );
    assert_eq!(leave.headers, pass.headers);
    assert!(leave.body.is_none());
}

#[test]
fn a_refused_sign_in_is_a_bad_secret_and_an_odd_one_is_no_pass() {
    let kind = |status, body| {
        let reply = reply(status, &[], body);
        let error = Soracom.entered(&by_key(&[]), &reply, 0).unwrap_err();
        (error.kind, error.code)
    };
    let refused = r#"{"code":"AUM0001","message":"Authentication failed."}"#;
    assert_eq!(
        kind(401, refused),
        (ErrorKind::BadSecret, Some("AUM0001".to_owned()))
    );
    assert_eq!(
        kind(200, refused),
        (ErrorKind::Refused, Some("AUM0001".to_owned()))
    );
    assert_eq!(kind(429, "slow down").0, ErrorKind::RateLimited);
    for odd in [
        "<html>",
        "{}",
        r#"{"apiKey":"api-made-up"}"#,
        r#"{"apiKey":"","token":""}"#,
        r#"["api-made-up","topsecret",null]"#,
    ] {
        assert_eq!(kind(200, odd).0, ErrorKind::NotJson, "{odd}");
    }
}

#[test]
fn no_formatter_shows_a_secret() {
    let secrets = [
        ("password", "topsecret-password"),
        ("mfaOTPCode", "987654"),
        ("operatorId", "OP0000000001"),
        ("userName", "reader"),
    ];
    let account = account("sam", &secrets);
    let said =
        r#"{"apiKey":"topsecret-key","token":"topsecret-token","operatorId":"OP0000000001"}"#;
    let pass = Soracom
        .entered(&account, &reply(200, &[], said), 0)
        .unwrap();
    let odd = r#"{"token":"topsecret-token"}"#;
    let error = Soracom.entered(&account, &reply(200, &[], odd), 0);
    let text = format!(
        "{account:?} {:#?} {pass:?} {:?} {:?} {error:?}",
        Soracom.enter(&account),
        Soracom.leave(&pass),
        asked(&Query::new(What::Sims, Target::Fleet), None).with(&pass),
    );
    assert!(
        !text.contains("topsecret") && !text.contains("987654"),
        "{text}"
    );
}

#[test]
fn every_list_has_its_path() {
    let of = |what, of| path(&Query::new(what, of));
    assert_eq!(
        of(What::Sims, Target::Fleet),
        ("listSims", "/sims?limit=100".to_owned())
    );
    assert_eq!(
        of(What::Subscribers, Target::Fleet),
        ("listSubscribers", "/subscribers?limit=100".to_owned())
    );
    assert_eq!(
        of(What::Sim, sim(SIM_ID)),
        ("getSim", format!("/sims/{SIM_ID}"))
    );
    assert_eq!(
        of(What::Sim, imsi()),
        ("getSubscriber", format!("/subscribers/{IMSI}"))
    );
    // An identifier is a segment, whatever is in it.
    assert_eq!(
        of(What::Sim, sim("a/b?c")),
        ("getSim", "/sims/a%2Fb%3Fc".to_owned())
    );
}

#[test]
fn searches_ask_for_any_match_and_full_pages() {
    let (operation, found) = path(&Query::new(
        What::Sims,
        Target::Matching("pump 4&5".to_owned()),
    ));
    assert_eq!(operation, "searchSims");
    let value = "pump%204%265";
    assert_eq!(
        found,
        format!(
            "/query/sims?name={value}&sim_id={value}&iccid={value}&imsi={value}&msisdn={value}&serial_number={value}\
             &search_type=or&limit=100"
        )
    );
    // A comma would be read as two values, each of which would find its own.
    let (_, found) = path(&Query::new(
        What::Sims,
        Target::Matching("a, north gate".to_owned()),
    ));
    assert!(
        found.starts_with("/query/sims?name=north%20gate&sim_id=north%20gate&"),
        "{found}"
    );
    assert_eq!(
        path(&Query::new(What::Sims, sims(&[SIM_ID, IMSI, EID]))).1,
        format!(
            "/query/sims?sim_id={SIM_ID}&iccid={SIM_ID}&imsi={IMSI}&sim_id={EID}&search_type=or&limit=100"
        )
    );
}

#[test]
fn events_are_in_milliseconds_and_usage_in_seconds() {
    let over = |what, of, length| path(&Query::new(what, of).over(range(length)));
    let to_ms = FROM_MS + DAY_MS;
    assert_eq!(
        over(What::Events, sim(SIM_ID), DAY_MS),
        (
            "listSimSessionEvents",
            format!("/sims/{SIM_ID}/events/sessions?from={FROM_MS}&to={to_ms}&limit=100")
        )
    );
    assert_eq!(
        over(What::Events, imsi(), DAY_MS),
        (
            "listSessionEvents",
            format!("/subscribers/{IMSI}/events/sessions?from={FROM_MS}&to={to_ms}&limit=100")
        )
    );
    assert_eq!(
        over(What::StatusHistory, sim(SIM_ID), DAY_MS),
        (
            "listSimStatusHistory",
            format!(
                "/sims/{SIM_ID}/statuses/history?from={FROM_MS}&to={to_ms}&sort=desc&limit=100"
            )
        )
    );
    // Whole seconds that hold the range.
    assert_eq!(
        over(What::Usage, sim(SIM_ID), 2 * DAY_MS),
        (
            "getAirStatsOfSim",
            format!("/stats/air/sims/{SIM_ID}?from=1770000000&to=1770172801&period=minutes")
        )
    );
    assert_eq!(
        over(What::Usage, imsi(), 2 * DAY_MS + 1),
        (
            "getAirStats",
            format!("/stats/air/subscribers/{IMSI}?from=1770000000&to=1770172801&period=day")
        )
    );
    assert_eq!(
        path(&Query::new(What::Events, sim(SIM_ID))).1,
        format!("/sims/{SIM_ID}/events/sessions?limit=100")
    );
}

#[test]
fn filters_take_the_place_of_what_would_be_sent() {
    let monthly = Query {
        filters: vec![("period", "month".to_owned())],
        ..Query::new(What::Usage, sim(SIM_ID)).over(range(DAY_MS))
    };
    assert!(path(&monthly).1.ends_with("&period=month"));
    assert_eq!(path(&Soracom.trial(&ask(Scope::All))).1, "/sims?limit=1");
}

#[test]
fn cells_are_asked_for_as_texts_that_name_themselves() {
    let lte = CellQuery {
        mcc: 440,
        mnc: "10".to_owned(),
        area: 4728,
        cell: 49_497_861,
        lte: true,
    };
    let umts = CellQuery {
        mcc: 1,
        mnc: "01".to_owned(),
        area: 195,
        cell: 68_485_165,
        lte: false,
    };
    let query = Query::new(What::CellLocations, Target::Cells(vec![lte.clone(), umts]));
    let request = asked(&query, None);
    assert_eq!(
        (request.operation, request.method, request.path.as_str()),
        ("batchGetCellLocations", Method::Post, "/cell_locations")
    );
    assert_eq!(
        body(&request),
        r#"[{"mcc":"440","mnc":"10","tac":"4728","eci":"49497861","identifier":"440-10-4728-49497861"},"#.to_owned()
            + r#"{"mcc":"001","mnc":"01","lac":"195","cid":"68485165","identifier":"001-01-195-68485165"}]"#
    );
    // What the vendor sends back is read as the position of that cell.
    let back = r#"[{"lat":35.6,"lon":139.7,"range":900,"identifier":"440-10-4728-49497861"}]"#;
    assert_eq!(page(&query, &reply(200, &[], back)).records.len(), 1);
    let out = testing::read(ProviderId::Soracom, back, None, None);
    assert!(out.cell_locations[0].contains("mcc: 440, mnc: 10, area: 4728, cell: 49497861"));

    // What goes beyond one call is asked for besides.
    let many: Vec<CellQuery> = (0..130)
        .map(|cell| CellQuery {
            cell,
            ..lte.clone()
        })
        .collect();
    let query = Query::new(What::CellLocations, Target::Cells(many.clone()));
    assert_eq!(
        body(&asked(&query, None)).matches("identifier").count(),
        100
    );
    let rest = page(&query, &reply(200, &[], "[]")).more;
    assert_eq!(
        rest,
        [Query::new(
            What::CellLocations,
            Target::Cells(many[100..].to_vec())
        )]
    );
    assert!(page(&rest[0], &reply(200, &[], "[]")).more.is_empty());
}

#[test]
fn what_the_vendor_has_no_call_for_is_said() {
    for query in [
        Query::new(What::Sessions, sim(SIM_ID)),
        Query::new(What::State, Target::Fleet),
        Query::new(What::Events, Target::Fleet),
        Query::new(What::StatusHistory, imsi()),
        Query::new(What::Sim, Target::Device("d_made_up".to_owned())),
        Query::new(What::Usage, Target::Fleet).over(range(DAY_MS)),
        // Usage is told over a range only.
        Query::new(What::Usage, sim(SIM_ID)),
        // Without an identifier these would be other calls.
        Query::new(What::Sim, sim("")),
        Query::new(What::Events, sim("..")),
        Query::new(What::CellLocations, Target::Cells(Vec::new())),
        Query::new(What::Sims, sims(&[])),
        Query::new(What::Sims, sims(&["12345,67890"])),
        Query::new(What::Sims, Target::Matching("x".to_owned())),
        Query::new(What::Sims, Target::Matching("a,b, c".to_owned())),
    ] {
        input_error(&query);
    }
}

const SIMS: &str = r#"[
 {"simId": "8999900000000000017", "profiles": {"8999900000000000017": {"iccid": "8999900000000000017",
   "primaryImsi": "001010000000017", "subscribers": {"001010000000017": {"imsi": "001010000000017"}, "001010000000018": {}}}}},
 {"simId": "89999000000000000000000000000025", "profiles": {"8999900000000000025": null}},
 {"simId": "8999900000000000033", "profiles": {"8999900000000000041": {"subscribers": null}}}
]"#;

#[test]
fn sims_are_known_by_every_number() {
    let all = reply(200, &[], SIMS);
    let fleet = Query::new(What::Sims, Target::Fleet);
    let page = page(&fleet, &all);
    assert_eq!(page.records.len(), 3);
    let names: Vec<(&str, Vec<&str>)> = page
        .sims
        .iter()
        .map(|sim| {
            let also = sim.also.iter().map(String::as_str).collect();
            (sim.key.as_str(), also)
        })
        .collect();
    assert_eq!(names[0], (SIM_ID, vec![IMSI, "001010000000018"]));
    assert_eq!(
        names[2],
        ("8999900000000000033", vec!["8999900000000000041"])
    );
    assert_eq!(names[1].1, ["8999900000000000025"]);
    // A record that cannot be read is nameless, but stays in its place.
    let odd = reply(
        200,
        &[],
        r#"[{"simId": 17}, {"simId": "8999900000000000017"}]"#,
    );
    let odd = Soracom.page(&fleet, None, &Account::default(), &odd);
    assert_eq!(odd.unwrap().sims, [SimKey::default(), SimKey::new(SIM_ID)]);
}

#[test]
fn subscribers_and_single_sims_name_their_sim() {
    let subscribers = format!(
        r#"[{{"imsi": "{IMSI}", "iccid": "{SIM_ID}", "simId": "{EID}"}}, {{"imsi": "001010000000025", "simId": null}}]"#
    );
    let all = reply(200, &[], &subscribers);
    let found = page(&Query::new(What::Subscribers, Target::Fleet), &all);
    assert_eq!(
        found.sims,
        [
            SimKey::new(EID).also(Some(IMSI)).also(Some(SIM_ID)),
            SimKey::new("001010000000025"),
        ]
    );
    let one = reply(200, &[], " {\"simId\": \"8999900000000000017\"}\n");
    let found = page(&Query::new(What::Sim, sim(SIM_ID)), &one);
    assert_eq!(found.records, [r#"{"simId": "8999900000000000017"}"#]);
    assert_eq!(found.sims, [SimKey::new(SIM_ID)]);
    assert_eq!(found.next, None);
}

#[test]
fn pages_are_followed_by_the_header_then_the_link() {
    let query = Query::new(What::Sims, Target::Fleet);
    let key = ("x-soracom-next-key", " 1234567890 ");
    let link = (
        "link",
        "</v1/sims?limit=100&last_evaluated_key=99%40a%2Fb>; rel=next",
    );
    assert_eq!(
        next(&query, &[link, key], SIMS).as_deref(),
        Some("1234567890")
    );
    assert_eq!(next(&query, &[link], SIMS).as_deref(), Some("99@a/b"));
    let two = (
        "link",
        r#"</v1/sims?last_evaluated_key=1>; rel=prev, <https://elsewhere.example/?last_evaluated_key=2>; rel="next""#,
    );
    assert_eq!(next(&query, &[two], SIMS).as_deref(), Some("2"));
    assert_eq!(
        asked(&query, Some("99@a/b")).path,
        "/sims?limit=100&last_evaluated_key=99%40a%2Fb"
    );
}

#[test]
fn readable_headers_without_a_key_are_the_end() {
    let query = Query::new(What::Sims, Target::Fleet);
    let empty = ("x-soracom-next-key", "");
    let link = ("link", "</v1/sims?last_evaluated_key=1>; rel=next");
    assert_eq!(next(&query, &[empty, link], SIMS), None);
    assert_eq!(
        next(&query, &[("x-soracom-ratelimit-remaining", "999")], SIMS),
        None
    );
    let first = ("link", "</v1/sims?last_evaluated_key=1>; rel=first");
    assert_eq!(next(&query, &[first], SIMS), None);
}

#[test]
fn without_headers_the_key_comes_from_the_last_record() {
    let safe = [("content-type", "application/json")];
    let of = |what, of, body| next(&Query::new(what, of), &safe, body);
    assert_eq!(
        of(What::Sims, Target::Fleet, SIMS).as_deref(),
        Some("8999900000000000033")
    );
    let matching = Target::Matching("pump".to_owned());
    assert_eq!(
        of(What::Sims, matching, SIMS).as_deref(),
        Some("8999900000000000033")
    );
    let subscribers = r#"[{"imsi": "001010000000017", "simId": "8999900000000000017"}]"#;
    assert_eq!(
        of(What::Subscribers, Target::Fleet, subscribers).as_deref(),
        Some(IMSI)
    );
    let events = r#"[{"time": 1770000042141, "event": "Deleted"}, {"time": 1770000000000, "event": "Created"}]"#;
    assert_eq!(
        of(What::Events, sim(SIM_ID), events).as_deref(),
        Some("1770000000000")
    );
    assert_eq!(
        of(What::Events, imsi(), events).as_deref(),
        Some("1770000000000")
    );
    // An empty page ends it, and so does a key that comes again.
    assert_eq!(of(What::Sims, Target::Fleet, "[]"), None);
    let again = Cursor("8999900000000000033".to_owned());
    let all = reply(200, &safe, SIMS);
    let fleet = Query::new(What::Sims, Target::Fleet);
    let page = Soracom.page(&fleet, Some(&again), &Account::default(), &all);
    assert_eq!(page.unwrap().next, None);
    // Air statistics come at once.
    let stats = r#"[{"unixtime": 1770000000, "dataTrafficStatsMap": {}}]"#;
    let usage = Query::new(What::Usage, sim(SIM_ID)).over(range(DAY_MS));
    assert_eq!(next(&usage, &safe, stats), None);
}

#[test]
fn a_full_status_history_without_headers_goes_on_before_its_last_second() {
    let history = |count: i64| {
        let rows: Vec<String> = (0..count)
            .map(|at| {
                format!(
                    r#"{{"applyDateTimeEpochSec": {}, "status": "active"}}"#,
                    1_770_050_000 - at
                )
            })
            .collect();
        format!("[{}]", rows.join(","))
    };
    let query = Query::new(What::StatusHistory, sim(SIM_ID)).over(range(DAY_MS));
    let full = reply(200, &[], &history(100));
    let found = page(&query, &full);
    assert_eq!(found.next, None);
    let rest = TimeRange {
        from_ms: FROM_MS,
        to_ms: 1_770_049_902_000,
    };
    assert_eq!(found.more, [query.clone().over(rest)]);
    assert!(page(&query, &reply(200, &[], &history(99))).more.is_empty());
    // The rest that is no less than the whole would be asked for without end.
    let same = query.clone().over(rest);
    assert!(page(&same, &full).more.is_empty());
    let key = [("x-soracom-next-key", "001010000000017@1770049901123")];
    let told = reply(200, &key, &history(100));
    let found = page(&query, &told);
    assert!(found.more.is_empty());
    assert_eq!(
        found.next,
        Some(Cursor("001010000000017@1770049901123".to_owned()))
    );
}

#[test]
fn what_a_search_left_out_is_asked_for_by_itself() {
    let query = Query::new(
        What::Sims,
        // The first without its check digit, as some print it.
        sims(&["899990000000000001", IMSI, "001010000000099", EID]),
    );
    let key = [("x-soracom-next-key", "8999900000000000033")];
    for headers in [&key[..], &[]] {
        let found = reply(200, headers, SIMS);
        let found = page(&query, &found);
        assert_eq!(found.next, None);
        assert_eq!(
            found.more,
            [
                Query::new(What::Sim, Target::Imsi("001010000000099".to_owned())),
                Query::new(What::Sim, sim(EID)),
            ]
        );
    }
}

#[test]
fn a_page_that_is_none_is_an_error() {
    let fleet = Query::new(What::Sims, Target::Fleet);
    let one = Query::new(What::Sim, sim(SIM_ID));
    let kind = |query: &Query, body: &str| {
        let reply = reply(200, &[], body);
        let page = Soracom.page(query, None, &Account::default(), &reply);
        page.unwrap_err().kind
    };
    for odd in ["", "<html>", "null", "{}", r#"[{"simId""#, "[1] and more"] {
        assert_eq!(kind(&fleet, odd), ErrorKind::NotJson, "{odd}");
        assert_eq!(kind(&one, odd), ErrorKind::NotJson, "{odd}");
    }
    let refused = r#"{"code": "SEM0001", "message": "no"}"#;
    assert_eq!(kind(&fleet, refused), ErrorKind::Refused);
    assert_eq!(kind(&one, refused), ErrorKind::Refused);
    assert_eq!(kind(&one, "[]"), ErrorKind::NotJson);
}

#[test]
fn refusals_of_every_shape_are_read() {
    let refused = |status, body| {
        let error = Soracom.refusal("getSim", &reply(status, &[], body));
        assert_eq!((error.operation, error.status), ("getSim", Some(status)));
        (error.kind, error.code, error.message)
    };
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        refused(403, r#"{"code": "SEM0003", "message": "Not permitted."}"#),
        (
            ErrorKind::Forbidden,
            text("SEM0003"),
            text("Not permitted.")
        )
    );
    assert_eq!(
        refused(401, r#"{"message": "Invalid token."}"#),
        (ErrorKind::BadSecret, None, text("Invalid token."))
    );
    assert_eq!(
        refused(400, r#"{"code": 17}"#),
        (ErrorKind::Refused, text("17"), None)
    );
    assert_eq!(
        refused(503, "upstream is busy\nid 1"),
        (ErrorKind::Outage, None, text("upstream is busy"))
    );
    assert_eq!(
        refused(404, "<html>no</html>"),
        (ErrorKind::NotFound, None, None)
    );
    assert_eq!(refused(404, ""), (ErrorKind::NotFound, None, None));
    assert_eq!(
        refused(500, r#"["a", "b"]"#),
        (ErrorKind::Outage, None, None)
    );
}

#[test]
fn the_wait_is_what_the_vendor_says_and_at_most_a_minute() {
    let wait = |headers: &[(&str, &str)]| {
        let error = Soracom.refusal("listSims", &reply(429, headers, ""));
        assert_eq!(error.kind, ErrorKind::RateLimited);
        error.retry_after_ms
    };
    let own = "x-soracom-ratelimit-seconds-before-refresh";
    assert_eq!(wait(&[(own, "42"), ("retry-after", "7")]), Some(42_000));
    assert_eq!(wait(&[("retry-after", "7")]), Some(7_000));
    assert_eq!(wait(&[("retry-after", "900")]), Some(60_000));
    assert_eq!(wait(&[(own, "18446744073709551615")]), Some(60_000));
    assert_eq!(wait(&[(own, "0")]), Some(1_000));
    assert_eq!(wait(&[]), None);

    let quota = |headers: &[(&str, &str)]| Soracom.quota(&reply(200, headers, "[]"));
    let left = "x-soracom-ratelimit-remaining";
    assert_eq!(quota(&[(left, "999"), (own, "58")]), Some((999, 58_000)));
    assert_eq!(quota(&[(left, "0")]), Some((0, 60_000)));
    assert_eq!(quota(&[(own, "58")]), None);
    assert_eq!(quota(&[(left, "many")]), None);
}

#[test]
fn only_an_account_without_sims_is_empty() {
    let none = r#"{"code": "SEM0021", "message": "No such SIM found."}"#;
    let fleet = Query::new(What::Sims, Target::Fleet);
    let empty = |query: &Query, status, body| Soracom.is_empty(query, &reply(status, &[], body));
    assert!(empty(&fleet, 404, none));
    // A wrong base URL, an unknown SIM and a refused sign-in are not.
    assert!(!empty(&fleet, 404, "<html>Not found</html>"));
    assert!(!empty(&fleet, 404, r#"{"message": "Not found"}"#));
    assert!(!empty(&fleet, 401, none));
    assert!(!empty(&Query::new(What::Sim, sim(SIM_ID)), 404, none));
    assert!(!empty(&Query::new(What::Events, sim(SIM_ID)), 404, none));
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
