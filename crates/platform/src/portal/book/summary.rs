use agenda::Coding;
use jiff::Timestamp;
use store::{AppointmentId, Choice, Language};

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
    /// When the appointment is that is moved, where one is.
    pub(super) moving: Option<String>,
    /// Choosing another agenda for it.
    pub(super) elsewhere: Option<String>,
    /// What the practice says first of what is urgent, for this type.
    pub(super) urgent: Option<Urgent>,
}

/// What the practice says first of what is urgent, in the language that it wrote it in.
#[derive(Debug, Clone)]
pub(super) struct Urgent {
    pub(super) language: Language,
    pub(super) text: String,
}

impl Urgent {
    pub(super) fn of(at: &AtPractice, category: &Coding) -> Option<Self> {
        let said = at.practice.settings.urgent_text(&category.code, at.reader.language());
        said.map(|(language, text)| Self { language, text: text.to_owned() })
    }
}

impl Summary {
    pub(super) fn of_type(at: &AtPractice, category: &Coding) -> Self {
        let moving = at.moving.as_ref();
        Self {
            kind: name(category),
            with: None,
            back: moving.map_or_else(|| address::types(at.agb()), |moving| appointment(moving.id())),
            moving: moving.map(|moving| moving.said(at)),
            elsewhere: None,
            urgent: Urgent::of(at, category),
        }
    }

    /// With the agenda too; one without a name is chosen all the same.
    pub(super) fn of_agenda(at: &AtPractice, category: &Coding, agenda: Option<String>) -> Self {
        let (of_type, agendas) = (Self::of_type(at, category), at.all_agendas(category));
        match at.moving {
            Some(_) => Self { with: agenda, elsewhere: Some(agendas), ..of_type },
            None => Self { with: agenda, back: agendas, ..of_type },
        }
    }
}

/// The page of an appointment.
fn appointment(id: AppointmentId) -> String {
    format!("/appointments/{id}")
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
            change_time: at.times_beside(category, slot),
            change_reason: address::reason(at.agb()),
        })
    }
}
