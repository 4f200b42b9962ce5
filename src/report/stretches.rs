//! One SIM's time inside a span: how long sessions were up (at least, at most), how much of the span
//! is known at all, and the gaps. Pure arithmetic on instants, linear in the sessions given.

use crate::store::NEVER;

/// A session as time: epoch milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins.
    pub begin: i64,
    /// Until when it is known to have been up; at least `begin`.
    pub solid: i64,
    /// Until when it may have been up; at least `solid`.
    pub light: i64,
    /// Nobody reported its end, and nothing says that it is open: behind it nothing is known.
    pub end_unknown: bool,
    /// It is summed. The others (filtered out, not picked) only say what is known.
    pub counted: bool,
}

/// What bounds a SIM's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The span.
    pub span: (i64, i64),
    /// From when until when anything was fetched and kept.
    pub fetched: (i64, i64),
    /// Since when the SIM is known to exist: the begin of its first session. No gap begins earlier.
    pub exists_from: i64,
    /// Gaps may reach to the edges; of picked sessions only those between two of them count.
    pub gaps_at_edges: bool,
}

/// A time without a session, between two sessions or cut by an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Since when.
    pub from: i64,
    /// Until when.
    pub to: i64,
    /// An edge cuts it: it may be longer.
    pub cut: bool,
}

/// A SIM's time inside the span, milliseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SimTime {
    /// Online, at least.
    pub online: i64,
    /// Online, at most.
    pub online_most: i64,
    /// Known.
    pub known: i64,
    /// Behind sessions whose end nobody reported.
    pub unknown: i64,
    /// Not fetched, or not kept.
    pub not_fetched: i64,
    /// The gaps, in order.
    pub gaps: Vec<Gap>,
    /// Gaps of which nobody knows when they began.
    pub unsure: u32,
}

/// Sums a SIM's sessions: all that can reach into the span, ordered by their begin; of those before
/// it at least the one that reaches furthest. `ended_at(from, to)` tells the first instant in between
/// at which the vendor reported that no session was up, for a session whose own end is unknown.
pub fn sum(
    sessions: &[Stretch],
    bounds: &Bounds,
    ended_at: &dyn Fn(i64, i64) -> Option<i64>,
) -> SimTime {
    sum_telling(sessions, bounds, ended_at, &mut |_, _, _| {})
}

/// What a part of the time is summed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Summed {
    /// Online, at least.
    Online,
    /// Online, at most.
    OnlineMost,
    /// Known.
    Known,
}

/// As [`sum`], and tells each part that it adds: from when until when. The parts of one kind are in order and apart.
pub fn sum_telling(
    sessions: &[Stretch],
    bounds: &Bounds,
    ended_at: &dyn Fn(i64, i64) -> Option<i64>,
    tell: &mut dyn FnMut(Summed, i64, i64),
) -> SimTime {
    let (from, to) = bounds.span;
    let window = (from.max(bounds.fetched.0), to.min(bounds.fetched.1));
    let window_ms = (window.1 - window.0).max(0);
    let counted = || sessions.iter().filter(|session| session.counted);
    let unknown = unknown_stretches(sessions, window, ended_at);
    let unknown_ms = unknown.iter().map(|(from, to)| to - from).sum();
    let (gaps, unsure) = gaps(counted(), window, bounds, &unknown);
    let mut known_from = window.0;
    for (begin, end) in unknown.iter().copied().chain([(window.1, window.1)]) {
        if begin > known_from {
            tell(Summed::Known, known_from, begin);
        }
        known_from = end;
    }
    let solid = counted().map(|s| (s.begin, s.solid));
    let light = counted().map(|s| (s.begin, s.light));
    SimTime {
        online: covered(solid, from, to, &mut |a, b| tell(Summed::Online, a, b)),
        online_most: covered(light, from, to, &mut |a, b| tell(Summed::OnlineMost, a, b)),
        known: window_ms - unknown_ms,
        unknown: unknown_ms,
        not_fetched: (to - from).max(0) - window_ms,
        gaps,
        unsure,
    }
}

