//! How the figures of a report are written, and cells of its tables.

use leptos::prelude::*;

use crate::app::inspector::range;
use crate::app::words;
use crate::export::percent;
use crate::report::{Data, Flow, Online};
use crate::timeline::duration;

/// A figure that is not there, and why.
pub const NO_TRAFFIC: &str = "no session reports it";
/// Likewise.
pub const NO_LENGTH: &str = "no session's start and end are both reported";

/// A figure with what more is to be said of it; or why there is none.
pub type Figure = Result<(String, String), &'static str>;

/// A cell with a figure. One that is not known is a dash, never 0.
pub fn cell(figure: Figure) -> AnyView {
    match figure {
        Ok((text, more)) => {
            let more = (!more.is_empty()).then_some(more);
            view! { <td title=more>{text}</td> }.into_any()
        }
        Err(why) => view! {
            <td class="none" title=why>
                "–"
                <span class="sr">" " {why}</span>
            </td>
        }
        .into_any(),
    }
}

/// A count, of which nothing more is to be said.
pub fn count(n: u32) -> (String, String) {
    (words::count(n.into()), String::new())
}

/// A length of time.
pub fn time(ms: Option<i64>, why: &'static str) -> Figure {
    ms.map(|ms| (duration(ms), String::new())).ok_or(why)
}

/// Time online, at least and at most.
pub fn online(online: Option<Online>) -> Figure {
    let why = "the span is too long to tell its days apart";
    let online = online.ok_or(why)?;
    let (least, most) = (duration(online.at_least_ms), duration(online.at_most_ms));
    Ok((range(least, most), String::new()))
}

/// Time online as a share of the time of which anything is known.
pub fn coverage(online: Option<Online>) -> Figure {
    let online = online.ok_or("the span is too long to tell its days apart")?;
    let known = online
        .known_ms
        .ok_or("no time belongs to it but that of its sessions")?;
    let part = |ms: i64| percent(ms, known, 1);
    let ends = part(online.at_least_ms).zip(part(online.at_most_ms));
    let (least, most) = ends.ok_or("nothing is known of this time")?;
    let more = format!("of {} known", duration(known));
    Ok((format!("{} %", range(least, most)), more))
}

/// Bytes, packets or MB both ways, each of what vendors report so.
pub fn traffic(data: &Data, unit: Unit, sessions: u32) -> Figure {
    let of = |flow: &Flow, shown: fn(u64) -> String| {
        let part = |n: Option<u64>| n.map(shown);
        told(
            [flow.up, flow.down, flow.total].map(part),
            flow.sessions[2],
            sessions,
        )
    };
    match unit {
        Unit::Bytes => of(&data.bytes, words::bytes),
        Unit::Packets => of(&data.packets, words::count),
        Unit::Megabytes => {
            let mb = &data.megabytes;
            let part = |n: Option<f64>| n.map(megabytes);
            told(
                [mb.up, mb.down, mb.total].map(part),
                mb.sessions[2],
                sessions,
            )
        }
    }
}

fn told([up, down, total]: [Option<String>; 3], reports: u32, sessions: u32) -> Figure {
    let total = total.ok_or(NO_TRAFFIC)?;
    let way = |figure: Option<String>| figure.unwrap_or_else(|| "–".to_owned());
    let more = format!(
        "up {}, down {}; by {} of {}",
        way(up),
        way(down),
        words::count(reports.into()),
        words::counted(sessions.into(), "session", "sessions"),
    );
    Ok((total, more))
}

/// A vendor's MB, to the thousandth.
pub fn megabytes(mb: f64) -> String {
    words::short((mb * 1000.0).round() / 1000.0) + " MB"
}

/// In what traffic is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Bytes,
    Packets,
    Megabytes,
}

impl Unit {
    pub const ALL: [Self; 3] = [Self::Bytes, Self::Packets, Self::Megabytes];

    pub fn label(self) -> &'static str {
        match self {
            Self::Bytes => "Bytes",
            Self::Packets => "Packets",
            Self::Megabytes => "MB as reported",
        }
    }

    /// The sum, to put rows in order.
    pub fn total(self, data: &Data) -> Option<i64> {
        match self {
            Self::Bytes => data.bytes.total.map(|n| n as i64),
            Self::Packets => data.packets.total.map(|n| n as i64),
            Self::Megabytes => data.megabytes.total.map(|mb| (mb * 1e6) as i64),
        }
    }
}

/// A head cell of a plain table.
pub fn head(text: &'static str) -> AnyView {
    view! { <th scope="col">{text}</th> }.into_any()
}

/// Many views of one kind.
pub fn all(views: impl Iterator<Item = AnyView>) -> AnyView {
    views.collect_view().into_any()
}
