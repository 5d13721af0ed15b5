use http::{HeaderMap, HeaderValue, StatusCode, header::AUTHORIZATION};

/// What is wrong with a request's bearer token (RFC 6750, 3).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BearerProblem {
    /// No token at all: the challenge carries no error code.
    #[error("this call needs an access token")]
    Missing,
    /// The header is there and is not `Bearer` and one token.
    #[error("the Authorization header must be Bearer and one token")]
    Malformed,
    /// The token is not accepted; the text says why.
    #[error("{0}")]
    InvalidToken(String),
    /// The token is good but does not allow this.
    #[error("this call needs the scope {scope}")]
    InsufficientScope {
        /// The scope that would allow it.
        scope: String,
    },
}

/// The token of `Authorization: Bearer ...`; the scheme's case does not matter.
///
/// # Errors
/// [`BearerProblem::Missing`] without the header, [`BearerProblem::Malformed`] when it holds anything else.
pub fn bearer(headers: &HeaderMap) -> Result<&str, BearerProblem> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next().ok_or(BearerProblem::Missing)?;
    if values.next().is_some() {
        return Err(BearerProblem::Malformed);
    }
    let (scheme, token) =
        value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or(BearerProblem::Malformed)?;
    let token = token.trim_matches(' ');
    let is_token = !token.is_empty() && token.bytes().all(is_token_byte);
    if scheme.eq_ignore_ascii_case("bearer") && is_token { Ok(token) } else { Err(BearerProblem::Malformed) }
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte)
}

impl BearerProblem {
    /// 400, 401 or 403.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Missing | Self::InvalidToken(_) => StatusCode::UNAUTHORIZED,
            Self::InsufficientScope { .. } => StatusCode::FORBIDDEN,
        }
    }

    /// The value of `WWW-Authenticate`.
    #[must_use]
    pub fn www_authenticate(&self, realm: &str) -> HeaderValue {
        let error = match self {
            Self::Missing => String::new(),
            Self::Malformed => format!(r#", error="invalid_request", error_description="{self}""#),
            Self::InvalidToken(reason) => {
                format!(r#", error="invalid_token", error_description="{}""#, quotable(reason))
            }
            Self::InsufficientScope { scope } => {
                format!(r#", error="insufficient_scope", scope="{}""#, quotable(scope))
            }
        };
        let challenge = format!(r#"Bearer realm="{}"{error}"#, quotable(realm));
        HeaderValue::try_from(challenge).unwrap_or(HeaderValue::from_static("Bearer"))
    }
}

/// The characters that RFC 6750 allows between the quotes.
fn quotable(text: &str) -> String {
    text.chars().filter(|&letter| matches!(letter, ' '..='~') && letter != '"' && letter != '\\').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(values: &[&str]) -> HeaderMap {
        values.iter().map(|value| (AUTHORIZATION, HeaderValue::from_str(value).unwrap())).collect()
    }

    #[test]
    fn the_token_is_read_whatever_the_case_of_the_scheme() {
        for value in ["Bearer a.b-c", "bearer a.b-c", "BEARER  a.b-c "] {
            assert_eq!(bearer(&headers(&[value])), Ok("a.b-c"));
        }
    }

    #[test]
    fn anything_else_is_missing_or_malformed() {
        assert_eq!(bearer(&headers(&[])), Err(BearerProblem::Missing));
        for values in [
            &["Bearer"][..],
            &["Bearer "],
            &["Basic abc"],
            &["Bearer a b"],
            &["Bearer a,b"],
            &["Bearer a\"b"],
            &["Bearer a", "Bearer b"],
        ] {
            assert_eq!(bearer(&headers(values)), Err(BearerProblem::Malformed), "{values:?}");
        }
    }

    #[test]
    fn challenges_follow_rfc_6750() {
        let scope = "fhir".to_owned();
        for (problem, status, challenge) in [
            (BearerProblem::Missing, 401, r#"Bearer realm="balie""#),
            (
                BearerProblem::InvalidToken("it \"is\"\n old".to_owned()),
                401,
                r#"Bearer realm="balie", error="invalid_token", error_description="it is old""#,
            ),
            (
                BearerProblem::InsufficientScope { scope },
                403,
                r#"Bearer realm="balie", error="insufficient_scope", scope="fhir""#,
            ),
            (
                BearerProblem::Malformed,
                400,
                r#"Bearer realm="balie", error="invalid_request", error_description="the Authorization header must be Bearer and one token""#,
            ),
        ] {
            assert_eq!(problem.status(), status);
            assert_eq!(problem.www_authenticate("balie"), challenge);
        }
    }
}
