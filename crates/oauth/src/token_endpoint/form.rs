use std::collections::HashMap;

use http::{HeaderMap, header::CONTENT_TYPE};
use url::form_urlencoded;

use crate::TokenError;

/// The parameters of a token request, each at most once; taking one removes it.
pub(super) struct Form(HashMap<String, String>);

impl Form {
    pub(super) fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, TokenError> {
        if !is_form(headers) {
            return Err(TokenError::InvalidRequest("the body must be application/x-www-form-urlencoded"));
        }
        let mut parameters = HashMap::new();
        for (name, value) in form_urlencoded::parse(body) {
            if parameters.insert(name.into_owned(), value.into_owned()).is_some() {
                return Err(TokenError::InvalidRequest("a parameter comes twice"));
            }
        }
        Ok(Self(parameters))
    }

    /// The parameter; without a value it counts as left out (RFC 6749, 3.2).
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        self.0.remove(name).filter(|value| !value.is_empty())
    }

    pub(super) fn require(&mut self, name: &str, missing: &'static str) -> Result<String, TokenError> {
        self.take(name).ok_or(TokenError::InvalidRequest(missing))
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}
