//! Walks through a file as it arrives. What is complete is read at once and forgotten; what is cut
//! off by the end of a piece waits for the next.

use crate::model::{ProviderId, Warning};
use crate::provider::{self, Answer, Envelope, Layout, ReadError, Record, Rows};
use crate::store::Reader;

use super::buffer::Buffer;
use super::cursor::{Next, next_key, skip_space, value_length};
use super::probe::{Choice, Found, begins_with, first_keys, probe};
use super::problem::{Problem, of_first_bytes};
use super::{Options, Outcome, SimQuestion};

/// How deep arrays may lie in arrays: an array of bare arrays is what `jq -s` makes of pages.
const MAX_ARRAYS: usize = 3;

/// Where in the file the walk is.
#[derive(Debug)]
enum Level {
    /// Inside an array of pages, records or arrays.
    Array,
    /// Inside a page's array of records.
    Records { answer: Answer, envelope: Envelope },
    /// Behind a page's records.
    Tail { answer: Answer, envelope: Envelope },
}

/// Goes through one file.
#[derive(Debug)]
pub struct Walk {
    options: Options,
    buffer: Buffer,
    /// Index into the buffer of what comes next.
    at: usize,
    /// Offset in the file of the buffer's first byte.
    base: u64,
    /// Do not try again before so many bytes lie ahead: what waits is at least so long.
    wait_for: usize,
    levels: Vec<Level>,
    started: bool,
    /// The answer of the last bare record, with its first two keys.
    last: Option<(Answer, [String; 2])>,
    outcome: Outcome,
    read_as: Option<ProviderId>,
    named: Option<ProviderId>,
    shared: bool,
    unknown_keys: Option<Vec<String>>,
    pages: u32,
    over: bool,
}

/// Whether to go on.
enum Step {
    Went,
    Wait,
    Stop,
}

impl Walk {
    /// At the start of a file.
    pub fn new(options: Options) -> Self {
        Self {
            options,
            buffer: Buffer::default(),
            at: 0,
            base: 0,
            wait_for: 0,
            levels: Vec::new(),
            started: false,
            last: None,
            outcome: Outcome::default(),
            read_as: None,
            named: None,
            shared: false,
            unknown_keys: None,
            pages: 0,
            over: false,
        }
    }

    /// What was known of the file before.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The vendor that records were read as.
    pub fn read_as(&self) -> Option<ProviderId> {
        self.read_as
    }

    /// The vendor that the file itself names.
    pub fn named(&self) -> Option<ProviderId> {
        self.named
    }

    /// An answer was read that another vendor has as well.
    pub fn vendor_is_shared(&self) -> bool {
        self.shared
    }

    /// The next piece.
    pub fn push(&mut self, reader: &mut Reader<'_>, bytes: &[u8]) {
        if self.over {
            self.base += bytes.len() as u64;
            return;
        }
        self.buffer.forget(self.at);
        self.base += self.at as u64;
        self.at = 0;
        self.buffer.push(bytes);
        if self.buffer.len() >= self.wait_for {
            self.run(reader);
        }
    }

    /// The file is complete.
    pub fn finish(&mut self, reader: &mut Reader<'_>) -> Outcome {
        if !self.over {
            self.buffer.end();
            self.run(reader);
        }
        if !self.over {
            self.at = skip_space(self.buffer.bytes(), self.at);
            let whole = self.levels.is_empty() && self.at >= self.buffer.len();
            let problem = match (self.started, whole) {
                (false, _) => Some(Problem::Empty),
                (true, false) => Some(Problem::CutOff {
                    length: self.base + self.buffer.len() as u64,
                }),
                (true, true) => self.nothing_read(),
            };
            self.outcome.problem = self.outcome.problem.take().or(problem);
        }
        if let Some(Problem::NoRecords) = self.outcome.problem {
            reader.at(0);
            reader.warning(Warning::new("no_records", Problem::NoRecords.to_string()));
        }
        self.buffer = Buffer::default();
        std::mem::take(&mut self.outcome)
    }

    fn nothing_read(&self) -> Option<Problem> {
        if self.outcome.records > 0 {
            return None;
        }
        Some(match (&self.unknown_keys, self.options.provider) {
            (Some(_), Some(named)) => Problem::OtherVendor { named },
            (Some(keys), None) => Problem::UnknownVendor { keys: keys.clone() },
            (None, _) => Problem::NoRecords,
        })
    }

