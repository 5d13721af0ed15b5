use agenda::{CancelWindow, Content};

use super::Settings;

/// Nobody has to cancel more than a year ahead.
const MOST_HOURS: u32 = 366 * 24;

impl Settings {
    /// Until when a visit may be cancelled online, as far as the practice chose it; the XIS's own word goes before
    /// it (B10). A visit of two types has the stricter of the two. Without a XIS to tell it is never possible.
    #[must_use]
    pub fn cancel_window(&self, visit: &Content) -> CancelWindow {
        if self.xis_base_url.is_none() {
            return CancelWindow::Closed;
        }
        let by_type = self.cancel_until_hours_by_type.as_deref().and_then(hours_by_type).unwrap_or_default();
        let of_type = |code: &str| by_type.iter().find(|(known, _)| *known == code).map(|(_, hours)| *hours);
        let strictest = visit.categories.iter().filter_map(|category| of_type(&category.code)).max();
        CancelWindow::HoursBefore(strictest.unwrap_or(self.cancel_until_hours))
    }

    pub(super) fn check_cancel_hours(&self) -> Result<(), &'static str> {
        let by_type = self.cancel_until_hours_by_type.as_deref();
        if self.cancel_until_hours > MOST_HOURS {
            Err("give a number of hours, at most 8784")
        } else if by_type.is_some_and(|text| hours_by_type(text).is_none()) {
            Err("give the code of each type and its hours, such as CONSULT=24,VIDEO=2")
        } else {
            Ok(())
        }
    }
}

/// Reads `CODE=48,OTHER=2`; `None` when that is not what it is.
fn hours_by_type(text: &str) -> Option<Vec<(&str, u32)>> {
    text.split(',').map(hours_of_type).collect()
}

fn hours_of_type(entry: &str) -> Option<(&str, u32)> {
    let (code, hours) = entry.rsplit_once('=')?;
    let hours = hours.trim().parse().ok().filter(|hours| *hours <= MOST_HOURS)?;
    Some((code.trim(), hours)).filter(|(code, _)| !code.is_empty())
}

#[cfg(test)]
mod tests {
    use agenda::Coding;

    use super::*;

    fn visit(codes: &[&str]) -> Content {
        let coding =
            |code: &&str| Coding { system: "urn:types".to_owned(), code: (*code).to_owned(), display: None };
        let start = "2026-05-12T08:00:00Z".parse().unwrap();
        Content {
            start,
            end: start,
            categories: codes.iter().map(coding).collect(),
            participants: Vec::new(),
            comment: None,
        }
    }

    #[test]
    fn b10_each_type_can_have_hours_of_its_own() {
        let mut settings = Settings { xis_base_url: Some("https://xis".to_owned()), ..Settings::default() };
        assert_eq!(settings.cancel_window(&visit(&["CONSULT"])), CancelWindow::HoursBefore(24));
        settings.set("cancel_until_hours", "12").unwrap();
        settings.set("cancel_until_hours_by_type", "CONSULT=48, VIDEO = 2,").unwrap_err();
        settings.set("cancel_until_hours_by_type", "CONSULT=48, VIDEO = 2").unwrap();
        for (codes, hours) in [
            (vec!["CONSULT"], 48),
            (vec!["VIDEO"], 2),
            (vec!["VIDEO", "CONSULT"], 48),
            (vec!["X"], 12),
            (vec![], 12),
        ] {
            assert_eq!(settings.cancel_window(&visit(&codes)), CancelWindow::HoursBefore(hours), "{codes:?}");
        }
        settings.set("cancel_until_hours_by_type", "").unwrap();
        assert_eq!(settings.cancel_window(&visit(&["CONSULT"])), CancelWindow::HoursBefore(12));
    }

    #[test]
    fn b10_without_a_system_to_tell_nothing_is_cancelled_online() {
        assert_eq!(Settings::default().cancel_window(&visit(&["CONSULT"])), CancelWindow::Closed);
    }

    #[test]
    fn hours_that_are_none_are_refused_in_words() {
        let mut settings = Settings::default();
        for (key, value) in [
            ("cancel_until_hours", "soon"),
            ("cancel_until_hours", "-1"),
            ("cancel_until_hours", "8785"),
            ("cancel_until_hours", ""),
            ("cancel_until_hours_by_type", "CONSULT"),
            ("cancel_until_hours_by_type", "=2"),
            ("cancel_until_hours_by_type", "CONSULT=x"),
        ] {
            let refusal = settings.set(key, value).unwrap_err().to_string();
            assert!(refusal.contains("hours"), "{refusal}");
        }
        assert_eq!(settings, Settings::default());
    }
}
