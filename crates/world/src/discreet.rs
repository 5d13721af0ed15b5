//! What of a stranger's request may be written down: never what could be a citizen number.

use std::borrow::Cow;

use http::{HeaderMap, HeaderName, HeaderValue, Method};

/// The header with the id of a request and of its answer.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Of an id that somebody else gives to a request, in bytes.
const LONGEST: usize = 128;
/// So many digits in a row could be a citizen number.
const DIGITS: usize = 9;
/// In place of what is not written down.
const HIDDEN: &str = "(hidden)";

/// The id that somebody else gave to a request, where there is one that can be written down as it is: short, plain and
/// the only one.
#[must_use]
pub fn given_request_id(headers: &HeaderMap) -> Option<&HeaderValue> {
    let mut given = headers.get_all(REQUEST_ID).iter();
    let first = given.next().filter(|id| is_plain(id.as_bytes()))?;
    given.next().is_none().then_some(first)
}

/// A path without the segments that could hold a citizen number.
#[must_use]
pub fn discreet_path(path: &str) -> Cow<'_, str> {
    if !path.split('/').any(may_tell) {
        return path.into();
    }
    let segments = path.split('/').map(|segment| if may_tell(segment) { HIDDEN } else { segment });
    segments.collect::<Vec<_>>().join("/").into()
}

/// A method that HTTP knows (RFC 9110, RFC 5789); another is whatever its sender made up.
#[must_use]
pub fn discreet_method(method: &Method) -> &str {
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE"];
    known.into_iter().find(|known| *known == method.as_str()).unwrap_or(HIDDEN)
}

fn is_plain(id: &[u8]) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    !id.is_empty() && id.len() <= LONGEST && id.iter().all(is_plain) && !has_number(id)
}

/// Nobody escapes a digit who hides nothing.
fn may_tell(segment: &str) -> bool {
    let is_digit = |part: &[u8]| part.starts_with(b"%3") && part[2].is_ascii_digit();
    has_number(segment.as_bytes()) || segment.as_bytes().windows(3).any(is_digit)
}

fn has_number(text: &[u8]) -> bool {
    text.windows(DIGITS).any(|part| part.iter().all(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(ids: &[&str]) -> Option<String> {
        let headers: HeaderMap = ids.iter().map(|id| (REQUEST_ID, id.parse().unwrap())).collect();
        given_request_id(&headers).map(|id| id.to_str().unwrap().to_owned())
    }

    #[test]
    fn a_request_id_is_short_and_plain_and_no_number() {
        for good in ["1", "6f1b7c9e-0a9d-4f4e-8f2c-1c2d3e4f5a6b", "a.b_c~d", &"x".repeat(128)] {
            assert_eq!(given(&[good]).as_deref(), Some(good));
        }
        for bad in ["", "a b", "a\"b", "x999990019", &"x".repeat(129)] {
            assert_eq!(given(&[bad]), None, "{bad}");
        }
        assert_eq!(given(&[]), None);
        assert_eq!(given(&["a", "999990019"]), None);
    }

    #[test]
    fn a_path_is_told_but_for_what_could_be_a_citizen_number() {
        for (path, told) in [
            ("/fhir/r4/Patient/999990019", "/fhir/r4/Patient/(hidden)"),
            ("/fhir/r4/Appointment/x999990019y/$notices", "/fhir/r4/Appointment/(hidden)/$notices"),
            ("/fhir/r4/Patient/%39%39%39%39%39%30%30%31%39", "/fhir/r4/Patient/(hidden)"),
            ("/book/01000001", "/book/01000001"),
            ("/", "/"),
        ] {
            assert_eq!(discreet_path(path), told);
        }
    }

    #[test]
    fn a_method_that_somebody_made_up_is_not_told() {
        assert_eq!(discreet_method(&Method::PATCH), "PATCH");
        assert_eq!(discreet_method(&Method::from_bytes(b"999990019").unwrap()), "(hidden)");
    }
}
