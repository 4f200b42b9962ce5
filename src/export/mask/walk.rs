//! Walks over a document of JSON, one value or several one after the other, piece by piece: every text and number is shown with the
//! field that it stands in, and may be replaced; all else is passed on as it is.

use crate::provider::holds::is_secret;

/// Where a token stands.
#[derive(Debug)]
pub enum Field<'a> {
    /// It is a key of the object under the key `of`.
    Key {
        /// Null for an outermost object.
        of: Option<&'a str>,
    },
    /// It is a value.
    Value {
        /// The key that its object stands under.
        parent: Option<&'a str>,
        /// Its own key, or that of the list which it is in; empty where there is none.
        key: &'a str,
    },
}

impl Field<'_> {
    /// It is a value that is handed on to nobody.
    pub fn is_secret(&self) -> bool {
        matches!(self, Self::Value { key, .. } if is_secret(key))
    }
}

/// Gives what stands for a token; null where it stays.
pub type Replace<'a> = &'a mut dyn FnMut(&Field<'_>, &[u8]) -> Option<Vec<u8>>;

#[derive(Debug)]
enum Level {
    List,
    Object {
        /// The last key.
        key: String,
        /// The next text is a key.
        wants_key: bool,
    },
}

/// How far the walk is.
#[derive(Debug, Default)]
pub struct Walk {
    levels: Vec<Level>,
    /// A token that is not there to its end.
    held: Vec<u8>,
    /// How much of it was looked at.
    looked: usize,
    /// It went on with what is not JSON.
    broken: bool,
}

/// What begins at the next byte.
enum Next {
    /// A token of that length.
    Token(usize),
    /// A byte of the structure, or a letter of `true`, `false` and `null`.
    Other,
    /// It is not all there.
    More,
    /// Nothing that JSON knows.
    Broken,
}

impl Walk {
    /// Walks over the next bytes; gives what comes of them.
    pub fn push(&mut self, bytes: &[u8], replace: Replace<'_>) -> Vec<u8> {
        self.held.extend_from_slice(bytes);
        self.run(false, replace)
    }

    /// Nothing follows: what comes of what is left, and whether all of it was JSON.
    pub fn finish(&mut self, replace: Replace<'_>) -> (Vec<u8>, bool) {
        let out = self.run(true, replace);
        (out, !self.broken && self.held.is_empty())
    }

    fn run(&mut self, is_end: bool, replace: Replace<'_>) -> Vec<u8> {
        let held = std::mem::take(&mut self.held);
        let mut out = Vec::with_capacity(held.len());
        let mut at = 0;
        while !self.broken && at < held.len() {
            let rest = held.get(at..).unwrap_or_default();
            match self.next(rest, is_end) {
                Next::Token(length) => {
                    let token = rest.get(..length).unwrap_or_default();
                    let made = replace(&self.field(), token);
                    self.note_key(token);
                    out.extend_from_slice(made.as_deref().unwrap_or(token));
                    at += length;
                }
                Next::Other => {
                    self.structure(rest.first().copied().unwrap_or_default());
                    out.extend_from_slice(rest.get(..1).unwrap_or_default());
                    at += 1;
                }
                Next::More => break,
                Next::Broken => self.broken = true,
            }
        }
        if !self.broken {
            self.held = held.get(at..).unwrap_or_default().to_vec();
        }
        out
    }

    fn next(&mut self, rest: &[u8], is_end: bool) -> Next {
        match rest.first() {
            Some(b'"') => self.text(rest),
            Some(b'-' | b'0'..=b'9') => {
                let is_part =
                    |byte: &u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
                match rest.iter().position(|byte| !is_part(byte)) {
                    Some(length) => Next::Token(length),
                    None if is_end => Next::Token(rest.len()),
                    None => Next::More,
                }
            }
            // The letters of true, false and null, and of the mark that may stand before everything.
            Some(
                b'{' | b'}' | b'[' | b']' | b':' | b',' | b' ' | b'\t' | b'\n' | b'\r' | b'a'
                | b'e' | b'f' | b'l' | b'n' | b'r' | b's' | b't' | b'u' | 0xef | 0xbb | 0xbf,
            ) => Next::Other,
            _ => Next::Broken,
        }
    }

    /// The text that begins here. What was looked at in vain is not looked at again.
    fn text(&mut self, rest: &[u8]) -> Next {
        let mut at = self.looked.max(1);
        loop {
            let Some(found) = memchr::memchr2(b'"', b'\\', rest.get(at..).unwrap_or_default())
            else {
                self.looked = rest.len();
                return Next::More;
            };
            at += found;
            if rest.get(at) == Some(&b'"') {
                self.looked = 0;
                return Next::Token(at + 1);
            }
            if at + 2 > rest.len() {
                self.looked = at;
                return Next::More;
            }
            at += 2;
        }
    }

    fn structure(&mut self, byte: u8) {
        match byte {
            b'{' => self.levels.push(Level::Object {
                key: String::new(),
                wants_key: true,
            }),
            b'[' => self.levels.push(Level::List),
            b'}' | b']' => {
                self.levels.pop();
            }
            b',' => {
                if let Some(Level::Object { wants_key, .. }) = self.levels.last_mut() {
                    *wants_key = true;
                }
            }
            b':' => {
                if let Some(Level::Object { wants_key, .. }) = self.levels.last_mut() {
                    *wants_key = false;
                }
            }
            _ => {}
        }
    }

    /// The keys that lead to here, the innermost first.
    fn keys(&self) -> impl Iterator<Item = &str> {
        self.levels.iter().rev().filter_map(|level| match level {
            Level::Object { key, .. } => Some(key.as_str()),
            Level::List => None,
        })
    }

    fn field(&self) -> Field<'_> {
        let mut keys = self.keys();
        let key = keys.next().unwrap_or_default();
        let parent = keys.next();
        match self.levels.last() {
            Some(Level::Object {
                wants_key: true, ..
            }) => Field::Key { of: parent },
            _ => Field::Value { parent, key },
        }
    }

    fn note_key(&mut self, token: &[u8]) {
        if let Some(Level::Object {
            key,
            wants_key: true,
        }) = self.levels.last_mut()
        {
            // A key that cannot be read is the key of nothing that is known.
            *key = serde_json::from_slice(token).unwrap_or_default();
        }
    }
}
