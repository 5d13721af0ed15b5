//! The closed sets of codes, as FHIR R4 spells them.

use serde::{Serialize, Serializer};

macro_rules! codes {
    ($(#[$about:meta])* $name:ident { $($variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $code, "`")] $variant),+
        }

        impl $name {
            /// Every code of the set.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as it stands on the wire.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Reads a code; nothing when it is not in the set.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.code() == code)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }
    };
}

codes! {
    /// How far an appointment is.
    AppointmentStatus {
        Proposed = "proposed", Pending = "pending", Booked = "booked", Arrived = "arrived",
        Fulfilled = "fulfilled", Cancelled = "cancelled", NoShow = "noshow",
        EnteredInError = "entered-in-error", CheckedIn = "checked-in", Waitlist = "waitlist",
    }
}

codes! {
    /// What a participant said to the appointment.
    ParticipationStatus {
        Accepted = "accepted", Declined = "declined", Tentative = "tentative", NeedsAction = "needs-action",
    }
}

codes! {
    /// Whether a participant must be there.
    ParticipantRequired { Required = "required", Optional = "optional", InformationOnly = "information-only" }
}

codes! {
    /// How far a communication is (FHIR's event status).
    CommunicationStatus {
        Preparation = "preparation", InProgress = "in-progress", NotDone = "not-done", OnHold = "on-hold",
        Stopped = "stopped", Completed = "completed", EnteredInError = "entered-in-error", Unknown = "unknown",
    }
}

codes! {
    /// How bad an issue is.
    IssueSeverity { Fatal = "fatal", Error = "error", Warning = "warning", Information = "information" }
}

codes! {
    /// What kind of issue it is.
    IssueType {
        Invalid = "invalid", Structure = "structure", Required = "required", Value = "value",
        Invariant = "invariant", Security = "security", Login = "login", Unknown = "unknown",
        Expired = "expired", Forbidden = "forbidden", Suppressed = "suppressed", Processing = "processing",
        NotSupported = "not-supported", Duplicate = "duplicate", MultipleMatches = "multiple-matches",
        NotFound = "not-found", Deleted = "deleted", TooLong = "too-long", CodeInvalid = "code-invalid",
        Extension = "extension", TooCostly = "too-costly", BusinessRule = "business-rule",
        Conflict = "conflict", Transient = "transient", LockError = "lock-error", NoStore = "no-store",
        Exception = "exception", Timeout = "timeout", Incomplete = "incomplete", Throttled = "throttled",
        Informational = "informational",
    }
}

codes! {
    /// What a client may do with a resource.
    Interaction {
        Read = "read", VersionRead = "vread", Update = "update", Patch = "patch", Delete = "delete",
        HistoryInstance = "history-instance", HistoryType = "history-type", Create = "create",
        SearchType = "search-type",
    }
}

codes! {
    /// How the value of a search parameter is read.
    SearchParamType {
        Number = "number", Date = "date", Text = "string", Token = "token", Reference = "reference",
        Composite = "composite", Quantity = "quantity", Uri = "uri", Special = "special",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_read_back_as_itself() {
        for status in AppointmentStatus::ALL {
            assert_eq!(AppointmentStatus::from_code(status.code()), Some(*status));
        }
        assert_eq!(AppointmentStatus::from_code("Booked"), None);
        assert_eq!(IssueType::ALL.len(), 31);
    }
}
