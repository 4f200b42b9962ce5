//! Signing in: an auth key, or a user's password, is exchanged for an API key and a token. The reply does not say when they
//! run out, so the time that was asked for counts.

use serde::{Deserialize, Serialize};

use super::ID;
use super::connection::TIMEOUT_S;
use super::reply::{disguised, refusal};
use crate::error::Error;
use crate::provider::connection::Account;
use crate::provider::json::{Object, Str};
use crate::provider::request::{Method, Pass, Reply, Request, encoded};
use crate::provider::secret::Secret;

const AUTH: &str = "auth";
const RENEW: &str = "generateToken";
/// What the vendor takes: 3 minutes to 48 hours.
const TIMEOUTS_S: std::ops::RangeInclusive<u32> = 180..=172_800;

/// The body of `POST /auth`. No `Debug`: it holds secrets.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Credentials<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_key_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operator_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<&'a str>,
    #[serde(rename = "mfaOTPCode", skip_serializing_if = "Option::is_none")]
    mfa_otp_code: Option<String>,
    token_timeout_seconds: u32,
}

fn timeout_s(account: &Account) -> Result<u32, Error> {
    let Some(text) = account.field("tokenTimeoutSeconds") else {
        return Ok(TIMEOUT_S);
    };
    let seconds = text.parse().ok().filter(|s| TIMEOUTS_S.contains(s));
    seconds.ok_or_else(|| {
        Error::input(
            ID,
            "A sign-in lasts 180 to 172800 seconds. Give a whole number, or leave it empty for 3600.",
        )
    })
}

/// The one-time code, which authenticators show in groups of three digits.
fn one_time_code(account: &Account) -> Result<Option<String>, Error> {
    let Some(text) = account.field("mfaOTPCode") else {
        return Ok(None);
    };
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(Some(digits));
    }
    Err(Error::input(
        ID,
        "The one-time code has 6 digits. Leave it empty where multi-factor authentication is off.",
    ))
}

/// The exchange.
pub fn enter(account: &Account) -> Result<Request, Error> {
    let field = |name: &str, message: &str| {
        let missing = || Error::input(ID, message);
        account.field(name).map(Some).ok_or_else(missing)
    };
    let mut credentials = Credentials {
        token_timeout_seconds: timeout_s(account)?,
        ..Credentials::default()
    };
    match account.way.as_str() {
        "root" => {
            let message = "The email and the password are both needed.";
            credentials.email = field("email", message)?;
            credentials.password = field("password", message)?;
            credentials.mfa_otp_code = one_time_code(account)?;
        }
        "sam" => {
            let message = "The operator ID, the user name and the password are all needed.";
            credentials.operator_id = field("operatorId", message)?;
            credentials.user_name = field("userName", message)?;
            credentials.password = field("password", message)?;
            credentials.mfa_otp_code = one_time_code(account)?;
        }
        _ => {
            let message = "The auth key's ID and its secret are both needed.";
            credentials.auth_key_id = field("authKeyId", message)?;
            credentials.auth_key = field("authKey", message)?;
        }
    }
    let json = serde_json::to_string(&credentials)
        .map_err(|_| Error::input(ID, "These credentials cannot be written as JSON."))?;
    Ok(Request::post_json(AUTH, "/auth", json))
}

/// The reply of `POST /auth`. No `Debug`: it holds secrets.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entered<'b> {
    #[serde(borrow)]
    api_key: Option<Str<'b>>,
    token: Option<Str<'b>>,
    operator_id: Option<Str<'b>>,
}

/// Reads the reply of the exchange, asked at `now_ms`.
pub fn entered(account: &Account, reply: &Reply, now_ms: i64) -> Result<Pass, Error> {
    if !reply.is_ok() {
        // 401 is a refusal of the credentials, which is what `refusal` makes of it.
        return Err(refusal(AUTH, reply));
    }
    let unreadable = || disguised(AUTH, reply);
    let Object(entered): Object<Entered<'_>> =
        serde_json::from_slice(&reply.body).map_err(|_| unreadable())?;
    let text = |value: Option<Str<'_>>| value.and_then(Str::non_empty).map(Secret::new);
    let (Some(key), Some(token)) = (text(entered.api_key), text(entered.token)) else {
        return Err(unreadable());
    };
    let operator = text(entered.operator_id).map(|id| ("operatorId", id));
    Ok(Pass {
        headers: vec![("X-Soracom-API-Key", key), ("X-Soracom-Token", token)],
        expires_ms: Some(now_ms.saturating_add(i64::from(timeout_s(account)?) * 1000)),
        values: operator.into_iter().collect(),
    })
}

/// Asks for another token before the present one runs out. A one-time code is good for one sign-in only, so this is the one
/// way to go on with such a user.
pub fn renew(account: &Account, pass: &Pass) -> Option<Request> {
    let operator = pass.value("operatorId")?;
    let seconds = timeout_s(account).ok()?;
    let json = format!("{{\"tokenTimeoutSeconds\":{seconds}}}");
    let path = format!("/operators/{}/token", encoded(operator.expose()));
    Some(Request::post_json(RENEW, path, json).with(pass))
}

/// Reads the reply: a token, beside which the API key stays.
pub fn renewed(account: &Account, pass: &Pass, reply: &Reply, now_ms: i64) -> Result<Pass, Error> {
    if !reply.is_ok() {
        return Err(refusal(RENEW, reply));
    }
    let unreadable = || disguised(RENEW, reply);
    let Object(entered): Object<Entered<'_>> =
        serde_json::from_slice(&reply.body).map_err(|_| unreadable())?;
    let token = entered
        .token
        .and_then(Str::non_empty)
        .ok_or_else(unreadable)?;
    let mut renewed = pass.clone();
    for (name, value) in &mut renewed.headers {
        if *name == "X-Soracom-Token" {
            *value = Secret::new(token.as_ref());
        }
    }
    renewed.expires_ms = Some(now_ms.saturating_add(i64::from(timeout_s(account)?) * 1000));
    Ok(renewed)
}

/// Ends the sign-in. It works whatever the user may do.
pub fn leave(pass: &Pass) -> Request {
    Request {
        method: Method::Post,
        ..Request::get("logout", "/auth/logout").with(pass)
    }
}
