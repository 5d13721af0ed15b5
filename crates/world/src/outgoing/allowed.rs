use std::str::FromStr;

use url::{Host, Url};

use crate::Network;

/// What may be reached though it is not the public internet: over http too, and on any port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allowed {
    /// One origin, such as `http://127.0.0.1:9000`.
    Origin(url::Origin),
    /// A host by its name, wherever that leads.
    Host(String),
    /// The addresses of a network. A name that leads there is reached over https only.
    Network(Network),
}

/// Why a text allows nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no network, no host and no origin, such as 10.1.0.0/16, xis.example or http://127.0.0.1:9000"
)]
pub struct NotAllowable(String);

impl Allowed {
    /// The origin of this address.
    #[must_use]
    pub fn origin(url: &Url) -> Self {
        Self::Origin(url.origin())
    }

    pub(super) fn network(&self) -> Option<Network> {
        match self {
            Self::Network(network) => Some(*network),
            Self::Origin(_) | Self::Host(_) => None,
        }
    }

    /// As far as it can be seen without resolving a name.
    pub(super) fn admits(&self, url: &Url) -> bool {
        match (self, url.host()) {
            (Self::Origin(origin), _) => *origin == url.origin(),
            (Self::Host(host), Some(Host::Domain(asked))) => host == asked,
            (Self::Network(network), Some(Host::Ipv4(address))) => network.contains(address.into()),
            (Self::Network(network), Some(Host::Ipv6(address))) => network.contains(address.into()),
            _ => false,
        }
    }
}

impl FromStr for Allowed {
    type Err = NotAllowable;

    fn from_str(text: &str) -> Result<Self, NotAllowable> {
        let refused = || NotAllowable(text.to_owned());
        if text.contains("://") {
            let url: Url = text.parse().map_err(|_| refused())?;
            let is_origin =
                url.has_host() && url.path() == "/" && url.query().is_none() && url.username() == "";
            return if is_origin { Ok(Self::origin(&url)) } else { Err(refused()) };
        }
        if let Ok(network) = text.parse() {
            return Ok(Self::Network(network));
        }
        match Host::parse(text) {
            Ok(Host::Domain(name)) => Ok(Self::Host(name)),
            _ => Err(refused()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(allowed: &str, url: &str) -> bool {
        allowed.parse::<Allowed>().unwrap().admits(&url.parse().unwrap())
    }

    #[test]
    fn what_is_allowed_is_an_origin_a_host_or_a_network() {
        assert!(admits("http://127.0.0.1:9000", "http://127.0.0.1:9000/fhir/r4"));
        assert!(!admits("http://127.0.0.1:9000", "http://127.0.0.1:9001/"));
        assert!(!admits("http://127.0.0.1:9000", "https://127.0.0.1:9000/"));
        assert!(admits("xis.example", "http://xis.example:8081/fhir"));
        assert!(admits("XIS.example", "https://xis.example/"));
        assert!(!admits("xis.example", "https://a.xis.example/"));
        assert!(!admits("xis.example", "https://xis.example.evil.example/"));
        assert!(admits("10.0.0.0/8", "http://10.1.2.3:8081/"));
        assert!(admits("10.0.0.0/8", "https://[::ffff:10.1.2.3]/"));
        assert!(!admits("10.0.0.0/8", "http://11.1.2.3/"));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for text in
            ["", "https://xis.example/fhir", "https://jan@xis.example", "10.0.0.0/99", "a b", "data://"]
        {
            assert!(text.parse::<Allowed>().is_err(), "{text}");
        }
    }
}
