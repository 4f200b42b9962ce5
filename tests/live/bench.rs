//! One vendor under test: its simulator, its accounts, and everything that was said aloud, in which no secret may stand.

use std::cell::RefCell;
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use simscope::provider::connection::{Account, Ask, Scope};
use simscope::provider::query::TimeRange;
use simscope::provider::request::encoded;
use simscope::provider::secret::Secret;

use crate::run::Run;
use crate::simulators::{NOW, Simulators};
use crate::truth::Truth;
use crate::vendors::{VENDORS, Vendor};

const DAY_MS: i64 = 86_400_000;
/// Runs begin a little after the fleets were made, when all that vendors stamp late is stamped.
pub const BEGIN: i64 = NOW + 60_000;

/// One vendor under test.
pub struct Bench<'s> {
    pub vendor: &'static Vendor,
    simulators: &'s Simulators,
    /// Every text that could be seen: addresses, messages, `Debug` output.
    said: RefCell<Vec<String>>,
}

/// Runs a scenario against every vendor at once. `options` are those of `startAll()`.
pub fn on_every_vendor(options: &Value, scenario: impl Fn(&Bench<'_>) + Sync) {
    on_vendors(&VENDORS, options, scenario);
}

/// Runs a scenario against those vendors for which a fact holds.
pub fn on_vendors_that(
    is: impl Fn(&Vendor) -> bool,
    options: &Value,
    scenario: impl Fn(&Bench<'_>) + Sync,
) {
    let chosen: Vec<&'static Vendor> = VENDORS.into_iter().filter(|vendor| is(vendor)).collect();
    assert!(!chosen.is_empty());
    on_vendors(&chosen, options, scenario);
}

/// Runs a scenario against every vendor of simulators that were started.
pub fn on_every_vendor_of(simulators: &Simulators, scenario: impl Fn(&Bench<'_>) + Sync) {
    on_vendors_of(&VENDORS, simulators, scenario);
}

fn on_vendors(vendors: &[&'static Vendor], options: &Value, scenario: impl Fn(&Bench<'_>) + Sync) {
    on_vendors_of(vendors, &Simulators::start(options), scenario);
}

fn on_vendors_of(
    vendors: &[&'static Vendor],
    simulators: &Simulators,
    scenario: impl Fn(&Bench<'_>) + Sync,
) {
    let one = |vendor: &'static Vendor| {
        let bench = Bench {
            vendor,
            simulators,
            said: RefCell::default(),
        };
        scenario(&bench);
        bench.no_secret_was_said();
    };
    thread::scope(|scope| {
        for vendor in vendors {
            let name = vendor.name.to_owned();
            let built = thread::Builder::new().name(name);
            built.spawn_scoped(scope, || one(vendor)).unwrap();
        }
    });
}

/// Everything, with history.
pub fn everything() -> Ask {
    Ask {
        scope: Scope::All,
        range: TimeRange {
            from_ms: NOW - 95 * DAY_MS,
            to_ms: NOW + DAY_MS,
        },
        history: true,
        usage: false,
        status_history: false,
        cell_locations: false,
    }
}

/// The named SIMs, with history.
pub fn named<S: ToString>(identifiers: &[S]) -> Ask {
    Ask {
        scope: Scope::Some(identifiers.iter().map(ToString::to_string).collect()),
        ..everything()
    }
}

impl Bench<'_> {
    /// A run that has asked nothing yet, with the credentials of the vendor's first way.
    pub fn run(&self) -> Run<'_> {
        self.run_as(self.account(self.vendor.ways[0]))
    }

    /// A run with that account.
    pub fn run_as(&self, account: Account) -> Run<'_> {
        Run::new(self, account)
    }

    /// A complete load.
    pub fn loaded(&self) -> Run<'_> {
        let mut run = self.run();
        run.load(everything());
        run
    }

    /// The account of a way to sign in.
    pub fn account(&self, way: &str) -> Account {
        let own = self.simulators.of(self.vendor.name);
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let fields = (self.vendor.fields)(way)
            .iter()
            .map(|(field, credential)| {
                let value = text(&own["credentials"][credential]).unwrap_or_default();
                ((*field).to_owned(), Secret::new(value))
            })
            .collect();
        Account {
            way: way.to_owned(),
            fields,
            api: text(&own["baseUrls"]["api"]).unwrap(),
            auth: text(&own["baseUrls"]["auth"]),
            vouched: false,
        }
    }

    /// Steers the simulator.
    pub fn control(&self, command: &Value) -> Value {
        self.simulators.control(self.vendor.name, command)
    }

    /// Lets something go wrong: a rule of `tests/providers/failures.mjs`.
    pub fn fail(&self, mut rule: Value) {
        rule["do"] = json!("fail");
        self.control(&rule);
    }

    /// Lets nothing go wrong any more.
    pub fn heal(&self) {
        self.control(&json!({ "do": "clear" }));
    }

    /// What the account holds at that instant.
    pub fn truth(&self, at: i64) -> Truth {
        Truth::read(&self.raw_truth(at))
    }

    /// The same in the simulator's own words.
    pub fn raw_truth(&self, at: i64) -> Value {
        self.control(&json!({ "do": "truth", "at": at }))
    }

    /// What a badly behaved client did.
    pub fn violations(&self) -> Value {
        self.control(&json!({ "do": "violations" }))
    }

    /// Keeps a text that could be seen.
    pub fn said(&self, text: String) {
        self.said.borrow_mut().push(text);
    }

    fn no_secret_was_said(&self) {
        let secrets = self.control(&json!({ "do": "secrets" }));
        let mut forms = Vec::new();
        for secret in secrets.as_array().unwrap() {
            let secret = secret.as_str().unwrap();
            let coded = [STANDARD.encode(secret), URL_SAFE_NO_PAD.encode(secret)];
            forms.extend([secret.to_owned(), encoded(secret)]);
            forms.extend(coded.map(|text| text.trim_end_matches('=').to_owned()));
        }
        assert!(forms.len() >= 4, "the simulator has secrets");
        let said = self.said.borrow();
        assert!(said.iter().any(|text| text.contains("http://")));
        for text in said.iter() {
            let found = forms.iter().any(|secret| text.contains(secret.as_str()));
            assert!(!found, "a secret stands in: {text}");
        }
    }
}

#[test]
#[should_panic(expected = "a scoped thread panicked")]
fn a_secret_that_is_said_is_noticed() {
    on_every_vendor(&json!({ "sims": 1 }), |bench| {
        let account = bench.account(bench.vendor.ways[0]);
        let secret = account.field(bench.vendor.secret).unwrap();
        let hidden = STANDARD.encode(secret);
        bench.said(format!(
            "http://127.0.0.1/?key={}",
            hidden.trim_end_matches('=')
        ));
    });
}
