//! The tables: the timeline's order and others, columns that are asked for, rows that are handed out.

use super::{demo, drain};
use crate::engine::Engine;
use crate::engine::protocol::{
    Column, Command, GroupBy, Pick, RowKey, RowLabel, Selection, Settings, Tab, TablePage,
    TableQuery, Take, TimelineQuery, Update, Value,
};

fn query(tab: Tab, sort: Option<Column>, descending: bool) -> TableQuery {
    TableQuery {
        tab,
        columns: vec![Column::Name, Column::Start],
        sort,
        descending,
        first: 0,
        count: 100_000,
    }
}

fn page(engine: &mut Engine, query: TableQuery) -> TablePage {
    engine.command(Command::Table(query));
    let updates = drain(engine).into_iter().rev();
    let mut pages = updates.filter_map(|update| match update {
        Update::Table(page) => Some(page),
        _ => None,
    });
    pages.next().unwrap()
}

fn lane_of(key: RowKey) -> Option<u32> {
    match key {
        RowKey::Sim(lane) | RowKey::Session(_, lane) | RowKey::Event(_, lane) => Some(lane),
        RowKey::Usage(_, lane) => lane,
    }
}

/// The lanes of a table's rows, each once, in order.
fn lanes(page: &TablePage) -> Vec<Option<u32>> {
    let mut lanes: Vec<Option<u32>> = page.rows.iter().map(|row| lane_of(row.key)).collect();
    lanes.dedup();
    lanes
}

#[test]
fn every_table_has_the_order_of_the_lanes() {
    let mut engine = demo();
    engine.command(Command::Settings(Settings {
        group: GroupBy::Operator,
        ..Settings::default()
    }));
    engine.command(Command::Timeline(TimelineQuery {
        from: 0,
        to: 1,
        width: 1.0,
        ratio: 1.0,
        top: 0.0,
        height: 100_000.0,
    }));
    let drawn: Vec<Option<u32>> = drain(&mut engine)
        .into_iter()
        .find_map(|update| match update {
            Update::Frame(frame) => frame.row_labels,
            _ => None,
        })
        .unwrap()
        .into_iter()
        .filter_map(|label| match label {
            RowLabel::Lane { lane, .. } => Some(Some(lane)),
            RowLabel::Group { .. } | RowLabel::Track { .. } => None,
        })
        .collect();
    let sims = page(&mut engine, query(Tab::Sims, None, false));
    assert_eq!(lanes(&sims), drawn);
    for tab in [Tab::Sessions, Tab::Events, Tab::Usage] {
        let found = page(&mut engine, query(tab, None, false));
        assert_eq!(found.rows.len() as u32, found.total);
        let lanes: Vec<_> = lanes(&found).into_iter().flatten().collect();
        let expected = drawn.iter().flatten().filter(|lane| lanes.contains(lane));
        assert_eq!(lanes, expected.copied().collect::<Vec<_>>(), "{tab:?}");
    }
    let sessions = page(&mut engine, query(Tab::Sessions, None, false));
    for pair in sessions.rows.windows(2) {
        if let (RowKey::Session(a, lane), RowKey::Session(b, other)) = (pair[0].key, pair[1].key)
            && lane == other
        {
            assert!(engine.store().begin(a) <= engine.store().begin(b));
        }
    }
    // There and back.
    let by_name = page(&mut engine, query(Tab::Sessions, Some(Column::Name), true));
    assert_ne!(by_name, sessions);
    let names = by_name.rows.iter().map(|row| match &row.cells[0] {
        Value::Name(name) => name.to_lowercase(),
        other => panic!("{other:?}"),
    });
    assert!(names.collect::<Vec<_>>().is_sorted_by(|a, b| a >= b));
    assert_eq!(
        page(&mut engine, query(Tab::Sessions, None, false)),
        sessions
    );
}

