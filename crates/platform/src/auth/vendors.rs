//! Practice systems whose tokens come from an authorization server of their vendor.

use std::sync::Arc;

use oauth::{Claims, IssuerUrl, NotAnIssuer, TokenRefused, Verifier};
use world::World;

use crate::{Config, config::TrustedIssuer};

/// The authorization servers that are trusted besides our own, each for the clients that it was named for.
pub(crate) struct Vendors(Vec<Vendor>);

struct Vendor {
    verifier: Verifier,
    trusted: TrustedIssuer,
}

impl Vendors {
    /// Asks nothing of them yet.
    ///
    /// # Errors
    /// When one of them is no issuer.
    pub(crate) fn new(config: &Config, world: &World) -> Result<Self, NotAnIssuer> {
        let vendor = |trusted: &TrustedIssuer| {
            let issuer: IssuerUrl = trusted.issuer.parse()?;
            let audience = trusted.audience.clone().unwrap_or_else(|| config.address("/fhir/r4"));
            let verifier = Verifier::remote(issuer, audience, Arc::clone(&world.http));
            Ok(Vendor { verifier, trusted: trusted.clone() })
        };
        config.issuers.iter().map(vendor).collect::<Result<_, _>>().map(Self)
    }

    /// The client of ours that a token of one of them stands for; `None` when it says to be of none of them.
    ///
    /// # Errors
    /// What is wrong with the token, or that its issuer cannot be asked.
    pub(crate) async fn client_of(
        &self,
        token: &str,
        now: jiff::Timestamp,
    ) -> Result<Option<String>, TokenRefused> {
        let mut outcome = Ok(None);
        for vendor in self.0.iter().filter(|vendor| vendor.verifier.is_named_by(token)) {
            match vendor.verifier.verify(token, now).await {
                Ok(claims) if vendor.is_meant(&claims) => return Ok(Some(vendor.trusted.client.clone())),
                // Another program of that vendor: nobody here.
                Ok(_) => outcome = Err(TokenRefused::Issuer),
                Err(refused) => outcome = Err(refused),
            }
        }
        outcome
    }
}

impl Vendor {
    fn is_meant(&self, claims: &Claims) -> bool {
        *claims.client_id.as_ref().unwrap_or(&claims.sub) == self.trusted.subject
    }
}
