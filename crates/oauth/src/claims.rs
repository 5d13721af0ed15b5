use std::{fmt, time::Duration};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

/// What a token says.
///
/// Claims that this crate has no use for (a citizen number, a name) are in `extra`; their values are never in
/// Debug output.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Claims {
    /// Who issued it.
    pub iss: String,
    /// Whom it is about.
    pub sub: String,
    /// For whom it is meant.
    #[serde(with = "one_or_many")]
    pub aud: Vec<String>,
    /// Until when it is valid.
    #[serde(with = "numeric_date")]
    pub exp: Timestamp,
    /// When it was issued.
    #[serde(default, with = "numeric_date::optional", skip_serializing_if = "Option::is_none")]
    pub iat: Option<Timestamp>,
    /// From when it is valid.
    #[serde(default, with = "numeric_date::optional", skip_serializing_if = "Option::is_none")]
    pub nbf: Option<Timestamp>,
    /// Its own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jti: Option<String>,
    /// What it allows, separated by spaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The client that asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// How sure the issuer is of the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acr: Option<String>,
    /// Who acts for the subject (RFC 8693, 4.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Actor>,
    /// Everything else.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// The party that acts for a token's subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Its id at the issuer.
    pub sub: String,
    /// Who acted before it, newest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Box<Self>>,
}

impl Claims {
    /// Claims of `subject` for `audience`, valid from `now` for `lifetime`; the issuer fills in itself.
    #[must_use]
    pub fn new(
        subject: impl Into<String>,
        audience: impl Into<String>,
        jti: impl Into<String>,
        now: Timestamp,
        lifetime: Duration,
    ) -> Self {
        Self {
            iss: String::new(),
            sub: subject.into(),
            aud: vec![audience.into()],
            exp: now.saturating_add(lifetime).unwrap_or(Timestamp::MAX),
            iat: Some(now),
            nbf: None,
            jti: Some(jti.into()),
            scope: None,
            client_id: None,
            acr: None,
            act: None,
            extra: Map::new(),
        }
    }

    /// The same with one more claim in `extra`.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.extra.insert(name.to_owned(), value.into());
        self
    }

    /// A text claim from `extra`.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.extra.get(name)?.as_str()
    }

    /// Whether the token carries this scope.
    #[must_use]
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scope.as_deref().is_some_and(|granted| granted.split(' ').any(|one| one == scope))
    }
}

impl fmt::Debug for Claims {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Claims")
            .field("iss", &self.iss)
            .field("sub", &self.sub)
            .field("aud", &self.aud)
            .field("exp", &self.exp)
            .field("scope", &self.scope)
            .field("client_id", &self.client_id)
            .field("extra", &self.extra.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// `aud` is a string or an array of them (RFC 7519, 4.1.3).
mod one_or_many {
    use super::*;

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }

    pub(super) fn serialize<S: Serializer>(values: &[String], serializer: S) -> Result<S::Ok, S::Error> {
        match values {
            [one] => one.serialize(serializer),
            many => many.serialize(serializer),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
        Ok(match OneOrMany::deserialize(deserializer)? {
            OneOrMany::One(one) => vec![one],
            OneOrMany::Many(many) => many,
        })
    }
}

/// Seconds since 1970, perhaps with a fraction (RFC 7519, 2).
mod numeric_date {
    use serde::de::Error as _;

    use super::*;

    pub(super) fn serialize<S: Serializer>(time: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(time.as_second())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        let seconds = number.as_i64().or_else(|| number.as_f64().map(|seconds| seconds.floor() as i64));
        seconds
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .ok_or_else(|| D::Error::custom("not a time"))
    }

    pub(super) mod optional {
        use super::*;

        pub(in super::super) fn serialize<S: Serializer>(
            time: &Option<Timestamp>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            time.map(Timestamp::as_second).serialize(serializer)
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<Timestamp>, D::Error> {
            #[derive(Deserialize)]
            struct Date(#[serde(with = "super")] Timestamp);
            Ok(Option::<Date>::deserialize(deserializer)?.map(|date| date.0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims() -> Claims {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        Claims::new("jan", "https://xis.example", "1", now, Duration::from_secs(60)).with("bsn", "999990019")
    }

    #[test]
    fn claims_survive_json() {
        let json = serde_json::to_value(claims()).unwrap();
        assert_eq!(json["aud"], "https://xis.example");
        assert_eq!(json["exp"], 1_800_000_060);
        assert_eq!(json["bsn"], "999990019");
        assert_eq!(serde_json::from_value::<Claims>(json).unwrap(), claims());
    }

    #[test]
    fn foreign_shapes_are_read() {
        let json = r#"{"iss":"i","sub":"s","aud":["a","b"],"exp":1800000000.7}"#;
        let claims: Claims = serde_json::from_str(json).unwrap();
        assert_eq!(claims.aud, ["a", "b"]);
        assert_eq!(claims.exp.as_second(), 1_800_000_000);
        assert_eq!(claims.iat, None);
    }

    #[test]
    fn debug_names_the_extra_claims_and_hides_their_values() {
        let shown = format!("{:?}", claims());
        assert!(shown.contains("bsn") && !shown.contains("999990019"), "{shown}");
    }

    #[test]
    fn a_scope_is_a_word() {
        let claims = Claims { scope: Some("fhir openid".to_owned()), ..claims() };
        assert!(claims.has_scope("fhir") && claims.has_scope("openid"));
        assert!(!claims.has_scope("open") && !claims.has_scope(""));
    }
}
