//! Sessions as columns. A row is written from a [`Session`] and read back as one.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::model::{
    EndKind, Instant, Radio, Segment, Session, StartKind, Text, Traffic, TrafficReported,
    TrafficUnit, megabytes_to_bytes,
};

use super::column::Column;
use super::documents::RecordAt;
use super::ids::Ids;
use super::interner::{NONE, TextId};
use super::kinds::{Kinds, PlaceAt, end_of, is_dead, radio_of, start_of};
use super::parts::{AboutPart, Parts};

/// "No instant" in a column.
pub const NEVER: i64 = i64::MIN;
const NO_COUNT: u64 = u64::MAX;
const NO_DURATION: u32 = u32::MAX;

/// What few sessions have.
#[derive(Debug, Clone, Default)]
struct Extra {
    end_earliest: Option<Instant>,
    end_latest: Option<Instant>,
    place_at: Option<Instant>,
    key_at: Option<Instant>,
    segments: Box<[SegmentRow]>,
    /// Records of the session beside the first.
    records: Vec<RecordAt>,
}

#[derive(Debug, Clone, Copy)]
struct SegmentRow {
    from: Instant,
    radio: Option<Radio>,
    network: u32,
    cell: u32,
    place: u32,
    place_at: Option<Instant>,
}

/// The columns of all sessions.
#[derive(Debug)]
pub struct SessionColumns {
    len: u32,
    /// Number of the SIM's key.
    sim: Column<u32>,
    pub(super) start: Column<i64>,
    pub(super) end: Column<i64>,
    last_seen: Column<i64>,
    /// Start kind, end kind, basis, radio, traffic unit, instant of the place, dead: see [`Kinds`].
    pub(super) kinds: Column<u16>,
    pub(super) network: Column<u32>,
    cell: Column<u32>,
    place: Column<u32>,
    imei: Column<u32>,
    imsi: Column<u32>,
    iccid: Column<u32>,
    about: Column<u32>,
    ips: Column<u32>,
    up: Column<u64>,
    down: Column<u64>,
    total: Column<u64>,
    duration_s: Column<u32>,
    id: Column<u32>,
    document: Column<u32>,
    offset: Column<u32>,
    length: Column<u32>,
    extra: HashMap<u32, Box<Extra>, FxBuildHasher>,
    ids: Ids,
}

impl Default for SessionColumns {
    fn default() -> Self {
        Self {
            len: 0,
            sim: Column::new(u32::MAX),
            start: Column::new(NEVER),
            end: Column::new(NEVER),
            last_seen: Column::new(NEVER),
            kinds: Column::new(0),
            network: Column::new(0),
            cell: Column::new(0),
            place: Column::new(0),
            imei: Column::new(NONE),
            imsi: Column::new(NONE),
            iccid: Column::new(NONE),
            about: Column::new(0),
            ips: Column::new(0),
            up: Column::new(NO_COUNT),
            down: Column::new(NO_COUNT),
            total: Column::new(NO_COUNT),
            duration_s: Column::new(NO_DURATION),
            id: Column::new(NONE),
            document: Column::new(u32::MAX),
            offset: Column::new(0),
            length: Column::new(0),
            extra: HashMap::default(),
            ids: Ids::default(),
        }
    }
}

impl SessionColumns {
    /// How many rows there are, dead ones included.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Adds a row.
    pub fn push(&mut self, parts: &mut Parts, sim: u32, s: &Session<'_>, at: RecordAt) -> u32 {
        let row = self.len;
        self.len += 1;
        self.id.set(row, self.ids.add(s.id.as_deref()));
        self.set_record(row, at);
        self.write(parts, row, sim, s);
        row
    }

