//! The `[[issuers]]` tables.

use oauth::IssuerUrl;
use platform::TrustedIssuer;
use serde::Deserialize;

/// An authorization server of a practice system's vendor.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IssuerTable {
    /// Its name: the `iss` of its tokens, to the letter.
    issuer: IssuerUrl,
    /// The `aud` that its tokens must have (default: `public_url` with `/fhir/r4`).
    audience: Option<String>,
    /// Who the practice system is there: the token's `client_id`, or its `sub` without one.
    subject: String,
    /// The client that it stands for, see `balie xis-client`.
    client: String,
}

impl IssuerTable {
    pub(super) fn trusted(&self) -> TrustedIssuer {
        let Self { issuer, audience, subject, client } = self;
        TrustedIssuer {
            issuer: issuer.to_string(),
            audience: audience.clone(),
            subject: subject.clone(),
            client: client.clone(),
        }
    }
}
