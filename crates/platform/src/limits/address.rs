use std::{convert::Infallible, net::IpAddr};

use axum::{
    extract::{FromRequestParts, Request},
    http::{Extensions, HeaderMap, request::Parts},
};
use world::{Peer, household};

use crate::app::App;

/// The address from which somebody asks, past the proxies that are trusted; none where nobody said who is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClientAddress(pub(crate) Option<IpAddr>);

impl ClientAddress {
    pub(crate) fn of(request: &Request, app: &App) -> Self {
        Self::read(request.extensions(), request.headers(), app)
    }

    fn read(extensions: &Extensions, headers: &HeaderMap, app: &App) -> Self {
        let peer = extensions.get::<Peer>();
        Self(peer.map(|peer| app.config.proxies.client(peer.address, headers)))
    }

    /// By what it is counted: this machine is not, and of IPv6 a household has a whole /64.
    pub(super) fn key(self) -> Option<IpAddr> {
        let address = self.0?.to_canonical();
        (!address.is_loopback()).then(|| household(address))
    }
}

impl FromRequestParts<App> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::read(&parts.extensions, &parts.headers, app))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_and_this_machine_is_none() {
        let key = |address: &str| ClientAddress(Some(address.parse().unwrap())).key();
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
        assert_eq!([key("127.0.0.1"), key("::1"), ClientAddress(None).key()], [None; 3]);
    }
}
