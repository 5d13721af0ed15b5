use axum::http::Extensions;
use store::Store;
use world::Peer;

use crate::{Config, OpenError, app::App};

/// Whether a XIS client holds the certificate that it must show (mutual TLS); most need none.
///
/// Asked at every call and for every token, so that neither a stolen secret nor a stolen token is of use on another
/// machine.
pub(crate) fn holds_certificate(app: &App, client: &str, extensions: &Extensions) -> bool {
    let Some(host) = app.config.client_certificates.get(client) else { return true };
    let certificate = extensions.get::<Peer>().and_then(|peer| peer.certificate.as_ref());
    certificate.is_some_and(|certificate| certificate.is_for(host))
}

/// Refuses a configuration by which a client must show a certificate that is not there: perhaps its name was mistyped,
/// and the one that was meant would need none.
///
/// # Errors
/// Its name; or when the database fails.
pub(crate) async fn check_certified_clients(config: &Config, store: &Store) -> Result<(), OpenError> {
    for id in config.client_certificates.keys() {
        let known = store
            .read("a client with a certificate", |mut tx| async move { store.client(&mut tx, id).await });
        if known.await?.is_none() {
            let reason = format!("there is no client {id}: `balie xis-client list` says which there are");
            return Err(OpenError::Config { key: "client_certificates", reason });
        }
    }
    Ok(())
}
