use agenda::Kind;
use store::{Language, News};

use super::{Group, Standing};
use crate::words::say;

/// How it stands, in a word, a shape and a colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::portal) struct Tag {
    pub(in crate::portal) word: String,
    pub(in crate::portal) shape: &'static str,
    pub(in crate::portal) tone: Tone,
}

/// What a colour means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::portal) enum Tone {
    Good,
    Changed,
    Waiting,
    Off,
}

impl Tone {
    /// Its class in the style sheet.
    pub(in crate::portal) fn class(self) -> &'static str {
        match self {
            Self::Good => "ok",
            Self::Changed => "new",
            Self::Waiting => "wait",
            Self::Off => "gone",
        }
    }
}

impl Tag {
    /// None for a visit that is over as it was planned.
    pub(super) fn of(
        standing: Standing,
        group: Group,
        news: Option<&News>,
        fresh: bool,
        language: Language,
    ) -> Option<Self> {
        let kind = news.map(|news| news.kind);
        let (key, shape, tone) = match (standing, kind) {
            (Standing::Booked, _) if group == Group::Past => return None,
            (Standing::Booked, Some(Kind::New)) if fresh => ("card-new", "plus", Tone::Changed),
            (Standing::Booked, Some(Kind::PlannedAgain)) if fresh => {
                ("card-planned-again", "plus", Tone::Changed)
            }
            (Standing::Booked, Some(Kind::Rescheduled)) if has_before(news) => {
                ("reschedule-moved", "change", Tone::Good)
            }
            (Standing::Booked, Some(Kind::Modified)) => ("card-modified", "change", Tone::Changed),
            (Standing::Booked, _) => ("card-confirmed", "check", Tone::Good),
            (Standing::Checking, _) => ("card-checking", "clock", Tone::Waiting),
            (Standing::CheckingFailed, _) => ("card-checking-failed", "phone", Tone::Waiting),
            (Standing::Pending, _) => ("card-pending", "clock", Tone::Waiting),
            (Standing::Cancelling, _) => ("cancel-tag", "clock", Tone::Waiting),
            (Standing::Cancelled, _) => ("card-cancelled", "cross", Tone::Off),
            (Standing::Declined, _) => ("card-declined", "cross", Tone::Off),
            (Standing::Failed(_), _) => ("card-failed", "cross", Tone::Off),
        };
        Some(Self { word: say(language, key, &[]), shape, tone })
    }
}

fn has_before(news: Option<&News>) -> bool {
    news.is_some_and(|news| news.before.is_some())
}
