use super::super::testing::{DAY, HOUR, Made, minutes};
use super::super::{Figures, Finding, OutageScope, Rule};
use crate::model::{Cell, Country, Mcc, Mnc, Network, Session};

const END: i64 = 20 * DAY;
const AT: i64 = 10 * DAY + 3 * HOUR;

/// The operator of a number, five in each country.
fn on(operator: u64, session: &mut Session<'static>) {
    session.network = Network {
        mcc: Mcc::from_number(240 + operator / 5),
        mnc: Mnc::from_digits(&format!("{:02}", 90 + operator % 5)),
        country: Country::from_alpha2(["SE", "NO"][operator as usize / 5]),
        operator: Some(format!("Operator {operator}").into()),
        ..Network::default()
    };
}

/// SIMs of ten operators, ten each, in sessions of about a day that are renewed at once. Of those for which `drops` says
/// from when to when they are away, by operator and number.
fn fleet(drops: impl Fn(u64, i64) -> Option<(i64, i64)>) -> Made {
    let mut made = Made::until(END);
    for operator in 0..10 {
        for number in 0..10 {
            let sim = format!("S{operator}-{number}");
            let mut session = |from: i64, to: i64| {
                made.session_with(&sim, (from, to), |session| {
                    on(operator, session);
                    session.cell = Cell {
                        lac: Some(1),
                        ci: Some(operator as u32 * 100 + number as u32 % 2),
                        ..Cell::default()
                    };
                });
            };
            let mut from = number * 97 + operator as i64 * 13;
            while from < END {
                let to = from + DAY - 60 + (number * 31 + operator as i64 * 7) % 100;
                match drops(operator, number) {
                    Some((cut, back)) if (from..to).contains(&cut) => {
                        session(from, cut);
                        session(back, to.max(back + 10));
                        from = to.max(back + 10) + 1;
                    }
                    _ => {
                        session(from, to.min(END));
                        from = to + 1;
                    }
                }
            }
        }
    }
    made
}

fn scope(found: &[Finding]) -> OutageScope {
    let [finding] = found else {
        panic!("{found:?}");
    };
    let Figures::Outage { scope, .. } = &finding.figures else {
        panic!("{finding:?}");
    };
    scope.clone()
}

#[test]
fn an_operators_outage_is_the_operators() {
    let found =
        fleet(|operator, number| (operator == 3).then_some((AT + number / 3, AT + 2 * HOUR)));
    let found = found.find(Rule::Outage);
    assert_eq!(
        scope(&found),
        OutageScope::Operator("Operator 3".to_owned())
    );
    assert_eq!(found[0].lanes.len(), 10);
    assert_eq!(found[0].sessions.len(), 10);
    assert_eq!(minutes(&found[0]), (AT, AT + 2 * HOUR));
    let Figures::Outage {
        dropped,
        online,
        back,
        ..
    } = found[0].figures
    else {
        panic!("{found:?}");
    };
    assert_eq!((dropped, online, back), (10, 10, 10));
}

#[test]
fn a_countrys_is_the_countrys_and_all_is_the_vendors() {
    let found = fleet(|operator, _| (operator < 5).then_some((AT, AT + HOUR)));
    assert_eq!(
        scope(&found.find(Rule::Outage)),
        OutageScope::Country("SE".to_owned())
    );
    let found = fleet(|_, _| Some((AT, AT + HOUR))).find(Rule::Outage);
    assert!(matches!(scope(&found), OutageScope::Vendor(_)));
}

#[test]
fn a_cells_outage_is_the_cells() {
    let found =
        fleet(|operator, number| (operator == 3 && number % 2 == 1).then_some((AT, AT + HOUR)));
    let found = found.find(Rule::Outage);
    assert!(matches!(scope(&found), OutageScope::Cell { label, .. } if label == "1-301"));
    assert_eq!(found[0].lanes.len(), 5);
}

#[test]
fn four_sims_are_no_outage() {
    let found = fleet(|operator, number| (operator == 3 && number < 4).then_some((AT, AT + HOUR)));
    assert_eq!(found.find(Rule::Outage), []);
}

#[test]
fn a_quarter_of_an_operator_is_not_enough() {
    // Spread over all operators, five of a hundred.
    let found = fleet(|operator, number| (operator < 5 && number == 0).then_some((AT, AT + HOUR)));
    assert_eq!(found.find(Rule::Outage), []);
}

#[test]
fn who_is_back_at_once_did_not_drop() {
    let found = fleet(|_, _| Some((AT, AT + 1)));
    assert_eq!(found.find(Rule::Outage), []);
}

#[test]
fn a_fleet_that_stops_every_evening_has_no_outage() {
    let mut made = Made::until(END);
    for number in 0..50 {
        for day in 0..20 {
            let (from, to) = (day * DAY + 8 * HOUR, day * DAY + 18 * HOUR + number % 7);
            made.session_with(&format!("S{number}"), (from, to), |session| on(1, session));
        }
    }
    assert_eq!(made.find(Rule::Outage), []);
}

#[test]
fn reports_at_one_minute_are_no_outage() {
    let mut made = Made::until(END);
    for number in 0..50 {
        let sim = format!("S{number}");
        made.session_with(&sim, (0, DAY), |session| on(1, session));
        // On one day only all report at once.
        made.session_with(&sim, (AT, AT + 2), |session| on(1, session));
    }
    let found = made.find(Rule::Outage);
    // The long first sessions end together; the reports do not count.
    assert!(
        found.iter().all(|finding| minutes(finding).0 < AT),
        "{found:?}"
    );
}

#[test]
fn the_end_of_the_data_is_no_outage() {
    let mut made = Made::until(END);
    for number in 0..20 {
        made.session_with(&format!("S{number}"), (0, END - 1), |session| {
            on(1, session);
        });
    }
    assert_eq!(made.find(Rule::Outage), []);
}
