//! What is read from answers and refusals.

use super::*;

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