    /// Overwrites a row but for its id and its records.
    pub fn write(&mut self, parts: &mut Parts, row: u32, sim: u32, s: &Session<'_>) {
        let place_at = match s.place.at {
            None => PlaceAt::None,
            at if at == s.last_seen => PlaceAt::LastSeen,
            at if at == s.start => PlaceAt::Start,
            at if at == s.end => PlaceAt::End,
            _ => PlaceAt::Other,
        };
        let (unit, up, down, total) = traffic_columns(&s.traffic);
        let kinds = Kinds {
            start: s.start_kind,
            end: s.end_kind,
            basis: s.basis,
            radio: s.radio,
            unit,
            place_at,
            dead: false,
        };
        self.sim.set(row, sim);
        self.start.set(row, ms(s.start));
        self.end.set(row, ms(s.end));
        self.last_seen.set(row, ms(s.last_seen));
        self.kinds.set(row, kinds.pack());
        self.network.set(row, parts.add_network(&s.network));
        self.cell.set(row, parts.add_cell(&s.cell, &s.network));
        self.place.set(row, parts.add_place(&s.place));
        // Many rows say the same as the one before: the next session of the same SIM.
        let before = row.wrapping_sub(1);
        let texts = &mut parts.texts;
        let imei = texts.intern_again(s.imei.as_deref(), self.imei.get(before));
        let imsi = texts.intern_again(s.imsi.as_deref(), self.imsi.get(before));
        let iccid = texts.intern_again(s.iccid.as_deref(), self.iccid.get(before));
        self.imei.set(row, imei);
        self.imsi.set(row, imsi);
        self.iccid.set(row, iccid);
        let about = parts.add_about(
            s.radio_reported.as_deref(),
            s.apn.as_deref(),
            s.subscription.as_deref(),
            &s.dns,
        );
        self.about.set(row, about);
        self.ips.set(row, parts.add_list(&s.ips));
        self.up.set(row, up);
        self.down.set(row, down);
        self.total.set(row, total);
        self.duration_s
            .set(row, s.duration_reported_s.unwrap_or(NO_DURATION));
        self.write_extra(parts, row, s, place_at == PlaceAt::Other);
    }

    fn write_extra(&mut self, parts: &mut Parts, row: u32, s: &Session<'_>, place_at: bool) {
        let segments: Box<[SegmentRow]> = s
            .segments
            .iter()
            .map(|segment| SegmentRow {
                from: segment.from,
                radio: segment.radio,
                network: parts.add_network(&segment.network),
                cell: parts.add_cell(&segment.cell, &segment.network),
                place: parts.add_place(&segment.place),
                place_at: segment.place.at,
            })
            .collect();
        let known = (!self.extra.is_empty()).then(|| self.extra.remove(&row));
        let records = known
            .flatten()
            .map(|extra| extra.records)
            .unwrap_or_default();
        let extra = Extra {
            end_earliest: s.end_earliest,
            end_latest: s.end_latest,
            place_at: s.place.at.filter(|_| place_at),
            key_at: s.key_at.filter(|at| Some(*at) != s.start),
            segments,
            records,
        };
        let plain = extra.end_earliest.is_none()
            && extra.end_latest.is_none()
            && extra.place_at.is_none()
            && extra.key_at.is_none()
            && extra.segments.is_empty()
            && extra.records.is_empty();
        if !plain {
            self.extra.insert(row, Box::new(extra));
        }
    }

