//! The HTTP client of the tests: what the browser's `fetch` is to the page, with the same names for what goes wrong.

use std::time::Duration;

use simscope::error::ErrorKind;
use simscope::provider::request::{Method, Reply};
use simscope::transport::driver::Outbound;
use ureq::Agent;

/// Asks over plain HTTP. Follows no redirect and takes every status.
pub struct Client(Agent);

impl Client {
    /// A client that waits so long for a whole answer, in real milliseconds.
    pub fn new(patience_ms: u64) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(Duration::from_millis(patience_ms)))
            .build();
        Self(config.into())
    }

    /// Sends a request of the driver at that instant of the simulated clock. Null: no answer ever comes.
    pub fn send(&self, request: &Outbound, now: i64) -> Option<Result<Reply, ErrorKind>> {
        let now = now.to_string();
        let headers = request
            .headers
            .iter()
            .map(|(name, value)| (*name, value.expose()));
        let headers = headers.chain([("simulator-now", now.as_str())]);
        let sent = match (request.method, &request.body) {
            (Method::Get, _) => headers
                .fold(self.0.get(&request.url), |all, (name, value)| {
                    all.header(name, value)
                })
                .call(),
            (Method::Post, body) => {
                let built = headers.fold(self.0.post(&request.url), |all, (name, value)| {
                    all.header(name, value)
                });
                match body {
                    Some(body) => built
                        .header("Content-Type", body.content_type)
                        .send(body.text.expose()),
                    None => built.send_empty(),
                }
            }
        };
        let mut response = match sent {
            Ok(response) => response,
            Err(ureq::Error::Timeout(_)) => return None,
            Err(_) => return Some(Err(ErrorKind::Unreachable)),
        };
        let status = response.status().as_u16();
        let headers = response.headers().iter();
        let headers = headers
            .map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap().to_owned()))
            .collect();
        let body = response
            .body_mut()
            .with_config()
            .limit(u64::MAX)
            .read_to_vec();
        Some(match body {
            Ok(body) => Ok(Reply {
                status,
                headers,
                body,
            }),
            // Cut off under way, as the page's own `fetch` says it.
            Err(_) => Err(ErrorKind::NotJson),
        })
    }

    /// Posts JSON; the body of the answer.
    pub fn post_json(&self, url: &str, json: &str) -> Vec<u8> {
        self.post_json_at(url, json, "")
    }

    /// Posts JSON at that instant of the simulated clock; the body of the answer.
    pub fn post_json_at(&self, url: &str, json: &str, now: &str) -> Vec<u8> {
        let mut posted = self.0.post(url).header("Content-Type", "application/json");
        if !now.is_empty() {
            posted = posted.header("simulator-now", now);
        }
        posted.send(json).unwrap().body_mut().read_to_vec().unwrap()
    }
}
