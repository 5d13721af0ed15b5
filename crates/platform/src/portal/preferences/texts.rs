//! The keys of what is said of each question.

use super::question::Question;

/// How a question is named, asked and explained.
#[derive(Debug, Clone, Copy)]
pub(super) struct Texts {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) hint: &'static str,
}

/// The levels of detail, the least first.
pub(super) const LEVELS: [&str; 3] = ["preferences-level-1", "preferences-level-2", "preferences-level-3"];

/// What each level tells of an appointment.
pub(super) const OF_APPOINTMENTS: [&str; 3] = [
    "preferences-appointments-example-1",
    "preferences-appointments-example-2",
    "preferences-appointments-example-3",
];

/// What each level tells of a message.
pub(super) const OF_MESSAGES: [&str; 3] =
    ["preferences-messages-example-1", "preferences-messages-example-2", "preferences-messages-example-3"];

impl Question {
    pub(super) fn texts(self) -> Texts {
        match self {
            Self::Language => Texts {
                name: "preferences-language-name",
                title: "preferences-language-title",
                hint: "preferences-language-hint",
            },
            Self::Channels => Texts {
                name: "preferences-channels-name",
                title: "preferences-channels-title",
                hint: "preferences-channels-hint",
            },
            Self::Appointments => Texts {
                name: "preferences-appointments-name",
                title: "preferences-appointments-title",
                hint: "preferences-appointments-hint",
            },
            Self::Messages => Texts {
                name: "preferences-messages-name",
                title: "preferences-messages-title",
                hint: "preferences-messages-hint",
            },
            Self::Reminders => Texts {
                name: "preferences-reminders-name",
                title: "preferences-reminders-title",
                hint: "preferences-reminders-hint",
            },
        }
    }
}
