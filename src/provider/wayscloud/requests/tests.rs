//! What is asked and how one gets in; `answers` tests what is read.

mod answers;

use super::*;
use crate::error::ErrorKind;
use crate::provider::request::Method;
use crate::provider::secret::Secret;

const ICCID: &str = "8999900000000000017";
const OTHER: &str = "8999900000000000025";
/// 2026-02-01T14:00:00Z to 2026-02-08T14:00:00Z.
const WEEK: TimeRange = TimeRange {
    from_ms: 1_769_954_400_000,
    to_ms: 1_770_559_200_000,
};

/// 2026-02-02T00:00:00Z.
const MIDNIGHT: i64 = 1_769_990_400_000;

fn account(way: &str, key: &str) -> Account {
    Account {
        way: way.to_owned(),
        fields: vec![("api_key".to_owned(), Secret::new(key))],
        api: "https://api.wayscloud.services/v1/globalsim".to_owned(),
        auth: None,
        vouched: false,
    }
}

fn ask(scope: Scope, history: bool) -> Ask {
    Ask {
        scope,
        range: WEEK,
        history,
        usage: false,
        status_history: false,
        cell_locations: false,
    }
}

fn some<S: ToString>(identifiers: &[S]) -> Scope {
    Scope::Some(identifiers.iter().map(ToString::to_string).collect())
}

fn iccids(count: u32) -> Vec<String> {
    (0..count).map(|n| format!("89999{n:014}")).collect()
}

fn sim(iccid: &str) -> Target {
    Target::Sim(SimKey::new(iccid))
}

fn device_target() -> Target {
    Target::Device("iot_dev_1/ä".to_owned())
}

fn path(query: &Query, cursor: Option<&str>) -> Result<String, Error> {
    let cursor = cursor.map(|text| Cursor(text.to_owned()));
    let pass = Pass::default();
    let request = Wayscloud.request(query, cursor.as_ref(), &account("bearer", "k"), &pass)?;
    assert_eq!((request.method, request.body), (Method::Get, None));
    assert!(request.headers.is_empty());
    Ok(request.path)
}

fn reply(status: u16, body: &str) -> Reply {
    Reply {
        status,
        headers: Vec::new(),
        body: body.as_bytes().to_vec(),
    }
}

fn page<'b>(query: &Query, cursor: Option<&str>, reply: &'b Reply) -> Result<Page<'b>, Error> {
    let cursor = cursor.map(|text| Cursor(text.to_owned()));
    Wayscloud.page(query, cursor.as_ref(), &account("bearer", "k"), reply)
}

/// A page of so many records beside other keys.
fn rows(array: &str, count: usize, around: &str) -> Reply {
    let rows: Vec<String> = (0..count).map(|n| format!("{{\"n\":{n}}}")).collect();
    reply(
        200,
        &format!("{{\"{array}\":[{}]{around}}}", rows.join(",")),
    )
}

fn next(query: &Query, cursor: Option<&str>, reply: &Reply) -> Option<String> {
    page(query, cursor, reply).unwrap().next.map(|next| next.0)
}

#[test]
fn the_key_goes_in_the_header_of_the_chosen_way() {
    for (way, key, header) in [
        (
            "bearer",
            "wayscloud_pat_x",
            ("Authorization", "Bearer wayscloud_pat_x"),
        ),
        (
            "bearer",
            " bearer   wayscloud_pat_x\n",
            ("Authorization", "Bearer wayscloud_pat_x"),
        ),
        (
            "x_api_key",
            "wayscloud_api_x",
            ("X-API-Key", "wayscloud_api_x"),
        ),
    ] {
        let Ok(Entry::Pass(pass)) = Wayscloud.enter(&account(way, key)) else {
            panic!("{way}");
        };
        assert_eq!(pass.headers, [(header.0, Secret::new(header.1))]);
        assert_eq!(pass.expires_ms, None);
        let shown = format!("{:?} {pass:?}", account(way, key));
        assert!(!shown.contains("wayscloud_"), "{shown}");
    }
    for key in ["", "  ", "Bearer ", "two words", "schlüssel"] {
        let error = Wayscloud.enter(&account("bearer", key)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Input, "{key:?}");
        assert!(key.trim().is_empty() || !error.to_string().contains("schl"));
    }
}

