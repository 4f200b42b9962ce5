//! How a live source's status is said.

use crate::app::words::{count, counted};
use crate::transport::driver::{Phase, Status};

/// The chip's tone and text.
pub fn chip(status: &Status) -> (&'static str, String) {
    let sims = counted(u64::from(status.sims), "SIM", "SIMs");
    match status.phase {
        Phase::Idle => ("busy", "not asked yet".to_owned()),
        Phase::SigningIn => ("busy", "signing in…".to_owned()),
        Phase::Fetching => ("busy", progress(status)),
        Phase::Asking => ("warning", format!("{sims} · go on?")),
        Phase::Stopped => ("warning", format!("stopped · {sims}")),
        Phase::SignedOut => ("warning", format!("signed out · {sims}")),
        Phase::Failed => {
            let why = status.error.as_ref().map_or("failed", short);
            ("bad", why.to_owned())
        }
        Phase::Done if !status.failures.is_empty() => ("warning", format!("partial · {sims}")),
        Phase::Done if status.watching.is_some() => ("ok", format!("{sims} · watching")),
        Phase::Done => ("ok", sims),
    }
}

/// `fetching 3 of 40`
pub fn progress(status: &Status) -> String {
    format!(
        "fetching {} of {}",
        count(u64::from(status.done)),
        count(u64::from(status.total))
    )
}

/// A failure in two or three words.
fn short(error: &crate::error::Error) -> &'static str {
    use crate::error::ErrorKind as Kind;
    match error.kind {
        Kind::PagePolicy => "blocked by this page",
        Kind::CrossOrigin => "refuses this page",
        Kind::Unreachable => "not reachable",
        Kind::Offline => "offline",
        Kind::Timeout => "no answer in time",
        Kind::BadSecret => "wrong credentials",
        Kind::Expired => "sign-in ran out",
        Kind::Forbidden => "not allowed",
        Kind::NotFound => "not found",
        Kind::RateLimited => "too many calls",
        Kind::Outage => "provider is down",
        Kind::NotJson => "no JSON came",
        Kind::Redirect => "leads elsewhere",
        Kind::Refused => "refused",
        Kind::Input => "cannot be used",
    }
}

/// How long it takes: `40 s`, `3 min`.
pub fn seconds(seconds: u32) -> String {
    if seconds < 90 {
        format!("{seconds} s")
    } else {
        format!("{} min", seconds.div_ceil(60))
    }
}