    /// Reads a row. `provider`, `sim`, `source` and `observed` come from the store.
    pub fn read<'a>(&self, parts: &'a Parts, row: u32, mut s: Session<'a>) -> Session<'a> {
        let kinds = self.kinds(row);
        let extra = self.extra.get(&row);
        s.id = self.id(row).map(Text::Owned);
        s.start = instant(self.start.get(row));
        s.start_kind = kinds.start;
        s.end = instant(self.end.get(row));
        s.end_kind = kinds.end;
        s.end_earliest = extra.and_then(|extra| extra.end_earliest);
        s.end_latest = extra.and_then(|extra| extra.end_latest);
        s.last_seen = instant(self.last_seen.get(row));
        s.basis = kinds.basis;
        s.duration_reported_s = Some(self.duration_s.get(row)).filter(|s| *s != NO_DURATION);
        s.radio = kinds.radio;
        s.network = parts.network(self.network.get(row));
        s.cell = parts.cell(self.cell.get(row));
        s.place = parts.place(self.place.get(row)).at(self.place_at(row));
        s.imei = parts.text(self.imei.get(row));
        s.imsi = parts.text(self.imsi.get(row));
        s.iccid = parts.text(self.iccid.get(row));
        let empty = AboutPart::default();
        let about = parts.abouts.get(self.about.get(row)).unwrap_or(&empty);
        s.radio_reported = parts.text(about.radio_reported);
        s.apn = parts.text(about.apn);
        s.subscription = parts.text(about.subscription);
        s.dns = parts.resolve(&about.dns);
        s.ips = parts.list(self.ips.get(row));
        s.traffic = self.traffic(row);
        s.key_at = extra.and_then(|extra| extra.key_at);
        s.segments = self.segments(parts, row);
        s
    }

