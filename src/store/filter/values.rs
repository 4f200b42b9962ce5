//! The texts that a term asks for, made ready to be tried on many rows.

use super::pattern::{Matcher, Pattern};
use crate::store::index::Keyed;
use crate::store::interner::{Interner, NONE, TextId};

/// The texts that a term asks for.
#[derive(Debug)]
pub(super) struct Values {
    /// It must be reported, and none of them.
    differs: bool,
    /// What is not reported is asked for, too.
    none: bool,
    matchers: Vec<Matcher>,
}

impl Values {
    pub fn new(differs: bool, values: &[Option<Pattern>]) -> Self {
        Self {
            differs,
            none: values.contains(&None),
            matchers: values.iter().flatten().map(Matcher::whole).collect(),
        }
    }

    /// One text that a part must fit.
    pub fn part(pattern: &Pattern) -> Self {
        Self {
            differs: false,
            none: false,
            matchers: vec![Matcher::part(pattern)],
        }
    }

    /// Whether one of them fits a text.
    pub fn fits(&self, text: &str) -> bool {
        self.matchers.iter().any(|matcher| matcher.fits(text))
    }

    /// The term's answer, once it is known whether there is a text at all, and whether one fits.
    pub fn verdict(&self, any: bool, fits: bool) -> bool {
        if self.differs {
            any && !fits
        } else {
            fits || (self.none && !any)
        }
    }

    /// The term's answer for something that has these texts.
    pub fn judge(&self, texts: &mut dyn Iterator<Item = &str>) -> bool {
        let (mut any, mut fits) = (false, false);
        for text in texts {
            any = true;
            fits = fits || self.fits(text);
        }
        self.verdict(any, fits)
    }
}

/// Answers by the number of a text: each text is looked at once.
#[derive(Debug, Default)]
pub(super) struct Memo {
    /// By whose text it is: the last one, which is mostly the next one, too.
    last: Vec<(TextId, bool)>,
    known: Keyed<TextId, Option<bool>>,
}

impl Memo {
    /// Whether a text of somebody, by number, fits; the missing one does not.
    pub fn fits(&mut self, values: &Values, texts: &Interner, of: u32, id: TextId) -> bool {
        let of = of as usize;
        if let Some((_, answer)) = self.last.get(of).filter(|(last, _)| *last == id) {
            return *answer;
        }
        let slot = self.known.or_default(id);
        let judge = || id != NONE && texts.get(id).is_some_and(|text| values.fits(text));
        let answer = *slot.get_or_insert_with(judge);
        if self.last.len() <= of {
            self.last.resize(of + 1, (NONE, false));
        }
        if let Some(last) = self.last.get_mut(of) {
            *last = (id, answer);
        }
        answer
    }
}
