use axum::http::{HeaderMap, HeaderValue, header};

use super::*;

/// The words of a `Set-Cookie` header.
fn words(cookie: &Cookie<'_>) -> Vec<String> {
    cookie.to_string().split("; ").map(str::to_owned).collect()
}

/// ASVS: 3.3.1, 3.3.2, 3.3.3, 3.3.4
#[test]
fn over_https_a_cookie_belongs_to_this_host_alone_and_to_no_script() {
    for (name, text) in
        [(Name::Session, "balie_session"), (Name::Login, "balie_login"), (Name::Language, "balie_language")]
    {
        let words = words(&name.of(true, "value".to_owned()));
        assert_eq!(words[0], format!("__Host-{text}=value"));
        for attribute in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
            assert!(words.iter().any(|word| word == attribute), "{text}: {attribute} in {words:?}");
        }
        assert!(!words.iter().any(|word| word.starts_with("Domain=")), "{words:?}");
    }
}

#[test]
fn without_https_only_what_needs_it_is_left_out() {
    let words = words(&Name::Session.of(false, "value".to_owned()));
    assert_eq!(words, ["balie_session=value", "HttpOnly", "SameSite=Lax", "Path=/"]);
}

/// ASVS: 3.3.1, 3.3.3
#[test]
fn a_name_that_is_ours_only_once_it_is_decoded_is_nobodys() {
    let mut headers = HeaderMap::new();
    for sent in [
        "a=%20b; %5F_Host-balie_session=theirs; __Host-balie_session=ours; c",
        "__Host-balie%5Fsession=theirs; balie_language=en",
    ] {
        headers.append(header::COOKIE, HeaderValue::from_static(sent));
    }
    let untouched = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static("a=%20b; c"))]);
    keep_plain_cookies(&mut headers);
    let jar = CookieJar::from_headers(&headers);
    assert_eq!(Name::Session.read_on(true, &jar).as_deref(), Some("ours"));
    assert_eq!(Name::Language.read_on(false, &jar).as_deref(), Some("en"));
    assert_eq!(jar.get("a").map(Cookie::value), Some(" b"));
    let mut kept = untouched.clone();
    keep_plain_cookies(&mut kept);
    assert_eq!(kept, untouched);
}