    /// The segments of a row.
    pub fn segments<'a>(&self, parts: &'a Parts, row: u32) -> Vec<Segment<'a>> {
        self.extra.get(&row).map_or_else(Vec::new, |extra| {
            extra
                .segments
                .iter()
                .map(|segment| Segment {
                    from: segment.from,
                    radio: segment.radio,
                    network: parts.network(segment.network),
                    cell: parts.cell(segment.cell),
                    place: parts.place(segment.place).at(segment.place_at),
                })
                .collect()
        })
    }

    /// The segments of a row as (from, radio, network number, cell number, place number).
    pub fn segment_numbers(
        &self,
        row: u32,
    ) -> impl Iterator<Item = (Instant, Option<Radio>, u32, u32, u32)> {
        self.extra
            .get(&row)
            .into_iter()
            .flat_map(|extra| extra.segments.iter())
            .map(|s| (s.from, s.radio, s.network, s.cell, s.place))
    }

    /// The traffic of a row.
    pub fn traffic(&self, row: u32) -> Traffic {
        let count = |column: &Column<u64>| Some(column.get(row)).filter(|n| *n != NO_COUNT);
        let (up, down, total) = (count(&self.up), count(&self.down), count(&self.total));
        let real = |n: Option<u64>| n.map(f64::from_bits);
        let reported = |unit, up, down, total| {
            Some(TrafficReported {
                up,
                down,
                total,
                unit,
            })
        };
        let float = |n: Option<u64>| n.map(|n| n as f64);
        match self.kinds(row).unit {
            None => Traffic::default(),
            Some(TrafficUnit::Packets) => Traffic {
                packets_up: up,
                packets_down: down,
                reported: reported(TrafficUnit::Packets, float(up), float(down), float(total)),
                ..Traffic::default()
            },
            Some(TrafficUnit::Bytes) => Traffic {
                bytes_up: up,
                bytes_down: down,
                bytes_total: total,
                reported: reported(TrafficUnit::Bytes, float(up), float(down), float(total)),
                ..Traffic::default()
            },
            Some(TrafficUnit::Megabytes) => Traffic {
                bytes_up: real(up).and_then(megabytes_to_bytes),
                bytes_down: real(down).and_then(megabytes_to_bytes),
                bytes_total: real(total).and_then(megabytes_to_bytes),
                reported: reported(TrafficUnit::Megabytes, real(up), real(down), real(total)),
                ..Traffic::default()
            },
            Some(TrafficUnit::Unknown) => Traffic {
                reported: reported(TrafficUnit::Unknown, real(up), real(down), real(total)),
                ..Traffic::default()
            },
        }
    }

    /// The instant that a row's place holds for.
    pub fn place_at(&self, row: u32) -> Option<Instant> {
        match self.kinds(row).place_at {
            PlaceAt::None => None,
            PlaceAt::LastSeen => instant(self.last_seen.get(row)),
            PlaceAt::Start => instant(self.start.get(row)),
            PlaceAt::End => instant(self.end.get(row)),
            PlaceAt::Other => self.extra.get(&row).and_then(|extra| extra.place_at),
        }
    }

    /// The records that a row was read from, the latest first.
    pub fn records(&self, row: u32) -> Vec<RecordAt> {
        let first = RecordAt {
            document: self.document.get(row),
            offset: self.offset.get(row),
            length: self.length.get(row),
        };
        let mut records = vec![first];
        if let Some(extra) = self.extra.get(&row) {
            records.extend(extra.records.iter().rev().copied());
        }
        records
    }

    /// The documents of the records of a row.
    pub fn documents(&self, row: u32) -> impl Iterator<Item = u32> {
        let extra = self.extra.get(&row).into_iter();
        let others = extra.flat_map(|extra| extra.records.iter().map(|at| at.document));
        std::iter::once(self.document.get(row)).chain(others)
    }

    /// The document of the latest record of a row.
    pub fn document(&self, row: u32) -> u32 {
        self.document.get(row)
    }

    /// A later record that took the row's place.
    pub fn set_record(&mut self, row: u32, at: RecordAt) {
        self.document.set(row, at.document);
        self.offset.set(row, at.offset);
        self.length.set(row, at.length);
    }

    /// A further record of the same session.
    pub fn add_record(&mut self, row: u32, at: RecordAt) {
        let known = self.records(row);
        if known.contains(&at) {
            return;
        }
        if let Some(first) = known.first() {
            self.extra.entry(row).or_default().records.push(*first);
        }
        self.set_record(row, at);
    }

    /// As [`Self::add_record`], but keeps the first and so many of the latest at most.
    pub fn add_record_bounded(&mut self, row: u32, at: RecordAt, most: usize) {
        self.add_record(row, at);
        if let Some(extra) = self.extra.get_mut(&row)
            && extra.records.len() >= most.max(2)
        {
            extra.records.remove(1);
        }
    }

    /// How the start and the end of a row are known. This and the next are asked for every session of every picture.
    pub fn ends(&self, row: u32) -> (StartKind, EndKind) {
        let bits = self.kinds.get(row);
        (start_of(bits), end_of(bits))
    }

    /// A row's radio technology.
    pub fn radio(&self, row: u32) -> Option<Radio> {
        radio_of(self.kinds.get(row))
    }

    /// Whether a row stands for nothing any more.
    pub fn is_dead(&self, row: u32) -> bool {
        is_dead(self.kinds.get(row))
    }

    /// The enumerations of a row.
    pub fn kinds(&self, row: u32) -> Kinds {
        Kinds::unpack(self.kinds.get(row))
    }

    /// Sets how the end of a row is known.
    pub fn set_end_kind(&mut self, row: u32, end: EndKind) {
        let kinds = Kinds {
            end,
            ..self.kinds(row)
        };
        self.kinds.set(row, kinds.pack());
    }

    /// Marks a row as merged into another, or taken out.
    pub fn kill(&mut self, row: u32) {
        let kinds = Kinds {
            dead: true,
            ..self.kinds(row)
        };
        self.kinds.set(row, kinds.pack());
        self.extra.remove(&row);
    }

    /// Number of the SIM's key.
    pub fn sim(&self, row: u32) -> u32 {
        self.sim.get(row)
    }

    /// Moves a row to another key.
    pub fn set_sim(&mut self, row: u32, sim: u32) {
        self.sim.set(row, sim);
    }

    /// Start, epoch milliseconds, or [`NEVER`].
    pub fn start(&self, row: u32) -> i64 {
        self.start.get(row)
    }

    /// End, epoch milliseconds, or [`NEVER`].
    pub fn end(&self, row: u32) -> i64 {
        self.end.get(row)
    }

    /// When the record last changed, epoch milliseconds, or [`NEVER`].
    pub fn last_seen(&self, row: u32) -> i64 {
        self.last_seen.get(row)
    }

    /// The latest possible end where it is an estimate.
    pub fn end_latest(&self, row: u32) -> Option<Instant> {
        self.extra.get(&row).and_then(|extra| extra.end_latest)
    }

    /// The instant by which a rebuilt session is known, epoch milliseconds, or [`NEVER`].
    pub fn key_at(&self, row: u32) -> i64 {
        self.extra
            .get(&row)
            .and_then(|extra| extra.key_at)
            .map_or_else(|| self.start.get(row), Instant::ms)
    }

    /// Number of the network.
    pub fn network(&self, row: u32) -> u32 {
        self.network.get(row)
    }

    /// Number of the cell.
    pub fn cell(&self, row: u32) -> u32 {
        self.cell.get(row)
    }

    /// The radio technology as the vendor wrote it.
    pub fn radio_reported<'a>(&self, parts: &'a Parts, row: u32) -> Option<&'a str> {
        parts
            .abouts
            .get(self.about.get(row))
            .and_then(|about| parts.texts.get(about.radio_reported))
    }

    /// Number of the place.
    pub fn place(&self, row: u32) -> u32 {
        self.place.get(row)
    }

    /// The IMEI.
    pub fn imei(&self, row: u32) -> TextId {
        self.imei.get(row)
    }

    /// The IMSI.
    pub fn imsi(&self, row: u32) -> TextId {
        self.imsi.get(row)
    }

    /// The ICCID.
    pub fn iccid(&self, row: u32) -> TextId {
        self.iccid.get(row)
    }

    /// Number of what is said about the session besides.
    pub fn about(&self, row: u32) -> u32 {
        self.about.get(row)
    }

    /// Number of the list of its IP addresses.
    pub fn ips(&self, row: u32) -> u32 {
        self.ips.get(row)
    }

    /// The vendor's id.
    pub fn id(&self, row: u32) -> Option<String> {
        self.ids.get(self.id.get(row))
    }

    /// Whether the vendor gave an id.
    pub fn has_id(&self, row: u32) -> bool {
        self.id.get(row) != NONE
    }

    /// Gives a row its id, once it is known.
    pub fn set_id(&mut self, row: u32, id: Option<&str>) {
        let address = self.ids.add(id);
        self.id.set(row, address);
    }

    /// The id's bytes as kept: equal ids have equal bytes.
    pub fn id_bytes(&self, row: u32) -> &[u8] {
        self.ids.bytes(self.id.get(row))
    }
}

