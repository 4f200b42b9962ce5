//! How the state of a geolocate service is said.

use crate::app::words::{count, counted};
use crate::error::ErrorKind;
use crate::geo::geolocate::Refusal;
use crate::transport::locator::{Phase, Status, Trouble};

/// The name of a service: its host, or that it is behind this page's own address.
pub fn host_of(address: &str) -> String {
    let host = address
        .split_once("://")
        .and_then(|(_, rest)| rest.split('/').next());
    host.map_or_else(|| "this page’s own proxy".to_owned(), str::to_owned)
}

/// The chip's tone and text.
pub fn chip(status: &Status) -> (&'static str, String) {
    let found = counted(u64::from(status.found), "cell position", "cell positions");
    match &status.phase {
        Phase::Rests => ("ok", found),
        Phase::Asks => (
            "busy",
            format!("{} cells to go", count(u64::from(status.left))),
        ),
        Phase::Stopped => ("warning", format!("stopped · {found}")),
        Phase::Failed(_) => ("bad", format!("could not go on · {found}")),
    }
}

/// The state in a sentence or two.
pub fn said(status: &Status) -> String {
    let number = |cells: u32| count(u64::from(cells));
    let asked = status.found + status.unknown + status.refused;
    let text = match status.phase {
        Phase::Rests if asked == 0 => return "Nothing was asked yet.".to_owned(),
        Phase::Asks => format!(
            "Asking: {} of {} cells.",
            number(asked),
            number(asked + status.left)
        ),
        Phase::Rests => format!("Asked for {}.", counted(u64::from(asked), "cell", "cells")),
        Phase::Stopped | Phase::Failed(_) => format!(
            "Stopped after {}; {} to go. What came stays.",
            counted(u64::from(asked), "cell", "cells"),
            number(status.left)
        ),
    };
    let came = counted(u64::from(status.found), "position came", "positions came");
    let areas = match status.areas {
        0 => String::new(),
        areas => format!(", {} of them of the cell’s area alone", number(areas)),
    };
    let refused = match status.refused {
        0 => String::new(),
        refused => format!(" {} it would not be asked for.", number(refused)),
    };
    let unknown = number(status.unknown);
    format!("{text} {came}{areas}; {unknown} not known there.{refused}")
}

/// What went wrong, and what to do.
pub fn advice(trouble: &Trouble, host: &str) -> (String, String) {
    match trouble {
        Trouble::Network(kind) => by_network(*kind, host),
        Trouble::Refused(refusal) => by_service(refusal, host),
    }
}

fn by_network(kind: ErrorKind, host: &str) -> (String, String) {
    let (what, next) = match kind {
        ErrorKind::PagePolicy => (
            format!("This page’s own policy does not let it ask {host}."),
            "Whoever hosts this page adds that address to connect-src in its Content-Security-Policy, or puts the service behind the \
             page’s own address.",
        ),
        ErrorKind::CrossOrigin => (
            format!("{host} answers, but does not let this page read it (no CORS headers)."),
            "Put a proxy of your own before it, and type the proxy’s address. A file of cell positions works without.",
        ),
        ErrorKind::Offline => (
            "This browser has no network connection.".to_owned(),
            "Connect, then go on. What had come stays.",
        ),
        ErrorKind::Timeout => (
            format!("{host} gives no answer in time."),
            "Go on in a few minutes.",
        ),
        ErrorKind::Redirect => (
            format!("The address at {host} leads to another one."),
            "The key is not sent on. Type the address that it leads to.",
        ),
        ErrorKind::NotJson => (
            format!("Answers of {host} were cut off."),
            "Go on in a few minutes.",
        ),
        _ => (
            format!("Nothing answers at {host}."),
            "Check the address letter by letter, and whether a VPN or firewall is in the way. Then go on.",
        ),
    };
    (what, next.to_owned())
}

fn by_service(refusal: &Refusal, host: &str) -> (String, String) {
    let (what, next) = match refusal {
        Refusal::Key => (
            format!("{host} does not take the key, or wants one."),
            "Check the key, then ask again.",
        ),
        Refusal::DailyLimit => (
            format!("{host} answers no more questions today."),
            "Go on tomorrow with this tab still open, or use another key. What came stays.",
        ),
        Refusal::TooMany => (
            format!("{host} asks for fewer questions."),
            "Go on in a few minutes.",
        ),
        Refusal::Outage => (
            format!("{host} has a failure of its own."),
            "Nothing is wrong here. Go on in a few minutes.",
        ),
        Refusal::Other(status, said) => {
            let said = said.as_ref().map(|said| format!(" It says: {said}"));
            let what = format!(
                "{host} does not answer as a geolocate service does (HTTP {status}).{}",
                said.unwrap_or_default()
            );
            (
                what,
                "Type the whole address of its call, which mostly ends in /v1/geolocate.",
            )
        }
    };
    (what, next.to_owned())
}
