//! What a failed call means for the visitor: what happened, and what to do next. Each kind has words of its own.

use super::{Error, ErrorKind};

/// Words for a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What happened, in a sentence.
    pub what: String,
    /// What to do next.
    pub next: &'static str,
    /// A proxy of the page's own, or saved answers, lead around it.
    pub way_around: bool,
}

impl Error {
    /// What it means, and what to do next.
    pub fn advice(&self) -> Advice {
        let label = crate::provider::capability(self.provider).label;
        let said = match (&self.message, &self.code) {
            (Some(message), _) => format!(" It says: {message}"),
            (None, Some(code)) => format!(" It says: code {code}"),
            (None, None) => String::new(),
        };
        let status = match self.status {
            Some(status) => format!(" (HTTP {status})"),
            None => String::new(),
        };
        let operation = self.operation;
        let (what, next) = match self.kind {
            ErrorKind::PagePolicy => (
                format!("This page's own policy does not let it ask {label}."),
                "Whoever hosts this page adds the address to connect-src in its Content-Security-Policy, or puts the provider \
                 behind the page's own address: where that was done, type it as base URL (such as /vendors/name). Configurations \
                 for both are in deploy/.",
            ),
            ErrorKind::CrossOrigin => (
                format!("{label} answers, but does not let this page read it (no CORS headers)."),
                "Put a proxy of your own before it and type its address as base URL, or run the commands and drop what they print.",
            ),
            ErrorKind::Unreachable => (
                format!("Nothing answers at the address of {label}."),
                "Check the base URL letter by letter, and whether a VPN or firewall is in the way. Then retry.",
            ),
            ErrorKind::Offline => (
                "This browser has no network connection.".to_owned(),
                "Connect, then retry. What had come stays.",
            ),
            ErrorKind::Timeout => (
                format!("{label} gave no complete answer to {operation} in time{status}."),
                "Retry in a minute. Ask for fewer SIMs or a shorter time if it goes on.",
            ),
            ErrorKind::BadSecret => (
                format!("{label} does not accept these credentials{status}.{said}"),
                "Check that nothing is missing or doubled, and that they belong to this account and address. Then sign in again.",
            ),
            ErrorKind::Expired => (
                format!(
                    "The sign-in to {label} has run out and could not be renewed{status}.{said}"
                ),
                "Sign in again. What had come stays.",
            ),
            ErrorKind::Forbidden => (
                format!(
                    "Signed in to {label}, but not allowed to ask for {operation}{status}.{said}"
                ),
                "Give the user or key that permission at the provider, then retry. What needs it was left out.",
            ),
            ErrorKind::NotFound => (
                format!("{label} does not know what was asked for with {operation}{status}.{said}"),
                "Check the identifier, and whether the SIM is of this account and coverage.",
            ),
            ErrorKind::RateLimited => (
                format!("{label} asks for fewer calls{status}.{said}"),
                "Wait a few minutes, then retry. Other programs of the account share the same limit.",
            ),
            ErrorKind::Outage => (
                format!("{label} has a failure of its own{status}.{said}"),
                "Nothing is wrong here. Retry in a few minutes, and look at the provider's status page.",
            ),
            ErrorKind::NotJson => (
                format!("What came as answer to {operation} is not whole JSON{status}.{said}"),
                "A proxy or a sign-in page may have answered in the provider's place. Check the base URL, then retry.",
            ),
            ErrorKind::Redirect => (
                format!("The address of {label} leads to another one."),
                "The credentials are not sent on. Type the address that it leads to as base URL.",
            ),
            ErrorKind::Refused => (
                format!("{label} refused {operation}{status}.{said}"),
                "Check the identifiers and the time asked for, then retry.",
            ),
            ErrorKind::Input => (
                self.message
                    .clone()
                    .unwrap_or_else(|| "What was typed in cannot be used.".to_owned()),
                "Correct it above. Nothing was sent.",
            ),
        };
        Advice {
            what,
            next,
            way_around: matches!(self.kind, ErrorKind::PagePolicy | ErrorKind::CrossOrigin),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ProviderId;

    const KINDS: [ErrorKind; 15] = [
        ErrorKind::PagePolicy,
        ErrorKind::CrossOrigin,
        ErrorKind::Unreachable,
        ErrorKind::Offline,
        ErrorKind::Timeout,
        ErrorKind::BadSecret,
        ErrorKind::Expired,
        ErrorKind::Forbidden,
        ErrorKind::NotFound,
        ErrorKind::RateLimited,
        ErrorKind::Outage,
        ErrorKind::NotJson,
        ErrorKind::Redirect,
        ErrorKind::Refused,
        ErrorKind::Input,
    ];

    #[test]
    fn every_kind_has_words_of_its_own() {
        let said: Vec<Advice> = KINDS
            .iter()
            .map(|kind| Error::new(*kind, ProviderId::Kore, "Sims").advice())
            .collect();
        for (at, one) in said.iter().enumerate() {
            assert!(
                one.what.ends_with('.') && one.next.ends_with('.'),
                "{one:?}"
            );
            assert!(
                said.iter().skip(at + 1).all(|other| other.what != one.what),
                "{one:?}"
            );
        }
    }

    #[test]
    fn the_vendors_words_are_told() {
        let error = Error {
            status: Some(403),
            message: Some("explicit deny".to_owned()),
            ..Error::new(ErrorKind::Forbidden, ProviderId::Soracom, "listSims")
        };
        let advice = error.advice();
        assert!(advice.what.contains("listSims") && advice.what.contains("HTTP 403"));
        assert!(advice.what.ends_with("explicit deny"));
    }
}
