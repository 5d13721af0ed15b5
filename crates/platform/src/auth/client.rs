//! A practice system proves who it is at the token endpoint: with its secret, or with its key (RFC 7523).

use axum::http::Extensions;
use oauth::{ClientAssertion, ClientProof, ClientSecretHash, PublicKeys, TokenError, TokenRequest};
use secrecy::{ExposeSecret as _, SecretString};
use store::{Actor, Client, Tx};

use crate::{app::App, audit::Audit, limits};

/// How a proof was judged: the outcome of its line in the audit trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Judged {
    Proved,
    Unknown,
    UsedBefore,
    WithoutCertificate,
}

/// Lets in the client that the request says to be of; `extensions` are the request's. Every refusal looks the same.
///
/// # Errors
/// [`TokenError::InvalidClient`] when it is not, [`TokenError::TemporarilyUnavailable`] when that cannot be seen now.
pub(super) async fn authenticate(
    app: &App,
    request: &TokenRequest,
    extensions: &Extensions,
) -> Result<(), TokenError> {
    let id = request.client_id.as_str();
    let is_certified = limits::holds_certificate(app, id, extensions);
    let outcome = app
        .store
        .tx("authenticate a client", |mut tx| async move {
            let client = if is_id(id) { app.store.client(&mut tx, id).await? } else { None };
            let judged = match client.filter(|client| client.revoked_at.is_none()) {
                Some(_) if !is_certified => Judged::WithoutCertificate,
                Some(client) => judge(app, &mut tx, &client, &request.proof).await?,
                None => Judged::Unknown,
            };
            let actor = if judged == Judged::Proved { Actor::Xis(id.to_owned()) } else { Actor::Unknown };
            Audit::of(&actor, "token").write(app, &mut tx, judged.outcome()).await?;
            Ok::<_, store::Error>(judged)
        })
        .await;
    match outcome {
        Ok(Judged::Proved) => Ok(()),
        Ok(Judged::Unknown | Judged::UsedBefore | Judged::WithoutCertificate) => {
            Err(TokenError::InvalidClient)
        }
        Err(error) => {
            tracing::error!(%error, "a client could not be looked up");
            Err(TokenError::TemporarilyUnavailable)
        }
    }
}

/// Whether this could be a client's: nobody's id has letters that are not seen, and PostgreSQL takes no NUL to look for.
fn is_id(text: &str) -> bool {
    !text.contains(char::is_control)
}

async fn judge(app: &App, tx: &mut Tx, client: &Client, proof: &ClientProof) -> Result<Judged, store::Error> {
    match proof {
        ClientProof::Secret(secret) => {
            let hash = client.secret_hash.as_deref().and_then(|hash| hash.parse::<ClientSecretHash>().ok());
            let is_right = hash.is_some_and(|hash| hash.verify(secret));
            Ok(if is_right { Judged::Proved } else { Judged::Unknown })
        }
        ClientProof::Assertion(assertion) => judge_assertion(app, tx, client, assertion).await,
    }
}

async fn judge_assertion(
    app: &App,
    tx: &mut Tx,
    client: &Client,
    assertion: &SecretString,
) -> Result<Judged, store::Error> {
    let now = app.world.now();
    let keys = client.keys.as_deref().and_then(|keys| PublicKeys::from_json(keys.as_bytes()).ok());
    let Some(keys) = keys else { return Ok(Judged::Unknown) };
    let (issuer, endpoint) = (app.issuer.issuer.as_str(), &*app.config.address("/oauth2/token"));
    let assertion = assertion.expose_secret();
    match ClientAssertion::verify(assertion, &client.id, &[endpoint, issuer], &keys, now) {
        Ok(ClientAssertion { id, forget_at }) => {
            let is_new = app.store.use_assertion(tx, &client.id, (&id, forget_at), now).await?;
            Ok(if is_new { Judged::Proved } else { Judged::UsedBefore })
        }
        Err(refused) => {
            tracing::info!(client = client.id, %refused, "a client's assertion is not accepted");
            Ok(Judged::Unknown)
        }
    }
}

impl Judged {
    fn outcome(self) -> &'static str {
        match self {
            Self::Proved => "ok",
            Self::Unknown => "refused: unknown client or wrong proof",
            Self::UsedBefore => "refused: the assertion was used before",
            Self::WithoutCertificate => "refused: the client must show its certificate",
        }
    }
}