fn traffic_columns(traffic: &Traffic) -> (Option<TrafficUnit>, u64, u64, u64) {
    let count = |n: Option<u64>| n.unwrap_or(NO_COUNT);
    let real = |n: Option<f64>| n.map_or(NO_COUNT, f64::to_bits);
    match traffic.reported {
        None => (None, NO_COUNT, NO_COUNT, NO_COUNT),
        Some(TrafficReported {
            unit: TrafficUnit::Packets,
            ..
        }) => (
            Some(TrafficUnit::Packets),
            count(traffic.packets_up),
            count(traffic.packets_down),
            NO_COUNT,
        ),
        Some(TrafficReported {
            unit: TrafficUnit::Bytes,
            ..
        }) => (
            Some(TrafficUnit::Bytes),
            count(traffic.bytes_up),
            count(traffic.bytes_down),
            count(traffic.bytes_total),
        ),
        Some(reported) => (
            Some(if reported.unit == TrafficUnit::Megabytes {
                TrafficUnit::Megabytes
            } else {
                TrafficUnit::Unknown
            }),
            real(reported.up),
            real(reported.down),
            real(reported.total),
        ),
    }
}

/// An instant as a column keeps it.
pub fn ms(instant: Option<Instant>) -> i64 {
    instant.map_or(NEVER, Instant::ms)
}

/// An instant out of a column.
pub fn instant(ms: i64) -> Option<Instant> {
    (ms != NEVER).then(|| Instant::from_ms(ms)).flatten()
}
