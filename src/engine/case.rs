//! What is loaded, on its way into a case file: each document as it was opened, without the secrets that may be in it, and with the
//! identifiers masked where that is wished.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::marks::{Mark, Marks, of_event_as, of_lane_as, of_session_as};
use super::protocol::LabelColumns;
use super::{Engine, OpenOptions};
use crate::export::Mask;
use crate::model::ProviderId;
use crate::provider::capability;
use crate::provider::holds::Holds;

/// What is being saved.
#[derive(Debug)]
pub(super) struct Saving {
    mask: Mask,
    is_masked: bool,
    /// By the host's number of a document: the store's, of those that are saved.
    numbers: FxHashMap<u32, u32>,
    /// The present document is saved as it is.
    passes: bool,
    /// The labels of sources and the names of documents, with what stands for them.
    labels: Vec<(String, String)>,
    /// Files of labels that are not in it, because identifiers are masked.
    left_out: u32,
}

/// How a document was opened, as a case file holds it.
#[derive(Debug, Serialize)]
struct SavedOptions {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<ProviderId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sim: Option<String>,
    account: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    observed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asked_before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    located: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<LabelColumns>,
}

/// What of the view follows from the data: in a case file with masked identifiers other than on screen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseView {
    /// The filter line; null where it is left out because it tells of SIMs.
    pub filter: Option<String>,
    /// The rows.
    pub marks: MarkTexts,
    /// How many files of labels were left out because identifiers are masked.
    pub labels_left_out: u32,
}

/// [`Marks`] as a shared view writes them: 16 hexadecimal digits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "as in Marks")]
pub struct MarkTexts {
    pub opened: Vec<String>,
    pub pinned: Vec<String>,
    pub left_out: Vec<String>,
    pub sim: Option<String>,
    pub session: Option<String>,
    pub event: Option<String>,
    pub muted: Vec<String>,
}

impl From<Marks> for MarkTexts {
    fn from(marks: Marks) -> Self {
        let text = |mark: Mark| format!("{mark:016x}");
        let all = |marks: Vec<Mark>| marks.into_iter().map(text).collect();
        Self {
            opened: all(marks.opened),
            pinned: all(marks.pinned),
            left_out: all(marks.left_out),
            sim: marks.lane.map(text),
            session: marks.session.map(text),
            event: marks.event.map(text),
            muted: Vec::new(),
        }
    }
}

impl Engine {
    /// Begins to save what is loaded. What was being saved before is not any more.
    pub fn begin_case(&mut self, masks: bool) {
        let numbers = self.host_documents.iter().copied().zip(0u32..);
        let mut numbers: FxHashMap<u32, u32> = numbers.collect();
        for unread in &self.unread {
            numbers.remove(unread);
        }
        self.saving = Some(Saving {
            mask: Mask::new(masks),
            is_masked: masks,
            numbers,
            passes: false,
            labels: Vec::new(),
            left_out: 0,
        });
    }

    /// A document (the host's number) that was opened so: how it is to be opened anew, as JSON. Its bytes follow. Null where nothing
    /// of it is loaded, so that it is not saved.
    pub fn case_document(&mut self, document: u32, options: OpenOptions) -> Option<String> {
        let saving = self.saving.as_mut()?;
        let number = *saving.numbers.get(&document)?;
        // What its owner wrote into it cannot be masked: it is no vendor's answer, of which each value is known.
        if saving.is_masked && self.labels.has(document) {
            saving.left_out += 1;
            return None;
        }
        let kept = self.store.document(number)?;
        let source = self.store.sources().get(kept.source as usize)?;
        let told = source.provider.filter(|_| source.provider_told);
        let read_as = source.provider;
        // Positions of cells tell of no SIM.
        let is_of_cells = options.located.is_some() || self.cell_documents.contains(&document);
        saving.passes = is_of_cells || self.labels.has(document);
        let options = OpenOptions {
            labels: self.labels.columns_of(document),
            ..options
        };
        let options = saving.options(options, told, read_as);
        saving.mask.begin();
        serde_json::to_string(&options).ok()
    }

