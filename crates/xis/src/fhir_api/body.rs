use axum::extract::{FromRequest, Request};
use http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

use super::Problem;
use crate::fhir::{Booking, Cancellation, read};

/// No resource of the contract comes near it (D15).
const LARGEST_BYTES: usize = 256 * 1024;

/// A resource that is sent to us, read.
pub(super) struct Body<T>(pub(super) T);

/// A kind of resource that we read.
pub(super) trait Kind: DeserializeOwned {
    const NAME: &'static str;
    /// What the body says it is, if it says.
    fn says(&self) -> Option<&str>;
}

impl Kind for Booking {
    const NAME: &'static str = "Appointment";

    fn says(&self) -> Option<&str> {
        Some(&self.resource_type)
    }
}

impl Kind for Cancellation {
    const NAME: &'static str = "AppointmentResponse";

    fn says(&self) -> Option<&str> {
        self.resource_type.as_deref()
    }
}

impl<T: Kind, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(Problem::new(status, "not-supported", "NOT_JSON", "The body must be FHIR JSON.")
                .advice("Send Content-Type: application/fhir+json.")
                .at("http.Content-Type"));
        }
        let bytes =
            axum::body::to_bytes(request.into_body(), LARGEST_BYTES).await.map_err(|_| too_large())?;
        let resource: T = read(T::NAME, &bytes).map_err(|unreadable| {
            Problem::new(StatusCode::BAD_REQUEST, "structure", "UNREADABLE", unreadable.reason)
                .advice("Send the resource as the contract describes it.")
                .at(unreadable.expression)
        })?;
        if resource.says().is_some_and(|kind| kind != T::NAME) {
            return Err(Problem::invalid(format!("This address takes the resource {}.", T::NAME))
                .advice("Check resourceType.")
                .at("resourceType"));
        }
        Ok(Self(resource))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    ["application/fhir+json", "application/json"].iter().any(|json| kind.eq_ignore_ascii_case(json))
}

fn too_large() -> Problem {
    let text = format!("The body is larger than {} KiB, or broke off.", LARGEST_BYTES / 1024);
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-long", "TOO_LARGE", text)
        .advice("Send one resource without attachments.")
}
