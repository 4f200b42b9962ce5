//! Small files and fleets.

use crate::label::{Columns, Labels, Problem, Sheet, SheetReader};
use crate::model::{Basis, Instant, ProviderId, Session, Sim};
use crate::provider::Rows;
use crate::store::{Document, Reader, Source, Store};

/// Made-up ICCIDs with their check digits.
pub const ICCID_A: &str = "8999900000000000014";
pub const ICCID_B: &str = "8999900000000000022";
pub const IMSI_A: &str = "001010000000001";
pub const IMSI_B: &str = "001010000000002";
pub const IMEI: &str = "490154203237518";

/// A file, read in pieces of that length.
pub fn in_pieces(bytes: &[u8], length: usize) -> Result<Sheet, Problem> {
    let mut reader = SheetReader::new();
    for piece in bytes.chunks(length.max(1)) {
        reader.push(piece)?;
    }
    reader.finish()
}

pub fn sheet(text: &str) -> Sheet {
    in_pieces(text.as_bytes(), 7).unwrap()
}

/// The labels of a file, its columns as they are guessed.
pub fn labels(text: &str) -> Labels {
    let sheet = sheet(text);
    let columns = Columns::guess(&sheet);
    Labels::new(sheet, columns)
}

pub fn rows(sheet: &Sheet) -> Vec<Vec<&str>> {
    let row = |row| {
        (0..sheet.column_count())
            .map(|column| sheet.cell(row, column))
            .collect()
    };
    (0..sheet.row_count()).map(row).collect()
}

/// A store that is being made.
pub struct Fleet(pub Store);

impl Fleet {
    pub fn new() -> Self {
        let mut store = Store::new();
        let source = store.add_source(Source::new("fleet", None));
        store.add_document(Document {
            source,
            name: "fleet".to_owned(),
            observed: None,
            confirmed_before: None,
            watched: false,
        });
        Self(store)
    }

    pub fn sim(&mut self, provider: ProviderId, key: &str, tell: impl FnOnce(&mut Sim<'static>)) {
        let mut sim = Sim::new(provider, key.to_owned().into());
        tell(&mut sim);
        let mut reader = Reader::new(&mut self.0, 0);
        reader.at(0);
        reader.sim(&sim);
    }

    pub fn session(
        &mut self,
        provider: ProviderId,
        key: &str,
        start_s: i64,
        tell: impl FnOnce(&mut Session<'static>),
    ) {
        let mut session = Session::new(provider, key.to_owned().into(), Basis::Reported);
        session.start = Instant::from_ms(start_s * 1000);
        tell(&mut session);
        let mut reader = Reader::new(&mut self.0, 0);
        reader.at(0);
        reader.session(&session);
    }

    pub fn store(mut self) -> Store {
        self.0.settle();
        self.0
    }
}
