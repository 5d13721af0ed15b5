//! What was measured: figures, each of a case ("new, 64 clients") and a metric with its unit ("requests a second").

use serde::Serialize;

/// Metrics that more than one row has.
pub(crate) const RATE: &str = "rate, /s";
pub(crate) const P50: &str = "p50, ms";
pub(crate) const P99: &str = "p99, ms";
pub(crate) const CPU: &str = "CPU a request, µs";

/// The figures of one round, in the order in which they are shown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Figures(Vec<Figure>);

#[derive(Debug, Clone)]
pub(crate) struct Figure {
    pub(crate) case: String,
    pub(crate) metric: &'static str,
    pub(crate) value: f64,
}

impl Figures {
    pub(crate) fn add(&mut self, case: impl Into<String>, metric: &'static str, value: f64) {
        self.0.push(Figure { case: case.into(), metric, value });
    }

    pub(crate) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// What was not measured is not a number.
    pub(crate) fn get(&self, case: &str, metric: &str) -> f64 {
        let found = self.0.iter().find(|figure| figure.case == case && figure.metric == metric);
        found.map_or(f64::NAN, |figure| figure.value)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Figure> {
        self.0.iter()
    }
}

/// What a figure is to be: at most, or at least.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Goal {
    pub(crate) case: String,
    pub(crate) metric: &'static str,
    pub(crate) sign: &'static str,
    pub(crate) value: f64,
}

impl Goal {
    pub(crate) fn at_most(case: impl Into<String>, metric: &'static str, value: f64) -> Self {
        Self { case: case.into(), metric, sign: "<=", value }
    }

    pub(crate) fn at_least(case: impl Into<String>, metric: &'static str, value: f64) -> Self {
        Self { case: case.into(), metric, sign: ">=", value }
    }

    pub(crate) fn is_met_by(&self, figure: f64) -> bool {
        if self.sign == "<=" { figure <= self.value } else { figure >= self.value }
    }
}

/// One figure over all rounds.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Spread {
    pub(crate) case: String,
    pub(crate) metric: &'static str,
    pub(crate) median: f64,
    pub(crate) min: f64,
    pub(crate) max: f64,
}

impl Spread {
    pub(crate) fn of(case: &str, metric: &'static str, mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |place: usize| values.get(place).copied().unwrap_or(f64::NAN);
        let middle = values.len() / 2;
        let median = if values.len() % 2 == 1 {
            at(middle)
        } else {
            f64::midpoint(at(middle.wrapping_sub(1)), at(middle))
        };
        Self { case: case.to_owned(), metric, median, min: at(0), max: at(values.len().wrapping_sub(1)) }
    }
}

/// Three digits that matter, for people.
pub(crate) fn in_digits(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 || size == 0.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}
