//! Where a key leads in a table, as the ARIA grid pattern has it: one cell is the present one, arrows
//! and their like move to another, whether it is drawn or not.

/// A cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// Number of the row from 0; null for the heads.
    pub row: Option<u32>,
    /// Number of the column from 0.
    pub column: u32,
}

/// How large the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// Rows without the heads.
    pub rows: u32,
    /// Columns.
    pub columns: u32,
    /// Whole rows in view.
    pub page: u32,
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Another cell is the present one.
    Go(Place),
    /// Choose the row.
    Choose,
    /// Pick the row, or take it out.
    Pick,
    /// Pick all rows from the last one to this.
    PickThrough,
    /// Copy the picked rows, else the present one.
    Copy,
}

impl Grid {
    /// What a key asks for at a place; null where it is not for the table. `key` is as in
    /// `KeyboardEvent.key`; `control` is Ctrl, or Cmd on a Mac.
    pub fn act(&self, at: Place, key: &str, control: bool, shift: bool) -> Option<Act> {
        let last = self.rows.checked_sub(1);
        let row = |row: Option<u32>| Some(Act::Go(Place { row, ..at }));
        let column = |column: u32| Some(Act::Go(Place { column, ..at }));
        let last_column = self.columns.saturating_sub(1);
        let page = self.page.saturating_sub(1).max(1);
        match (key, control, shift) {
            ("c" | "C", true, false) => Some(Act::Copy),
            ("Enter" | " ", false, false) if at.row.is_some() => Some(Act::Choose),
            ("Enter" | " ", true, false) if at.row.is_some() => Some(Act::Pick),
            ("Enter" | " ", false, true) if at.row.is_some() => Some(Act::PickThrough),
            ("Home", true, false) => Some(Act::Go(Place {
                row: last.map(|_| 0),
                column: 0,
            })),
            ("End", true, false) => Some(Act::Go(Place {
                row: last,
                column: last_column,
            })),
            (_, true, _) | (_, _, true) => None,
            ("ArrowUp", ..) => row(at.row.and_then(|row| row.checked_sub(1))),
            ("ArrowDown", ..) => row(last.map(|last| at.row.map_or(0, |row| (row + 1).min(last)))),
            ("ArrowLeft", ..) => column(at.column.saturating_sub(1)),
            ("ArrowRight", ..) => column((at.column + 1).min(last_column)),
            ("Home", ..) => column(0),
            ("End", ..) => column(last_column),
            ("PageUp", ..) => row(last.map(|_| at.row.unwrap_or(0).saturating_sub(page))),
            ("PageDown", ..) => {
                row(last.map(|last| at.row.unwrap_or(0).saturating_add(page).min(last)))
            }
            _ => None,
        }
    }

    /// A place that is in the table: the nearest to that one.
    pub fn within(&self, at: Place) -> Place {
        Place {
            row: at
                .row
                .and_then(|row| Some(row.min(self.rows.checked_sub(1)?))),
            column: at.column.min(self.columns.saturating_sub(1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRID: Grid = Grid {
        rows: 1_000_000,
        columns: 9,
        page: 10,
    };

    fn at(row: u32, column: u32) -> Place {
        Place {
            row: Some(row),
            column,
        }
    }

    fn go(grid: Grid, from: Place, key: &str, control: bool) -> Place {
        match grid.act(from, key, control, false) {
            Some(Act::Go(place)) => place,
            other => panic!("{key}: {other:?}"),
        }
    }

    #[test]
    fn arrows_stop_at_the_edges_and_reach_the_heads() {
        assert_eq!(go(GRID, at(5, 3), "ArrowDown", false), at(6, 3));
        assert_eq!(go(GRID, at(999_999, 3), "ArrowDown", false), at(999_999, 3));
        let head = Place {
            row: None,
            column: 3,
        };
        assert_eq!(go(GRID, at(0, 3), "ArrowUp", false), head);
        assert_eq!(go(GRID, head, "ArrowUp", false), head);
        assert_eq!(go(GRID, head, "ArrowDown", false), at(0, 3));
        assert_eq!(go(GRID, at(5, 0), "ArrowLeft", false), at(5, 0));
        assert_eq!(go(GRID, at(5, 8), "ArrowRight", false), at(5, 8));
    }

    #[test]
    fn pages_and_ends_reach_anywhere() {
        assert_eq!(go(GRID, at(5, 3), "PageDown", false), at(14, 3));
        assert_eq!(go(GRID, at(5, 3), "PageUp", false), at(0, 3));
        assert_eq!(go(GRID, at(5, 3), "Home", false), at(5, 0));
        assert_eq!(go(GRID, at(5, 3), "End", false), at(5, 8));
        assert_eq!(go(GRID, at(5, 3), "End", true), at(999_999, 8));
        assert_eq!(go(GRID, at(5, 3), "Home", true), at(0, 0));
    }

    #[test]
    fn an_empty_table_has_its_heads() {
        let empty = Grid { rows: 0, ..GRID };
        let head = Place::default();
        for key in ["ArrowDown", "ArrowUp", "PageDown", "PageUp"] {
            assert_eq!(go(empty, head, key, false), head, "{key}");
        }
        assert_eq!(go(empty, head, "End", true).row, None);
        assert_eq!(
            empty.within(at(7, 20)),
            Place {
                row: None,
                column: 8
            }
        );
    }

    #[test]
    fn rows_are_chosen_picked_and_copied() {
        let act = |key, control, shift| GRID.act(at(1, 1), key, control, shift);
        assert_eq!(act("Enter", false, false), Some(Act::Choose));
        assert_eq!(act(" ", true, false), Some(Act::Pick));
        assert_eq!(act(" ", false, true), Some(Act::PickThrough));
        assert_eq!(act("c", true, false), Some(Act::Copy));
        // Not the table's own: the timeline's keys, the browser's.
        assert_eq!(act("w", false, false), None);
        assert_eq!(act("ArrowDown", true, false), None);
        // A head is a button: the browser presses it.
        assert_eq!(GRID.act(Place::default(), "Enter", false, false), None);
    }
}
