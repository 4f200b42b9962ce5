//! A service that answers by a rule, on a clock that jumps from one event to the next.

use super::*;
use crate::geo::Numbering;

const KEY: &str = "topsecret";

fn cell(n: u64) -> CellId {
    CellId::new(Numbering::Lte, 242, 1, 7, n).unwrap()
}

fn cells(count: u64) -> Vec<Vec<CellId>> {
    (1..=count).map(|n| vec![cell(n)]).collect()
}

fn locator() -> Locator {
    let service = Service {
        address: "https://geo.example/v1/geolocate".to_owned(),
        key: Some(Secret::new(KEY)),
    };
    Locator::new(service, 7)
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "it stands beside outcomes that are errors"
)]
fn reply(status: u16, body: &str) -> Result<Reply, ErrorKind> {
    Ok(Reply {
        status,
        headers: vec![("retry-after".to_owned(), "2".to_owned())],
        body: body.as_bytes().to_vec(),
    })
}

fn at(lat: f64) -> Result<Reply, ErrorKind> {
    reply(
        200,
        &format!(r#"{{"location":{{"lat":{lat},"lng":10.5}},"accuracy":900}}"#),
    )
}

fn unknown() -> Result<Reply, ErrorKind> {
    reply(
        404,
        r#"{"error":{"errors":[{"reason":"notFound"}],"code":404,"message":"Not found"}}"#,
    )
}

/// What was asked and handed over until nothing is left to be done.
#[derive(Default)]
struct Ran {
    asked: Vec<(i64, String)>,
    lines: Vec<String>,
    most_at_once: usize,
    ended_at: i64,
}

type Outcome = Result<Reply, ErrorKind>;

/// Answers come 300 ms after their question; null: never.
fn run(
    locator: &mut Locator,
    from: i64,
    answer: &mut dyn FnMut(&Question, i64) -> Option<Outcome>,
) -> Ran {
    let mut ran = Ran::default();
    let mut coming: Vec<(i64, u32, Outcome)> = Vec::new();
    let mut open = Vec::new();
    let mut now = from;
    loop {
        while let Some(action) = locator.poll(now) {
            match action {
                Action::Send(question) => {
                    ran.asked.push((now, question.body.clone()));
                    open.push(question.ticket);
                    ran.most_at_once = ran.most_at_once.max(open.len());
                    if let Some(outcome) = answer(&question, now) {
                        coming.push((now + 300, question.ticket, outcome));
                    }
                }
                Action::Abort(ticket) => {
                    open.retain(|known| *known != ticket);
                    coming.retain(|(_, known, _)| *known != ticket);
                }
                Action::HandOver(lines) => ran.lines.extend(lines.lines().map(str::to_owned)),
            }
        }
        coming.sort_by_key(|(when, ..)| *when);
        let arrives = coming.first().map(|(when, ..)| *when);
        let Some(next) = arrives.into_iter().chain(locator.wakes_at(now)).min() else {
            ran.ended_at = now;
            return ran;
        };
        now = next.max(now + 1);
        while coming.first().is_some_and(|(when, ..)| *when <= now) {
            let (_, ticket, outcome) = coming.remove(0);
            open.retain(|known| *known != ticket);
            locator.told(ticket, outcome, now);
        }
    }
}

#[test]
fn each_cell_is_asked_for_once_at_an_even_pace_and_what_is_not_known_is_not_asked_again() {
    let mut locator = locator();
    locator.ask(cells(40));
    locator.ask(cells(40));
    let mut odd = 0;
    let ran = run(&mut locator, 1000, &mut |question, _| {
        assert_eq!(
            question.url.expose(),
            "https://geo.example/v1/geolocate?key=topsecret"
        );
        odd += 1;
        Some(if odd % 4 == 0 { unknown() } else { at(50.0) })
    });
    assert_eq!((ran.asked.len(), ran.lines.len()), (40, 30));
    let starts: Vec<i64> = ran.asked.iter().map(|(when, _)| *when).collect();
    assert!(starts.windows(2).all(|pair| pair[1] - pair[0] >= 250));
    assert!(ran.most_at_once <= 4);
    let status = locator.status().clone();
    assert_eq!(
        (status.phase, status.found, status.unknown, status.left),
        (Phase::Rests, 30, 10, 0)
    );
    locator.ask(cells(41));
    let ran = run(&mut locator, ran.ended_at, &mut |_, _| Some(at(50.0)));
    assert_eq!(ran.asked.len(), 1);
    assert!(ran.asked[0].1.contains(r#""cellId":41"#));
    let line: Located<'_> = serde_json::from_str(&ran.lines[0]).unwrap();
    assert_eq!(
        (line.cell.id(), line.lat, line.lon),
        (Some(cell(41)), 50.0, 10.5)
    );
}

#[test]
fn a_cell_of_unknown_radio_is_asked_for_as_one_after_the_other_until_it_is_found() {
    let as_any = [Numbering::Lte, Numbering::Umts, Numbering::Gsm];
    let any = as_any.map(|numbering| CellId::new(numbering, 242, 1, 7, 9).unwrap());
    let mut locator = locator();
    locator.ask(vec![any.to_vec()]);
    let ran = run(&mut locator, 0, &mut |question, _| {
        let is_umts = question.body.contains("wcdma");
        Some(if is_umts { at(50.0) } else { unknown() })
    });
    let radios: Vec<bool> = ran
        .asked
        .iter()
        .map(|(_, body)| body.contains("gsm"))
        .collect();
    assert_eq!(radios, [false, false]);
    assert!(ran.lines[0].contains("wcdma"));
    assert_eq!((locator.status().found, locator.status().unknown), (1, 0));
}

#[test]
fn failures_pass_and_limits_are_waited_for() {
    let mut locator = locator();
    locator.ask(cells(12));
    let mut calls = 0;
    let ran = run(&mut locator, 0, &mut |_, _| {
        calls += 1;
        match calls {
            2 => reply(503, "<html>"),
            4 => reply(429, ""),
            6 => Err(ErrorKind::Unreachable),
            8 => return None,
            _ => at(50.0),
        }
        .into()
    });
    assert_eq!((ran.asked.len(), ran.lines.len()), (16, 12));
    assert_eq!(locator.status().phase, Phase::Rests);
    let held = ran.asked[4].0 - ran.asked[3].0;
    assert!(held >= 250, "{held}");
}

#[test]
fn what_cannot_pass_stops_it_and_it_goes_on_where_it_was() {
    let error = |reason: &str| {
        format!(r#"{{"error":{{"errors":[{{"reason":"{reason}"}}],"message":"m"}}}}"#)
    };
    for (outcome, trouble) in [
        (
            reply(400, &error("keyInvalid")),
            Trouble::Refused(Refusal::Key),
        ),
        (
            reply(403, &error("dailyLimitExceeded")),
            Trouble::Refused(Refusal::DailyLimit),
        ),
        (
            Err(ErrorKind::CrossOrigin),
            Trouble::Network(ErrorKind::CrossOrigin),
        ),
        (
            Err(ErrorKind::PagePolicy),
            Trouble::Network(ErrorKind::PagePolicy),
        ),
        (
            reply(200, "<html>"),
            Trouble::Refused(Refusal::Other(200, None)),
        ),
        (
            Err(ErrorKind::Unreachable),
            Trouble::Network(ErrorKind::Unreachable),
        ),
        (reply(500, ""), Trouble::Refused(Refusal::Outage)),
    ] {
        let mut locator = locator();
        locator.ask(cells(20));
        let mut calls = 0;
        let ran = run(&mut locator, 0, &mut |_, _| {
            calls += 1;
            Some(if calls <= 5 {
                at(50.0)
            } else {
                outcome.clone()
            })
        });
        assert_eq!(locator.status().phase, Phase::Failed(trouble));
        assert_eq!((ran.lines.len(), locator.status().left), (5, 15));
        locator.ask(Vec::new());
        let ran = run(&mut locator, ran.ended_at, &mut |_, _| Some(at(50.0)));
        assert_eq!((ran.asked.len(), ran.lines.len()), (15, 15));
    }
}

#[test]
fn a_question_that_is_refused_costs_its_cell_alone_unless_all_are() {
    let refuses = || {
        reply(
            400,
            r#"{"error":{"errors":[{"reason":"parseError"}],"message":"Parse Error"}}"#,
        )
    };
    let mut locator = locator();
    locator.ask(cells(9));
    let mut calls = 0;
    run(&mut locator, 0, &mut |_, _| {
        calls += 1;
        Some(if calls == 3 { refuses() } else { at(50.0) })
    });
    let status = locator.status();
    assert_eq!(
        (&status.phase, status.found, status.refused),
        (&Phase::Rests, 8, 1)
    );
    let mut locator = self::locator();
    locator.ask(cells(9));
    let ran = run(&mut locator, 0, &mut |_, _| Some(refuses()));
    let trouble = Trouble::Refused(Refusal::Other(400, Some("Parse Error".to_owned())));
    assert_eq!(locator.status().phase, Phase::Failed(trouble));
    assert!(ran.asked.len() < 9);
}

#[test]
fn the_visitor_stops_it_and_goes_on() {
    let mut locator = locator();
    locator.ask(cells(10));
    assert!(matches!(locator.poll(0), Some(Action::Send(_))));
    locator.stop();
    assert_eq!(locator.poll(1), Some(Action::Abort(1)));
    assert_eq!((locator.poll(1000), locator.wakes_at(1000)), (None, None));
    assert_eq!(locator.status().left, 10);
    locator.told(1, at(50.0), 1000);
    assert_eq!(locator.status().found, 0);
    locator.ask(Vec::new());
    let ran = run(&mut locator, 1000, &mut |_, _| Some(at(50.0)));
    assert_eq!((ran.asked.len(), ran.lines.len()), (10, 10));
}

#[test]
fn no_formatter_shows_the_key() {
    let mut locator = locator();
    locator.ask(cells(1));
    let action = locator.poll(0);
    let text = format!("{locator:?} {action:?}");
    assert!(!text.contains(KEY), "{text}");
}
