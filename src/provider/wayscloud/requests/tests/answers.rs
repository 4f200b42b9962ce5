//! What is read from answers and refusals.

use super::*;

#[test]
fn pages_go_on_by_offset_until_a_short_one() {
    let sessions = Query::new(What::Sessions, sim(ICCID));
    for (cursor, answer, expected) in [
        (None, rows("sessions", 100, ""), Some("100")),
        (
            Some("100"),
            rows("sessions", 100, r#","total":100"#),
            Some("200"),
        ),
        (Some("200"), rows("sessions", 99, ""), None),
        (Some("200"), rows("sessions", 99, r#","total":99"#), None),
        (Some("200"), rows("sessions", 99, r#","total":299"#), None),
        (None, rows("sessions", 0, r#","total":7"#), None),
        // The vendor kept to 50 a page and says so only in the total.
        (None, rows("sessions", 50, r#","total":120"#), Some("50")),
    ] {
        assert_eq!(next(&sessions, cursor, &answer).as_deref(), expected);
    }
    // The limit that the vendor says it kept to counts, not the one that was asked.
    let all = Query::new(What::Events, Target::Fleet);
    let echoed = rows("activity", 20, r#","total":20,"limit":20,"offset":0"#);
    assert_eq!(next(&all, Some("40"), &echoed).as_deref(), Some("60"));
    let last = rows("activity", 19, r#","total":19,"limit":20,"offset":60"#);
    assert_eq!(next(&all, Some("60"), &last), None);
    // Ignored altogether, it brings everything at once.
    let everything = rows("sessions", 250, "");
    assert_eq!(next(&sessions, None, &everything).as_deref(), Some("250"));
}

#[test]
fn the_activity_names_the_sims_of_its_events() {
    let body = format!(
        r#"{{"activity":[{{"event_id":"e1","iccid":"{ICCID}"}},{{"event_id":"e2"}},{{"event_id":"e3","iccid":"{OTHER}"}}],"total":3,"limit":100,"offset":0}}"#
    );
    let answer = reply(200, &body);
    let keys = |of: Target, cursor| {
        let page = page(&Query::new(What::Events, of), cursor, &answer).unwrap();
        assert_eq!(page.records.len(), 3);
        page.sims.into_iter().map(|sim| sim.key).collect::<Vec<_>>()
    };
    assert_eq!(keys(Target::Fleet, None), [ICCID, "", OTHER]);
    let named = Target::Sims(vec![SimKey::new(OTHER), SimKey::new("8999900000000000033")]);
    // One for each event, then those that were named: they are asked for more although nothing happened.
    assert_eq!(
        keys(named.clone(), None),
        ["", "", OTHER, OTHER, "8999900000000000033"]
    );
    assert_eq!(keys(named, Some("100")), ["", "", OTHER]);
    assert_eq!(keys(sim(ICCID), Some("100")), [ICCID; 3]);
    let nothing = reply(200, r#"{"iccid":"x","activity":[],"total":0}"#);
    let query = Query::new(What::Events, sim(ICCID));
    assert_eq!(
        page(&query, None, &nothing).unwrap().sims,
        [SimKey::new(ICCID)]
    );

    let of_device = reply(
        200,
        &format!(r#"{{"iccid":"{ICCID}","activity":[{{"event_id":"e"}}]}}"#),
    );
    let query = Query::new(What::Events, Target::Device("d1".to_owned()));
    let found = page(&query, None, &of_device).unwrap();
    assert_eq!(found.sims, [SimKey::new(ICCID).also(Some("d1"))]);
}

#[test]
fn a_device_tells_its_sim() {
    let query = Query::new(What::Sim, Target::Device("d1".to_owned()));
    let with = format!(r#" {{"device_id":"d1","sim":{{"iccid":"{ICCID}","status":"active"}}}} "#);
    let answer = reply(200, &with);
    let found = page(&query, None, &answer).unwrap();
    assert_eq!(found.records, [with.trim()]);
    assert_eq!(found.sims, [SimKey::new(ICCID).also(Some("d1"))]);
    assert_eq!(found.next, None);
    for without in [
        r#"{"device_id":"d1","sim":null}"#,
        r#"{"device_id":"d1"}"#,
        r#"{"device_id":"d1","sim":{}}"#,
    ] {
        let answer = reply(200, without);
        assert_eq!(
            page(&query, None, &answer).unwrap().sims,
            [SimKey::default()]
        );
    }
}

#[test]
fn refusals_are_read_in_every_shape() {
    for (status, body, kind, code, message) in [
        (
            401,
            r#"{"error":{"code":"AUTH_FAILED","message":"Invalid API key"}}"#,
            ErrorKind::BadSecret,
            Some("AUTH_FAILED"),
            "Invalid API key",
        ),
        (
            400,
            r#"{"error":{"code":"AUTH_FAILED","message":"No key"}}"#,
            ErrorKind::BadSecret,
            Some("AUTH_FAILED"),
            "No key",
        ),
        (
            400,
            r#"{"error":{"code":"INVALID_PARAMETER","message":"limit","details":{"field":"limit","provided":1000,"expected":"1-100"}}}"#,
            ErrorKind::Refused,
            Some("INVALID_PARAMETER"),
            "limit",
        ),
        (
            404,
            r#"{"detail":"SIM not found"}"#,
            ErrorKind::NotFound,
            None,
            "SIM not found",
        ),
        (
            409,
            r#"{"detail":{"error":"conflict"}}"#,
            ErrorKind::Refused,
            None,
            "conflict",
        ),
        (
            422,
            r#"{"detail":[{"loc":["query","limit"],"msg":"too large"},{"msg":"not a date"}]}"#,
            ErrorKind::Refused,
            None,
            "too large; not a date",
        ),
        (
            400,
            r#"{"message":"third","error":"second","detail":"first"}"#,
            ErrorKind::Refused,
            None,
            "first",
        ),
        (
            400,
            r#"{"message":"third","error":"second","detail":null}"#,
            ErrorKind::Refused,
            None,
            "second",
        ),
        (
            429,
            r#"{"message":"slow down"}"#,
            ErrorKind::RateLimited,
            None,
            "slow down",
        ),
        (502, "Bad gateway", ErrorKind::Outage, None, "Bad gateway"),
    ] {
        let error = Wayscloud.refusal("SIM sessions", &reply(status, body));
        assert_eq!(
            (error.kind, error.code.as_deref(), error.message.as_deref()),
            (kind, code, Some(message)),
            "{body}"
        );
        assert_eq!(
            (error.status, error.operation),
            (Some(status), "SIM sessions")
        );
    }
    let of = |body| Wayscloud.refusal("SIM activity", &reply(403, body));
    let forbidden = of(r#"{"error":{"code":"INSUFFICIENT_PERMISSIONS","message":"Not allowed."}}"#);
    assert_eq!(forbidden.kind, ErrorKind::Forbidden);
    let message = forbidden.message.unwrap();
    assert!(message.starts_with("Not allowed. The key") && message.contains("IP addresses"));
    assert!(of("").message.unwrap().contains("IP addresses"));
    assert_eq!(of("<html>no</html>").kind, ErrorKind::Forbidden);
    assert_eq!(of(&"[".repeat(10_000)).kind, ErrorKind::Forbidden);
}

#[test]
fn a_refusal_of_status_200_is_no_empty_list() {
    let sessions = Query::new(What::Sessions, sim(ICCID));
    let device = Query::new(What::Sim, Target::Device("d1".to_owned()));
    let kind = |query, body| page(query, None, &reply(200, body)).unwrap_err().kind;
    for query in [&sessions, &device] {
        let refused = r#"{"error":{"code":"AUTH_FAILED","message":"no"}}"#;
        assert_eq!(kind(query, refused), ErrorKind::BadSecret);
        assert_eq!(kind(query, r#"{"detail":"gone"}"#), ErrorKind::Refused);
        assert_eq!(kind(query, r#"{"total":0}"#), ErrorKind::NotJson);
        assert_eq!(kind(query, "<html>"), ErrorKind::NotJson);
        assert_eq!(kind(query, r#"{"sessions":[{"a":1"#), ErrorKind::NotJson);
    }
    assert_eq!(kind(&sessions, r#"{"sessions":null}"#), ErrorKind::NotJson);
}
