use std::fmt;

use serde_json::Value;

use super::BSN_CLAIM;

/// The claim with the practices that a practitioner works for.
pub(crate) const PRACTICES_CLAIM: &str = "practices";

/// Someone to log in as.
pub(crate) struct TestPerson {
    /// Their `sub`.
    pub(super) subject: String,
    /// First and last name.
    pub(super) name: String,
    /// What the page says below the name.
    pub(super) note: String,
    /// What their tokens say beside the name: in ID tokens, exchanged tokens and on the page, never in a URL or a log.
    pub(super) claim: (&'static str, Value),
}

impl TestPerson {
    /// The patient at this place in the list, whose `sub` is stable for as long as the list is.
    pub(crate) fn patient(place: usize, bsn: &str, name: &str) -> Self {
        Self {
            subject: format!("test-patient-{}", place + 1),
            name: name.to_owned(),
            note: format!("BSN {bsn}"),
            claim: (BSN_CLAIM, bsn.into()),
        }
    }

    /// Someone who works for these practices; `note` says where that is.
    pub(crate) fn practitioner(id: &str, name: &str, note: &str, practices: &[&str]) -> Self {
        Self {
            subject: id.to_owned(),
            name: name.to_owned(),
            note: note.to_owned(),
            claim: (PRACTICES_CLAIM, practices.into()),
        }
    }
}

impl fmt::Debug for TestPerson {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TestPerson").finish_non_exhaustive()
    }
}
