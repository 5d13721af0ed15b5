use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{HeaderMap, header::AUTHORIZATION};
use url::form_urlencoded;

use super::{ClientProof, form::Form};
use crate::{TokenError, assertion};

const TWO_WAYS: TokenError = TokenError::InvalidRequest("the client authenticates in two ways");
const ANOTHER: TokenError = TokenError::InvalidRequest("client_id is not the client that authenticates");

/// The client and its proof: a secret from the header (`client_secret_basic`) or the form (`client_secret_post`), or
/// an assertion (`private_key_jwt`).
pub(super) fn authentication(
    headers: &HeaderMap,
    form: &mut Form,
) -> Result<(String, ClientProof), TokenError> {
    let (id, secret) = (form.take("client_id"), form.take("client_secret"));
    match (from_header(headers)?, secret, from_assertion(form)?) {
        (Some((client, secret)), None, None) => Ok((same(id, client)?, ClientProof::Secret(secret.into()))),
        (None, Some(secret), None) => {
            Ok((id.ok_or(TokenError::InvalidClient)?, ClientProof::Secret(secret.into())))
        }
        (None, None, Some((client, assertion))) => {
            Ok((same(id, client)?, ClientProof::Assertion(assertion.into())))
        }
        (None, None, None) => Err(TokenError::InvalidClient),
        _ => Err(TWO_WAYS),
    }
}

/// The client that authenticates, which the form may name once more.
fn same(named: Option<String>, client: String) -> Result<String, TokenError> {
    if named.is_none_or(|named| named == client) { Ok(client) } else { Err(ANOTHER) }
}

fn from_header(headers: &HeaderMap) -> Result<Option<(String, String)>, TokenError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(TWO_WAYS);
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

/// An assertion and whose it says to be (RFC 7521, 4.2; RFC 7523, 2.2).
fn from_assertion(form: &mut Form) -> Result<Option<(String, String)>, TokenError> {
    match (form.take("client_assertion_type"), form.take("client_assertion")) {
        (None, None) => Ok(None),
        (Some(kind), Some(assertion)) if kind == assertion::TYPE => {
            let client = assertion::says_to_be_of(&assertion).ok_or(TokenError::InvalidClient)?;
            Ok(Some((client, assertion)))
        }
        _ => Err(TokenError::InvalidRequest("a client assertion must be a JWT, with its type")),
    }
}
