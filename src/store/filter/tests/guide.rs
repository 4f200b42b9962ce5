//! The examples of `docs/filter.md`, run on the fleet that it describes.

use super::fixture::{store, with_facts};
use crate::store::filter::terms::FIELDS;
use crate::store::filter::{Flag, Matched, parse};

const GUIDE: &str = include_str!("../../../../docs/filter.md");

/// The cells of the rows of the table under a heading.
fn table(heading: &str) -> Vec<Vec<String>> {
    let (_, part) = GUIDE.split_once(&format!("\n## {heading}\n")).unwrap();
    let part = part.split("\n## ").next().unwrap();
    let rows = part.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| {
        let cells = row.trim_matches('|').split(" | ");
        cells.map(|cell| cell.trim().to_owned()).collect()
    })
    .collect()
}

fn line_of(cell: &str) -> &str {
    match cell {
        "(nothing)" => "",
        _ => cell.trim_matches('`'),
    }
}

#[test]
fn every_example_lets_through_as_many_as_it_says() {
    let store = store();
    let examples = table("Examples");
    assert!(examples.len() > 40, "{}", examples.len());
    let mut wrong = Vec::new();
    for example in &examples {
        let [line, sessions, sims, events, usage, _] = example.as_slice() else {
            panic!("a row of six cells: {example:?}");
        };
        let filter = parse(line_of(line)).unwrap_or_else(|problems| panic!("{line}: {problems:?}"));
        let matched = with_facts(&store, |facts| Matched::new(&store, &filter, facts));
        let found = [
            store
                .session_rows()
                .filter(|row| matched.session(*row))
                .count(),
            store
                .lanes()
                .filter(|(lane, _)| matched.lane(*lane))
                .count(),
            store
                .event_rows()
                .filter(|(event, _)| matched.event(*event))
                .count(),
            store
                .usage_rows()
                .filter(|(usage, _)| matched.usage(*usage))
                .count(),
        ];
        let said = [sessions, sims, events, usage].map(|cell| cell.parse().unwrap_or(usize::MAX));
        if found != said {
            wrong.push(format!("{line}: {found:?} rather than {said:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_mistake_is_said_as_it_stands_there() {
    let mistakes = table("Mistakes");
    assert!(mistakes.len() > 4);
    for mistake in &mistakes {
        let problems = parse(line_of(&mistake[0])).unwrap_err();
        let [problem] = problems.as_slice() else {
            panic!("one problem: {problems:?}");
        };
        let marked = format!("{}–{}", problem.from + 1, problem.to);
        assert_eq!([&marked, &problem.message], [&mistake[1], &mistake[2]]);
    }
}

#[test]
fn every_field_and_word_is_described() {
    for field in FIELDS {
        assert!(
            GUIDE.contains(&format!("`{}`", field.name)),
            "{}",
            field.name
        );
        assert!(
            field.alias.is_empty() || GUIDE.contains(&format!("`{}`", field.alias)),
            "{}",
            field.alias
        );
    }
    for (word, _) in Flag::ALL {
        assert!(GUIDE.contains(&format!("`{word}`")), "{word}");
    }
}
