use bytes::Bytes;
use http::{
    HeaderName, HeaderValue, Method,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE},
};
use secrecy::{ExposeSecret as _, SecretString};
use world::Request;

use crate::config::Practice;

/// One request to the platform.
pub(crate) struct Call {
    pub(crate) method: Method,
    /// Below the platform's FHIR base, for example `Appointment/1`.
    pub(crate) path: String,
    pub(crate) body: String,
}

const FHIR_JSON: HeaderValue = HeaderValue::from_static("application/fhir+json");
const ORGANIZATION: HeaderName = HeaderName::from_static("x-organization-identifier");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

impl Call {
    /// Asks for what is at this path.
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self { method: Method::GET, path: path.into(), body: String::new() }
    }

    /// The request of this practice with its token, where it needs one; the id lets the two logs be laid side by
    /// side.
    pub(super) fn request(
        &self,
        practice: &Practice,
        token: Option<&SecretString>,
        request_id: &str,
    ) -> Request {
        let mut request = Request::new(Bytes::from(self.body.clone()));
        request.method_mut().clone_from(&self.method);
        let address = format!("{}/{}", practice.platform.fhir_base.as_str().trim_end_matches('/'), self.path);
        // Base and path are a URL's; should they ever not be one, the request goes nowhere.
        *request.uri_mut() = address.parse().unwrap_or_default();
        let headers = request.headers_mut();
        headers.insert(ACCEPT, FHIR_JSON);
        if !self.body.is_empty() {
            headers.insert(CONTENT_TYPE, FHIR_JSON);
        }
        for (name, text) in [
            (AUTHORIZATION, token.map(|token| format!("Bearer {}", token.expose_secret()))),
            (ORGANIZATION, Some(practice.agb.token())),
            (REQUEST_ID, Some(request_id.to_owned())),
        ] {
            if let Some(Ok(mut value)) = text.map(HeaderValue::try_from) {
                value.set_sensitive(name == AUTHORIZATION);
                headers.insert(name, value);
            }
        }
        request
    }
}
