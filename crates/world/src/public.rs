//! HTTP to an address that somebody else chose, without a way into our own network.

use std::{error::Error, sync::Arc};

use async_trait::async_trait;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use crate::{Client, Http, HttpError, Limits, Request, Response};

mod address;

use address::is_public;

/// [`Http`] to public addresses only: https on port 443, no user name, no redirect.
///
/// An address is judged when it is connected to, so a name that leads elsewhere the second time does not pass.
/// No proxy is used: behind one, names would be resolved by somebody else.
#[derive(Debug, Clone)]
pub struct PublicClient {
    guarded: Client,
    /// For the origins that are allowed by name.
    trusting: Client,
    allowed: Vec<Url>,
}

/// Why an address may not be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotPublic {
    /// Another scheme, or no address at all.
    #[error("it is no https address")]
    Scheme,
    /// A user name or password.
    #[error("it has a user name or a password")]
    Credentials,
    /// A port of its own.
    #[error("it has another port than 443")]
    Port,
    /// This machine, a private network, or otherwise not the internet.
    #[error("it is not on the public internet")]
    Address,
}

impl PublicClient {
    /// `allowed` are origins that are reached whatever they are, such as `http://127.0.0.1:9000` in a test.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(allowed: Vec<Url>) -> Result<Self, HttpError> {
        Self::with_names(Arc::new(SystemNames), allowed)
    }

    fn with_names(names: Arc<dyn Resolve>, allowed: Vec<Url>) -> Result<Self, HttpError> {
        let guard = Client::builder().no_proxy().https_only(true).dns_resolver(PublicOnly(names));
        Ok(Self { guarded: Client::built(guard)?, trusting: Client::new()?, allowed })
    }

    /// Whether `url` may be asked for. To what a name leads shows only when it is connected to.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, url: &Url) -> Result<(), NotPublic> {
        self.client(url).map(drop)
    }

    fn client(&self, url: &Url) -> Result<&Client, NotPublic> {
        if !url.username().is_empty() || url.password().is_some() {
            return Err(NotPublic::Credentials);
        }
        if self.allowed.iter().any(|allowed| allowed.origin() == url.origin()) {
            return Ok(&self.trusting);
        }
        match (url.scheme(), url.port(), url.host()) {
            ("https", None, Some(Host::Domain(_))) => Ok(&self.guarded),
            ("https", None, Some(Host::Ipv4(address))) if is_public(address.into()) => Ok(&self.guarded),
            ("https", None, Some(Host::Ipv6(address))) if is_public(address.into()) => Ok(&self.guarded),
            ("https", None, _) => Err(NotPublic::Address),
            ("https", Some(_), _) => Err(NotPublic::Port),
            _ => Err(NotPublic::Scheme),
        }
    }
}

#[async_trait]
impl Http for PublicClient {
    async fn send(&self, request: Request, limits: Limits) -> Result<Response, HttpError> {
        // As the client below reads it: what is judged is what is reached.
        let url = Url::parse(&request.uri().to_string());
        let host = request.uri().host().unwrap_or_default().to_owned();
        match url.map_err(|_| NotPublic::Scheme).and_then(|url| self.client(&url)) {
            Ok(client) => client.send(request, limits).await,
            Err(reason) => Err(HttpError::Forbidden { host, reason }),
        }
    }
}

impl NotPublic {
    /// Whether this is what an error goes back to.
    pub(crate) fn among_causes(error: &dyn Error) -> Option<Self> {
        let mut cause = error.source();
        while let Some(error) = cause {
            if let Some(found) = error.downcast_ref::<Self>() {
                return Some(*found);
            }
            cause = error.source();
        }
        None
    }
}

/// Names as this machine resolves them.
struct SystemNames;

impl Resolve for SystemNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<_> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Of what a name leads to, the public addresses.
struct PublicOnly(Arc<dyn Resolve>);

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let found = self.0.resolve(name);
        Box::pin(async move {
            let mut public = found.await?.filter(|address| is_public(address.ip())).peekable();
            // Of no address at all, the resolver itself would have said so.
            public.peek().ok_or(NotPublic::Address)?;
            Ok(Box::new(public) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests;
