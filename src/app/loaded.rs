//! What came of a file that was opened, in words.

use crate::engine::protocol::Loaded;
use crate::first::Opening;

use super::state::{Question, State, Tone};
use super::words;

impl State {
    /// Where nothing is being read any more, no choice of the first screen is on its way.
    pub fn opened_all(&self) {
        if self.progress.with_untracked(Vec::is_empty) {
            self.opening.set(Opening::default());
        }
    }

    /// Says what came of a file.
    pub fn loaded(&self, mut loaded: Loaded) {
        self.progress.update(|progress| {
            progress.retain(|(document, _)| *document != loaded.document);
        });
        self.opened_all();
        let opened = self.link().take_opened(loaded.document);
        let by_host = self.tell_host(&loaded);
        if by_host && loaded.question.is_some() {
            // The host page knows which SIM it is, not the visitor.
            return;
        }
        // An empty answer among many recorded ones is no news; its source's chip counts it.
        let one_of_many = opened
            .as_ref()
            .is_some_and(|(_, options)| options.source.is_some());
        let opened_by_hand = opened.is_some();
        if let (Some(question), Some((blob, options))) = (loaded.question.take(), opened) {
            let name = loaded.name;
            self.questions.update(|questions| {
                questions.push(Question {
                    name,
                    asked: question,
                    blob,
                    options,
                });
            });
            return;
        }
        if loaded.labels_guessed && opened_by_hand && !by_host {
            self.ask_about_labels(loaded.document);
        }
        match (&loaded.problem, loaded.code.as_deref()) {
            (Some(_), Some("no_records")) if one_of_many => {}
            (Some(text), Some("no_records")) => self.tell(Tone::Warning, &loaded.name, text),
            (Some(text), _) => self.tell(Tone::Bad, &loaded.name, text),
            (None, _) => {}
        }
        if loaded.cells > 0 && opened_by_hand {
            self.tell(Tone::Good, &loaded.name, cells_at_hand(&loaded));
        }
        // What a live source lacks stands at its chip: it brings an answer after the other.
        if loaded.bad_records > 0 && opened_by_hand {
            let (one, many) = (
                "record could not be read and was left out",
                "records could not be read and were left out",
            );
            let counted = words::counted(loaded.bad_records, one, many);
            let text = format!(
                "{counted}. The source's chip lists what is wrong, each with its place and field."
            );
            self.tell(Tone::Warning, &loaded.name, text);
        }
        if let Some(provider) = loaded.vendor_assumed {
            let label = crate::provider::capability(provider).label;
            self.tell(
                Tone::Warning,
                &loaded.name,
                format!(
                    "Two vendors have the very same answers; this one was read as {label}. If that is wrong, switch it at \
                     the source's chip."
                ),
            );
        }
    }
}

/// How many positions of cells there are now, and of what use they are.
fn cells_at_hand(loaded: &Loaded) -> String {
    let cells = words::counted(loaded.cells, "cell position", "cell positions");
    let (found, known) = loaded.cells_found;
    if known == 0 {
        return format!(
            "{cells} at hand. Open a vendor's answers: sessions whose vendor tells the cell but not where it is are placed by them."
        );
    }
    let found = words::count(u64::from(found));
    let known = words::counted(u64::from(known), "cell", "cells");
    format!("{cells} at hand. Of {known} in what is loaded, {found} are among them.")
}
