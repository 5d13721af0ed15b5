//! An agenda as lines of a table: one line per moment at which anything begins or ends, one cell per column.
//!
//! A column is one day of one agenda; a day is one column, a week is seven.

use std::collections::BTreeSet;

use jiff::civil::Time;

/// One day of one agenda, in its own wall-clock times.
#[derive(Debug, Clone, Default)]
pub(crate) struct Column<T> {
    /// What holds time; no two overlap.
    pub(crate) held: Vec<(Time, Time, T)>,
    /// What is offered, whether free or not.
    pub(crate) offered: Vec<(Time, Time)>,
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line<T> {
    pub(crate) time: Time,
    /// One cell per column; none where a cell of an earlier line reaches down.
    pub(crate) cells: Vec<Option<Cell<T>>>,
}

/// What a column shows from a line on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell<T> {
    /// Something holds this time, this many lines long.
    Held { what: T, lines: usize },
    /// Offered and free.
    Free,
    /// Not offered.
    Shut,
}

/// The lines of a table with these columns.
pub(crate) fn lines<T: Clone>(columns: &[Column<T>]) -> Vec<Line<T>> {
    let times: Vec<Time> = columns.iter().flat_map(moments).collect::<BTreeSet<_>>().into_iter().collect();
    // The last moment ends the table and begins nothing.
    let begins = times.split_last().map_or(&[][..], |(_, begins)| begins);
    begins
        .iter()
        .map(|time| Line {
            time: *time,
            cells: columns.iter().map(|column| cell(column, *time, begins)).collect(),
        })
        .collect()
}

fn moments<T>(column: &Column<T>) -> impl Iterator<Item = Time> {
    let held = column.held.iter().flat_map(|(from, until, _)| [*from, *until]);
    held.chain(column.offered.iter().flat_map(|(from, until)| [*from, *until]))
}

fn cell<T: Clone>(column: &Column<T>, time: Time, begins: &[Time]) -> Option<Cell<T>> {
    let holder = column.held.iter().find(|(from, until, _)| (*from..*until).contains(&time));
    match holder {
        Some((from, until, what)) if *from == time => {
            let lines = begins.iter().filter(|begin| (from..until).contains(begin)).count();
            Some(Cell::Held { what: what.clone(), lines })
        }
        Some(_) => None,
        None if column.offered.iter().any(|(from, until)| (*from..*until).contains(&time)) => {
            Some(Cell::Free)
        }
        None => Some(Cell::Shut),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    fn at(minute: i8) -> Time {
        time(8, minute, 0, 0)
    }

    #[test]
    fn what_is_longer_than_a_line_reaches_down() {
        let column = Column {
            held: vec![(at(10), at(30), "Jansen")],
            offered: vec![
                (at(0), at(10)),
                (at(0), at(20)),
                (at(10), at(20)),
                (at(20), at(30)),
                (at(40), at(50)),
            ],
        };
        let found = lines(&[column]);
        let cells: Vec<_> = found.iter().map(|line| (line.time, line.cells[0].clone())).collect();
        assert_eq!(
            cells,
            [
                (at(0), Some(Cell::Free)),
                (at(10), Some(Cell::Held { what: "Jansen", lines: 2 })),
                (at(20), None),
                (at(30), Some(Cell::Shut)),
                (at(40), Some(Cell::Free)),
            ]
        );
    }

    #[test]
    fn a_week_has_one_line_for_all_its_days() {
        let monday = Column { held: vec![(at(5), at(15), "Jansen")], offered: vec![] };
        let tuesday = Column { held: vec![], offered: vec![(at(0), at(10))] };
        let found = lines(&[monday, tuesday]);
        assert_eq!(found.iter().map(|line| line.time).collect::<Vec<_>>(), [at(0), at(5), at(10)]);
        assert_eq!(found[1].cells, [Some(Cell::Held { what: "Jansen", lines: 2 }), Some(Cell::Free)]);
        assert_eq!(found[2].cells, [None, Some(Cell::Shut)]);
    }

    #[test]
    fn an_empty_day_has_no_lines() {
        assert_eq!(lines(&[Column::<()>::default()]), []);
    }
}
