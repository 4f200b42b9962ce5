//! A SIM as a vendor's lists describe it.

use serde::Serialize;

use super::session::cell_or_null;
use super::{Cell, Instant, Network, Place, ProviderId, Radio, Text};

/// A label that the account's owner gave a SIM.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tag<'a> {
    /// The tag's name.
    pub name: Text<'a>,
    /// Its value, as text.
    pub value: Text<'a>,
}

/// What the owner calls a SIM in a file of their own, whatever its vendor says. Texts are never empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OwnLabel<'a> {
    /// Its name; null where the file gives none.
    pub name: Option<Text<'a>>,
    /// The group that it is in; null where the file gives none.
    pub group: Option<Text<'a>>,
    /// Its tags: the columns' names, and what stands in them.
    pub tags: Vec<Tag<'a>>,
}

/// A usage figure of the SIM that is not tied to sessions, exactly as the vendor sent it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UsageReported<'a> {
    /// The figure.
    pub value: f64,
    /// Its unit as reported: `MB`, `bytes`.
    pub unit: Text<'a>,
    /// What it covers, as far as the vendor tells; null when unstated.
    pub period: Option<Text<'a>>,
    /// The vendor's own count of sessions over the same period.
    pub sessions: Option<u64>,
    /// The vendor's own average session length over the same period, in seconds.
    pub average_session_s: Option<f64>,
}

/// A SIM. A later record of the same SIM replaces the fields that it has and keeps the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sim<'a> {
    /// Which vendor's record this is.
    pub provider: ProviderId,
    /// Which configured source or file it came from. Set by the store.
    pub source: Text<'a>,
    /// The vendor's key of the SIM.
    pub sim: Text<'a>,
    /// The ICCID in use.
    pub iccid: Option<Text<'a>>,
    /// All ICCIDs (profiles) of the SIM, the one in use included.
    pub iccids: Vec<Text<'a>>,
    /// All IMSIs of the SIM, the one in use first.
    pub imsis: Vec<Text<'a>>,
    /// eUICC identifier, 32 digits.
    pub eid: Option<Text<'a>>,
    /// Telephone number, E.164.
    pub msisdn: Option<Text<'a>>,
    /// IMEI of the device last seen.
    pub imei: Option<Text<'a>>,
    /// What the account's owner calls it.
    pub name: Option<Text<'a>>,
    /// The owner's description.
    pub description: Option<Text<'a>>,
    /// The vendor's key of the account.
    pub account: Option<Text<'a>>,
    /// Life-cycle status as reported. `active` says nothing about being connected.
    pub status: Option<Text<'a>>,
    /// Whether a data session is open: null where the vendor does not tell.
    pub online: Option<bool>,
    /// When the vendor last saw it, or when its state last changed.
    pub last_seen: Option<Instant>,
    /// When it last registered on a network.
    pub registered_at: Option<Instant>,
    /// The vendor's subscription or plan.
    pub subscription: Option<Text<'a>>,
    /// The vendor's speed class.
    pub speed_class: Option<Text<'a>>,
    /// The vendor's key of the device that the SIM is linked to.
    pub device_id: Option<Text<'a>>,
    /// That device's name.
    pub device_name: Option<Text<'a>>,
    /// When SIM and device were linked.
    pub linked_at: Option<Instant>,
    /// Radio technology of the current network.
    pub radio: Option<Radio>,
    /// The current network. Flat in JSON.
    #[serde(flatten)]
    pub network: Network<'a>,
    /// The current cell; null in JSON where nothing is known.
    #[serde(serialize_with = "cell_or_null")]
    pub cell: Cell<'a>,
    /// The place of that cell with its instant. Flat in JSON.
    #[serde(flatten)]
    pub place: Place,
    /// A usage figure as reported.
    pub usage_reported: Option<UsageReported<'a>>,
    /// The owner's tags.
    pub tags: Vec<Tag<'a>>,
    /// What the owner calls it in a file of labels; null where there is none. Set by the store.
    pub label: Option<Box<OwnLabel<'a>>>,
    /// The open session: the `id` of a session row, else its `start`; the row is output as well.
    pub current: Option<Text<'a>>,
    /// The last completed session, named likewise.
    pub previous: Option<Text<'a>>,
}

