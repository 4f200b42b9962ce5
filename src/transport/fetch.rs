//! The browser's `fetch`. Cookies go to the own origin alone, and to a provider never; a provider's redirect is not followed,
//! because it would carry the credentials along.

use std::cell::RefCell;

use gloo_net::http::{Method, Request, RequestBuilder, Response};
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials, RequestMode, RequestRedirect,
    ResponseType,
};

use super::driver::Outbound;
use super::locator::Question;
use crate::app::object;
use crate::error::ErrorKind;
use crate::provider::request::{Method as Verb, Reply};

fn to_provider(url: &str) -> RequestBuilder {
    RequestBuilder::new(url)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .redirect(RequestRedirect::Manual)
        .referrer_policy(ReferrerPolicy::NoReferrer)
}

/// Sends a request to a provider.
///
/// # Errors
///
/// No answer that this page may read, and as far as can be told, why.
pub async fn send(request: &Outbound, signal: &AbortSignal) -> Result<Reply, ErrorKind> {
    let method = match request.method {
        Verb::Get => Method::GET,
        Verb::Post => Method::POST,
    };
    let mut builder = to_provider(&request.url)
        .method(method)
        .abort_signal(Some(signal));
    for (name, value) in &request.headers {
        builder = builder.header(name, value.expose());
    }
    let built = match &request.body {
        Some(body) => builder
            .header("Content-Type", body.content_type)
            .body(body.text.expose()),
        None => builder.build(),
    };
    let Ok(built) = built else {
        return Err(ErrorKind::Input);
    };
    outcome(built, &request.url, signal).await
}

/// Sends a request to a provider through the host page's own `fetch(url, init)`, which may add a sign-in or send it elsewhere.
///
/// # Errors
///
/// It rejected, or gave no `Response`.
pub async fn send_through(
    own: &Function,
    request: &Outbound,
    signal: &AbortSignal,
) -> Result<Reply, ErrorKind> {
    let headers: Vec<(&str, JsValue)> = request
        .headers
        .iter()
        .map(|(name, value)| (*name, value.expose().into()))
        .chain(
            request
                .body
                .as_ref()
                .map(|body| ("Content-Type", body.content_type.into())),
        )
        .collect();
    let body = request.body.as_ref();
    let init = object(&[
        ("method", method_name(request.method).into()),
        ("headers", object(&headers)),
        (
            "body",
            body.map_or(JsValue::UNDEFINED, |body| body.text.expose().into()),
        ),
        ("signal", signal.into()),
        ("cache", "no-store".into()),
        ("referrerPolicy", "no-referrer".into()),
    ]);
    let failed = |_| {
        if signal.aborted() {
            ErrorKind::Timeout
        } else {
            ErrorKind::Unreachable
        }
    };
    let asked = own
        .call2(&JsValue::NULL, &request.url.as_str().into(), &init)
        .map_err(failed)?;
    let answer = JsFuture::from(Promise::resolve::<JsValue>(&asked))
        .await
        .map_err(failed)?;
    let answer: web_sys::Response = answer.dyn_into().map_err(failed)?;
    let response = Response::from(answer);
    reply_of(response).await
}

async fn reply_of(response: Response) -> Result<Reply, ErrorKind> {
    let headers = response.headers().entries();
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value));
    let (status, headers) = (response.status(), headers.collect());
    // Cut off under way: what came is no whole answer.
    let body = response.binary().await.map_err(|_| ErrorKind::NotJson)?;
    Ok(Reply {
        status,
        headers,
        body,
    })
}

fn method_name(method: Verb) -> &'static str {
    match method {
        Verb::Get => "GET",
        Verb::Post => "POST",
    }
}

/// Asks a geolocate service.
///
/// # Errors
///
/// No answer that this page may read, and as far as can be told, why.
pub async fn ask(question: &Question, signal: &AbortSignal) -> Result<Reply, ErrorKind> {
    let built = to_provider(question.url.expose())
        .method(Method::POST)
        .abort_signal(Some(signal))
        .header("Content-Type", "application/json")
        .body(question.body.as_str());
    let Ok(built) = built else {
        return Err(ErrorKind::Input);
    };
    // What is asked about the address afterwards needs no key.
    let address = question.url.expose().split('?').next().unwrap_or_default();
    outcome(built, address, signal).await
}