#[test]
fn every_call_has_its_documented_path() {
    const DATES: &str = "&start_date=2026-02-01&end_date=2026-02-09";
    for (what, of, expected) in [
        (
            What::Sessions,
            sim(ICCID),
            format!("/sims/{ICCID}/sessions?limit=100&offset=0{DATES}"),
        ),
        // There is no filter by date here.
        (
            What::Events,
            sim(ICCID),
            format!("/sims/{ICCID}/activity?limit=100&offset=0"),
        ),
        (
            What::Events,
            Target::Fleet,
            format!("/sims/activity?limit=100&offset=0{DATES}"),
        ),
        (
            What::Events,
            Target::Sims(vec![SimKey::new(ICCID)]),
            format!("/sims/activity?limit=100&offset=0&iccid={ICCID}{DATES}"),
        ),
        (
            What::Events,
            Target::Sims(vec![SimKey::new(ICCID), SimKey::new(OTHER)]),
            format!("/sims/activity?limit=100&offset=0{DATES}"),
        ),
        (
            What::Sim,
            device_target(),
            "/devices/iot_dev_1%2F%C3%A4/sim".to_owned(),
        ),
        (
            What::Sessions,
            device_target(),
            format!("/devices/iot_dev_1%2F%C3%A4/sim/sessions?limit=100&offset=0{DATES}"),
        ),
        (
            What::Events,
            device_target(),
            "/devices/iot_dev_1%2F%C3%A4/sim/activity?limit=100&offset=0".to_owned(),
        ),
    ] {
        assert_eq!(
            path(&Query::new(what, of).over(WEEK), None).unwrap(),
            expected
        );
    }
    let sessions = Query::new(What::Sessions, sim(ICCID));
    assert_eq!(
        path(&sessions, Some("200")).unwrap(),
        format!("/sims/{ICCID}/sessions?limit=100&offset=200")
    );
}

#[test]
fn days_cover_every_time_zone() {
    let dates = |from_ms, to_ms| {
        let query = Query::new(What::Events, Target::Fleet).over(TimeRange { from_ms, to_ms });
        let path = path(&query, None).unwrap();
        path.split_once("&start_date=").unwrap().1.to_owned()
    };
    assert_eq!(
        dates(MIDNIGHT, MIDNIGHT + DAY_MS),
        "2026-02-01&end_date=2026-02-03"
    );
    assert_eq!(
        dates(MIDNIGHT, MIDNIGHT + DAY_MS + 1),
        "2026-02-01&end_date=2026-02-04"
    );
    assert_eq!(
        dates(MIDNIGHT + DAY_MS / 2, MIDNIGHT + DAY_MS),
        "2026-02-02&end_date=2026-02-03"
    );
    let never = TimeRange {
        from_ms: i64::MIN,
        to_ms: i64::MAX,
    };
    let error = path(&Query::new(What::Events, Target::Fleet).over(never), None).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Input);
}

#[test]
fn filters_are_the_vendors_own_and_a_page_has_100_rows_at_most() {
    let mut query = Query::new(What::Events, Target::Fleet);
    for (name, value) in [
        ("device_id", "iot dev"),
        ("iccid", ICCID),
        ("event_type", "connection"),
        ("limit", "1000"),
    ] {
        query.filters.push((name, value.to_owned()));
    }
    assert_eq!(
        path(&query, None).unwrap(),
        format!(
            "/sims/activity?limit=100&offset=0&event_type=connection&iccid={ICCID}&device_id=iot%20dev"
        )
    );
    for (limit, asked) in [("20", "20"), ("0", "1"), ("x", "100")] {
        let mut query = Query::new(What::Sessions, sim(ICCID));
        query.filters.push(("limit", limit.to_owned()));
        assert!(
            path(&query, None)
                .unwrap()
                .ends_with(&format!("?limit={asked}&offset=0"))
        );
    }
    let mut query = Query::new(What::Sessions, sim(ICCID));
    query.filters.push(("event_type", "connection".to_owned()));
    assert_eq!(path(&query, None).unwrap_err().kind, ErrorKind::Input);
    assert!(
        path(&Wayscloud.trial(&ask(Scope::All, false)), None)
            .unwrap()
            .starts_with("/sims/activity?limit=1&")
    );
}

#[test]
fn what_is_no_identifier_is_not_sent() {
    for query in [
        Query::new(What::Sessions, sim("billing")),
        Query::new(What::Events, sim("activity")),
        Query::new(What::Events, sim("")),
        Query::new(What::Sessions, sim("8999/../x")),
        Query::new(What::Events, Target::Sims(vec![SimKey::new("a")])),
        Query::new(What::Sim, Target::Device("..".to_owned())),
        Query::new(What::Events, Target::Device(String::new())),
        Query::new(What::Sims, Target::Fleet),
        Query::new(What::State, sim(ICCID)),
        Query::new(What::Sim, sim(ICCID)),
        Query::new(What::Sessions, Target::Fleet),
    ] {
        assert_eq!(
            path(&query, None).unwrap_err().kind,
            ErrorKind::Input,
            "{query:?}"
        );
    }
}

