//! What became of the ratios since an earlier run: `bench compare OLD.json NEW.json`, a table for people.
//!
//! Of two runs only ratios can be compared, since each is of two things that were measured in one round.

use std::{collections::HashMap, fmt::Write as _, fs, path::PathBuf};

use anyhow::Context as _;
use clap::Args;
use serde::Deserialize;

use crate::figures::in_digits;

/// Smaller changes are none.
const SAME: f64 = 0.5;

#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// What was found then, as `docs/performance/` had it.
    old: PathBuf,
    /// What was found now.
    new: PathBuf,
}

/// What a report tells of a row, as far as it is compared.
#[derive(Debug, Deserialize)]
struct Told {
    row: String,
    figures: Vec<Figure>,
    /// Reports did not always have them.
    #[serde(default)]
    goals: Vec<Goal>,
}

#[derive(Debug, Deserialize)]
struct Figure {
    case: String,
    metric: String,
    /// None where it was not a number.
    median: Option<f64>,
    min: Option<f64>,
    max: Option<f64>,
}

#[derive(Debug, Deserialize)]
struct Goal {
    metric: String,
    sign: String,
}

impl Compare {
    /// # Errors
    /// When one of the files cannot be read.
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let read = |path: &PathBuf| -> anyhow::Result<Told> {
            let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
            serde_json::from_str(&text).with_context(|| format!("{} is no report", path.display()))
        };
        print!("{}", table(&read(&self.old)?, &read(&self.new)?));
        Ok(())
    }
}

fn table(old: &Told, new: &Told) -> String {
    let then: HashMap<_, _> =
        old.figures.iter().map(|figure| ((&figure.case, &figure.metric), figure)).collect();
    let mut lines = String::new();
    for now in new.figures.iter().filter(|figure| is_ratio(&figure.metric)) {
        let Some(then) = then.get(&(&now.case, &now.metric)) else { continue };
        let (Some(was), Some(is)) = (then.median, now.median) else { continue };
        let said = change((was, is), less_is_better(new, &now.metric));
        let spread =
            if said != "the same" && overlap(then, now) { ", within the rounds' spread" } else { "" };
        let (case, metric) = (&now.case, &now.metric);
        let (was, is) = (in_digits(was), in_digits(is));
        let _ = writeln!(lines, "| {case} | {metric} | {was} | {is} | {said}{spread} |");
    }
    if lines.is_empty() {
        return format!("## {}\n\nNo ratio is in both.\n\n", new.row);
    }
    format!("## {}\n\n| case | what | then | now | |\n| --- | --- | ---: | ---: | --- |\n{lines}\n", new.row)
}

/// Its name says so: a share ("of the limit, %"), or one by another ("p99 by p50").
fn is_ratio(metric: &str) -> bool {
    metric.ends_with(", %") || metric.contains(" by ")
}

/// As the row's goals have it; none where there is no goal.
fn less_is_better(told: &Told, metric: &str) -> Option<bool> {
    told.goals.iter().find(|goal| goal.metric == metric).map(|goal| goal.sign == "<=")
}

fn change((was, is): (f64, f64), less_is_better: Option<bool>) -> String {
    let percent = 100.0 * (is / was - 1.0);
    if percent.abs() < SAME {
        return "the same".to_owned();
    }
    let word = match less_is_better {
        Some(less) if less == (percent < 0.0) => "better",
        Some(_) => "worse",
        None if percent < 0.0 => "less",
        None => "more",
    };
    format!("{} % {word}", in_digits(percent.abs()))
}

/// Whether the rounds of one run reach into those of the other.
fn overlap(one: &Figure, other: &Figure) -> bool {
    let (Some(from), Some(to)) = (one.min, one.max) else { return false };
    other.min.is_some_and(|min| min <= to) && other.max.is_some_and(|max| max >= from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(share: f64, slowest: f64) -> Told {
        let figure = |case: &str, metric: &str, median: f64| {
            serde_json::json!({ "case": case, "metric": metric, "median": median,
                                "min": median * 0.99, "max": median * 1.01 })
        };
        let report = serde_json::json!({
            "row": "put",
            "figures": [
                figure("new, 64 clients", "of the limit, %", share),
                figure("new, 64 clients", "p99 by p50", slowest),
                figure("new, 64 clients", "rate, /s", share * 100.0),
                figure("old, 64 clients", "Balie by it", 2.0),
            ],
            "goals": [
                { "metric": "of the limit, %", "sign": ">=" },
                { "metric": "p99 by p50", "sign": "<=" },
            ],
        });
        serde_json::from_value(report).unwrap()
    }

    #[test]
    fn ratios_are_compared_and_nothing_else() {
        let table = table(&told(50.0, 4.0), &told(60.0, 5.0));
        let expected = "## put\n\n| case | what | then | now | |\n| --- | --- | ---: | ---: | --- |\n\
                        | new, 64 clients | of the limit, % | 50.0 | 60.0 | 20.0 % better |\n\
                        | new, 64 clients | p99 by p50 | 4.00 | 5.00 | 25.0 % worse |\n\
                        | old, 64 clients | Balie by it | 2.00 | 2.00 | the same |\n\n";
        assert_eq!(table, expected);
    }

    #[test]
    fn what_lies_within_the_rounds_is_said_to() {
        let table = table(&told(50.0, 4.0), &told(50.6, 4.0));
        assert!(table.contains("1.20 % better, within the rounds' spread"), "{table}");
    }

    #[test]
    fn a_row_with_nothing_in_common_says_so() {
        let none = Told { row: "new-row".to_owned(), figures: Vec::new(), goals: Vec::new() };
        assert!(table(&told(1.0, 1.0), &none).contains("No ratio is in both."));
    }
}
