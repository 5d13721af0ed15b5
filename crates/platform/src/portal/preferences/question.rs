use std::str::FromStr;

use serde::Deserialize;
use store::{Language, Preferences};

use crate::words;

/// A question of which the answer is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    Language,
    Channels,
    /// How much may be said about an appointment.
    Appointments,
    /// How much may be said about a message of a practice.
    Messages,
    Reminders,
}

/// What the form sends: of radio buttons one `answer`, of boxes those that are ticked.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Sent {
    answer: Option<String>,
    mail: Option<String>,
    push: Option<String>,
}

/// What is to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Language(Language),
    Preferences(Preferences),
}

/// The levels of detail, the least first.
pub(super) const LEVELS: [u32; 3] = [1, 2, 3];

/// When reminders can come, in minutes before the visit, and the key of how that is said.
pub(super) const REMINDERS: [(Option<u32>, &str); 4] = [
    (Some(24 * 60), "preferences-remind-day"),
    (Some(48 * 60), "preferences-remind-two-days"),
    (Some(2 * 60), "preferences-remind-two-hours"),
    (None, "preferences-remind-off"),
];

/// What the form sends for no reminders.
const NONE: &str = "none";

impl Question {
    pub(super) const ALL: [Self; 5] =
        [Self::Language, Self::Channels, Self::Appointments, Self::Messages, Self::Reminders];

    /// Its name in addresses, the audit trail and the keys of texts.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Channels => "channels",
            Self::Appointments => "appointments",
            Self::Messages => "messages",
            Self::Reminders => "reminders",
        }
    }

    /// What the patient answers with this form; none when it is no answer to this question.
    pub(super) fn answer(self, sent: &Sent, before: Preferences) -> Option<Answer> {
        let chosen = sent.answer.as_deref();
        let after = match self {
            Self::Language => return Some(Answer::Language(words::language(chosen?)?)),
            Self::Channels => {
                Preferences { by_mail: sent.mail.is_some(), by_push: sent.push.is_some(), ..before }
            }
            Self::Appointments => Preferences { detail: level(chosen?)?, ..before },
            Self::Messages => Preferences { detail_messages: level(chosen?)?, ..before },
            Self::Reminders => Preferences { remind_minutes: minutes(chosen?)?, ..before },
        };
        Some(Answer::Preferences(after))
    }
}

impl FromStr for Question {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|question| question.name() == name).ok_or(())
    }
}

fn level(sent: &str) -> Option<u32> {
    LEVELS.into_iter().find(|level| level.to_string() == sent)
}

/// One of the times that can be chosen.
fn minutes(sent: &str) -> Option<Option<u32>> {
    REMINDERS.into_iter().map(|(minutes, _)| minutes).find(|minutes| value_of(*minutes) == sent)
}

/// What the form sends for this time.
pub(super) fn value_of(minutes: Option<u32>) -> String {
    minutes.map_or_else(|| NONE.to_owned(), |minutes| minutes.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(question: Question, sent: &str) -> Option<Answer> {
        let sent = Sent { answer: Some(sent.to_owned()), ..Sent::default() };
        question.answer(&sent, Preferences::default())
    }

    #[test]
    fn only_what_was_offered_is_an_answer() {
        let before = Preferences::default();
        let off = Preferences { remind_minutes: None, ..before };
        assert_eq!(answer(Question::Reminders, "none"), Some(Answer::Preferences(off)));
        let most = Preferences { detail: 3, ..before };
        assert_eq!(answer(Question::Appointments, "3"), Some(Answer::Preferences(most)));
        for (question, sent) in [
            (Question::Reminders, "5"),
            (Question::Reminders, ""),
            (Question::Appointments, "4"),
            (Question::Messages, "01"),
            (Question::Language, "de"),
        ] {
            assert_eq!(answer(question, sent), None, "{question:?} {sent}");
        }
    }

    #[test]
    fn boxes_that_are_not_ticked_are_a_no() {
        let none = Preferences { by_mail: false, by_push: false, ..Preferences::default() };
        let answer = Question::Channels.answer(&Sent::default(), Preferences::default());
        assert_eq!(answer, Some(Answer::Preferences(none)));
    }
}
