use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{Problem, query::invalid};
use crate::practice::Practice;

/// A stretch of time: from `from` up to, not including, `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) from: Timestamp,
    pub(super) until: Timestamp,
}

/// The times that lie within every one of these `ge…`, `gt…`, `le…`, `lt…` or bare dates.
///
/// A date is a calendar day of the practice, and the day itself counts (C6); a moment is taken as it is.
///
/// # Errors
/// When one of them is no date.
pub(super) fn range<'a>(
    name: &str,
    dates: impl Iterator<Item = &'a str>,
    practice: &Practice,
) -> Result<Range, Problem> {
    let mut range = Range { from: Timestamp::MIN, until: Timestamp::MAX };
    for text in dates {
        let (prefix, date) = match text.get(..2) {
            Some(prefix @ ("ge" | "gt" | "le" | "lt" | "eq")) => (prefix, text.get(2..).unwrap_or_default()),
            _ => ("eq", text),
        };
        let day = day(date, practice)
            .ok_or_else(|| invalid(name, "The parameter must be a date such as ge2026-05-12."))?;
        match prefix {
            "ge" => range.from = range.from.max(day.from),
            "gt" => range.from = range.from.max(day.until),
            "le" => range.until = range.until.min(day.until),
            "lt" => range.until = range.until.min(day.from),
            _ => {
                range.from = range.from.max(day.from);
                range.until = range.until.min(day.until);
            }
        }
    }
    Ok(range)
}

fn day(text: &str, practice: &Practice) -> Option<Range> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(Range {
            from: moment,
            until: moment.saturating_add(SignedDuration::from_micros(1)).ok()?,
        });
    }
    // A civil date would also be read from a date with a time that has no offset (D11).
    if text.len() != "2026-05-12".len() {
        return None;
    }
    let day: Date = text.parse().ok()?;
    Some(Range { from: practice.start_of(day), until: practice.start_of(day.tomorrow().ok()?) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config, practice::Practices};

    fn practice() -> std::sync::Arc<Practice> {
        let settings: config::Practice = serde_json::from_value(serde_json::json!({
            "agb": "01000001", "name": "De Linde", "city": "Utrecht",
            "platform": { "fhir_base": "https://p.example/fhir/r4", "token_endpoint": "https://p.example/token",
                          "client_id": "xis", "client_secret": "secret" }
        }))
        .unwrap();
        Practices::new(vec![settings]).unwrap().all().next().unwrap().clone()
    }

    #[test]
    fn c6_days_are_the_practices_and_the_last_is_included() {
        for (dates, from, until) in [
            (vec!["ge2026-05-12", "le2026-05-13"], "2026-05-11T22:00:00Z", "2026-05-13T22:00:00Z"),
            (vec!["2026-05-12"], "2026-05-11T22:00:00Z", "2026-05-12T22:00:00Z"),
            (vec!["gt2026-05-12", "lt2026-05-14"], "2026-05-12T22:00:00Z", "2026-05-13T22:00:00Z"),
            // The day on which summer time begins has 23 hours.
            (vec!["eq2026-03-29"], "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
            (
                vec!["ge2026-05-12T10:00:00+02:00", "lt2026-05-12T09:00:00Z"],
                "2026-05-12T08:00:00Z",
                "2026-05-12T09:00:00Z",
            ),
        ] {
            let expected = Range { from: from.parse().unwrap(), until: until.parse().unwrap() };
            assert_eq!(
                range("schedule.date", dates.iter().copied(), &practice()).unwrap(),
                expected,
                "{dates:?}"
            );
        }
        for text in ["ge", "tomorrow", "ge2026-13-01", "2026-05-12T10:00:00", "ap2026-05-12", "é2026"] {
            assert!(range("schedule.date", [text].into_iter(), &practice()).is_err(), "{text}");
        }
    }
}
