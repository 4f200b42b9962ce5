//! The one table of commands: what each is called, its keys, its group and what it needs. The keys,
//! the palette, the key sheet and the README's list come from it. What a command does is in
//! `app::commands`, by a match that must name every one. Plain data; knows no browser.

mod key;
mod readme;
mod search;
mod table;

pub use key::{name_of_key, pressed};
pub use readme::section;
pub use search::{find, score};
pub use table::{COMMANDS, GESTURES, Id};

/// Where a command is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Moving in time.
    Time,
    /// Moving over the SIMs, and how they are listed.
    Lanes,
    /// What is chosen.
    Selection,
    /// What is shown, and how.
    View,
    /// What is loaded.
    Data,
}

impl Group {
    /// All, in the order of the lists.
    pub const ALL: [Self; 5] = [
        Self::Time,
        Self::Lanes,
        Self::Selection,
        Self::View,
        Self::Data,
    ];

    /// Its title.
    pub fn label(self) -> &'static str {
        match self {
            Self::Time => "Time",
            Self::Lanes => "Lanes",
            Self::Selection => "Selection",
            Self::View => "View",
            Self::Data => "Data",
        }
    }
}

/// What must be there before a command can do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing: it always applies.
    Nothing,
    /// Something is loaded.
    Data,
    /// A SIM is chosen.
    Sim,
    /// The chosen SIM has an ICCID.
    Iccid,
    /// A session is chosen.
    Session,
    /// The chosen session tells an IMEI.
    Imei,
    /// The chosen session has an identifier of the vendor.
    SessionId,
    /// The lanes are grouped.
    Groups,
    /// A SIM was left out of the list.
    LeftOut,
    /// A range was shown before this one.
    Before,
    /// The visitor went back to this range.
    After,
    /// The page around makes links to views.
    Link,
    /// A live source is there.
    Live,
}

impl Need {
    /// Why a command does not apply, and what to do.
    pub fn missing(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Data => "Nothing is loaded yet.",
            Self::Sim => "Choose a SIM first.",
            Self::Iccid => "Choose a SIM whose ICCID is known.",
            Self::Session => "Choose a session first.",
            Self::Imei => "Choose a session whose IMEI is known.",
            Self::SessionId => "Choose a session that the vendor gave an id.",
            Self::Groups => "The lanes are not grouped.",
            Self::LeftOut => "No SIM was left out.",
            Self::Before => "No range was shown before this one.",
            Self::After => "You have not gone back from a later range.",
            Self::Link => "The page around simscope makes no links.",
            Self::Live => "No provider is connected.",
        }
    }
}

/// A command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Which one.
    pub id: Id,
    /// Its name, lower case with hyphens.
    pub name: &'static str,
    /// What it does, for people.
    pub label: &'static str,
    /// Where it is listed.
    pub group: Group,
    /// Its keys as [`pressed`] writes them.
    pub keys: &'static [&'static str],
    /// What must be there before it can do something.
    pub need: Need,
}

impl Entry {
    /// Its keys for people.
    pub fn shown(&self) -> impl Iterator<Item = String> + '_ {
        // The plus sign without Shift; nobody looks for it.
        let keys = self.keys.iter().filter(|key| **key != "=");
        keys.map(|key| name_of_key(key))
    }
}

/// The command of a key, as [`pressed`] writes it.
pub fn of_key(key: &str) -> Option<&'static Entry> {
    COMMANDS.iter().find(|entry| entry.keys.contains(&key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_and_no_name_is_given_twice() {
        for (at, entry) in COMMANDS.iter().enumerate() {
            assert_eq!(entry.id as usize, at, "{}", entry.name);
            for other in &COMMANDS[at + 1..] {
                assert_ne!(entry.name, other.name);
                assert_ne!(entry.label, other.label);
                let shared = entry.keys.iter().find(|key| other.keys.contains(key));
                assert_eq!(shared, None, "{} and {}", entry.name, other.name);
            }
        }
    }

    #[test]
    fn every_key_is_written_as_it_arrives() {
        for entry in COMMANDS {
            for key in entry.keys {
                let name = key.rsplit_once('+').filter(|(_, name)| !name.is_empty());
                let (ctrl, alt) = (key.starts_with("ctrl+"), key.starts_with("alt+"));
                let bare = name.map_or(*key, |(_, name)| name);
                assert_eq!(pressed(bare, ctrl, alt, false), *key);
                assert_eq!(of_key(key).map(|found| found.id), Some(entry.id));
            }
        }
    }

    #[test]
    fn every_group_has_commands_and_every_need_a_reason() {
        for group in Group::ALL {
            assert!(COMMANDS.iter().any(|entry| entry.group == group));
        }
        for entry in COMMANDS {
            let silent = entry.need.missing().is_empty();
            assert_eq!(silent, entry.need == Need::Nothing, "{}", entry.name);
        }
    }
}
