use std::{fmt, str::FromStr};

use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Uuid);

        impl $name {
            /// The id with this UUID.
            #[must_use]
            pub fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// Its UUID.
            #[must_use]
            pub fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<$name> for db::Value {
            fn from(id: $name) -> Self {
                id.to_string().into()
            }
        }
    };
}

id! {
    /// A patient's account here (D5); says nothing about the patient (D8).
    AccountId
}
id! {
    /// What a practice wrote to a patient.
    MessageId
}
id! {
    /// That a practice asked a patient to come here; the token of its link is another.
    InvitationId
}
id! {
    /// An appointment here, and the identifier by which the XIS can find it (C1).
    AppointmentId
}