    /// What is to be saved of the next bytes of that document.
    pub fn case_piece(&mut self, bytes: &[u8]) -> Vec<u8> {
        match self.saving.as_mut() {
            Some(saving) if saving.passes => bytes.to_vec(),
            Some(saving) => saving.mask.push(bytes),
            None => Vec::new(),
        }
    }

    /// What is to be saved of its rest; the flag says that all of it was JSON. What follows the place where it was not is left out.
    pub fn case_rest(&mut self) -> (Vec<u8>, bool) {
        match self.saving.as_mut() {
            Some(saving) if !saving.passes => saving.mask.finish(),
            _ => (Vec::new(), true),
        }
    }

    /// All documents are saved: the view as it is to be saved.
    pub fn end_case(&mut self) -> CaseView {
        let Some(mut saving) = self.saving.take() else {
            return CaseView::default();
        };
        let (store, settings) = (&self.store, &self.settings);
        let mut named = |key: &str| saving.mask.text(key, Holds::Key);
        let mut lanes = |lanes: &[u32]| -> Vec<Mark> {
            let lanes = lanes.iter();
            lanes
                .filter_map(|lane| of_lane_as(store, *lane, &mut named))
                .collect()
        };
        let lane = self.selection.lane.map(|lane| lanes(&[lane]));
        let mut marks = Marks {
            opened: lanes(&settings.opened),
            pinned: lanes(&settings.pinned),
            left_out: lanes(&settings.left_out),
            lane: lane.and_then(|found| found.first().copied()),
            ..Marks::default()
        };
        let selection = self.selection;
        marks.session = selection
            .session
            .map(|row| of_session_as(store, row, &mut named));
        marks.event = selection
            .event
            .and_then(|row| of_event_as(store, row, &mut named));
        let muted = self.findings.muted_as(store, saving.is_masked, &mut named);
        let marks = MarkTexts {
            muted: muted.into_iter().map(|key| format!("{key:016x}")).collect(),
            ..marks.into()
        };
        let keeps_filter = !saving.is_masked || !self.filtering.tells_of_sims();
        CaseView {
            filter: keeps_filter.then(|| settings.filter.clone()),
            marks,
            labels_left_out: saving.left_out,
        }
    }
}

impl Saving {
    /// `told` is the vendor that the visitor named afterwards, `read_as` the one that it was read as.
    fn options(
        &mut self,
        options: OpenOptions,
        told: Option<ProviderId>,
        read_as: Option<ProviderId>,
    ) -> SavedOptions {
        let vendor = options.provider.or(told).or(read_as);
        let named = vendor.map_or("File", |id| capability(id).label);
        let source = options.source.map(|label| self.label(&label, named));
        SavedOptions {
            name: self.label(&options.name, "File"),
            source,
            provider: options.provider.or(told),
            sim: options.sim.map(|sim| self.mask.text(&sim, Holds::Key)),
            account: options.account,
            observed: options.observed,
            asked_before: options.asked_before,
            history: options.history,
            located: options.located,
            labels: options.labels,
        }
    }

    /// The label of a source, or the name of a document, which may be the same: what stands for it where identifiers are masked, and
    /// so may be in it.
    fn label(&mut self, label: &str, named: &str) -> String {
        let is_usual = ProviderId::ALL
            .iter()
            .any(|id| capability(*id).label == label);
        if !self.is_masked || is_usual {
            return label.to_owned();
        }
        if let Some((_, known)) = self.labels.iter().find(|(known, _)| known == label) {
            return known.clone();
        }
        let alike = |(_, stands): &&(String, String)| stands.starts_with(named);
        let number = self.labels.iter().filter(alike).count() + 1;
        let stands = format!("{named} {number}");
        self.labels.push((label.to_owned(), stands.clone()));
        stands
    }
}
