use super::Content;

/// What a XIS sends about one of its appointments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// What the XIS says of it.
    pub status: UpdateStatus,
    /// The appointment as the XIS sees it.
    pub content: Content,
}

/// What a XIS says of its appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpdateStatus {
    /// It stands.
    Booked,
    /// It will not be.
    Cancelled,
    /// It is under way, or over: stored, told to nobody (A13, setting).
    Silent,
}

impl UpdateStatus {
    /// Reads the status code of an Appointment; `None` is one to refuse (A13). With `visit_statuses` (setting)
    /// the codes that follow a visit are read too.
    #[must_use]
    pub fn read(code: &str, visit_statuses: bool) -> Option<Self> {
        match (code, visit_statuses) {
            ("booked", _) => Some(Self::Booked),
            ("cancelled", _) | ("entered-in-error", true) => Some(Self::Cancelled),
            ("arrived" | "checked-in" | "fulfilled" | "noshow", true) => Some(Self::Silent),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::UpdateStatus as Status;

    #[test]
    fn a13_other_statuses_need_the_setting() {
        for (code, plain, with_setting) in [
            ("booked", Some(Status::Booked), Some(Status::Booked)),
            ("cancelled", Some(Status::Cancelled), Some(Status::Cancelled)),
            ("entered-in-error", None, Some(Status::Cancelled)),
            ("arrived", None, Some(Status::Silent)),
            ("checked-in", None, Some(Status::Silent)),
            ("fulfilled", None, Some(Status::Silent)),
            ("noshow", None, Some(Status::Silent)),
            ("proposed", None, None),
            ("Booked", None, None),
        ] {
            assert_eq!(Status::read(code, false), plain, "{code}");
            assert_eq!(Status::read(code, true), with_setting, "{code}");
        }
    }
}
