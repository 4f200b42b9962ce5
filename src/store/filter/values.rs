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
    last: Option<(TextId, bool)>,
    known: Keyed<TextId, Option<bool>>,
}

impl Memo {
    /// The answer for a text by number.
    pub fn answer(&mut self, id: TextId, find: &dyn Fn() -> bool) -> bool {
        match self.last {
            Some((last, answer)) if last == id => answer,
            _ => {
                let slot = self.known.or_default(id);
                let answer = *slot.get_or_insert_with(find);
                self.last = Some((id, answer));
                answer
            }
        }
    }

    /// Whether a text fits; the missing one does not.
    pub fn fits(&mut self, values: &Values, texts: &Interner, id: TextId) -> bool {
        id != NONE && self.answer(id, &|| texts.get(id).is_some_and(|text| values.fits(text)))
    }
}