impl<'a> Sim<'a> {
    /// A SIM of which nothing but its key is known.
    pub fn new(provider: ProviderId, sim: Text<'a>) -> Self {
        Self {
            provider,
            source: Text::Borrowed(""),
            sim,
            iccid: None,
            iccids: Vec::new(),
            imsis: Vec::new(),
            eid: None,
            msisdn: None,
            imei: None,
            name: None,
            description: None,
            account: None,
            status: None,
            online: None,
            last_seen: None,
            registered_at: None,
            subscription: None,
            speed_class: None,
            device_id: None,
            device_name: None,
            linked_at: None,
            radio: None,
            network: Network::default(),
            cell: Cell::default(),
            place: Place::default(),
            usage_reported: None,
            tags: Vec::new(),
            label: None,
            current: None,
            previous: None,
        }
    }
}

impl<'a> Sim<'a> {
    /// What its owner calls it: in a file of labels, else at the vendor; null where neither tells.
    pub fn given_name(&self) -> Option<&str> {
        let own = self.label.as_ref().and_then(|label| label.name.as_deref());
        own.or(self.name.as_deref())
    }

    /// The owner's tags: those of a file of labels, then the vendor's.
    pub fn all_tags(&self) -> impl Iterator<Item = &Tag<'a>> {
        let own = self.label.iter().flat_map(|label| &label.tags);
        own.chain(&self.tags)
    }
}

impl Tag<'_> {
    /// As it is read: `Site: Oslo`; its name alone where it has no value.
    pub fn shown(&self) -> String {
        if self.value.is_empty() {
            self.name.to_string()
        } else {
            format!("{}: {}", self.name, self.value)
        }
    }

    /// As the filter writes it: `Site=Oslo`; its name alone where it has no value.
    pub fn written(&self) -> String {
        if self.value.is_empty() {
            self.name.to_string()
        } else {
            format!("{}={}", self.name, self.value)
        }
    }

    /// The same with its own copy of every text.
    pub fn into_owned(self) -> Tag<'static> {
        Tag {
            name: owned(self.name),
            value: owned(self.value),
        }
    }
}

impl OwnLabel<'_> {
    /// The same with its own copy of every text.
    pub fn into_owned(self) -> OwnLabel<'static> {
        OwnLabel {
            name: self.name.map(owned),
            group: self.group.map(owned),
            tags: self.tags.into_iter().map(Tag::into_owned).collect(),
        }
    }
}

impl Sim<'_> {
    /// The same with its own copy of every text.
    pub fn into_owned(self) -> Sim<'static> {
        Sim {
            provider: self.provider,
            source: owned(self.source),
            sim: owned(self.sim),
            iccid: self.iccid.map(owned),
            iccids: self.iccids.into_iter().map(owned).collect(),
            imsis: self.imsis.into_iter().map(owned).collect(),
            eid: self.eid.map(owned),
            msisdn: self.msisdn.map(owned),
            imei: self.imei.map(owned),
            name: self.name.map(owned),
            description: self.description.map(owned),
            account: self.account.map(owned),
            status: self.status.map(owned),
            online: self.online,
            last_seen: self.last_seen,
            registered_at: self.registered_at,
            subscription: self.subscription.map(owned),
            speed_class: self.speed_class.map(owned),
            device_id: self.device_id.map(owned),
            device_name: self.device_name.map(owned),
            linked_at: self.linked_at,
            radio: self.radio,
            network: self.network.into_owned(),
            cell: self.cell.into_owned(),
            place: self.place,
            usage_reported: self.usage_reported.map(|usage| UsageReported {
                value: usage.value,
                unit: owned(usage.unit),
                period: usage.period.map(owned),
                sessions: usage.sessions,
                average_session_s: usage.average_session_s,
            }),
            tags: self.tags.into_iter().map(Tag::into_owned).collect(),
            label: self.label.map(|label| Box::new(label.into_owned())),
            current: self.current.map(owned),
            previous: self.previous.map(owned),
        }
    }
}

fn owned(text: Text<'_>) -> Text<'static> {
    Text::Owned(text.into_owned())
}
