use bytes::Bytes;
use http::{
    HeaderName, HeaderValue, Method,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE},
};
use secrecy::{ExposeSecret as _, SecretString};
use world::Request;

use crate::config::Practice;

/// One request to the platform.
pub(super) struct Call {
    pub(super) method: Method,
    /// Below the platform's FHIR base, for example `Appointment/1`.
    pub(super) path: String,
    pub(super) body: String,
}

const FHIR_JSON: HeaderValue = HeaderValue::from_static("application/fhir+json");
const ORGANIZATION: HeaderName = HeaderName::from_static("x-organization-identifier");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

impl Call {
    /// The request of this practice with its token; the message's id lets the two logs be laid side by side.
    pub(super) fn request(&self, practice: &Practice, token: &SecretString, message_id: &str) -> Request {
        let mut request = Request::new(Bytes::from(self.body.clone()));
        request.method_mut().clone_from(&self.method);
        let address = format!("{}/{}", practice.platform.fhir_base.as_str().trim_end_matches('/'), self.path);
        // Base and path are a URL's; should they ever not be one, the request goes nowhere.
        *request.uri_mut() = address.parse().unwrap_or_default();
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, FHIR_JSON);
        headers.insert(ACCEPT, FHIR_JSON);
        for (name, text) in [
            (AUTHORIZATION, format!("Bearer {}", token.expose_secret())),
            (ORGANIZATION, practice.agb.token()),
            (REQUEST_ID, message_id.to_owned()),
        ] {
            if let Ok(mut value) = HeaderValue::try_from(text) {
                value.set_sensitive(name == AUTHORIZATION);
                headers.insert(name, value);
            }
        }
        request
    }
}
