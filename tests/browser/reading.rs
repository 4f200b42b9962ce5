//! Strings are looked through by vectors in a browser only: every length, with what ends a plain stretch at every place.

use simscope::import::{Options, read_all};
use simscope::store::Store;
use wasm_bindgen_test::wasm_bindgen_test;

/// The operator's name as it comes out of a record that holds it.
fn read(name: &str) -> String {
    let json = serde_json::json!({
        "sid": "WN1", "sim_sid": "DE1", "radio_link": "LTE", "operator_name": name, "packets_uploaded": 1,
    });
    let mut store = Store::new();
    let outcome = read_all(&mut store, json.to_string().as_bytes(), Options::default());
    assert!(outcome.problem.is_none(), "{name:?}: {:?}", outcome.problem);
    assert_eq!(store.session_count(), 1);
    let session = store.session(0);
    session.network.operator.unwrap().into_owned()
}

#[wasm_bindgen_test]
fn texts_are_read_whole_wherever_something_stands_in_them() {
    for length in 1..40 {
        let plain: String = ('a'..='z').cycle().take(length).collect();
        assert_eq!(read(&plain), plain);
        for odd in ["\"", "\\", "\u{1f}", "\n", "é", "𝄞", "!", "\u{7f}"] {
            for at in 0..=length {
                let mut name = plain.clone();
                name.insert_str(at, odd);
                assert_eq!(read(&name), name);
            }
        }
    }
}