/// Length of the union of stretches (ordered by their begin) inside [from, to]; tells its parts.
fn covered(
    stretches: impl Iterator<Item = (i64, i64)>,
    from: i64,
    to: i64,
    tell: &mut dyn FnMut(i64, i64),
) -> i64 {
    let mut reach = from;
    let mut length = 0;
    for (begin, end) in stretches {
        let (begin, end) = (begin.max(reach), end.min(to));
        if end > begin {
            length += end - begin;
            reach = end;
            tell(begin, end);
        }
    }
    length
}

/// Where nothing is known because the session that reaches furthest has no reported end: until the
/// next session begins, or the vendor says that none is up. Clipped to the window, in order.
fn unknown_stretches(
    sessions: &[Stretch],
    window: (i64, i64),
    ended_at: &dyn Fn(i64, i64) -> Option<i64>,
) -> Vec<(i64, i64)> {
    let mut unknown = Vec::new();
    let mut add = |from: i64, to: i64| {
        let to = ended_at(from, to).unwrap_or(to);
        let clipped = (from.max(window.0), to.min(window.1));
        if clipped.0 < clipped.1 {
            unknown.push(clipped);
        }
    };
    let (mut reach, mut end_unknown) = (NEVER, false);
    for session in sessions {
        if end_unknown && session.begin > reach {
            add(reach, session.begin);
        }
        if session.light > reach {
            (reach, end_unknown) = (session.light, session.end_unknown);
        } else if session.light == reach {
            end_unknown |= session.end_unknown;
        }
    }
    if end_unknown {
        add(reach, i64::MAX);
    }
    unknown
}

