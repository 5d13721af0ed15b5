//! The questions and their answers in words.

use jiff::{Timestamp, civil::Weekday, tz::TimeZone};
use store::{Account, Language, Preferences};

use super::{
    question::{LEVELS, Question, REMINDERS, value_of},
    texts,
};
use crate::{
    when,
    words::{self, say},
};

/// One of the answers to choose from.
#[derive(Debug)]
pub(super) struct Choice {
    /// The field that it fills.
    pub(super) field: &'static str,
    pub(super) value: String,
    pub(super) said: String,
    /// What will then be told, word for word; or what there is to know of it.
    pub(super) example: Option<String>,
    pub(super) chosen: bool,
}

impl Question {
    /// Whether more than one answer can be chosen.
    pub(super) fn takes_more(self) -> bool {
        self == Self::Channels
    }

    /// What can be answered, as the patient has it now.
    pub(super) fn choices(self, patient: &Account, now: Timestamp) -> Vec<Choice> {
        let preferences = patient.preferences;
        match self {
            Self::Language => words::languages().map(|one| language(one, patient)).collect(),
            Self::Channels => channels(patient).into(),
            Self::Appointments => levels(texts::OF_APPOINTMENTS, preferences.detail, patient.language, now),
            Self::Messages => levels(texts::OF_MESSAGES, preferences.detail_messages, patient.language, now),
            Self::Reminders => REMINDERS.map(|one| reminder(one, patient)).into(),
        }
    }

    /// What the patient has answered, in a few words.
    pub(super) fn answered(self, patient: &Account, now: Timestamp) -> String {
        let chosen = self.choices(patient, now).into_iter().filter(|choice| choice.chosen);
        let said: Vec<String> = chosen.map(|choice| choice.said).collect();
        match (self, patient.preferences.remind_minutes) {
            (Self::Reminders, Some(minutes)) if said.is_empty() => {
                say(patient.language, "preferences-remind-minutes", &[("minutes", minutes.into())])
            }
            (Self::Channels, _) if said.is_empty() => say(patient.language, "preferences-channels-none", &[]),
            _ => said.join(", "),
        }
    }
}

fn language(one: Language, patient: &Account) -> Choice {
    // Each in its own words, for who reads no other.
    let said = say(one, "language-name", &[]);
    let chosen = one == patient.language;
    Choice { field: "answer", value: one.to_string(), said, example: None, chosen }
}

fn channels(patient: &Account) -> [Choice; 2] {
    let Preferences { by_mail, by_push, .. } = patient.preferences;
    let words = |key: &str| say(patient.language, key, &[]);
    let address = patient.mail.clone().unwrap_or_else(|| words("preferences-no-address"));
    let mail = words("preferences-by-mail");
    let (push, devices) = (words("preferences-by-push"), words("preferences-by-push-hint"));
    [("mail", mail, address, by_mail), ("push", push, devices, by_push)].map(
        |(field, said, example, chosen)| Choice {
            field,
            value: "1".to_owned(),
            said,
            example: Some(example),
            chosen,
        },
    )
}

fn levels(examples: [&str; 3], chosen: u32, language: Language, now: Timestamp) -> Vec<Choice> {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    let at = when::date_and_time(language, next_tuesday(now), &zone);
    let choice = |((level, said), example): ((u32, &str), &str)| Choice {
        field: "answer",
        value: level.to_string(),
        said: say(language, said, &[]),
        example: Some(say(language, example, &[("at", at.as_str().into())])),
        chosen: level == chosen,
    };
    LEVELS.into_iter().zip(texts::LEVELS).zip(examples).map(choice).collect()
}

fn reminder((minutes, key): (Option<u32>, &'static str), patient: &Account) -> Choice {
    let chosen = minutes == patient.preferences.remind_minutes;
    let said = say(patient.language, key, &[]);
    Choice { field: "answer", value: value_of(minutes), said, example: None, chosen }
}

const ZONE: &str = "Europe/Amsterdam";

/// A moment that could be a visit, for an example.
fn next_tuesday(now: Timestamp) -> Timestamp {
    let today = now.in_tz(ZONE);
    let tuesday = today.and_then(|today| today.nth_weekday(1, Weekday::Tuesday));
    let at_ten_past_nine = tuesday.and_then(|day| day.with().hour(9).minute(10).second(0).build());
    at_ten_past_nine.map_or(now, |visit| visit.timestamp())
}
