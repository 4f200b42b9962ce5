//! A request as an adapter wants it made, and the reply. Neither knows how it is sent: the address is a path below a base
//! URL that the visitor configured, so that no reply can lead credentials to another host.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::secret::Secret;

/// How.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Signs in, or asks with a body. Never changes anything at the vendor.
    Post,
}

/// Below which of the source's base URLs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// The API's.
    Api,
    /// The token endpoint's, where it has a host of its own.
    Auth,
}

/// What is sent along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Its `Content-Type`.
    pub content_type: &'static str,
    /// The text; it may hold a secret.
    pub text: Secret,
}

/// A request to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The vendor's name of the call, for messages.
    pub operation: &'static str,
    /// How.
    pub method: Method,
    /// Below which base URL.
    pub base: Base,
    /// What follows the base URL, beginning with `/`, query included. Never holds a secret.
    pub path: String,
    /// Headers besides those of the sign-in.
    pub headers: Vec<(&'static str, Secret)>,
    /// What is sent along.
    pub body: Option<Body>,
}

impl Request {
    /// Reads a path of the API.
    pub fn get(operation: &'static str, path: impl Into<String>) -> Self {
        Self {
            operation,
            method: Method::Get,
            base: Base::Api,
            path: path.into(),
            headers: Vec::new(),
            body: None,
        }
    }

    /// Sends JSON to a path of the API.
    pub fn post_json(operation: &'static str, path: impl Into<String>, json: String) -> Self {
        Self {
            method: Method::Post,
            body: Some(Body {
                content_type: "application/json",
                text: Secret::new(json),
            }),
            ..Self::get(operation, path)
        }
    }

    /// With the headers of a sign-in.
    #[must_use]
    pub fn with(mut self, pass: &Pass) -> Self {
        self.headers.extend(pass.headers.iter().cloned());
        self
    }
}

/// What every call after the sign-in carries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pass {
    /// The headers.
    pub headers: Vec<(&'static str, Secret)>,
    /// Epoch milliseconds from when on it is no good; null where it does not run out or nobody says.
    pub expires_ms: Option<i64>,
    /// Further values of the sign-in's reply that later calls need, by the vendor's names.
    pub values: Vec<(&'static str, Secret)>,
}

impl Pass {
    /// A value of the sign-in's reply.
    pub fn value(&self, name: &str) -> Option<&Secret> {
        let found = self.values.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value)
    }
}

/// What came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The headers that this page may read, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// A header that this page may read.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether the status says that it worked.
    pub fn is_ok(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// What stays as it is in a path segment or a query value: RFC 3986's unreserved characters.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A path segment or a query value, percent-encoded.
pub fn encoded(text: &str) -> String {
    utf8_percent_encode(text, KEPT).to_string()
}

/// A query string, beginning with `?`; empty where there are no pairs.
pub fn query_string(pairs: &[(&str, &str)]) -> String {
    let joined: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    if joined.is_empty() {
        String::new()
    } else {
        format!("?{}", joined.join("&"))
    }
}

/// `application/x-www-form-urlencoded`, as a body.
pub fn form(pairs: &[(&str, &str)]) -> Body {
    let text = query_string(pairs);
    Body {
        content_type: "application/x-www-form-urlencoded",
        text: Secret::new(text.strip_prefix('?').unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_encoded() {
        let pairs = [("sortBy[ThingName]", "ASC"), ("q", "a b&c=ü/é")];
        assert_eq!(
            query_string(&pairs),
            "?sortBy%5BThingName%5D=ASC&q=a%20b%26c%3D%C3%BC%2F%C3%A9"
        );
        assert_eq!(query_string(&[]), "");
    }

    #[test]
    fn debug_output_tells_no_secret() {
        let pass = Pass {
            headers: vec![("Authorization", Secret::new("Bearer topsecret"))],
            expires_ms: None,
            values: vec![("CustomerId", Secret::new("cid_topsecret"))],
        };
        let mut request = Request::get("listSims", "/sims").with(&pass);
        request.body = Some(form(&[("client_secret", "topsecret")]));
        let text = format!("{request:?} {pass:#?}");
        assert!(!text.contains("topsecret"), "{text}");
    }
}
