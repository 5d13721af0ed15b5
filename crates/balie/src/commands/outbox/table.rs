use super::line::{Line, second};

/// The columns, the longest last.
const HEADS: [&str; 8] = ["ID", "TOPIC", "PRACTICE", "STANDING", "SINCE", "ATTEMPTS", "NEXT TRY", "PROBLEM"];

/// The lines below their heads, each column as wide as its longest cell.
pub(super) fn of(lines: &[Line]) -> String {
    let rows: Vec<[String; 8]> =
        std::iter::once(HEADS.map(str::to_owned)).chain(lines.iter().map(cells)).collect();
    let widths: Vec<usize> = (0..HEADS.len())
        .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default())
        .collect();
    rows.iter().map(|row| drawn(row, &widths)).collect::<Vec<_>>().join("\n")
}

fn cells(line: &Line) -> [String; 8] {
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    [
        line.id.clone(),
        line.topic.clone(),
        line.practice.clone(),
        line.standing.to_owned(),
        second(line.since),
        line.attempts.to_string(),
        or_dash(line.next_try.map(second)),
        or_dash(line.problem.clone()),
    ]
}

fn drawn(row: &[String], widths: &[usize]) -> String {
    let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
    cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}
