use axum::extract::FromRequestParts;
use http::request::Parts;

use super::Problem;

/// The parameters of a search, in order. Those that we do not know are ignored (D14).
pub(super) struct Query(Vec<(String, String)>);

/// `code`, `system|code` or `|code`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// None: whatever the system.
    pub(super) system: Option<String>,
    pub(super) code: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let text = parts.uri.query().unwrap_or_default();
        serde_urlencoded::from_str(text).map(Self).map_err(|_| {
            Problem::invalid("The query cannot be read.").advice("Send name=value pairs, percent-encoded.")
        })
    }
}

impl Query {
    /// Every value of a parameter, whatever the case of its name (C5).
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(given, _)| given.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The value of a parameter that makes sense once.
    ///
    /// # Errors
    /// When it is given twice or empty.
    pub(super) fn one<'a>(&'a self, name: &'a str) -> Result<Option<&'a str>, Problem> {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (None, _) => Ok(None),
            (Some(""), _) => Err(invalid(name, "The parameter has no value.")),
            (Some(value), None) => Ok(Some(value)),
            (Some(_), Some(_)) => Err(invalid(name, "The parameter is given twice.")),
        }
    }

    /// The value of a parameter that is a token.
    ///
    /// # Errors
    /// When it is given twice, or names no code.
    pub(super) fn token(&self, name: &str) -> Result<Option<Token>, Problem> {
        let Some(text) = self.one(name)? else { return Ok(None) };
        token(text).map(Some).ok_or_else(|| invalid(name, "The parameter must be code or system|code."))
    }

    /// Whether any of its parameters has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// The parameters as a query, with one of them replaced.
    pub(super) fn with(&self, name: &str, value: &str) -> String {
        let kept = self
            .0
            .iter()
            .filter(|(given, _)| given != name)
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let pairs: Vec<_> = kept.chain([(name, value)]).collect();
        serde_urlencoded::to_string(pairs).unwrap_or_default()
    }

    /// The parameters as a query.
    pub(super) fn text(&self) -> String {
        serde_urlencoded::to_string(&self.0).unwrap_or_default()
    }
}

/// Reads `code`, `system|code` or `|code`.
pub(super) fn token(text: &str) -> Option<Token> {
    let (system, code) = match text.split_once('|') {
        Some((system, code)) => (Some(system.to_owned()), code),
        None => (None, text),
    };
    (!code.is_empty()).then(|| Token { system, code: code.to_owned() })
}

/// A parameter that cannot be understood. Its value is not repeated.
pub(super) fn invalid(name: &str, text: &str) -> Problem {
    Problem::invalid(text).advice(format!("Check the parameter {name}.")).at(format!("http.{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_a_code_and_perhaps_a_system() {
        let token_of = |system: Option<&str>, code: &str| {
            Some(Token { system: system.map(str::to_owned), code: code.to_owned() })
        };
        assert_eq!(token("a"), token_of(None, "a"));
        assert_eq!(token("urn:x|a"), token_of(Some("urn:x"), "a"));
        assert_eq!(token("|a"), token_of(Some(""), "a"));
        assert_eq!(token("urn:x|"), None);
    }

    #[test]
    fn c5_the_case_of_a_parameter_does_not_matter() {
        let query = Query(vec![("Schedule.date".into(), "ge2026-05-12".into())]);
        assert_eq!(query.all("schedule.date").collect::<Vec<_>>(), ["ge2026-05-12"]);
        assert_eq!(query.with("_cursor", "x y"), "Schedule.date=ge2026-05-12&_cursor=x+y");
    }
}
