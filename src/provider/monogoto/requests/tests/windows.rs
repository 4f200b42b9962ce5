//! The log is read completely by halving its windows.

use proptest::prelude::*;

use super::*;
use crate::model::Instant;

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
