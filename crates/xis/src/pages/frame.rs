use crate::locales::Words;

/// What stands around every page of a practice.
pub(super) struct Frame {
    pub(super) words: &'static Words,
    pub(super) title: String,
    /// The address of the page itself.
    pub(super) here: String,
    pub(super) section: Section,
    /// The practice's name.
    pub(super) practice: String,
    /// Where its pages begin: the prefix of their addresses.
    pub(super) home: String,
    pub(super) has_other_practices: bool,
    /// Who is logged in, where the pages have a login.
    pub(super) who: Option<String>,
    /// How many requests wait for an answer.
    pub(super) requests: u32,
    /// What this XIS does wrong on purpose; none in earnest.
    pub(super) misbehaving: Option<String>,
}

/// The part of the pages that this one belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Agenda,
    Requests,
    NewAppointment,
    Appointment,
}

impl Frame {
    pub(super) fn is_agenda(&self) -> bool {
        self.section == Section::Agenda
    }

    pub(super) fn is_requests(&self) -> bool {
        self.section == Section::Requests
    }

    pub(super) fn is_new_appointment(&self) -> bool {
        self.section == Section::NewAppointment
    }
}
