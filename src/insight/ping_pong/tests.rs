use super::super::testing::{DAY, HOUR, Made, at, minutes};
use super::super::{Figures, Rule};
use crate::model::{Basis, Country, EventKind, Mcc, Mnc, Network, Segment};

/// A network of a test range.
fn network(mcc: &str, mnc: &str, country: &str, operator: &str) -> Network<'static> {
    Network {
        mcc: Mcc::from_digits(mcc),
        mnc: Mnc::from_digits(mnc),
        country: Country::from_alpha2(country),
        operator: (!operator.is_empty()).then(|| operator.to_owned().into()),
        ..Network::default()
    }
}

fn norway() -> Network<'static> {
    network("242", "99", "NO", "Example Norway")
}

fn sweden() -> Network<'static> {
    network("240", "99", "SE", "Example Sweden")
}

/// Sessions on networks in turn from a minute on, each so many minutes long.
fn turns(made: &mut Made, from: i64, minutes: i64, networks: &[Network<'static>], count: i64) {
    for (step, network) in (0..count).zip(networks.iter().cycle()) {
        let begin = from + step * minutes;
        made.session_with("S", (begin, begin + minutes - 1), |session| {
            session.network = network.clone();
        });
    }
}

/// Ten ordinary days at home, but for the sixth.
fn days_at_home(made: &mut Made) {
    for day in (0..10).filter(|day| *day != 5) {
        turns(made, day * DAY, 6 * HOUR, &[norway()], 4);
    }
}

#[test]
fn eight_returns_in_six_hours_are_back_and_forth_and_seven_are_not() {
    for (sessions, found) in [(9, 0), (10, 1), (16, 1)] {
        let mut made = Made::until(10 * DAY);
        days_at_home(&mut made);
        turns(&mut made, 5 * DAY, 20, &[sweden(), norway()], sessions - 1);
        let pings = made.find(Rule::PingPong);
        assert_eq!(pings.len(), found, "{sessions}");
        if let [finding] = pings.as_slice() {
            let Figures::PingPong {
                between,
                countries,
                returns,
                usual,
                ..
            } = &finding.figures
            else {
                panic!("{finding:?}");
            };
            // The first session is on the other network than the day before: a return as well, from the second on.
            assert_eq!((*returns, *usual), (sessions as u32 - 2, 0));
            assert!(*countries && between.contains(&"Example Sweden".to_owned()));
            assert_eq!(minutes(finding).0, 5 * DAY);
        }
    }
}

#[test]
fn a_journey_is_not_back_and_forth() {
    let far: Vec<Network<'static>> = (10..40)
        .map(|mnc| network("262", &mnc.to_string(), "DE", &format!("Operator {mnc}")))
        .collect();
    let mut made = Made::until(10 * DAY);
    days_at_home(&mut made);
    turns(&mut made, 5 * DAY, 20, &far, 30);
    assert_eq!(made.find(Rule::PingPong), []);
}

#[test]
fn a_border_where_it_changes_on_any_day_is_usual() {
    let mut made = Made::until(20 * DAY);
    for day in 0..20 {
        turns(&mut made, day * DAY, 60, &[sweden(), norway()], 24);
    }
    assert_eq!(made.find(Rule::PingPong), []);
}

#[test]
fn one_operator_under_two_codes_is_one_network() {
    let codes = [
        network("310", "260", "US", "Example Mobile"),
        network("310", "240", "US", "example mobile "),
        network("310", "260", "US", ""),
    ];
    let mut made = Made::until(10 * DAY);
    days_at_home(&mut made);
    turns(&mut made, 5 * DAY, 20, &codes, 40);
    assert_eq!(made.find(Rule::PingPong), []);
}

#[test]
fn changes_inside_a_session_count() {
    let mut made = Made::until(10 * DAY);
    made.session_with("S", (0, 9 * DAY), |session| {
        session.basis = Basis::Rebuilt;
        session.network = norway();
        session.segments = (0..20)
            .map(|step| Segment {
                from: at(5 * DAY + step * 10),
                radio: None,
                network: if step % 2 == 0 { norway() } else { sweden() },
                cell: crate::model::Cell::default(),
                place: crate::model::Place::default(),
            })
            .collect();
    });
    let pings = made.find(Rule::PingPong);
    assert_eq!(pings.len(), 1);
    assert_eq!(pings[0].sessions.len(), 1);

    let mut made = Made::until(10 * DAY);
    days_at_home(&mut made);
    for step in 0..20 {
        made.event(
            "S",
            5 * DAY + step * 10,
            EventKind::NetworkChange,
            |event| {
                event.network_after = if step % 2 == 0 { sweden() } else { norway() };
            },
        );
    }
    let pings = made.find(Rule::PingPong);
    assert_eq!(pings.len(), 1);
    assert_eq!(pings[0].events.len(), 20);
}

#[test]
fn two_sessions_at_once_on_two_imsis_are_no_changes() {
    let mut made = Made::until(10 * DAY);
    for step in 0..200 {
        for (imsi, late, network) in [("001", 0, norway()), ("002", 20, sweden())] {
            let from = step * 40 + late;
            made.session_with("S", (from, from + 39), |session| {
                session.imsi = Some(imsi.into());
                session.network = network.clone();
            });
        }
    }
    assert_eq!(made.find(Rule::PingPong), []);
}
