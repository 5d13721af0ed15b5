use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use url::Url;

/// Who issues tokens: the `iss` claim, kept as it was written.
///
/// Issuers are compared character by character (RFC 8414, 3.3), so `https://a.example` and
/// `https://a.example/` are two issuers and the text must survive parsing.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IssuerUrl(String);

/// The text is not an http(s) URL, or has a query, a fragment or a user name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an issuer is an http or https URL without user name, query and fragment")]
pub struct NotAnIssuer;

impl IssuerUrl {
    /// The text as it stands in tokens and documents.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A URL below this issuer; `path` starts with a slash.
    #[must_use]
    pub fn below(&self, path: &str) -> String {
        format!("{}{path}", self.0.trim_end_matches('/'))
    }

    /// Where an authorization server publishes its metadata: the well-known part goes before the issuer's
    /// path (RFC 8414, 3.1).
    #[must_use]
    pub fn oauth_metadata(&self) -> String {
        let (origin, path) = self.origin_and_path();
        format!("{origin}/.well-known/oauth-authorization-server{path}")
    }

    /// Where an OpenID provider publishes its metadata: the well-known part goes after the issuer's path.
    #[must_use]
    pub fn openid_configuration(&self) -> String {
        self.below("/.well-known/openid-configuration")
    }

    /// Whether `url` may be called on this issuer's word: https, unless the issuer itself speaks plain http.
    pub(crate) fn vouches_for(&self, url: &Url) -> bool {
        url.scheme() == "https" || (url.scheme() == "http" && self.0.starts_with("http://"))
    }

    fn origin_and_path(&self) -> (&str, &str) {
        let text = self.0.trim_end_matches('/');
        let host_at = text.find("://").map_or(0, |at| at + 3);
        let host = text.get(host_at..).unwrap_or_default();
        text.split_at(host.find('/').map_or(text.len(), |at| host_at + at))
    }
}

impl FromStr for IssuerUrl {
    type Err = NotAnIssuer;

    fn from_str(text: &str) -> Result<Self, NotAnIssuer> {
        let url = Url::parse(text).map_err(|_| NotAnIssuer)?;
        let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        let web = matches!(url.scheme(), "http" | "https") && text.contains("://") && url.has_host();
        if plain && web && url.password().is_none() { Ok(Self(text.to_owned())) } else { Err(NotAnIssuer) }
    }
}

impl TryFrom<String> for IssuerUrl {
    type Error = NotAnIssuer;

    fn try_from(text: String) -> Result<Self, NotAnIssuer> {
        text.parse()
    }
}

impl TryFrom<&Url> for IssuerUrl {
    type Error = NotAnIssuer;

    /// A URL without a path loses the slash that [`Url`] adds.
    fn try_from(url: &Url) -> Result<Self, NotAnIssuer> {
        let text = url.as_str();
        if url.path() == "/" { text.trim_end_matches('/').parse() } else { text.parse() }
    }
}

impl From<IssuerUrl> for String {
    fn from(issuer: IssuerUrl) -> Self {
        issuer.0
    }
}

impl fmt::Display for IssuerUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for IssuerUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_addresses_follow_rfc_8414_and_openid_discovery() {
        for (issuer, oauth, openid) in [
            (
                "https://a.example",
                "https://a.example/.well-known/oauth-authorization-server",
                "https://a.example/.well-known/openid-configuration",
            ),
            (
                "https://a.example/",
                "https://a.example/.well-known/oauth-authorization-server",
                "https://a.example/.well-known/openid-configuration",
            ),
            (
                "http://127.0.0.1:8080/dev/idp",
                "http://127.0.0.1:8080/.well-known/oauth-authorization-server/dev/idp",
                "http://127.0.0.1:8080/dev/idp/.well-known/openid-configuration",
            ),
        ] {
            let issuer: IssuerUrl = issuer.parse().unwrap();
            assert_eq!(issuer.oauth_metadata(), oauth);
            assert_eq!(issuer.openid_configuration(), openid);
        }
    }

    #[test]
    fn the_text_is_kept_and_a_bare_url_loses_its_slash() {
        assert_eq!("https://a.example/".parse::<IssuerUrl>().unwrap().as_str(), "https://a.example/");
        let url = Url::parse("http://127.0.0.1:8080").unwrap();
        assert_eq!(IssuerUrl::try_from(&url).unwrap().as_str(), "http://127.0.0.1:8080");
    }

    #[test]
    fn what_is_not_an_issuer() {
        for text in ["", "a.example", "ftp://a.example", "https://a.example?x", "https://a.example#x"] {
            assert_eq!(text.parse::<IssuerUrl>(), Err(NotAnIssuer), "{text}");
        }
        assert_eq!("https://me:pw@a.example".parse::<IssuerUrl>(), Err(NotAnIssuer));
    }
}
