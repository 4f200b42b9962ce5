//! Replies of every kind.

use super::*;

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
