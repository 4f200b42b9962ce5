//! The views mount and unmount, and the engine answers.

use simscope::embed::{app::start_app, engine::Engine};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

fn mount() -> HtmlElement {
    let document = web_sys::window().unwrap().document().unwrap();
    let root: HtmlElement = document.create_element("div").unwrap().dyn_into().unwrap();
    document.body().unwrap().append_child(&root).unwrap();
    root
}

#[wasm_bindgen_test]
fn the_first_screen_mounts_and_unmounts() {
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

#[wasm_bindgen_test]
fn the_engine_answers_what_it_was_given() {
    let mut engine = Engine::new();
    engine.begin(7, "{}");
    engine.push(7, b"[]");
    engine.finish(7);
    while engine.step(8.0, 0.0) {}
    let mut kinds = Vec::new();
    loop {
        let message = engine.take().unwrap();
        if message.is_undefined() {
            break;
        }
        let kind = js_sys::Reflect::get(&message, &"kind".into()).unwrap();
        kinds.push(kind.as_string().unwrap());
    }
    assert_eq!(kinds, ["begun", "finished"]);
}
