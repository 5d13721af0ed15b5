use std::fmt;

use jiff::Timestamp;
use serde::Serialize;

use crate::discreet::discreet;
use crate::outgoing::is_blank;
use crate::{naming, search_token};

/// A number or name under which somebody knows something. Debug output hides the value.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Identifier {
    /// Whose numbers these are.
    pub system: String,
    /// The number itself.
    pub value: String,
}

discreet!(Identifier { system });

impl Identifier {
    /// A patient's BSN.
    #[must_use]
    pub fn bsn(bsn: impl Into<String>) -> Self {
        Self { system: naming::BSN.to_owned(), value: bsn.into() }
    }

    /// A UUID of ours, as a URI (C1).
    #[must_use]
    pub fn uuid(uuid: impl fmt::Display) -> Self {
        Self { system: naming::URI.to_owned(), value: format!("urn:uuid:{uuid}") }
    }

    /// The identifier as a search value, for `identifier=` and `If-None-Exist` (C1).
    ///
    /// Never for a BSN: it would stand in a URL.
    #[must_use]
    pub fn token(&self) -> String {
        search_token(Some(&self.system), &self.value)
    }
}

/// A code of some system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coding {
    /// Whose code it is.
    #[serde(skip_serializing_if = "is_blank")]
    pub system: Option<String>,
    /// The code.
    pub code: String,
    /// The words that people read.
    #[serde(skip_serializing_if = "is_blank")]
    pub display: Option<String>,
}

/// An idea, in codes and perhaps in words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CodeableConcept {
    /// The codes, each of another system.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub coding: Vec<Coding>,
    /// The words.
    #[serde(skip_serializing_if = "is_blank")]
    pub text: Option<String>,
}

impl From<Coding> for CodeableConcept {
    fn from(coding: Coding) -> Self {
        Self { coding: vec![coding], text: None }
    }
}

/// Whom or what something is about. Debug output hides it: it may name a patient.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// `Patient/456`.
    #[serde(skip_serializing_if = "is_blank")]
    pub reference: Option<String>,
    /// One identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<Identifier>,
    /// The words that people read.
    #[serde(skip_serializing_if = "is_blank")]
    pub display: Option<String>,
}

discreet!(Reference {});

impl Reference {
    /// To the resource of type `kind` with this id.
    #[must_use]
    pub fn to(kind: &str, id: &str) -> Self {
        Self { reference: Some(format!("{kind}/{id}")), ..Self::default() }
    }

    /// To whom somebody else named, such as a slot its actor (C1); nothing where they named nobody.
    #[must_use]
    pub fn named(reference: Option<String>, display: Option<String>) -> Option<Self> {
        let names_somebody = !is_blank(&reference) || !is_blank(&display);
        names_somebody.then_some(Self { reference, display, identifier: None })
    }
}

/// What a server says about a resource as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Meta {
    /// Which version of the resource; the `ETag` is `W/"…"` around it.
    pub version_id: String,
    /// When it last changed.
    pub last_updated: Timestamp,
}
