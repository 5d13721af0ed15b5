use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{HeaderMap, header::AUTHORIZATION};
use secrecy::SecretString;
use url::form_urlencoded;

use super::form::Form;
use crate::TokenError;

/// The client's id and secret: from the header (`client_secret_basic`) or the form (`client_secret_post`).
pub(super) fn authentication(
    headers: &HeaderMap,
    form: &mut Form,
) -> Result<(String, SecretString), TokenError> {
    let posted = (form.take("client_id"), form.take("client_secret"));
    match (from_header(headers)?, posted) {
        (Some(_), (_, Some(_))) => Err(TokenError::InvalidRequest("the client authenticates in two ways")),
        (Some((id, _)), (Some(posted), None)) if id != posted => {
            Err(TokenError::InvalidRequest("client_id differs between header and body"))
        }
        (Some((id, secret)), _) => Ok((id, secret.into())),
        (None, (Some(id), Some(secret))) => Ok((id, secret.into())),
        (None, _) => Err(TokenError::InvalidClient),
    }
}

fn from_header(headers: &HeaderMap) -> Result<Option<(String, String)>, TokenError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(TokenError::InvalidRequest("the client authenticates in two ways"));
    }
    let pair = value.to_str().ok().and_then(decode).ok_or(TokenError::InvalidClient)?;
    Ok(Some(pair))
}

/// Id and secret are form-encoded before they are joined and put in base64 (RFC 6749, 2.3.1).
fn decode(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some((form_decode(id)?, form_decode(secret)?))
}

fn form_decode(text: &str) -> Option<String> {
    if text.contains(['&', '=']) {
        return None;
    }
    form_urlencoded::parse(text.as_bytes()).next().map(|(name, _)| name.into_owned())
}
