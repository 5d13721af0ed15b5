//! The letters about a mail address itself. They name no practice and no visit.

use store::Account;

use super::{Frame, Letter, Letterhead, templates};

impl Letter {
    /// The code that proves that the patient reads what comes at this address. The patient has yet to prove it, so
    /// there is nothing else in it.
    ///
    /// # Errors
    /// When a template fails.
    pub(crate) fn of_code(
        head: Letterhead<'_>,
        patient: &Account,
        code: &str,
    ) -> Result<Self, askama::Error> {
        let frame = head.frame(patient.language, None, "mail-open-code", "/preferences/address/code");
        let frame = Frame { preferences: None, ..frame };
        let parts = templates::code(&frame, &code.to_owned())?;
        Ok(Self::framed(frame, parts))
    }

    /// That no mail comes to this address any more. Where it goes now is not said: somebody else may read this.
    ///
    /// # Errors
    /// When a template fails.
    pub(crate) fn of_former_address(head: Letterhead<'_>, patient: &Account) -> Result<Self, askama::Error> {
        let frame = head.frame(patient.language, None, "mail-open-test", "/preferences");
        let parts = templates::former_address(&frame)?;
        Ok(Self::framed(frame, parts))
    }
}
