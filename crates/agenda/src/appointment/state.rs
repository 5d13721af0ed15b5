use jiff::Timestamp;

/// How far an appointment is, with the facts that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The attempt is written; the XIS has not answered.
    Requested {
        /// When the patient asked.
        at: Timestamp,
        /// Whether the practice approves requests by hand.
        approval: bool,
    },
    /// The XIS's answer was lost; the patient reads "we are checking" (C18).
    Unknown {
        /// When the patient asked.
        at: Timestamp,
        /// Since when the outcome is unknown.
        since: Timestamp,
        /// Whether the practice approves requests by hand.
        approval: bool,
    },
    /// In the practice's agenda, waiting for its approval.
    Pending,
    /// In the practice's agenda.
    Booked,
    /// It was to be, and will not be.
    Cancelled {
        /// Who ended it.
        by: Party,
        /// When the platform learnt it.
        at: Timestamp,
    },
    /// The practice said no to the request.
    Declined {
        /// When the platform learnt it.
        at: Timestamp,
    },
    /// The request never reached the agenda.
    Failed {
        /// What kept it out.
        why: Failure,
        /// When the platform learnt it.
        at: Timestamp,
    },
    /// Cancelled before the platform ever knew it (A1). Has no patient and nothing to show.
    Tombstone,
}

impl State {
    /// Whether the patient still waits to hear if the request became an appointment.
    #[must_use]
    pub fn is_awaiting(&self) -> bool {
        match self {
            Self::Requested { .. } | Self::Unknown { .. } | Self::Pending => true,
            Self::Booked
            | Self::Cancelled { .. }
            | Self::Declined { .. }
            | Self::Failed { .. }
            | Self::Tombstone => false,
        }
    }
}

/// One of the two who can end an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// The patient.
    Patient,
    /// The practice.
    Practice,
}

/// What kept a request out of the agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Someone else took the time.
    SlotGone,
    /// The XIS refuses it (C13).
    Refused,
    /// No answer came, and it proved not to be in the agenda (C18).
    NotBooked,
}
