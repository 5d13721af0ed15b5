//! What was found, for people (`docs/performance.md`, between the markers of its row) and for programs (JSON beside it).

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    figures::in_digits,
    plot::Plot,
    rounds::{Found, Plotted},
};

/// Puts it where the last report of this row was.
///
/// # Errors
/// When the files cannot be written.
pub(crate) fn write(found: &Found) -> anyhow::Result<()> {
    let docs = docs();
    let folder = docs.join("performance");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(format!("{}.json", found.row)), serde_json::to_string_pretty(found)? + "\n")?;
    for plotted in &found.plots {
        fs::write(folder.join(format!("{}.svg", plotted.file)), drawn(found, plotted))?;
    }
    let page = docs.join("performance.md");
    let text = fs::read_to_string(&page)?;
    Ok(fs::write(&page, put(&text, found.row, &section(found)))?)
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

/// The page with this section in place of the row's last one, or at its end.
fn put(page: &str, row: &str, section: &str) -> String {
    let (start, end) = (format!("<!-- bench:{row} -->\n"), format!("<!-- /bench:{row} -->\n"));
    let marked = format!("{start}{section}{end}");
    match page.split_once(&start).and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1))) {
        Some((before, after)) => format!("{before}{marked}{after}"),
        None => format!("{}\n\n{marked}", page.trim_end()),
    }
}

fn section(found: &Found) -> String {
    let mut text = format!("## {}\n\n", found.title);
    for remark in &found.remarks {
        let _ = writeln!(text, "{remark}\n");
    }
    text += &goals(found);
    text += &figures(found);
    for plotted in &found.plots {
        let _ = writeln!(text, "![{}](performance/{}.svg)\n", plotted.metric, plotted.file);
    }
    let rounds = if found.rounds == 1 { "One round" } else { "Medians of rounds" };
    let _ = writeln!(
        text,
        "{rounds} ({}) in which no limit drifted by more than {} %, on {}.",
        found.rounds, found.drift, found.machine
    );
    match found.thrown_away.len() {
        0 => text += "No round was thrown away.\n",
        count => {
            let _ = writeln!(
                text,
                "Thrown away because a limit drifted: {count} ({}).",
                found.thrown_away.join("; ")
            );
        }
    }
    text
}

fn goals(found: &Found) -> String {
    let mut text = String::new();
    for goal in &found.goals {
        let (median, spread, verdict) = match found.figure(&goal.case, goal.metric) {
            None => ("–".to_owned(), "–".to_owned(), "not shown"),
            Some(figure) => (
                in_digits(figure.median),
                format!("{} to {}", in_digits(figure.min), in_digits(figure.max)),
                if goal.is_met_by(figure.median) { "ok" } else { "**short**" },
            ),
        };
        let sign = if goal.sign == "<=" { "at most" } else { "at least" };
        let _ = writeln!(
            text,
            "| {} | {} | {median} | {spread} | {sign} {} | {verdict} |",
            goal.case, goal.metric, goal.value
        );
    }
    if text.is_empty() {
        return text;
    }
    format!("| case | what | median | rounds | goal | |\n| --- | --- | ---: | ---: | --- | --- |\n{text}\n")
}

/// A line for each case, a column for each metric.
fn figures(found: &Found) -> String {
    let (mut cases, mut metrics) = (Vec::new(), Vec::new());
    for figure in &found.figures {
        if !cases.contains(&figure.case) {
            cases.push(figure.case.clone());
        }
        if !metrics.contains(&figure.metric) {
            metrics.push(figure.metric);
        }
    }
    let mut text = format!("| | {} |\n| --- |{}\n", metrics.join(" | "), " ---: |".repeat(metrics.len()));
    for case in &cases {
        let cell = |metric: &&str| {
            found.figure(case, metric).map_or_else(String::new, |figure| in_digits(figure.median))
        };
        let _ = writeln!(text, "| {case} | {} |", metrics.iter().map(cell).collect::<Vec<_>>().join(" | "));
    }
    text + "\n"
}

fn drawn(found: &Found, plotted: &Plotted) -> String {
    let mut places: Vec<String> = Vec::new();
    for (place, _) in plotted.lines.iter().flat_map(|(_, points)| points) {
        if !places.contains(place) {
            places.push(place.clone());
        }
    }
    let lines = plotted.lines.iter().map(|(name, points)| {
        let at = |place: &String| {
            let (_, case) = points.iter().find(|(where_it_is, _)| where_it_is == place)?;
            Some(found.figure(case, plotted.metric)?.median)
        };
        (*name, places.iter().map(at).collect())
    });
    let lines = lines.collect();
    Plot { title: plotted.metric, over: plotted.over, places, lines }.to_svg()
}

#[cfg(test)]
mod tests {
    use super::put;

    #[test]
    fn a_section_takes_the_place_of_the_rows_last_one() {
        let page = put("# Title\n\nWords.\n", "one", "first\n");
        let page = put(&page, "two", "second\n");
        let page = put(&page, "one", "third\n");
        let expected = "# Title\n\nWords.\n\n<!-- bench:one -->\nthird\n<!-- /bench:one -->\n\n\
                        <!-- bench:two -->\nsecond\n<!-- /bench:two -->\n";
        assert_eq!(page, expected);
    }
}
