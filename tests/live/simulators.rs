//! The simulated vendors, all five in one Node process that ends with this value, and the address that steers them.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};

use serde_json::{Value, json};

use crate::client::Client;

/// 2026-05-20T12:00:00Z: when the simulated fleets were made.
pub const NOW: i64 = 1_779_278_400_000;

/// Five vendors.
pub struct Simulators {
    child: Child,
    /// While it is open they run.
    stdin: Option<ChildStdin>,
    line: Value,
    client: Client,
}

impl Simulators {
    /// Starts them. `options` are those of `startAll()` in `tests/providers/all.mjs`.
    pub fn start(options: &Value) -> Self {
        let main = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/providers/main.mjs");
        let mut child = Command::new("node")
            .args([main, "--control", "--clock-header", "--sims", "12"])
            .args(["--sessions", "6", "--seed", "7", "--now", &NOW.to_string()])
            .args(["--options", &options.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Node starts the simulated vendors: is `node` installed and in PATH?");
        let stdin = child.stdin.take();
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        let line = serde_json::from_str(&line).unwrap_or_else(|error| {
            panic!("the simulated vendors did not start ({error}); options: {options}")
        });
        Self {
            child,
            stdin,
            line,
            client: Client::new(30_000),
        }
    }

    /// What a vendor's `start()` told.
    pub fn of(&self, vendor: &str) -> &Value {
        &self.line[vendor]
    }

    /// Steers a vendor; returns the result.
    pub fn control(&self, vendor: &str, command: &Value) -> Value {
        let api = self.of(vendor)["baseUrls"]["api"].as_str().unwrap();
        let (scheme, rest) = api.split_once("://").unwrap();
        let host = rest.split('/').next().unwrap();
        let url = format!("{scheme}://{host}/-/control");
        let body = self.client.post_json(&url, &command.to_string());
        let answer: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(answer["ok"], json!(true), "{command}: {answer}");
        answer["result"].clone()
    }
}

impl Drop for Simulators {
    fn drop(&mut self) {
        drop(self.stdin.take());
        // Whether it ended well does not matter any more.
        let _ = self.child.wait();
    }
}