#[test]
fn a_fleet_takes_the_fewest_calls() {
    let all = ask(Scope::All, true);
    let queries = Wayscloud.fleet(&all).unwrap();
    assert_eq!(
        queries,
        [Query::new(What::Events, Target::Fleet).over(WEEK)]
    );
    assert!(
        Wayscloud
            .fleet(&ask(some::<&str>(&[]), true))
            .unwrap()
            .is_empty()
    );

    let targets = |scope| {
        let queries = Wayscloud.fleet(&ask(scope, true)).unwrap();
        queries
            .into_iter()
            .map(|query| (query.what, query.of))
            .collect::<Vec<_>>()
    };
    // A device's ID is whatever is no ICCID; what was named twice is asked once.
    assert_eq!(
        targets(some(&[ICCID, " iot_dev_1", ICCID, ""])),
        [
            (What::Events, sim(ICCID)),
            (What::Sim, Target::Device("iot_dev_1".to_owned()))
        ]
    );
    let few = targets(some(&iccids(5)));
    assert!(few.len() == 5 && few.iter().all(|(_, of)| matches!(of, Target::Sim(_))));
    let some_more = targets(some(&iccids(6)));
    assert!(
        some_more.len() == 6
            && some_more
                .iter()
                .all(|(_, of)| matches!(of, Target::Sims(sims) if sims.len() == 1))
    );
    let many = targets(some(&iccids(201)));
    assert!(matches!(many.as_slice(), [(What::Events, Target::Sims(sims))] if sims.len() == 201));
    assert!(Wayscloud.fleet(&ask(some(&[".."]), true)).is_err());
}

#[test]
fn a_sim_is_asked_for_its_sessions_and_a_device_for_both() {
    let key = SimKey::new(ICCID);
    let sessions = Query::new(What::Sessions, Target::Sim(key.clone())).over(WEEK);
    for scope in [Scope::All, some(&[ICCID])] {
        assert_eq!(
            Wayscloud.of_sim(&ask(scope.clone(), true), &key),
            std::slice::from_ref(&sessions)
        );
        assert!(Wayscloud.of_sim(&ask(scope, false), &key).is_empty());
    }
    let linked = key.clone().also(Some("d1"));
    let of_device = |what| Query::new(what, Target::Device("d1".to_owned())).over(WEEK);
    let both = [of_device(What::Sessions), of_device(What::Events)];
    assert_eq!(Wayscloud.of_sim(&ask(some(&["d1"]), true), &linked), both);
    assert_eq!(
        Wayscloud.of_sim(&ask(some(&["d1"]), false), &linked),
        both[1..]
    );
    assert!(
        Wayscloud
            .of_sim(&ask(Scope::All, true), &SimKey::default())
            .is_empty()
    );
    let whenever = Query::new(What::Sessions, Target::Sim(key.clone()));
    assert_eq!(Wayscloud.changed(&key, WEEK), [whenever]);
}

#[test]
fn a_round_is_one_call_or_one_for_each_of_a_few() {
    let keys: Vec<SimKey> = iccids(6).into_iter().map(SimKey::new).collect();
    let round = |scope, sims: &[SimKey]| {
        let queries = Wayscloud.round(&ask(scope, true), sims, WEEK.from_ms, WEEK.to_ms);
        queries
            .into_iter()
            .map(|query| query.of)
            .collect::<Vec<_>>()
    };
    assert_eq!(round(Scope::All, &keys), [Target::Fleet]);
    assert_eq!(round(Scope::All, &[]), [Target::Fleet]);
    let named = some(&iccids(6));
    assert_eq!(round(named.clone(), &keys), [Target::Sims(keys.clone())]);
    assert_eq!(round(named, &keys[..5]).len(), 5);
    let linked = SimKey::new(ICCID).also(Some("d1"));
    assert_eq!(
        round(some(&["d1", OTHER]), &[linked, SimKey::new(OTHER)]),
        [sim(OTHER), Target::Device("d1".to_owned())]
    );
    let query = &Wayscloud.round(&ask(Scope::All, true), &[], WEEK.to_ms - 1, WEEK.to_ms)[0];
    assert!(
        path(query, None)
            .unwrap()
            .ends_with("start_date=2026-02-08&end_date=2026-02-09")
    );
}
