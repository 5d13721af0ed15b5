use db::{Error, Tx};

use super::{Visitor, reading};
use crate::{
    locales::fill,
    tables::{Patient, patients},
};

/// A patient to choose.
pub(super) struct PatientChoice {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) birth_date: Option<String>,
    pub(super) is_chosen: bool,
}

/// Who was found, and what to say when nobody was.
#[derive(Default)]
pub(super) struct Found {
    pub(super) patients: Vec<PatientChoice>,
    pub(super) nobody: Option<String>,
}

/// The patients that fit what was typed, and the one that is chosen already: each is read of, says the audit trail.
///
/// # Errors
/// When the database fails.
pub(super) async fn find(tx: &mut Tx, visitor: &Visitor, text: &str, chosen: &str) -> Result<Found, Error> {
    let (practice, words) = (visitor.practice.id(), visitor.words());
    let mut found = match text.trim() {
        "" => Vec::new(),
        text => patients::search(tx, &visitor.service.vault, practice, text).await?,
    };
    let is_nobody = found.is_empty() && !text.trim().is_empty();
    if !found.iter().any(|patient| patient.id == chosen) {
        found.extend(patients::find(tx, practice, chosen).await?);
    }
    let patients = found.iter().map(|patient| patient.id.as_str()).collect();
    reading::note(tx, visitor, "patients", patients).await?;
    let is_single = found.len() == 1;
    let choice = |patient: Patient| PatientChoice {
        is_chosen: is_single || patient.id == chosen,
        birth_date: patient.birth_date.map(|day| words.birth_date(day)),
        id: patient.id,
        name: patient.name,
    };
    Ok(Found {
        patients: found.into_iter().map(choice).collect(),
        nobody: is_nobody.then(|| fill(words.nobody_found, &[text.trim()])),
    })
}
