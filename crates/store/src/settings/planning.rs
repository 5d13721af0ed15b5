use jiff::{Timestamp, civil::DateTime};

use super::Settings;
use crate::Language;

/// What is to be read at a glance is no longer than this.
const LONGEST_TEXT: usize = 300;

impl Settings {
    /// When online planning opens, or opened; `None` where it always was open.
    #[must_use]
    pub fn opens_at(&self) -> Option<Timestamp> {
        let opens_at: DateTime = self.online_from.as_deref()?.parse().ok()?;
        Some(opens_at.to_zoned(self.zone()).ok()?.timestamp())
    }

    /// What patients read first who choose the type of appointment with this code, and in which language it is: theirs
    /// where the practice wrote it, else Dutch, else whatever there is.
    #[must_use]
    pub fn urgent_text(&self, code: &str, language: Language) -> Option<(Language, &str)> {
        let texts = self.urgent_by_type.as_deref()?.split('|').filter_map(text_of_type);
        let of_type = texts.filter(|(known, ..)| *known == code).map(|(_, language, text)| (language, text));
        of_type.min_by_key(|(written, _)| (*written != language, *written != Language::Dutch))
    }

    pub(super) fn check_planning(&self) -> Result<(), &'static str> {
        let texts = self.urgent_by_type.as_deref();
        if self.online_from.is_some() && self.opens_at().is_none() {
            Err("give a date and a time, such as 2026-12-01T08:00")
        } else if texts.is_some_and(|texts| texts.split('|').any(|text| text_of_type(text).is_none())) {
            Err("give the code of each type and its text of at most 300 characters, such as \
                 CONSULT=Tekst|CONSULT@en=Text|VIDEO=Tekst")
        } else {
            Ok(())
        }
    }
}

/// Reads `CODE=text`, which is Dutch, or `CODE@en=text`; `None` when that is not what it is.
fn text_of_type(entry: &str) -> Option<(&str, Language, &str)> {
    let (name, text) = entry.split_once('=')?;
    let (code, language) = match name.split_once('@') {
        Some((code, language)) => (code, language.trim().parse().ok()?),
        None => (name, Language::Dutch),
    };
    let (code, text) = (code.trim(), text.trim());
    let is_fit = !code.is_empty() && !text.is_empty() && text.chars().count() <= LONGEST_TEXT;
    is_fit.then_some((code, language, text))
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
        let dutch = |code| settings.urgent_text(code, Language::Dutch).map(|(_, text)| text);
        assert_eq!(dutch("consult"), Some("Koorts boven 40 °C? Bel ons."));
        assert_eq!(dutch("video"), Some("Geen spoed, a=b."));
        assert_eq!(dutch("other"), None);
        for wrong in ["consult", "=text", "consult=", "@en=text", &format!("consult={}", "x".repeat(301))] {
            settings.clone().set("urgent_by_type", wrong).unwrap_err();
        }
    }

    #[test]
    fn what_is_urgent_can_be_said_in_each_language() {
        let (dutch, english, frisian) = (Language::Dutch, Language::English, "fy".parse().unwrap());
        let mut settings = Settings::default();
        settings
            .set(
                "urgent_by_type",
                "consult@en=Fever? Call us.|consult=Koorts? Bel ons.|video @ en = No emergencies.",
            )
            .unwrap();
        for (code, language, said) in [
            ("consult", dutch, (dutch, "Koorts? Bel ons.")),
            ("consult", english, (english, "Fever? Call us.")),
            ("consult", frisian, (dutch, "Koorts? Bel ons.")),
            ("video", english, (english, "No emergencies.")),
            ("video", dutch, (english, "No emergencies.")),
        ] {
            assert_eq!(settings.urgent_text(code, language), Some(said), "{code} {language}");
        }
        for wrong in ["consult@EN=text", "consult@=text", "consult@english=text"] {
            let refusal = settings.clone().set("urgent_by_type", wrong).unwrap_err().to_string();
            assert!(refusal.contains("CONSULT@en=Text"), "{refusal}");
        }
    }
}
