//! What a visitor has to fill in to connect a vendor, and what it will cost. The forms are made of this; they name no vendor.

use super::request::Pass;
use super::secret::Secret;
use crate::model::ProviderId;

/// A field of a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name, as the vendor's API calls it.
    pub name: &'static str,
    /// What it is called on screen.
    pub label: &'static str,
    /// An example of its form, or what it is for.
    pub hint: &'static str,
    /// It is never shown, and never leaves memory.
    pub secret: bool,
    /// It may stay empty.
    pub optional: bool,
}

/// One way to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// Its name, for programs.
    pub name: &'static str,
    /// What it is called on screen.
    pub label: &'static str,
    /// What has to be filled in.
    pub fields: &'static [Field],
    /// What to know about it.
    pub note: &'static str,
}

/// The vendor's base URLs, of one of its coverages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bases {
    /// What it is called on screen.
    pub label: &'static str,
    /// Name of the location below `/vendors/` by which the configurations in `deploy/` stand for the API; the token endpoint's
    /// has `-auth` behind it.
    pub location: &'static str,
    /// Base URL of the API.
    pub api: &'static str,
    /// Base URL of the token endpoint, where that is another.
    pub auth: Option<&'static str>,
}

/// Which SIMs can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScopeHelp {
    /// The vendor has a list of all SIMs, or something that stands for it.
    pub all: bool,
    /// What "all" means there.
    pub all_means: &'static str,
    /// Which identifiers can be given instead.
    pub identifiers: &'static str,
}

/// How fast it may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The vendor's own limit; null where it publishes none.
    pub calls_per_minute: Option<u32>,
    /// What is kept to where the vendor publishes no limit, calls per minute.
    pub assumed_per_minute: u32,
}

impl Pace {
    /// How much of a limit is used: the quota is shared with the visitor's production.
    pub fn allowed_per_minute(&self) -> u32 {
        self.calls_per_minute
            .map_or(self.assumed_per_minute, |limit| limit / 2)
            .max(1)
    }
}

/// What a fetch costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// SIMs in one call of the fleet view; null where each SIM takes a call of its own.
    pub sims_per_call: Option<u32>,
    /// Calls for each SIM that its history takes.
    pub history_per_sim: u32,
    /// The history is part of the fleet view: without it there would be no session at all.
    pub needs_history: bool,
    /// The same in words.
    pub words: &'static str,
}

/// What a visitor has to know and fill in to connect a vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connection {
    /// The vendor.
    pub provider: ProviderId,
    /// Its ways to sign in, the preferred one first.
    pub ways: &'static [Way],
    /// Its base URLs, the usual one first.
    pub bases: &'static [Bases],
    /// Which SIMs can be asked for.
    pub scope: ScopeHelp,
    /// How fast.
    pub pace: Pace,
    /// What it costs.
    pub cost: Cost,
    /// Usage can be fetched besides: what it costs; null where there is none.
    pub usage: Option<&'static str>,
    /// Changes of the life-cycle status can be fetched besides: what it costs; null where there is none.
    pub status_history: Option<&'static str>,
    /// Where the cells stand can be looked up besides: what it costs; null where the vendor has no such call.
    pub cell_locations: Option<&'static str>,
    /// How watching works there.
    pub watch: &'static str,
    /// What to know before connecting: what the vendor keeps, where its data come from. The first is always in view.
    pub notes: &'static [&'static str],
    /// Which of its answers can be read, by the vendor's names.
    pub answers: &'static [&'static str],
    /// Commands whose output can be dropped onto simscope, all pages; `$NAME` stands for what the visitor fills in.
    pub commands: &'static [&'static str],
}

impl Connection {
    /// A way to sign in by its name; the first where there is none of that name.
    pub fn way(&self, name: &str) -> Option<&'static Way> {
        let found = self.ways.iter().find(|way| way.name == name);
        found.or(self.ways.first())
    }
}