    fn run(&mut self, reader: &mut Reader<'_>) {
        loop {
            match self.step(reader) {
                Step::Went => {}
                Step::Wait => {
                    let ahead = self.buffer.len().saturating_sub(self.at);
                    self.wait_for = ahead.saturating_mul(2);
                    return;
                }
                Step::Stop => {
                    self.over = true;
                    self.base += self.buffer.len() as u64;
                    self.buffer = Buffer::default();
                    self.at = 0;
                    return;
                }
            }
        }
    }

    fn step(&mut self, reader: &mut Reader<'_>) -> Step {
        if !self.started && !self.start() {
            return if self.outcome.problem.is_some() {
                Step::Stop
            } else {
                Step::Wait
            };
        }
        self.at = skip_space(self.buffer.bytes(), self.at);
        let Some(byte) = self.buffer.get(self.at) else {
            return Step::Wait;
        };
        match self.levels.pop() {
            None => self.value(reader, byte),
            Some(Level::Array) => match byte {
                b']' => {
                    self.at += 1;
                    Step::Went
                }
                b',' => {
                    self.levels.push(Level::Array);
                    self.at += 1;
                    Step::Went
                }
                _ => {
                    self.levels.push(Level::Array);
                    self.value(reader, byte)
                }
            },
            Some(Level::Records { answer, envelope }) => {
                let step = self.records(reader, &answer, &envelope);
                self.levels.push(if matches!(step, Step::Went) {
                    Level::Tail { answer, envelope }
                } else {
                    Level::Records { answer, envelope }
                });
                step
            }
            Some(Level::Tail { answer, envelope }) => self.tail(reader, answer, envelope),
        }
    }

    /// Passes over a byte order mark and looks whether this is JSON at all.
    fn start(&mut self) -> bool {
        const MARK: &[u8] = &[0xef, 0xbb, 0xbf];
        let bytes = self.buffer.bytes();
        if bytes.len() < MARK.len() && MARK.starts_with(bytes) {
            return false;
        }
        let from = if bytes.starts_with(MARK) { 3 } else { 0 };
        let at = skip_space(bytes, from);
        match bytes.get(at) {
            None => false,
            Some(b'{' | b'[') if bytes.get(at + 1) != Some(&0) => {
                self.at = at;
                self.started = true;
                true
            }
            Some(_) => {
                self.started = true;
                self.outcome.problem = Some(of_first_bytes(bytes));
                false
            }
        }
    }

    /// A value at the top or inside an array.
    fn value(&mut self, reader: &mut Reader<'_>, byte: u8) -> Step {
        match byte {
            b'[' if self.levels.len() < MAX_ARRAYS => {
                self.levels.push(Level::Array);
                self.at += 1;
                Step::Went
            }
            b'{' => self.object(reader),
            _ if self.levels.is_empty() => self.broken(0),
            _ => self.pass_over(reader, "This element of the list is not an object."),
        }
    }

    /// An object that is a page or a record.
    fn object(&mut self, reader: &mut Reader<'_>) -> Step {
        if let Some((answer, keys)) = self.last.take() {
            match begins_with(self.ahead(), &keys) {
                Ok(true) => {
                    let step = self.record(reader, &answer, &Envelope::default());
                    self.last = Some((answer, keys));
                    return step;
                }
                Err(ReadError::Incomplete) => {
                    self.last = Some((answer, keys));
                    return Step::Wait;
                }
                _ => {}
            }
        }
        let choice = Choice {
            only: self.options.provider,
            preferred: self.named.or(self.options.connected),
        };
        let found = match probe(self.ahead(), choice) {
            Err(ReadError::Incomplete) => return Step::Wait,
            Err(ReadError::Syntax { offset, .. }) => return self.broken(offset),
            Err(_) => return self.broken(0),
            Ok(found) => found,
        };
        match found {
            Found::Page {
                answer,
                envelope,
                records,
                end,
            } => self.page(reader, answer, envelope, records, end),
            Found::Record { answer, length } if answer.layout == Layout::Refusal => {
                let json = self.ahead().get(..length).unwrap_or_default();
                let message = refusal_text(json);
                self.outcome.problem = Some(Problem::Refusal {
                    provider: answer.provider,
                    message,
                });
                Step::Stop
            }
            Found::Record { answer, .. } => {
                if let Ok(keys) = first_keys(self.ahead()) {
                    self.last = Some((answer, keys));
                }
                self.record(reader, &answer, &Envelope::default())
            }
            Found::Unknown { keys, length } => {
                if self.outcome.records > 0 || self.pages > 0 {
                    return self.pass_over(
                        reader,
                        "This object is no answer that simscope knows, unlike the others of the file.",
                    );
                }
                self.unknown_keys
                    .get_or_insert_with(|| keys.into_iter().take(12).collect());
                self.at += length;
                Step::Went
            }
        }
    }

