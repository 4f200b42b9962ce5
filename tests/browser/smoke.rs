//! The first screen and the views mount and unmount, and the engine answers.

use simscope::embed::{app::start_app, engine::Engine, first::start_first, normalize::normalize};
use simscope::engine::protocol::{Update, decode};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

fn mount() -> HtmlElement {
    let document = web_sys::window().unwrap().document().unwrap();
    let root: HtmlElement = document.create_element("div").unwrap().dyn_into().unwrap();
    document.body().unwrap().append_child(&root).unwrap();
    root
}

/// A function that writes down what it is called with, one list a call.
fn recorder() -> (js_sys::Array, js_sys::Function) {
    let calls = js_sys::Array::new();
    let making = js_sys::Function::new_with_args("calls", "return (...given) => calls.push(given)");
    let made = making.call1(&JsValue::NULL, &calls).unwrap();
    (calls, made.dyn_into().unwrap())
}

fn buttons(root: &HtmlElement) -> Vec<HtmlElement> {
    let all =
        js_sys::Function::new_with_args("root", "return [...root.querySelectorAll('button')]");
    let found = all.call1(&JsValue::NULL, root).unwrap();
    let found: js_sys::Array = found.dyn_into().unwrap();
    found.iter().map(|one| one.dyn_into().unwrap()).collect()
}

/// Lets what follows a change come to pass.
async fn settle() {
    let nothing = js_sys::Promise::resolve(&JsValue::UNDEFINED);
    for _ in 0..5 {
        wasm_bindgen_futures::JsFuture::from(nothing.clone())
            .await
            .unwrap();
    }
}

#[wasm_bindgen_test]
async fn the_first_screen_alone_hands_on_what_is_wished() {
    let root = mount();
    let (wishes, act) = recorder();
    let (retries, again) = recorder();
    let kept = js_sys::Function::new_no_args("return []");
    let handle = start_first(root.clone(), act, again, kept);
    let text = || root.text_content().unwrap();
    assert!(text().contains("What did the SIM do?"));

    buttons(&root)[0].click();
    settle().await;
    assert_eq!(
        js_sys::JSON::stringify(&wishes).unwrap(),
        r#"[[{"kind":"demo"}]]"#
    );
    assert!(!text().contains("Open the demo fleet") && text().contains("Opening…"));
    buttons(&root)[0].click();
    assert_eq!(wishes.length(), 1, "a button on its way can not be pressed");

    handle.failed("Not opened".into(), "Try again.".into());
    settle().await;
    assert!(text().contains("Not opened") && text().contains("Open the demo fleet"));
    assert_eq!(retries.length(), 0);
    let retry = buttons(&root)
        .into_iter()
        .find(|button| button.text_content().as_deref() == Some("Try again"));
    retry.unwrap().click();
    settle().await;
    assert_eq!((retries.length(), wishes.length()), (1, 1));
    assert!(!text().contains("Not opened") && text().contains("Opening…"));

    drop(handle);
    assert_eq!(text(), "");
}

#[wasm_bindgen_test]
fn the_views_mount_and_unmount() {
    let root = mount();
    let send = js_sys::Function::new_no_args("");
    let handle = start_app(root.clone(), send, JsValue::UNDEFINED);
    assert!(
        root.text_content()
            .unwrap()
            .contains("What did the SIM do?")
    );
    drop(handle);
    assert_eq!(root.text_content().unwrap(), "");
}

const EVENTS: &[u8] = include_bytes!("../../www/demo/soracom/bus-33-events.json");

#[wasm_bindgen_test]
fn the_engine_reads_what_it_is_given_and_answers_in_its_own_words() {
    let mut engine = Engine::new();
    engine.begin(7, r#"{"name":"events.json"}"#).unwrap();
    for piece in EVENTS.chunks(1000) {
        engine.push(7, piece);
    }
    engine.finish(7);
    while engine.step(8.0, 0.0) {}
    let (mut loaded, mut totals) = (None, None);
    loop {
        let message = engine.take().unwrap();
        if message.is_undefined() {
            break;
        }
        let body = js_sys::Reflect::get(&message, &"body".into()).unwrap();
        let bytes = js_sys::Uint8Array::new(&body).to_vec();
        match decode(&bytes).unwrap() {
            Update::Loaded(found) => loaded = Some(found),
            Update::Summary(found) => totals = Some(found.totals),
            _ => {}
        }
    }
    let loaded = loaded.unwrap();
    assert_eq!((loaded.document, loaded.problem), (7, None));
    let totals = totals.unwrap();
    assert_eq!(totals.sims, 1);
    assert!(totals.sessions > 10);
}

#[wasm_bindgen_test]
fn normalize_gives_the_model_and_refuses_with_words() {
    let json = normalize(EVENTS, JsValue::UNDEFINED).unwrap();
    let model = js_sys::JSON::parse(&json).unwrap();
    let provider = js_sys::Reflect::get(&model, &"provider".into()).unwrap();
    assert_eq!(provider.as_string().as_deref(), Some("soracom"));
    let refused = normalize(b"<!doctype html>", JsValue::UNDEFINED).unwrap_err();
    let code = js_sys::Reflect::get(&refused, &"code".into()).unwrap();
    assert_eq!(code.as_string().as_deref(), Some("web_page"));
}
