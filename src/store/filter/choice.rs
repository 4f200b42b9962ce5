//! Fields that are one of a few known things.

use super::pattern::{Matcher, Pattern};
use crate::insight::{Rule, Severity};
use crate::model::{Basis, EndKind, EventKind, ProviderId, Radio, StartKind};

/// A field that is one of a few known things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The vendor.
    Vendor,
    /// Radio technology; the last name is the unknown one.
    Radio,
    /// The radio technology that a SIM had last, likewise.
    LastRadio,
    /// Where a session row comes from.
    Basis,
    /// How its start is known.
    Start,
    /// How its end is known.
    End,
    /// What an event is about.
    Event,
    /// What stands out in a SIM: that anything does, that nothing does, or what, or how much it matters.
    Finding,
}

/// What a session whose radio technology is not known is found by.
pub const UNKNOWN_RADIO: usize = Radio::ALL.len();

impl Choice {
    /// The names, in the order of the bits.
    pub fn names(self) -> Vec<&'static str> {
        match self {
            Self::Vendor => ProviderId::ALL.map(ProviderId::as_str).to_vec(),
            Self::Radio | Self::LastRadio => {
                let mut names = Radio::ALL.map(Radio::as_str).to_vec();
                names.push("unknown");
                names
            }
            Self::Basis => vec!["reported", "rebuilt", "polled"],
            Self::Start => vec!["exact", "before_window", "estimated", "unknown"],
            Self::End => vec!["exact", "open", "estimated", "unknown"],
            Self::Event => EventKind::ALL.map(EventKind::as_str).to_vec(),
            Self::Finding => {
                let rules = Rule::ALL.map(Rule::as_str);
                let severities = Severity::ALL.map(Severity::as_str);
                ["any", "none"]
                    .into_iter()
                    .chain(rules)
                    .chain(severities)
                    .collect()
            }
        }
    }

    /// The things that a value stands for; null where there is none.
    pub fn mask_of(self, value: &Pattern) -> Option<u16> {
        let matcher = Matcher::whole(value);
        let mut mask = 0;
        for (bit, name) in (0u16..).zip(self.names()) {
            let hyphens = name.replace('_', "-");
            let hit = matcher.fits(name) || matcher.fits(&hyphens) || self.also(bit, &matcher);
            mask |= u16::from(hit) << bit;
        }
        if matches!(self, Self::Radio | Self::LastRadio)
            && let Some(text) = value.text()
        {
            let known = Radio::from_reported(text).map(radio_bit);
            let none = text.eq_ignore_ascii_case(super::terms::NOT_REPORTED);
            let bit = known.or(none.then_some(UNKNOWN_RADIO));
            mask |= bit.map_or(0, |bit| 1 << bit);
        }
        (mask != 0).then_some(mask)
    }

    /// Vendors are also known by what people call them.
    fn also(self, bit: u16, matcher: &Matcher) -> bool {
        let id = ProviderId::ALL.get(usize::from(bit));
        let label = id
            .filter(|_| self == Self::Vendor)
            .map(|id| crate::provider::capability(*id).label);
        label.is_some_and(|label| matcher.fits(label))
    }
}

fn radio_bit(radio: Radio) -> usize {
    let at = Radio::ALL.iter().position(|known| *known == radio);
    at.unwrap_or(UNKNOWN_RADIO)
}

/// The bit of a radio technology.
pub(super) fn radio(radio: Option<Radio>) -> u16 {
    1 << radio.map_or(UNKNOWN_RADIO, radio_bit)
}

/// The bit of a basis.
pub(super) fn basis(basis: Basis) -> u16 {
    match basis {
        Basis::Reported => 1,
        Basis::Rebuilt => 2,
        Basis::Polled => 4,
    }
}

/// The bit of a start.
pub(super) fn start(kind: StartKind) -> u16 {
    match kind {
        StartKind::Exact => 1,
        StartKind::BeforeWindow => 2,
        StartKind::Estimated => 4,
        StartKind::Unknown => 8,
    }
}

/// The bit of an end.
pub(super) fn end(kind: EndKind) -> u16 {
    match kind {
        EndKind::Exact => 1,
        EndKind::Open => 2,
        EndKind::Estimated => 4,
        EndKind::Unknown => 8,
    }
}

/// What stands out in a SIM, as the bits of [`Choice::Finding`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SimFindings(u16);

impl SimFindings {
    const ANY: u16 = 1;
    const NONE: u16 = 2;

    /// Adds a finding.
    pub fn add(&mut self, rule: Rule, severity: Severity) {
        let of_rule = 2 + rule as u16;
        let of_severity = 2 + Rule::ALL.len() as u16 + severity as u16;
        self.0 |= Self::ANY | 1 << of_rule | 1 << of_severity;
    }

    /// Whether a term holds that names these values.
    pub(super) fn judge(self, mask: u16, differs: bool) -> bool {
        match (self.0, differs) {
            (0, false) => mask & Self::NONE != 0,
            // As for any field: where there is something, and none of these.
            (0, true) => false,
            (told, differs) => (told & mask != 0) != differs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_and_names_agree() {
        let name = |choice: Choice, bit: u16| choice.names()[bit.trailing_zeros() as usize];
        for radio in Radio::ALL {
            assert_eq!(
                name(Choice::Radio, super::radio(Some(radio))),
                radio.as_str()
            );
        }
        assert_eq!(name(Choice::Radio, super::radio(None)), "unknown");
        assert_eq!(name(Choice::Basis, basis(Basis::Polled)), "polled");
        assert_eq!(
            name(Choice::Start, start(StartKind::BeforeWindow)),
            "before_window"
        );
        assert_eq!(name(Choice::Start, start(StartKind::Unknown)), "unknown");
        assert_eq!(name(Choice::End, end(EndKind::Open)), "open");
        assert_eq!(name(Choice::End, end(EndKind::Estimated)), "estimated");
        for (at, id) in ProviderId::ALL.into_iter().enumerate() {
            assert_eq!(Choice::Vendor.names()[at], id.as_str());
            assert_eq!(id as usize, at);
        }
        for (at, kind) in EventKind::ALL.into_iter().enumerate() {
            assert_eq!(
                (Choice::Event.names()[at], kind as usize),
                (kind.as_str(), at)
            );
        }
    }

    #[test]
    fn spellings_and_labels_are_known() {
        let mask = |choice: Choice, text: &str| choice.mask_of(&Pattern::literal(text));
        assert_eq!(mask(Choice::Radio, "LTE"), mask(Choice::Radio, "4g"));
        assert_eq!(mask(Choice::Radio, "Cat-M1"), mask(Choice::Radio, "lte-m"));
        assert_eq!(mask(Choice::Radio, "None"), mask(Choice::Radio, "unknown"));
        assert_eq!(mask(Choice::Start, "before-window"), Some(2));
        let label = crate::provider::capability(ProviderId::Wayscloud).label;
        assert_eq!(
            mask(Choice::Vendor, label),
            mask(Choice::Vendor, "wayscloud")
        );
        assert_eq!(mask(Choice::Vendor, "acme"), None);
    }
}
