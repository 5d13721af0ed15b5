//! What stands in headers, and the request for a token.

use std::sync::LazyLock;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum_extra::extract::CookieJar;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use futures::FutureExt as _;
use jiff::Timestamp;
use oauth::{ClientAssertion, ClientProof, Issuer, SigningKey, TokenRequest, Verifier};

use crate::auth::{cookie, xis};

/// Now, to whoever reads a token here.
const NOW: Timestamp = Timestamp::constant(1_778_000_000, 0);

/// `X-Organization-Identifier`: what is read is eight digits that stood there (D1).
pub fn organization(value: &[u8]) {
    let Ok(header) = HeaderValue::from_bytes(value) else { return };
    let headers = HeaderMap::from_iter([(HeaderName::from_static("x-organization-identifier"), header)]);
    if let Ok(Some(agb)) = xis::organization(&headers) {
        assert!(agb.as_str().len() == 8 && agb.as_str().bytes().all(|byte| byte.is_ascii_digit()));
        assert!(String::from_utf8_lossy(value).trim().ends_with(agb.as_str()));
    }
}

/// What a browser says of its language and who is logged in: a cookie of ours was sent under our name, to the letter.
pub fn cookies(value: &[u8]) {
    let Ok(header) = HeaderValue::from_bytes(value) else { return };
    let mut headers = HeaderMap::from_iter([(header::COOKIE, header)]);
    world::keep_plain_cookies(&mut headers);
    let (jar, sent) = (CookieJar::from_headers(&headers), String::from_utf8_lossy(value));
    for name in [cookie::Name::Session, cookie::Name::Login, cookie::Name::Language] {
        for is_https in [true, false] {
            let text = name.on(is_https);
            let mut names = sent.split(';').filter_map(|cookie| Some(cookie.split_once('=')?.0.trim()));
            let was_sent = names.any(|sent| sent == text);
            assert!(was_sent || name.read_on(is_https, &jar).is_none(), "{text} in {sent:?}");
        }
    }
}

/// A bearer token, of ours or of a vendor's server: nobody but the issuer makes one that is accepted.
pub fn token(bytes: &[u8]) {
    static OURS: LazyLock<Verifier> = LazyLock::new(|| {
        let issuer = issuer();
        Verifier::local(issuer.issuer.clone(), "https://balie.example/fhir/r4", issuer.public_keys())
    });
    let token = token_in(bytes);
    // By this a vendor's server is found; it is believed only once the signature is verified.
    let _ = OURS.is_named_by(&token);
    let verdict = OURS.verify(&token, NOW).now_or_never().expect("its keys are at hand");
    assert!(verdict.is_err(), "a token that nobody issued is accepted");
}

/// By which a client proves who it is (RFC 7523): nobody but the client makes one that is accepted.
pub fn client_assertion(bytes: &[u8]) {
    static CLIENT: LazyLock<Issuer> = LazyLock::new(issuer);
    let audiences = ["https://balie.example", "https://balie.example/oauth2/token"];
    let verdict =
        ClientAssertion::verify(&token_in(bytes), "demo-xis", &audiences, &CLIENT.public_keys(), NOW);
    assert!(verdict.is_err(), "an assertion that no client made is accepted");
}

/// `POST /oauth2/token`: what is read names its client, and a refusal is the caller's fault.
pub fn token_request(form: &[u8]) {
    let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
    let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, form_type)]);
    match TokenRequest::read(&headers, form) {
        Ok(request) => {
            let is_named =
                matches!(request.proof, ClientProof::Assertion(_)) || !request.client_id.is_empty();
            assert!(is_named, "a secret of nobody");
        }
        Err(error) => assert!(error.status().is_client_error(), "{error}"),
    }
}

/// A token as it stands, or its three parts on three lines, which are put in base64 first.
fn token_in(bytes: &[u8]) -> String {
    let parts: Vec<_> = bytes.splitn(3, |byte| *byte == b'\n').collect();
    match parts[..] {
        [header, claims, signature] => {
            [header, claims, signature].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".")
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn issuer() -> Issuer {
    let key = SigningKey::generate().expect("a key");
    Issuer { issuer: "https://balie.example".parse().expect("an issuer"), key }
}
