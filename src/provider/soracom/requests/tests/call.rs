//! Every question as the request that is sent.

use super::*;

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
