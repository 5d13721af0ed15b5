use std::sync::Arc;

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::Response,
};
use serde::Deserialize;

use super::{Provider, pages};

/// What a program asks that sends someone here to log out (OpenID Connect RP-Initiated Logout, 2).
#[derive(Deserialize)]
pub(super) struct Asked {
    client_id: Option<String>,
    post_logout_redirect_uri: Option<String>,
}

/// Says that nobody is logged in here: no session is kept, so none is to be ended. Leads back to the program when it
/// is one that is known, and to nowhere else.
pub(super) async fn show(
    State(provider): State<Arc<Provider>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let home = asked.ok().and_then(|Query(asked)| {
        let client = provider.client(asked.client_id.as_deref()?)?;
        let wished = asked.post_logout_redirect_uri?;
        (client.home.as_str() == wished).then(|| client.home.clone())
    });
    pages::logged_out(&provider.issuer.issuer.below("/style.css"), home.as_ref())
}