/// What the visitor filled in. Lives in memory only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Name of the way to sign in.
    pub way: String,
    /// The fields, by name.
    pub fields: Vec<(String, Secret)>,
    /// Base URL of the API, without a slash at its end.
    pub api: String,
    /// Base URL of the token endpoint, likewise; null where the API's is meant.
    pub auth: Option<String>,
    /// Whoever sends the calls adds the sign-in to them: there is nothing to exchange, and nothing secret here.
    pub vouched: bool,
}

impl Account {
    /// What calls carry where whoever sends them adds the sign-in: no header, but what of the fields is part of questions.
    pub fn vouched_pass(&self, connection: &Connection) -> Pass {
        let fields = connection.ways.iter().flat_map(|way| way.fields);
        let mut values: Vec<(&'static str, Secret)> = Vec::new();
        for field in fields.filter(|field| !field.secret) {
            let is_new = values.iter().all(|(known, _)| *known != field.name);
            if let (true, Some(value)) = (is_new, self.field(field.name)) {
                values.push((field.name, Secret::new(value.to_owned())));
            }
        }
        Pass {
            values,
            ..Pass::default()
        }
    }

    /// A field as it was filled in, trimmed; null where it is missing or empty.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.expose().trim())
            .filter(|value| !value.is_empty())
    }

    /// The first field of the way that must be filled in and is not.
    pub fn missing(&self, connection: &Connection) -> Option<&'static Field> {
        let way = connection.way(&self.way)?;
        way.fields
            .iter()
            .find(|field| !field.optional && self.field(field.name).is_none())
    }
}

/// Which SIMs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All that the vendor lists.
    All,
    /// Those whose identifiers were given.
    Some(Vec<String>),
}

/// What the visitor wants fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Which SIMs.
    pub scope: Scope,
    /// Over which time.
    pub range: super::query::TimeRange,
    /// Each SIM's history too, where the fleet view is to be had without.
    pub history: bool,
    /// Usage too.
    pub usage: bool,
    /// Changes of the life-cycle status too.
    pub status_history: bool,
    /// Where the cells stand too.
    pub cell_locations: bool,
}

/// A base URL as it is used: without slashes at its end.
///
/// # Errors
///
/// What is wrong with it, in words. Without encryption only this machine may be asked.
pub fn checked_base(text: &str) -> Result<String, &'static str> {
    let text = text.trim().trim_end_matches('/');
    if text.is_empty() {
        return Err("type an address, such as https://api.example/v1.");
    }
    if text.chars().any(|c| c.is_whitespace() || c.is_control())
        || text.contains(['?', '#', '@', '\\'])
    {
        return Err("type the address alone: no user name, no question mark, no number sign.");
    }
    if text.starts_with('/') && !text.starts_with("//") {
        // Below the address of this very page: a proxy.
        return Ok(text.to_owned());
    }
    let (is_plain, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (false, rest),
        (None, Some(rest)) => (true, rest),
        (None, None) => {
            return Err("it must begin with https:// (or with / for a proxy of this page's own).");
        }
    };
    let host = rest.split('/').next().unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if name.is_empty() {
        return Err("the name of the host is missing.");
    }
    if is_plain && !matches!(name, "localhost" | "127.0.0.1" | "[::1]") {
        return Err(
            "it must begin with https://: without encryption anybody on the way could read the credentials.",
        );
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked() {
        for (typed, used) in [
            ("https://api.example/v1/", "https://api.example/v1"),
            (" /vendors/kore ", "/vendors/kore"),
            ("http://127.0.0.1:8081/v1", "http://127.0.0.1:8081/v1"),
        ] {
            assert_eq!(checked_base(typed).as_deref(), Ok(used));
        }
        for typed in [
            "",
            "api.example",
            "http://api.example/v1",
            "https://user:pw@api.example",
            "https://api.example/v1?key=1",
            "//api.example/v1",
            "https:///v1",
            "https://a b/",
        ] {
            assert!(checked_base(typed).is_err(), "{typed}");
        }
    }
}
