//! The one error of everything that asks a vendor: what kind it is, who answered what, and whether trying again can help.

mod advice;

pub use advice::Advice;

use std::fmt;

use crate::model::ProviderId;

/// What kind of failure it is. Each has its own message and its own next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// This page's own Content-Security-Policy does not let it ask that host.
    PagePolicy,
    /// The host can be reached, but does not let other origins' pages read its answers (CORS).
    CrossOrigin,
    /// Nothing answers at that address.
    Unreachable,
    /// The browser has no connection at all.
    Offline,
    /// No complete answer within the deadline.
    Timeout,
    /// The vendor does not know these credentials.
    BadSecret,
    /// The sign-in has run out, and could not be renewed.
    Expired,
    /// Signed in, but not allowed to do that.
    Forbidden,
    /// The vendor does not know that SIM, device or address.
    NotFound,
    /// Too many calls; the vendor asks to wait.
    RateLimited,
    /// The vendor's own failure (5xx).
    Outage,
    /// The answer is not JSON, or was cut off.
    NotJson,
    /// It answers with a redirect, which is not followed: it would carry the credentials along.
    Redirect,
    /// Anything else that the vendor refuses (4xx, or a refusal inside a 200).
    Refused,
    /// What was typed in cannot be used; nothing was sent.
    Input,
}

impl ErrorKind {
    /// A short name for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::PagePolicy => "page_policy",
            Self::CrossOrigin => "cross_origin",
            Self::Unreachable => "unreachable",
            Self::Offline => "offline",
            Self::Timeout => "timeout",
            Self::BadSecret => "bad_secret",
            Self::Expired => "expired",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::RateLimited => "rate_limited",
            Self::Outage => "outage",
            Self::NotJson => "not_json",
            Self::Redirect => "redirect",
            Self::Refused => "refused",
            Self::Input => "input",
        }
    }

    /// Whether the same call may work a moment later.
    pub fn is_temporary(self) -> bool {
        matches!(
            self,
            Self::Unreachable | Self::Timeout | Self::RateLimited | Self::Outage | Self::NotJson
        )
    }

    /// Whether it says that the sign-in is not (or no longer) good.
    pub fn is_about_sign_in(self) -> bool {
        matches!(self, Self::BadSecret | Self::Expired | Self::Forbidden)
    }
}

/// A call that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What kind of failure.
    pub kind: ErrorKind,
    /// Whose call.
    pub provider: ProviderId,
    /// The vendor's name of the call: `listSims`.
    pub operation: &'static str,
    /// The HTTP status; null where no answer came.
    pub status: Option<u16>,
    /// The vendor's own code of the error.
    pub code: Option<String>,
    /// The vendor's own message, or what is wrong with what was typed. Never a secret.
    pub message: Option<String>,
    /// How long the vendor asks to wait before the next call, milliseconds; null where it does not say.
    pub retry_after_ms: Option<u64>,
}

impl Error {
    /// An error of which only the kind is known.
    pub fn new(kind: ErrorKind, provider: ProviderId, operation: &'static str) -> Self {
        Self {
            kind,
            provider,
            operation,
            status: None,
            code: None,
            message: None,
            retry_after_ms: None,
        }
    }

    /// What was typed in cannot be used.
    pub fn input(provider: ProviderId, message: impl Into<String>) -> Self {
        Self {
            message: Some(message.into()),
            ..Self::new(ErrorKind::Input, provider, "sign in")
        }
    }

    /// Whether a retry can help.
    pub fn can_retry(&self) -> bool {
        self.kind.is_temporary()
    }
}

impl fmt::Display for Error {
    /// What the vendor said: the operation, the status, its code and its message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label = crate::provider::capability(self.provider).label;
        write!(f, "{label}, {}: {}", self.operation, self.kind.code())?;
        if let Some(status) = self.status {
            write!(f, ", HTTP {status}")?;
        }
        if let Some(code) = &self.code {
            write!(f, ", code {code}")?;
        }
        if let Some(message) = &self.message {
            write!(f, ": {message}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
