//! The ways to a patient.

use store::{Account, Route, Tx};

use super::MAIL;
use crate::app::App;

/// Every route along which this patient is told: none where there is no address and no device (D12).
///
/// # Errors
/// When the database fails.
pub(super) async fn of(app: &App, tx: &mut Tx, account: &Account) -> Result<Vec<Route>, store::Error> {
    let mut routes = Vec::new();
    if is_mailed(account) {
        routes.push(Route::Mail);
    }
    if account.preferences.by_push && app.pusher.is_some() {
        let devices = app.store.subscriptions_of(tx, account.id).await?;
        routes.extend(devices.iter().map(|device| Route::Push(device.id)));
    }
    Ok(routes)
}

/// Whether this patient is told by mail.
pub(super) fn is_mailed(account: &Account) -> bool {
    account.preferences.by_mail && account.mail.is_some()
}

/// The outbox topic of a route.
pub(super) fn topic(route: Route) -> &'static str {
    match route {
        Route::Mail => MAIL,
        Route::Push(_) => super::PUSH,
    }
}