/// The gaps between the counted sessions, and how many begin in time of which nothing is known.
fn gaps<'a>(
    counted: impl Iterator<Item = &'a Stretch>,
    window: (i64, i64),
    bounds: &Bounds,
    unknown: &[(i64, i64)],
) -> (Vec<Gap>, u32) {
    let mut gaps = Vec::new();
    let mut unsure = 0;
    let mut later = unknown;
    let mut add = |from: i64, to: i64, at_edge: bool| {
        let gap = Gap {
            from: from.max(window.0),
            to: to.min(window.1),
            cut: from < window.0 || to > window.1 || at_edge,
        };
        if gap.from >= gap.to || (at_edge && !bounds.gaps_at_edges) {
            return;
        }
        // Both are in order: what lies before this gap lies before all later ones.
        while let Some(((_, end), rest)) = later.split_first()
            && *end <= gap.from
        {
            later = rest;
        }
        if later.first().is_some_and(|(begin, _)| *begin < gap.to) {
            unsure += 1;
        } else {
            gaps.push(gap);
        }
    };
    let mut reach: Option<i64> = None;
    for session in counted {
        match reach {
            None => add(
                bounds.exists_from.max(window.0),
                session.begin,
                session.begin > bounds.exists_from,
            ),
            Some(reach) if session.begin > reach => add(reach, session.begin, false),
            Some(_) => {}
        }
        reach = reach.max(Some(session.light));
    }
    let last = reach.unwrap_or(bounds.exists_from.max(window.0));
    add(last, window.1, true);
    (gaps, unsure)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn exact(begin: i64, end: i64) -> Stretch {
        Stretch {
            begin,
            solid: end,
            light: end,
            end_unknown: false,
            counted: true,
        }
    }

    fn open(begin: i64, solid: i64, light: i64) -> Stretch {
        Stretch {
            light,
            ..exact(begin, solid)
        }
    }

    fn lost(begin: i64, last_seen: i64) -> Stretch {
        Stretch {
            end_unknown: true,
            ..exact(begin, last_seen)
        }
    }

    fn bounds(from: i64, to: i64) -> Bounds {
        Bounds {
            span: (from, to),
            fetched: (i64::MIN / 2, i64::MAX / 2),
            exists_from: i64::MIN / 2,
            gaps_at_edges: true,
        }
    }

    fn of(sessions: &[Stretch], bounds: &Bounds) -> SimTime {
        sum(sessions, bounds, &|_, _| None)
    }

    fn lengths(time: &SimTime) -> Vec<(i64, i64, bool)> {
        let gap = |gap: &Gap| (gap.from, gap.to, gap.cut);
        time.gaps.iter().map(gap).collect()
    }

    #[test]
    fn overlaps_count_once_and_edges_cut() {
        let sessions = [exact(-5, 10), exact(5, 8), exact(8, 20), exact(30, 99)];
        let time = of(&sessions, &bounds(0, 40));
        assert_eq!((time.online, time.online_most), (30, 30));
        assert_eq!((time.known, time.unknown, time.not_fetched), (40, 0, 0));
        assert_eq!(lengths(&time), [(20, 30, false)]);
    }

    #[test]
    fn the_light_part_counts_at_most_and_is_no_gap() {
        let time = of(&[open(10, 20, 50), exact(60, 70)], &bounds(0, 100));
        assert_eq!((time.online, time.online_most), (20, 50));
        assert_eq!(
            lengths(&time),
            [(0, 10, true), (50, 60, false), (70, 100, true)]
        );
    }

    #[test]
    fn behind_an_unknown_end_nothing_is_known_until_the_next_session() {
        let sessions = [lost(10, 20), exact(50, 60), lost(70, 80)];
        let time = of(&sessions, &bounds(0, 100));
        assert_eq!((time.online, time.online_most), (30, 30));
        assert_eq!((time.unknown, time.known), (30 + 20, 50));
        assert_eq!(lengths(&time), [(0, 10, true), (60, 70, false)]);
        assert_eq!(time.unsure, 2);
    }

    #[test]
    fn a_report_that_none_is_up_ends_what_is_unknown() {
        let ended = |from: i64, to: i64| (from < 30 && 30 <= to).then_some(30);
        let time = sum(&[lost(10, 20), exact(50, 60)], &bounds(0, 60), &ended);
        assert_eq!((time.unknown, time.known, time.unsure), (10, 50, 1));
    }

    #[test]
    fn another_session_hides_what_is_unknown() {
        let time = of(&[lost(10, 20), exact(15, 40)], &bounds(0, 60));
        assert_eq!((time.unknown, time.online), (0, 30));
    }

    #[test]
    fn time_that_nobody_fetched_is_neither_known_nor_a_gap() {
        let bounds = Bounds {
            fetched: (20, 80),
            exists_from: 30,
            ..bounds(0, 100)
        };
        let time = of(&[exact(30, 40)], &bounds);
        assert_eq!((time.known, time.not_fetched), (60, 40));
        // It was not there before its first session, as far as anybody knows.
        assert_eq!(lengths(&time), [(40, 80, true)]);
    }

    #[test]
    fn a_span_without_a_session_is_one_gap() {
        let time = of(&[exact(-20, -10)], &bounds(0, 100));
        assert_eq!((time.online, time.known), (0, 100));
        assert_eq!(lengths(&time), [(0, 100, true)]);
        let unknown = of(&[lost(-20, -10)], &bounds(0, 100));
        assert_eq!(
            (unknown.known, unknown.unknown, unknown.unsure),
            (0, 100, 1)
        );
        assert_eq!(lengths(&unknown), []);
    }

    #[test]
    fn what_is_left_out_still_says_what_is_known() {
        let hidden = Stretch {
            counted: false,
            ..exact(20, 60)
        };
        let time = of(&[lost(0, 10), hidden, exact(60, 80)], &bounds(0, 100));
        assert_eq!((time.online, time.unknown, time.known), (30, 10, 90));
        assert_eq!((time.unsure, lengths(&time)), (1, vec![(80, 100, true)]));
    }

    #[test]
    fn picked_sessions_have_gaps_in_between_only() {
        let bounds = Bounds {
            gaps_at_edges: false,
            ..bounds(0, 100)
        };
        let time = of(&[exact(10, 20), exact(40, 50)], &bounds);
        assert_eq!(lengths(&time), [(20, 40, false)]);
    }

    /// Second by second, without any cleverness.
    fn naive(sessions: &[Stretch], bounds: &Bounds, offs: &[i64]) -> SimTime {
        let (from, to) = bounds.span;
        let window = |at: i64| at >= bounds.fetched.0 && at < bounds.fetched.1;
        let up = |at: i64, end: fn(&Stretch) -> i64| {
            let mut counted = sessions.iter().filter(|s| s.counted);
            counted.any(|s| s.begin <= at && at < end(s))
        };
        // Unknown: the latest thing known by then is a session of unknown end that nothing ended.
        let lost = |at: i64| {
            let any_up = sessions.iter().any(|s| s.begin <= at && at < s.light);
            let begun = || sessions.iter().filter(|s| s.begin <= at);
            let Some(reach) = begun().map(|s| s.light).max() else {
                return false;
            };
            let unknown = begun().any(|s| s.light == reach && s.end_unknown);
            !any_up && unknown && !offs.iter().any(|off| (reach..=at).contains(off))
        };
        let mut time = SimTime::default();
        let mut run: Option<(i64, bool, bool)> = None;
        let mut seen = sessions.iter().any(|s| s.counted && s.begin < from);
        for at in from..=to {
            let inside = at < to && window(at);
            let is_up = at < to && up(at, |s| s.light);
            if at < to {
                time.online += i64::from(up(at, |s| s.solid));
                time.online_most += i64::from(is_up);
                time.not_fetched += i64::from(!inside);
                time.unknown += i64::from(inside && lost(at));
                time.known += i64::from(inside && !lost(at));
            }
            let is_gap = inside && !is_up && at >= bounds.exists_from;
            let begins = sessions.iter().any(|s| s.counted && s.begin == at);
            if (!is_gap || begins)
                && let Some((since, unsure, cut)) = run.take()
            {
                let cut = cut || (!is_up && !begins);
                if unsure {
                    time.unsure += 1;
                } else {
                    time.gaps.push(Gap {
                        from: since,
                        to: at,
                        cut,
                    });
                }
            }
            seen |= begins;
            if is_gap {
                let starts_here = sessions.iter().any(|s| s.counted && s.light == at);
                let fresh = (at, false, !(starts_here && seen));
                let run = run.get_or_insert(fresh);
                run.1 |= lost(at);
            }
        }
        time
    }

    prop_compose! {
        fn session()(begin in -30i64..130, solid in 0i64..30, light in 0i64..20, kind in 0u8..4, counted in prop::bool::weighted(0.8))
            -> Stretch {
            let solid = begin + solid;
            let light = if kind == 1 { solid + light } else { solid };
            Stretch { begin, solid, light, end_unknown: kind == 2, counted }
        }
    }

    proptest! {
        #[test]
        fn the_sums_agree_with_looking_at_each_second(
            mut sessions in prop::collection::vec(session(), 1..12),
            offs in prop::collection::vec(-30i64..140, 0..4),
            (kept, until) in (-20i64..40, 60i64..140),
        ) {
            sessions.sort_by_key(|s| s.begin);
            // Sessions of no length begin a gap anew only where they are alone: looking at seconds cannot see them.
            sessions.retain(|s| s.light > s.begin);
            prop_assume!(!sessions.is_empty());
            let first = sessions[0].begin;
            let reach = sessions.iter().filter(|s| s.begin <= 100).map(|s| s.light).max().unwrap_or(i64::MIN);
            let bounds = Bounds {
                span: (0, 100),
                fetched: (kept.min(first), until.max(reach)),
                exists_from: first,
                gaps_at_edges: true,
            };
            let ended = |from: i64, to: i64| offs.iter().copied().filter(|off| (from..=to).contains(off)).min();
            let sums = sum(&sessions, &bounds, &ended);
            let slow = naive(&sessions, &bounds, &offs);
            prop_assert_eq!((sums.online, sums.online_most), (slow.online, slow.online_most));
            prop_assert_eq!((sums.known, sums.unknown, sums.not_fetched), (slow.known, slow.unknown, slow.not_fetched));
            prop_assert_eq!(sums.unsure, slow.unsure);
            let at = |gaps: &[Gap]| gaps.iter().map(|gap| (gap.from, gap.to)).collect::<Vec<_>>();
            prop_assert_eq!(at(&sums.gaps), at(&slow.gaps));
            prop_assert!(sums.online <= sums.online_most && sums.online_most <= sums.known);
            prop_assert_eq!(sums.known + sums.unknown + sums.not_fetched, 100);
        }
    }
}
