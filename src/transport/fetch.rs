//! The browser's `fetch`. Cookies go to the own origin alone.

use gloo_net::http::Request;
use web_sys::RequestCredentials;

/// Why nothing came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchError {
    /// The server answered with this status.
    Status(u16),
    /// Nothing answered, or the browser refused the request.
    Network,
}

/// The text at a URL.
///
/// # Errors
///
/// A status other than 2xx, or no answer at all.
pub async fn text(url: &str) -> Result<String, FetchError> {
    let response = Request::get(url)
        .credentials(RequestCredentials::SameOrigin)
        .send()
        .await
        .map_err(|_| FetchError::Network)?;
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    response.text().await.map_err(|_| FetchError::Network)
}
