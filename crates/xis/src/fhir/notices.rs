use jiff::Timestamp;
use serde::Deserialize;

use super::{Coding, Concept, Identifier, instant::Instant, read::Unreadable};

/// That the patient is told something in one way, or is to be.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Communication {
    #[serde(default)]
    resource_type: String,
    #[serde(default)]
    identifier: Vec<Identifier>,
    #[serde(default)]
    pub(crate) status: String,
    #[serde(default)]
    status_reason: Reason,
    #[serde(default)]
    category: Vec<Concept>,
    #[serde(default)]
    medium: Vec<Concept>,
    sent: Option<Instant>,
    #[serde(default)]
    extension: Vec<Extension>,
}

#[derive(Deserialize, Default)]
struct Reason {
    #[serde(default)]
    coding: Vec<Coding>,
    text: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Extension {
    #[serde(default)]
    url: String,
    value_date_time: Option<Instant>,
}

#[derive(Deserialize)]
struct Bundle {
    #[serde(default)]
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    resource: Option<Communication>,
}

/// Where it says when it is tried (again).
const NEXT_ATTEMPT: &str = "urn:balie:extension:next-attempt";

/// Every communication of a searchset, in its order.
///
/// # Errors
/// When it is no such thing.
pub(crate) fn notices(body: &[u8]) -> Result<Vec<Communication>, Unreadable> {
    let bundle: Bundle = super::read("Bundle", body)?;
    let found = bundle.entry.into_iter().filter_map(|entry| entry.resource);
    Ok(found.filter(|one| one.resource_type == "Communication").collect())
}

impl Communication {
    /// What is told, the same in each way in which it is told.
    pub(crate) fn what(&self) -> Option<&str> {
        self.identifier.first()?.value.as_deref()
    }

    pub(crate) fn is_of_category(&self, code: &str) -> bool {
        has_code(self.category.iter().flat_map(|concept| &concept.coding), code)
    }

    pub(crate) fn is_by(&self, code: &str) -> bool {
        has_code(self.medium.iter().flat_map(|concept| &concept.coding), code)
    }

    pub(crate) fn is_because(&self, code: &str) -> bool {
        has_code(&self.status_reason.coding, code)
    }

    /// Why it is no further, in the platform's own words.
    pub(crate) fn why(&self) -> Option<&str> {
        self.status_reason.text.as_deref()
    }

    pub(crate) fn sent_at(&self) -> Option<Timestamp> {
        self.sent.map(|sent| sent.0)
    }

    pub(crate) fn next_at(&self) -> Option<Timestamp> {
        let next = self.extension.iter().find(|extension| extension.url == NEXT_ATTEMPT)?;
        next.value_date_time.map(|at| at.0)
    }
}

fn has_code<'a>(codings: impl IntoIterator<Item = &'a Coding>, code: &str) -> bool {
    codings.into_iter().any(|coding| coding.code.as_deref() == Some(code))
}
