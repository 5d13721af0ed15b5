use serde::Serialize;

use crate::discreet::discreet;
use crate::naming;
use crate::outgoing::{Identifier, Resource};

/// A patient who has an account here, as the practice that asked knows them: its own identifier given back, and our
/// opaque id (D8). Debug output hides the identifier.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "resourceType")]
pub struct Patient {
    /// Our id.
    pub id: String,
    extension: [AccountId; 1],
    identifier: [Identifier; 1],
}

discreet!(Patient { id });

impl Resource for Patient {}

/// The extension that says our id once more (D5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct AccountId {
    url: &'static str,
    value_string: String,
}

impl Patient {
    /// The patient whom this identifier found, under our id.
    #[must_use]
    pub fn found(id: String, identifier: Identifier) -> Self {
        let extension = [AccountId { url: naming::ACCOUNT_EXTENSION, value_string: id.clone() }];
        Self { id, extension, identifier: [identifier] }
    }
}
