//! Whose data a page shows: a line in the audit trail for each patient (NEN 7513: every access).

use std::collections::BTreeSet;

use db::{Error, Tx};
use jiff::SignedDuration;

use super::Visitor;
use crate::audit::{self, Subject};

/// For how long what an open page fetches again by itself belongs to the reading that it began with.
///
/// Whoever pretends to be such a page leaves a line all the same, each hour.
const ONE_READING: SignedDuration = SignedDuration::from_hours(1);

/// Leaves a line for each patient of whom `object` is shown, in the transaction that reads it.
///
/// An open page that fetches itself again leaves none for whom it showed before, and one for who came onto it since.
///
/// # Errors
/// When the database fails.
pub(super) async fn note(
    tx: &mut Tx,
    visitor: &Visitor,
    object: &str,
    patients: BTreeSet<&str>,
) -> Result<(), Error> {
    for patient in patients {
        let (act, subject) = (visitor.act(), Subject(patient.to_owned()));
        let since = act.at - ONE_READING;
        if visitor.is_unasked && audit::has_read(tx, &act, &subject, object, since).await? {
            continue;
        }
        audit::record(tx, &visitor.service.vault, &act, Some(&subject), ("read", object, "shown")).await?;
    }
    Ok(())
}
