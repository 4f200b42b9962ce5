//! Getting in and out, and that nothing shows how.

use super::*;

#[test]
fn each_way_signs_in_with_its_own_fields() {
    let request = exchange(&by_key(&[]));
    assert_eq!(
        (request.operation, request.method, request.base),
        ("auth", Method::Post, Base::Api)
    );
    assert_eq!(request.path, "/auth");
    assert_eq!(
        body(&request),
        r#"{"authKeyId":"keyId-made-up","authKey":"secret-topsecret","tokenTimeoutSeconds":3600}"#
    );
    let root = [
        ("email", " sim@example.com "),
        ("password", "top\"secret"),
        ("mfaOTPCode", "123 456"),
        ("tokenTimeoutSeconds", "172800"),
    ];
    assert_eq!(
        body(&exchange(&account("root", &root))),
        r#"{"email":"sim@example.com","password":"top\"secret","mfaOTPCode":"123456","tokenTimeoutSeconds":172800}"#
    );
    let sam = [
        ("operatorId", "OP0000000001"),
        ("userName", "reader"),
        ("password", "topsecret"),
        ("tokenTimeoutSeconds", "180"),
    ];
    assert_eq!(
        body(&exchange(&account("sam", &sam))),
        r#"{"operatorId":"OP0000000001","userName":"reader","password":"topsecret","tokenTimeoutSeconds":180}"#
    );
}

#[test]
fn what_cannot_be_right_is_not_sent() {
    let sam = [("operatorId", "OP0000000001"), ("userName", "reader")];
    let with_code = [
        ("email", "a@example.com"),
        ("password", "p"),
        ("mfaOTPCode", "12345"),
    ];
    for account in [
        account("auth_key", &[("authKeyId", "keyId-made-up")]),
        account("root", &[("email", "a@example.com")]),
        account("sam", &sam),
        account("root", &with_code),
        by_key(&[("tokenTimeoutSeconds", "179")]),
        by_key(&[("tokenTimeoutSeconds", "172801")]),
        by_key(&[("tokenTimeoutSeconds", "1h")]),
    ] {
        let error = Soracom.enter(&account).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Input, "{account:?}");
        assert!(error.message.is_some_and(|message| message.ends_with('.')));
    }
}

#[test]
fn the_pass_runs_out_after_the_time_that_was_asked_for() {
    let said = r#"{"apiKey":"api-made-up","token":"topsecret","operatorId":"OP0000000001","userName":"reader"}"#;
    let account = by_key(&[("tokenTimeoutSeconds", "600")]);
    let pass = Soracom
        .entered(&account, &reply(200, &[], said), FROM_MS)
        .unwrap();
    assert_eq!(
        pass.headers,
        [
            ("X-Soracom-API-Key", Secret::from("api-made-up")),
            ("X-Soracom-Token", Secret::from("topsecret")),
        ]
    );
    assert_eq!(pass.expires_ms, Some(FROM_MS + 600_000));
    assert_eq!(
        pass.value("operatorId"),
        Some(&Secret::from("OP0000000001"))
    );

    let leave = Soracom.leave(&pass).unwrap();
    assert_eq!(
        (leave.operation, leave.method, leave.path.as_str()),
        ("logout", Method::Post, "/auth/logout")
    );
    assert_eq!(leave.headers, pass.headers);
    assert!(leave.body.is_none());
}

#[test]
fn a_refused_sign_in_is_a_bad_secret_and_an_odd_one_is_no_pass() {
    let kind = |status, body| {
        let reply = reply(status, &[], body);
        let error = Soracom.entered(&by_key(&[]), &reply, 0).unwrap_err();
        (error.kind, error.code)
    };
    let refused = r#"{"code":"AUM0001","message":"Authentication failed."}"#;
    assert_eq!(
        kind(401, refused),
        (ErrorKind::BadSecret, Some("AUM0001".to_owned()))
    );
    assert_eq!(
        kind(200, refused),
        (ErrorKind::Refused, Some("AUM0001".to_owned()))
    );
    assert_eq!(kind(429, "slow down").0, ErrorKind::RateLimited);
    for odd in [
        "<html>",
        "{}",
        r#"{"apiKey":"api-made-up"}"#,
        r#"{"apiKey":"","token":""}"#,
        r#"["api-made-up","topsecret",null]"#,
    ] {
        assert_eq!(kind(200, odd).0, ErrorKind::NotJson, "{odd}");
    }
}

#[test]
fn no_formatter_shows_a_secret() {
    let secrets = [
        ("password", "topsecret-password"),
        ("mfaOTPCode", "987654"),
        ("operatorId", "OP0000000001"),
        ("userName", "reader"),
    ];
    let account = account("sam", &secrets);
    let said =
        r#"{"apiKey":"topsecret-key","token":"topsecret-token","operatorId":"OP0000000001"}"#;
    let pass = Soracom
        .entered(&account, &reply(200, &[], said), 0)
        .unwrap();
    let odd = r#"{"token":"topsecret-token"}"#;
    let error = Soracom.entered(&account, &reply(200, &[], odd), 0);
    let text = format!(
        "{account:?} {:#?} {pass:?} {:?} {:?} {error:?}",
        Soracom.enter(&account),
        Soracom.leave(&pass),
        asked(&Query::new(What::Sims, Target::Fleet), None).with(&pass),
    );
    assert!(
        !text.contains("topsecret") && !text.contains("987654"),
        "{text}"
    );
}