async fn outcome(built: Request, url: &str, signal: &AbortSignal) -> Result<Reply, ErrorKind> {
    let before = blocked_so_far();
    match built.send().await {
        Ok(response) if response.type_() == ResponseType::Opaqueredirect => {
            Err(ErrorKind::Redirect)
        }
        Ok(response) => reply_of(response).await,
        Err(_) if signal.aborted() => Err(ErrorKind::Timeout),
        Err(_) => Err(why_refused(url, before).await),
    }
}

/// Whether a provider can be asked from this page, without any credentials.
///
/// # Errors
///
/// Why not.
pub async fn probe(url: &str) -> Result<(), ErrorKind> {
    let before = blocked_so_far();
    let Ok(request) = to_provider(url).build() else {
        return Err(ErrorKind::Input);
    };
    match request.send().await {
        Ok(_) => Ok(()),
        Err(_) => Err(why_refused(url, before).await),
    }
}

/// A refused request looks the same whatever the reason. What tells them apart: the browser knows that it is offline; a breach
/// of this page's own policy is announced; a host that answers a request whose answer nobody may read can be reached.
async fn why_refused(url: &str, before: usize) -> ErrorKind {
    let window = web_sys::window();
    if window.is_some_and(|window| !window.navigator().on_line()) {
        return ErrorKind::Offline;
    }
    // The announcement comes as a task of its own, maybe after the refusal.
    sleep(50).await;
    if was_blocked(url, before) {
        return ErrorKind::PagePolicy;
    }
    let request = to_provider(url)
        .mode(RequestMode::NoCors)
        .redirect(RequestRedirect::Follow)
        .build();
    let Ok(request) = request else {
        return ErrorKind::Input;
    };
    match request.send().await {
        Ok(_) => ErrorKind::CrossOrigin,
        Err(_) => ErrorKind::Unreachable,
    }
}

type OnBreach = Closure<dyn Fn(web_sys::Event)>;

thread_local! {
    /// Addresses that this page's policy refused to connect to.
    static BLOCKED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    static LISTENER: RefCell<Option<OnBreach>> = const { RefCell::new(None) };
}

/// Begins to hear of breaches of this page's policy. Called once per instance.
pub fn listen_for_policy() {
    let heard = OnBreach::new(|event: web_sys::Event| {
        let get = |key: &str| {
            js_sys::Reflect::get(&event, &key.into())
                .ok()
                .and_then(|value| value.as_string())
                .unwrap_or_default()
        };
        if get("effectiveDirective") == "connect-src" {
            BLOCKED.with_borrow_mut(|all| all.push(get("blockedURI")));
        }
    });
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(document) = document {
        let function = heard.as_ref().unchecked_ref();
        // Adding a listener to the document does not fail.
        let _ = document.add_event_listener_with_callback("securitypolicyviolation", function);
    }
    LISTENER.with_borrow_mut(|slot| *slot = Some(heard));
}

/// Stops hearing of them.
pub fn stop_listening() {
    let document = web_sys::window().and_then(|window| window.document());
    let heard = LISTENER.with_borrow_mut(Option::take);
    if let (Some(document), Some(heard)) = (document, heard) {
        let function = heard.as_ref().unchecked_ref();
        // It was added above, so it can be removed.
        let _ = document.remove_event_listener_with_callback("securitypolicyviolation", function);
    }
}

fn blocked_so_far() -> usize {
    BLOCKED.with_borrow(Vec::len)
}

/// Whether a breach was announced since then for the origin of that address.
fn was_blocked(url: &str, before: usize) -> bool {
    let origin = |text: &str| web_sys::Url::new(text).map(|url| url.origin()).ok();
    let Some(own) = origin(url) else { return false };
    BLOCKED.with_borrow(|all| {
        let mut since = all.iter().skip(before);
        since.any(|blocked| origin(blocked).as_ref() == Some(&own))
    })
}

async fn sleep(ms: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // Without a timer it goes on at once.
            let set = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
            if set.is_err() {
                let _ = resolve.call0(&JsValue::NULL);
            }
        }
    });
    // A promise that only resolves does not fail.
    let _ = JsFuture::from(promise).await;
}
