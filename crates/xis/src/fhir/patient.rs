use serde::Serialize;

use super::Identifier;
use crate::{Bsn, tables};

/// A Patient, as far as the platform needs to know.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Patient<'a> {
    resource_type: &'static str,
    id: &'a str,
    identifier: [Identifier; 1],
    name: [Name<'a>; 1],
}

#[derive(Serialize)]
struct Name<'a> {
    text: &'a str,
}

/// The patient with this number.
pub(crate) fn patient<'a>(stored: &'a tables::Patient, bsn: &Bsn) -> Patient<'a> {
    Patient {
        resource_type: "Patient",
        id: &stored.id,
        identifier: [Identifier::new(Bsn::SYSTEM, bsn.reveal())],
        name: [Name { text: &stored.name }],
    }
}