    fn page(
        &mut self,
        reader: &mut Reader<'_>,
        answer: Answer,
        envelope: Envelope,
        records: usize,
        end: Option<usize>,
    ) -> Step {
        self.pages += 1;
        let Some(end) = end else {
            self.at += records + 1;
            self.levels.push(Level::Records { answer, envelope });
            return Step::Went;
        };
        // What the records need stood behind them: the page is here whole, so read them now.
        let page_end = self.at + end;
        self.at += records + 1;
        loop {
            self.at = skip_space(self.buffer.bytes(), self.at);
            match self.buffer.get(self.at) {
                Some(b',') => self.at += 1,
                None | Some(b']') => break,
                Some(_) => {
                    if !matches!(self.record(reader, &answer, &envelope), Step::Went) {
                        return Step::Stop;
                    }
                }
            }
        }
        self.at = page_end;
        self.end_of_page(reader, &answer, &envelope);
        Step::Went
    }

    /// A page's records, up to the end of their array.
    fn records(&mut self, reader: &mut Reader<'_>, answer: &Answer, envelope: &Envelope) -> Step {
        loop {
            self.at = skip_space(self.buffer.bytes(), self.at);
            match self.buffer.get(self.at) {
                None => return Step::Wait,
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Step::Went;
                }
                Some(_) => match self.record(reader, answer, envelope) {
                    Step::Went => {}
                    other => return other,
                },
            }
        }
    }

    /// The keys behind a page's records.
    fn tail(&mut self, reader: &mut Reader<'_>, answer: Answer, mut envelope: Envelope) -> Step {
        let wait = |walk: &mut Self, envelope| {
            walk.levels.push(Level::Tail { answer, envelope });
            Step::Wait
        };
        match next_key(self.ahead(), 0) {
            Err(ReadError::Incomplete) => wait(self, envelope),
            Err(ReadError::Syntax { offset, .. }) => self.broken(offset),
            Err(_) => self.broken(0),
            Ok(Next::End(length)) => {
                self.at += length;
                self.end_of_page(reader, &answer, &envelope);
                Step::Went
            }
            Ok(Next::Key(key)) => {
                let value = self.ahead().get(key.value..).unwrap_or_default();
                match value_length(value) {
                    Err(ReadError::Incomplete) => wait(self, envelope),
                    Err(ReadError::Syntax { offset, .. }) => self.broken(key.value + offset),
                    Err(_) => self.broken(key.value),
                    Ok(length) => {
                        let text = value.get(..length).map(std::str::from_utf8);
                        if let Some(Ok(text)) = text {
                            envelope.set(&key.key, text);
                        }
                        self.at += key.value + length;
                        self.levels.push(Level::Tail { answer, envelope });
                        Step::Went
                    }
                }
            }
        }
    }

    fn end_of_page(&mut self, reader: &mut Reader<'_>, answer: &Answer, envelope: &Envelope) {
        reader.at(self.base + self.at as u64);
        provider::provider(answer.provider).end_of_page(answer, envelope, reader);
        self.shared |= answer.shared_with.is_some();
        self.read_as = self.read_as.or(Some(answer.provider));
        self.named = self.named.or(reader.named());
    }

    /// One record.
    fn record(&mut self, reader: &mut Reader<'_>, answer: &Answer, envelope: &Envelope) -> Step {
        if answer.needs_sim && self.options.sim.is_none() && !self.options.account {
            return self.ask(answer);
        }
        let offset = self.base + self.at as u64;
        reader.at(offset);
        let record = Record {
            answer,
            json: self.buffer.json(self.at),
            envelope,
            sim: self.options.sim.as_deref(),
            account: self.options.account,
            observed: self.options.observed,
            asked_before: self.options.asked_before,
        };
        match provider::provider(answer.provider).read(&record, reader) {
            Ok(length) => {
                reader.close_record(length);
                self.outcome.records += 1;
                self.read_as = self.read_as.or(Some(answer.provider));
                self.shared |= answer.shared_with.is_some();
                if self.named.is_none() {
                    self.named = reader.named();
                }
                self.at += length;
                Step::Went
            }
            Err(ReadError::Incomplete) => Step::Wait,
            Err(ReadError::NoSim) => self.ask(answer),
            Err(ReadError::Syntax { offset, .. }) => self.broken(offset),
            Err(ReadError::Bad { field, message }) => {
                let length = match value_length(self.ahead()) {
                    Ok(length) => length,
                    Err(ReadError::Incomplete) => return Step::Wait,
                    Err(ReadError::Syntax { offset, .. }) => return self.broken(offset),
                    Err(_) => return self.broken(0),
                };
                reader.bad_record(field, message);
                self.outcome.records += 1;
                self.outcome.bad_records += 1;
                self.read_as = self.read_as.or(Some(answer.provider));
                self.at += length;
                Step::Went
            }
        }
    }

    /// Skips, counts and names a value that is no record.
    fn pass_over(&mut self, reader: &mut Reader<'_>, message: &str) -> Step {
        match value_length(self.ahead()) {
            Ok(length) => {
                reader.at(self.base + self.at as u64);
                reader.bad_record(String::new(), message.to_owned());
                self.outcome.records += 1;
                self.outcome.bad_records += 1;
                self.at += length;
                Step::Went
            }
            Err(ReadError::Incomplete) => Step::Wait,
            Err(ReadError::Syntax { offset, .. }) => self.broken(offset),
            Err(_) => self.broken(0),
        }
    }

    fn ask(&mut self, answer: &Answer) -> Step {
        self.outcome.question = Some(SimQuestion {
            answer: answer.name.to_owned(),
            provider: answer.provider,
            allows_account: answer.allows_account,
            hint: hint_of(&self.options.name),
        });
        self.read_as = self.read_as.or(Some(answer.provider));
        Step::Stop
    }

    fn broken(&mut self, ahead: usize) -> Step {
        let at = self.at + ahead;
        let not_utf8 = self.buffer.bytes().get(self.at..).is_some_and(|rest| {
            match std::str::from_utf8(rest) {
                Ok(_) => false,
                Err(error) => error.error_len().is_some() && error.valid_up_to() <= ahead + 64,
            }
        });
        self.outcome.problem = Some(if not_utf8 {
            Problem::NotUtf8
        } else {
            Problem::BrokenJson {
                offset: self.base + at as u64,
            }
        });
        Step::Stop
    }

    fn ahead(&self) -> &[u8] {
        self.buffer.bytes().get(self.at..).unwrap_or_default()
    }
}

/// What a vendor's error answer says: its short texts and numbers, key by key. Error answers hold
/// no personal data; anything long is left out.
fn refusal_text(json: &[u8]) -> String {
    const LONGEST: usize = 200;
    fn collect(value: &serde_json::Value, out: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) if text.len() <= LONGEST && !text.is_empty() => {
                out.push(text.clone());
            }
            serde_json::Value::Number(number) => out.push(number.to_string()),
            serde_json::Value::Object(object) => object.values().for_each(|v| collect(v, out)),
            serde_json::Value::Array(items) => items.iter().take(3).for_each(|v| collect(v, out)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    if let Ok(value) = serde_json::from_slice(json) {
        collect(&value, &mut texts);
    }
    texts.retain(|text| !text.starts_with("http"));
    if texts.is_empty() {
        "no reason given".to_owned()
    } else {
        texts.join(" · ")
    }
}

/// A SIM's number or key in a file's name: the longest run of letters and digits that holds at least
/// ten digits.
fn hint_of(name: &str) -> Option<String> {
    let stem = name.rsplit('/').next().unwrap_or(name);
    stem.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|part| part.chars().filter(char::is_ascii_digit).count() >= 10)
        .max_by_key(|part| part.len())
        .map(str::to_owned)
}
