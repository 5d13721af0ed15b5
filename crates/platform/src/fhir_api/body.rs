use std::{error::Error, io, time::Duration};

use axum::{
    body::{Body, to_bytes},
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use bytes::Bytes;
use fhir::naming;

use super::{BODY_BYTES, outcome::Refused};
use crate::app::App;

/// How long whoever listens waits for the whole body of a request.
pub(super) const ARRIVES_WITHIN: Duration = Duration::from_secs(60);

/// The body of a request that says it is FHIR JSON, from a caller that reads JSON, of at most so many bytes (D9, D15).
#[derive(Debug)]
pub(crate) struct Fhir<const LIMIT: usize = BODY_BYTES>(pub(crate) Bytes);

impl<const LIMIT: usize> FromRequest<App> for Fhir<LIMIT> {
    type Rejection = Refused;

    async fn from_request(request: Request, _: &App) -> Result<Self, Refused> {
        accepts_json(request.headers())?;
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !content_type.is_some_and(is_json) {
            return Err(Refused::MediaType);
        }
        read_all(request.into_body(), LIMIT).await.map(Self)
    }
}

/// A whole body of at most so many bytes (D15).
pub(super) async fn read_all(body: Body, limit: usize) -> Result<Bytes, Refused> {
    to_bytes(body, limit).await.map_err(|error| match took_too_long(&error) {
        true => Refused::TooSlow { limit: ARRIVES_WITHIN },
        false => Refused::TooLarge { limit },
    })
}

/// Whether whoever listens gave up waiting for the rest.
fn took_too_long(error: &(dyn Error + 'static)) -> bool {
    let io = error.downcast_ref::<io::Error>();
    io.is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
        || error.source().is_some_and(took_too_long)
}

/// D9: no `Accept`, or one that allows JSON.
pub(crate) fn accepts_json(headers: &HeaderMap) -> Result<(), Refused> {
    let mut accepted =
        headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).peekable();
    if accepted.peek().is_none() {
        return Ok(());
    }
    let allows = |range: &str| is_json(range) || matches!(essence(range).as_str(), "*/*" | "application/*");
    if accepted.flat_map(|value| value.split(',')).any(allows) { Ok(()) } else { Err(Refused::NotAcceptable) }
}

fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == naming::FHIR_JSON || essence == naming::JSON
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d9_parameters_and_case_do_not_matter() {
        assert!(is_json("application/fhir+json; charset=utf-8"));
        assert!(is_json("Application/JSON"));
        assert!(!is_json("application/fhir+xml"));
    }

    #[test]
    fn d9_an_accept_without_json_is_refused() {
        let with = |value: &'static str| HeaderMap::from_iter([(header::ACCEPT, value.parse().unwrap())]);
        assert!(accepts_json(&HeaderMap::new()).is_ok());
        assert!(accepts_json(&with("text/html, */*;q=0.8")).is_ok());
        assert!(accepts_json(&with("application/fhir+xml, application/fhir+json")).is_ok());
        assert!(accepts_json(&with("application/fhir+xml")).is_err());
    }
}
