//! What waited for a patient to get an account (A2, setting).

use std::sync::Arc;

use agenda::{Bsn, Update};
use fhir::incoming;
use jiff::Timestamp;
use store::Tx;

use super::xis_update::XisUpdate;
use crate::{app::App, auth::xis::Xis, fhir_api::reading};

/// Carries out the updates that were kept for this patient, as if they came now.
///
/// One that is refused now (its practice is gone, its time is past) is left out and logged: the patient's first
/// login must not fail for it.
pub(crate) async fn deliver(app: &App, tx: &mut Tx, bsn: &Bsn, now: Timestamp) -> Result<(), store::Error> {
    for (agb, body) in app.store.take_parked_updates(tx, bsn).await? {
        let Some(practice) = app.store.practice(tx, &agb).await? else { continue };
        let xis = Arc::new(Xis { client: practice.client.clone(), practice });
        let Some(update) = read(xis, body) else { continue };
        if let Err(refused) = update.act(app, tx, now).await {
            tracing::warn!(practice = %agb, code = refused.code(), "a parked appointment was refused");
        }
    }
    Ok(())
}

fn read(xis: Arc<Xis>, body: Vec<u8>) -> Option<XisUpdate> {
    let found: incoming::Appointment = fhir::parse(&body).ok()?;
    let read = reading::appointment(&found, &xis.practice.settings).ok()?;
    Some(XisUpdate {
        xis,
        xis_id: read.id?.parse().ok()?,
        update: Update { status: read.status, content: read.content },
        bsn: read.bsn,
        ours: read.ours,
        if_match: None,
        last_updated: read.last_updated,
        cancel_window: read.cancel_window,
        body: body.into(),
    })
}