/// What the table of SIMs can tell of the demo fleet.
const OF_SIMS: [Column; 33] = [
    Column::Name,
    Column::Iccid,
    Column::Imsi,
    Column::Imei,
    Column::Msisdn,
    Column::Eid,
    Column::Offline,
    Column::Country,
    Column::Operator,
    Column::Radio,
    Column::Sessions,
    Column::Events,
    Column::Seen,
    Column::Provider,
    Column::Source,
    Column::Status,
    Column::Traffic,
    Column::Packets,
    Column::PacketsUp,
    Column::PacketsDown,
    Column::Up,
    Column::Down,
    Column::State,
    Column::LastImsi,
    Column::DeviceType,
    Column::Cell,
    Column::Place,
    Column::Tags,
    Column::SpanSessions,
    Column::Online,
    Column::Coverage,
    Column::Device,
    Column::Subscription,
];

#[test]
fn every_column_has_something_to_say_somewhere() {
    use Column as C;
    let columns = |tab| match tab {
        Tab::Sims => OF_SIMS.to_vec(),
        Tab::Sessions => vec![
            C::Name,
            C::Iccid,
            C::Imsi,
            C::Imei,
            C::Start,
            C::End,
            C::Duration,
            C::Updated,
            C::Radio,
            C::Operator,
            C::Country,
            C::Plmn,
            C::Cell,
            C::Apn,
            C::Ip,
            C::Provider,
            C::Source,
            C::Basis,
            C::Traffic,
            C::Up,
            C::Down,
            C::Packets,
            C::PacketsUp,
            C::PacketsDown,
            C::Id,
            C::Subscription,
        ],
        Tab::Events => vec![
            C::Time,
            C::Name,
            C::Kind,
            C::Operator,
            C::Country,
            C::Plmn,
            C::Cell,
            C::Signal,
            C::Detail,
            C::Iccid,
            C::Provider,
            C::Source,
            C::Id,
            C::Radio,
        ],
        Tab::Usage => vec![
            C::Start,
            C::End,
            C::Name,
            C::Up,
            C::Down,
            C::Traffic,
            C::Provider,
            C::Iccid,
            C::Source,
        ],
    };
    let mut engine = demo();
    for tab in [Tab::Sims, Tab::Sessions, Tab::Events, Tab::Usage] {
        let wanted = columns(tab);
        for descending in [false, true] {
            for sort in &wanted {
                let found = page(
                    &mut engine,
                    TableQuery {
                        columns: wanted.clone(),
                        ..query(tab, Some(*sort), descending)
                    },
                );
                let at = wanted.iter().position(|column| column == sort).unwrap();
                let said = |row: &&crate::engine::protocol::TableRow| row.cells[at] != Value::None;
                assert!(found.rows.iter().any(|row| said(&row)), "{tab:?} {sort:?}");
                // What says nothing at all stands last, either way.
                let empty = found.rows.iter().skip_while(said);
                assert!(empty.clone().all(|row| !said(&row)), "{tab:?} {sort:?}");
            }
        }
    }
}

#[test]
fn picked_rows_are_handed_out_in_the_order_of_the_table() {
    let mut engine = demo();
    let all = page(
        &mut engine,
        query(Tab::Sessions, Some(Column::Start), false),
    );
    let session = |at: usize| match all.rows[at].key {
        RowKey::Session(row, _) => row,
        other => panic!("{other:?}"),
    };
    engine.command(Command::Pick(Pick::Toggle(session(7))));
    engine.command(Command::Pick(Pick::Through(session(4))));
    let take = |query, picked| {
        Command::Take(Take {
            request: 3,
            query,
            picked,
        })
    };
    engine.command(take(query(Tab::Sessions, Some(Column::Start), false), true));
    let taken = |engine: &mut Engine| {
        let updates = drain(engine).into_iter();
        let mut taken = updates.filter_map(|update| match update {
            Update::Taken { request: 3, page } => Some(page.rows),
            _ => None,
        });
        taken.next().unwrap()
    };
    assert_eq!(taken(&mut engine), all.rows[4..=7]);
    engine.command(take(
        TableQuery {
            first: 2,
            count: 1,
            ..query(Tab::Sessions, Some(Column::Start), false)
        },
        false,
    ));
    assert_eq!(taken(&mut engine), all.rows[2..3]);

    // Choosing something else lets go of them.
    engine.command(Command::Select(Selection::default()));
    let picked = drain(&mut engine)
        .into_iter()
        .find_map(|update| match update {
            Update::Picked(picked) => Some(picked.sessions.len()),
            _ => None,
        });
    assert_eq!(picked, Some(0));
}
