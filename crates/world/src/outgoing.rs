//! HTTP to addresses that somebody else chose, without a way into our own network.

mod address;
mod allowed;
mod forbidden;
mod names;

use std::{collections::HashMap, fmt, sync::Arc};

use async_trait::async_trait;
use reqwest::{Certificate, Identity, dns::Resolve};
use url::{Host, Url};

use crate::{Body, Client, Http, HttpError, Limits, Network, Request, Response};

pub use allowed::{Allowed, NotAllowable};
pub use forbidden::NotPublic;

use address::is_public;
use names::{Judged, SystemNames};

/// What the operator says about outgoing calls.
#[derive(Debug, Clone, Default)]
pub struct Outgoing {
    /// What may be reached though it is not the public internet, or not over https.
    pub allow: Vec<Allowed>,
    /// Root certificates (PEM) that are trusted beside the public ones.
    pub roots: Option<String>,
    /// How we prove who we are, to hosts that ask.
    pub certificates: Vec<OwnCertificate>,
}

impl Outgoing {
    /// This machine may be reached, over http too; for the demo and for tests.
    #[must_use]
    pub fn to_this_machine() -> Self {
        let this = ["127.0.0.0/8", "::1", "localhost"];
        Self { allow: this.iter().filter_map(|text| text.parse().ok()).collect(), ..Self::default() }
    }
}

/// The certificate that we show to one host (mutual TLS).
#[derive(Clone)]
pub struct OwnCertificate {
    host: String,
    identity: Identity,
}

impl OwnCertificate {
    /// `pem` holds the certificate, those between it and its root, and the private key; `host` is bare, without a port.
    ///
    /// # Errors
    /// When it does not hold them, or no address has such a host.
    pub fn new(host: &str, pem: &str) -> Result<Self, HttpError> {
        let bare = Host::parse(host).ok().filter(|_| !host.contains('*'));
        let no_host = || HttpError::Client(format!("{host:?} is no host, such as xis.example"));
        // As it is in an address: in small letters, and a name in another script as DNS has it.
        let bare = bare.ok_or_else(no_host)?.to_string();
        let identity = Identity::from_pem(pem.as_bytes())
            .map_err(|error| HttpError::Client(format!("the certificate for {host}: {error}")))?;
        Ok(Self { host: bare, identity })
    }
}

impl fmt::Debug for OwnCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnCertificate").field("host", &self.host).finish_non_exhaustive()
    }
}

/// [`Http`] to the public internet over https, and to what the operator allows.
///
/// An address is judged when it is connected to, so a name that leads elsewhere the second time does not pass.
/// No user name is sent, no redirect followed, and no proxy used: behind one, somebody else would resolve names.
#[derive(Debug, Clone)]
pub struct GuardedClient {
    allow: Arc<[Allowed]>,
    plain: Pair,
    by_host: HashMap<String, Pair>,
    on_any_port: bool,
}

/// One for what is judged, and one for what is allowed whatever it is.
#[derive(Debug, Clone)]
struct Pair {
    guarded: Client,
    trusting: Client,
}

impl GuardedClient {
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(outgoing: &Outgoing) -> Result<Self, HttpError> {
        Self::with_names(&(Arc::new(SystemNames) as Arc<dyn Resolve>), outgoing)
    }

    /// For addresses from browsers: nothing but the port that https has, unless allowed.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn on_standard_port(outgoing: &Outgoing) -> Result<Self, HttpError> {
        Ok(Self { on_any_port: false, ..Self::new(outgoing)? })
    }

    fn with_names(names: &Arc<dyn Resolve>, outgoing: &Outgoing) -> Result<Self, HttpError> {
        let roots = outgoing.roots.as_deref().unwrap_or_default();
        let roots = Certificate::from_pem_bundle(roots.as_bytes())
            .map_err(|error| HttpError::Client(format!("the root certificates: {error}")))?;
        let networks: Arc<[Network]> = outgoing.allow.iter().filter_map(Allowed::network).collect();
        let pair = |identity: Option<&Identity>| {
            let builder = || {
                let builder = Client::builder().tls_certs_merge(roots.iter().cloned());
                identity.into_iter().fold(builder, |builder, identity| builder.identity(identity.clone()))
            };
            let judged = Judged { names: Arc::clone(names), networks: Arc::clone(&networks) };
            let guarded = Client::built(builder().https_only(true).dns_resolver(judged))?;
            let trusting = Client::built(builder().dns_resolver(Arc::clone(names)))?;
            Ok::<_, HttpError>(Pair { guarded, trusting })
        };
        let by_host = outgoing
            .certificates
            .iter()
            .map(|own| Ok((own.host.clone(), pair(Some(&own.identity))?)))
            .collect::<Result<_, HttpError>>()?;
        Ok(Self { allow: outgoing.allow.clone().into(), plain: pair(None)?, by_host, on_any_port: true })
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
        let own = url.host_str().and_then(|host| self.by_host.get(host));
        let Pair { guarded, trusting } = own.unwrap_or(&self.plain);
        if matches!(url.scheme(), "http" | "https") && self.allow.iter().any(|allowed| allowed.admits(url)) {
            return Ok(trusting);
        }
        match (url.scheme(), url.port(), url.host()) {
            ("https", Some(_), _) if !self.on_any_port => Err(NotPublic::Port),
            ("https", _, Some(Host::Domain(_))) => Ok(guarded),
            ("https", _, Some(Host::Ipv4(address))) if is_public(address.into()) => Ok(guarded),
            ("https", _, Some(Host::Ipv6(address))) if is_public(address.into()) => Ok(guarded),
            ("https", _, _) => Err(NotPublic::Address),
            _ => Err(NotPublic::Scheme),
        }
    }
}

#[async_trait]
impl Http for GuardedClient {
    async fn send(&self, request: Request, limits: Limits) -> Result<Response, HttpError> {
        self.client_for(&request)?.send(request, limits).await
    }

    async fn begin(&self, request: Request, limits: Limits) -> Result<http::Response<Body>, HttpError> {
        self.client_for(&request)?.begin(request, limits).await
    }
}

impl GuardedClient {
    /// As the client reads the address: what is judged is what is reached.
    fn client_for(&self, request: &Request) -> Result<&Client, HttpError> {
        let url = Url::parse(&request.uri().to_string());
        let client = url.map_err(|_| NotPublic::Scheme).and_then(|url| self.client(&url));
        let host = request.uri().host().unwrap_or_default();
        client.map_err(|reason| HttpError::Forbidden { host: host.to_owned(), reason })
    }
}

#[cfg(test)]
mod tests;
