//! Rounds: the limits, Balie and its peers, the limits again; then medians.
//!
//! A machine drifts. So times are compared within a round only, and a round whose two measurements of a limit differ too
//! much is thrown away.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    figures::{Figures, Goal, Spread, in_digits},
    machine,
    rows::Row,
};

/// How much the two measurements of a limit may differ, in percent of their mean; `DRIFT=n` says otherwise, and so does
/// the report.
const DRIFT: f64 = 15.0;
const ROUNDS: usize = 5;
/// On a machine that drifts all the time there is an end to it: so many rounds for each that is wanted.
const TRIES: usize = 3;

/// What was found about one row.
#[derive(Debug, Serialize)]
pub(crate) struct Found {
    pub(crate) row: &'static str,
    pub(crate) title: &'static str,
    pub(crate) machine: String,
    pub(crate) rounds: usize,
    /// How much a limit may have drifted within a round that counts, in percent.
    pub(crate) drift: f64,
    /// Why each round that does not count was thrown away.
    pub(crate) thrown_away: Vec<String>,
    pub(crate) figures: Vec<Spread>,
    pub(crate) goals: Vec<Goal>,
    #[serde(skip)]
    pub(crate) plots: Vec<Plotted>,
    /// What it is, and what it does not show.
    pub(crate) remarks: Vec<String>,
}

/// A metric to be plotted: a line for each name, over its cases.
#[derive(Debug, Clone)]
pub(crate) struct Plotted {
    pub(crate) file: &'static str,
    pub(crate) metric: &'static str,
    pub(crate) over: &'static str,
    /// The name of a line with its points: where they stand, and of which case they are.
    pub(crate) lines: Vec<(&'static str, Vec<(String, String)>)>,
}

impl Found {
    pub(crate) fn figure(&self, case: &str, metric: &str) -> Option<&Spread> {
        self.figures.iter().find(|figure| figure.case == case && figure.metric == metric)
    }

    /// Each goal that could be measured, as `scripts/figures` reads it.
    pub(crate) fn judged(&self) -> impl Iterator<Item = (String, String, String)> {
        self.goals.iter().filter_map(|goal| {
            let Goal { case, metric, sign, value } = goal;
            let median = self.figure(case, metric)?.median;
            let unit = metric.rsplit_once(", ").map_or("", |(_, unit)| unit);
            Some((
                format!("{}: {case}: {metric}", self.row),
                format!("{median:.3} {unit}"),
                format!("{sign}{value} {unit}"),
            ))
        })
    }
}

/// Measures one row.
///
/// # Errors
/// When something cannot be measured, or no round counts.
pub(crate) async fn of(row: &mut dyn Row) -> anyhow::Result<Found> {
    let (wanted, allowed) = (asked("ROUNDS").unwrap_or(ROUNDS), asked("DRIFT").unwrap_or(DRIFT));
    let (mut rounds, mut thrown_away) = (Vec::new(), Vec::new());
    for number in 1..=wanted * TRIES {
        eprintln!("{}: round {number}, {} of {wanted} count so far", row.name(), rounds.len());
        match one(row, allowed).await? {
            Ok(figures) => rounds.push(figures),
            Err(drift) => {
                eprintln!("{}: round {number} is thrown away: {drift}", row.name());
                thrown_away.push(format!("round {number}: {drift}"));
            }
        }
        if rounds.len() == wanted {
            break;
        }
    }
    if rounds.is_empty() {
        anyhow::bail!(
            "{}: no round counts, the machine drifts too much: {}",
            row.name(),
            thrown_away.join("; ")
        );
    }
    let mut figures = spreads(&rounds);
    figures.extend(spreads(&[row.apart().await?]));
    Ok(Found {
        row: row.name(),
        title: row.title(),
        machine: machine::in_words().await,
        rounds: rounds.len(),
        drift: allowed,
        thrown_away,
        figures,
        goals: row.goals(),
        plots: row.plots(),
        remarks: row.remarks(),
    })
}

/// What the environment says.
fn asked<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}

/// The figures of one round, or how much a limit drifted meanwhile.
async fn one(row: &mut dyn Row, allowed: f64) -> anyhow::Result<Result<Figures, String>> {
    let before = row.limits().await?;
    let mut figures = row.measure().await?;
    let after = row.limits().await?;
    for figure in before.iter().chain(figures.iter()) {
        eprintln!("    {}: {} {}", figure.case, figure.metric, in_digits(figure.value));
    }
    let mut limits = Figures::default();
    for limit in before.iter() {
        let again = after.get(&limit.case, limit.metric);
        let mean = f64::midpoint(limit.value, again);
        let drift = 100.0 * (limit.value - again).abs() / mean;
        // What a request costs the processor is counted in ticks of a clock, and is no rate that drifts.
        if drift > allowed && !limit.metric.starts_with("CPU") {
            let (was, is) = (in_digits(limit.value), in_digits(again));
            return Ok(Err(format!("{}: {} was {was}, then {is}", limit.case, limit.metric)));
        }
        limits.add(limit.case.as_str(), limit.metric, mean);
    }
    let compared = row.compare(&limits, &figures);
    limits.extend(std::mem::take(&mut figures));
    limits.extend(compared);
    Ok(Ok(limits))
}

fn spreads(rounds: &[Figures]) -> Vec<Spread> {
    let (mut order, mut values) = (Vec::new(), BTreeMap::<_, Vec<f64>>::new());
    for figure in rounds.iter().flat_map(Figures::iter) {
        let key = (figure.case.as_str(), figure.metric);
        if !values.contains_key(&key) {
            order.push(key);
        }
        values.entry(key).or_default().push(figure.value);
    }
    order.into_iter().map(|key| Spread::of(key.0, key.1, values.remove(&key).unwrap_or_default())).collect()
}
