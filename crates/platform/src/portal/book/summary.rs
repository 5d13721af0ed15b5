use agenda::Coding;
use jiff::Timestamp;
use store::Choice;

use super::{address, at_practice::AtPractice};
use crate::{
    portal::card::{Moment, what},
    when,
};

/// What was chosen so far, above the question.
#[derive(Debug, Clone)]
pub(super) struct Summary {
    pub(super) kind: String,
    pub(super) with: Option<String>,
    /// Where to go back to.
    pub(super) back: String,
}

impl Summary {
    pub(super) fn of_type(at: &AtPractice, category: &Coding) -> Self {
        Self { kind: name(category), with: None, back: address::types(at.agb()) }
    }

    /// With the agenda too; one without a name is chosen all the same.
    pub(super) fn of_agenda(at: &AtPractice, category: &Coding, agenda: Option<String>) -> Self {
        let back = address::all_agendas(at.agb(), category);
        Self { with: agenda, back, ..Self::of_type(at, category) }
    }
}

/// What a type is called.
pub(super) fn name(category: &Coding) -> String {
    category.display.clone().unwrap_or_else(|| category.code.clone())
}

/// Everything that was chosen but for the reason, to be read back.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    pub(super) kind: String,
    pub(super) change_kind: String,
    pub(super) with: Option<String>,
    pub(super) what: String,
    pub(super) at: Moment,
    pub(super) duration: String,
    pub(super) change_time: String,
    pub(super) change_reason: String,
}

impl Chosen {
    /// `None` before a time was chosen.
    pub(super) fn of(at: &AtPractice, choice: &Choice, now: Timestamp) -> Option<Self> {
        let (category, slot) = (choice.category.as_ref()?, choice.slot.as_ref()?);
        let language = at.reader.language();
        let (kind, with) = (name(category), Some(slot.agenda.clone()).filter(|agenda| !agenda.is_empty()));
        Some(Self {
            what: what(language, Some(&kind), with.as_deref()),
            change_kind: address::types(at.agb()),
            kind,
            with,
            at: Moment::of(slot.start, &at.zone(), language, now),
            duration: when::duration_minutes(language, slot.start, slot.end),
            change_time: address::times(at.agb(), category, &slot.schedule),
            change_reason: address::reason(at.agb()),
        })
    }
}
