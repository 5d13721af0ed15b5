use std::{sync::Arc, time::Duration};

use axum::{Json, Router, routing::get};
use oauth::{Actor, Claims, Issuer, ServerMetadata, SigningKey};
use world::Clock;

use super::{TestClock, listen, serve};

/// An authorization server that publishes its keys, and mints what a test asks for.
pub(crate) struct Tokens {
    issuer: Issuer,
    clock: Arc<TestClock>,
}

impl Tokens {
    pub(crate) async fn start(clock: Arc<TestClock>) -> Self {
        let (address, listener) = listen().await;
        let issuer = Issuer {
            issuer: format!("http://{address}").parse().unwrap(),
            key: SigningKey::generate().unwrap(),
        };
        let metadata = ServerMetadata::new(&issuer.issuer, "/token", "/jwks", &[]);
        let (metadata, jwks) = (serde_json::to_value(metadata).unwrap(), issuer.jwks());
        let router = Router::new()
            .route("/.well-known/oauth-authorization-server", get(async move || Json(metadata.clone())))
            .route("/jwks", get(async move || Json(jwks.clone())));
        serve(listener, router);
        Self { issuer, clock }
    }

    pub(crate) fn issuer(&self) -> &str {
        self.issuer.issuer.as_str()
    }

    /// The token of a patient who sits at the platform.
    pub(crate) fn of_patient(&self, bsn: impl Into<serde_json::Value>) -> String {
        let mut claims = self.claims("xis").with("bsn", bsn);
        claims.act = Some(Actor { sub: "platform".to_owned(), act: None });
        self.issuer.mint(&claims).unwrap()
    }

    /// The token of the platform itself.
    pub(crate) fn of_platform(&self) -> String {
        self.issuer.mint(&self.claims("xis")).unwrap()
    }

    pub(crate) fn for_audience(&self, audience: &str) -> String {
        self.issuer.mint(&self.claims(audience)).unwrap()
    }

    fn claims(&self, audience: &str) -> Claims {
        Claims::new("platform", audience, "1", self.clock.now(), Duration::from_secs(300))
    }
}
