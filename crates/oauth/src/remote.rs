use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode, header::ACCEPT};
use serde::Deserialize;
use std::time::Duration;
use url::Url;
use world::{Http, Limits};

use crate::{IssuerUrl, PublicKeys};

/// How long an issuer may take to answer and how much it may say.
pub(crate) const LIMITS: Limits = Limits { timeout: Duration::from_secs(5), body_bytes: 256 * 1024 };

/// The issuer's documents cannot be had, so its tokens can be neither believed nor refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("nothing usable came from the token issuer {issuer}: {reason}")]
pub struct IssuerUnavailable {
    /// Which issuer.
    pub issuer: IssuerUrl,
    /// What went wrong, for the log.
    pub reason: String,
}

#[derive(Deserialize)]
struct Document {
    issuer: IssuerUrl,
    jwks_uri: Url,
}

/// Reads the issuer's metadata (RFC 8414, else OpenID Connect Discovery) and the key set that it names.
///
/// # Errors
/// When either cannot be had, or the metadata is another issuer's.
pub(crate) async fn read_public_keys(
    issuer: &IssuerUrl,
    http: &dyn Http,
) -> Result<PublicKeys, IssuerUnavailable> {
    let unavailable = |reason: String| IssuerUnavailable { issuer: issuer.clone(), reason };
    let document = read_metadata(issuer, http).await.map_err(unavailable)?;
    if document.issuer != *issuer {
        return Err(unavailable(format!("its metadata belongs to {}", document.issuer)));
    }
    if !issuer.vouches_for(&document.jwks_uri) {
        return Err(unavailable("its keys are not served over https".to_owned()));
    }
    let keys = get(document.jwks_uri.as_str(), http).await.map_err(unavailable)?;
    let keys = keys.ok_or_else(|| unavailable("its key set is not there".to_owned()))?;
    PublicKeys::from_json(&keys).map_err(|error| unavailable(format!("its key set is not one: {error}")))
}

async fn read_metadata(issuer: &IssuerUrl, http: &dyn Http) -> Result<Document, String> {
    for address in [issuer.oauth_metadata(), issuer.openid_configuration()] {
        if let Some(body) = get(&address, http).await? {
            return serde_json::from_slice(&body)
                .map_err(|error| format!("its metadata is not one: {error}"));
        }
    }
    Err("it has no metadata".to_owned())
}

/// The body behind the address; none when the answer is anything but 200.
async fn get(address: &str, http: &dyn Http) -> Result<Option<Bytes>, String> {
    let request = http::Request::builder()
        .method(Method::GET)
        .uri(address)
        .header(ACCEPT, HeaderValue::from_static("application/json"))
        .body(Bytes::new())
        .map_err(|error| error.to_string())?;
    let answer = http.send(request, LIMITS).await.map_err(|error| error.to_string())?;
    Ok((answer.status() == StatusCode::OK).then(|| answer.into_body()))
}
