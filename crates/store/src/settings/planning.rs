use jiff::{Timestamp, civil::DateTime};

use super::Settings;

/// What is to be read at a glance is no longer than this.
const LONGEST_TEXT: usize = 300;

impl Settings {
    /// When online planning opens, or opened; `None` where it always was open.
    #[must_use]
    pub fn opens_at(&self) -> Option<Timestamp> {
        let opens_at: DateTime = self.online_from.as_deref()?.parse().ok()?;
        Some(opens_at.to_zoned(self.zone()).ok()?.timestamp())
    }

    /// What patients read first who choose the type of appointment with this code.
    #[must_use]
    pub fn urgent_text(&self, code: &str) -> Option<&str> {
        let mut texts = self.urgent_by_type.as_deref()?.split('|').filter_map(text_of_type);
        texts.find(|(known, _)| *known == code).map(|(_, text)| text)
    }

    pub(super) fn check_planning(&self) -> Result<(), &'static str> {
        let texts = self.urgent_by_type.as_deref();
        if self.online_from.is_some() && self.opens_at().is_none() {
            Err("give a date and a time, such as 2026-12-01T08:00")
        } else if texts.is_some_and(|texts| texts.split('|').any(|text| text_of_type(text).is_none())) {
            Err(
                "give the code of each type and its text of at most 300 characters, such as CONSULT=Text|VIDEO=Text",
            )
        } else {
            Ok(())
        }
    }
}

/// Reads `CODE=text`; `None` when that is not what it is.
fn text_of_type(entry: &str) -> Option<(&str, &str)> {
    let (code, text) = entry.split_once('=')?;
    let (code, text) = (code.trim(), text.trim());
    let is_fit = !code.is_empty() && !text.is_empty() && text.chars().count() <= LONGEST_TEXT;
    is_fit.then_some((code, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn online_planning_opens_on_the_practices_clock() {
        let mut settings = Settings::default();
        assert_eq!(settings.opens_at(), None);
        settings.set("online_from", "2026-12-01T08:00").unwrap();
        assert_eq!(settings.opens_at(), Some("2026-12-01T07:00:00Z".parse().unwrap()));
        for wrong in ["soon", "08:00", "2026-13-01T08:00"] {
            let refusal = settings.set("online_from", wrong).unwrap_err().to_string();
            assert!(refusal.contains("2026-12-01T08:00"), "{refusal}");
        }
        settings.set("online_from", "").unwrap();
        assert_eq!(settings.opens_at(), None);
    }

    #[test]
    fn each_type_can_have_a_text_for_what_is_urgent() {
        let mut settings = Settings::default();
        settings
            .set("urgent_by_type", "consult=Koorts boven 40 °C? Bel ons.| video = Geen spoed, a=b.")
            .unwrap();
        assert_eq!(settings.urgent_text("consult"), Some("Koorts boven 40 °C? Bel ons."));
        assert_eq!(settings.urgent_text("video"), Some("Geen spoed, a=b."));
        assert_eq!(settings.urgent_text("other"), None);
        for wrong in ["consult", "=text", "consult=", &format!("consult={}", "x".repeat(301))] {
            settings.set("urgent_by_type", wrong).unwrap_err();
        }
    }
}
