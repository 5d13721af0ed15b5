use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::{NotPublic, address::is_public};
use crate::Network;

/// Names as this machine resolves them.
pub(super) struct SystemNames;

impl Resolve for SystemNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<_> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Of what a name leads to, the addresses that may be connected to: public ones, and those of allowed networks.
pub(super) struct Judged {
    pub(super) names: Arc<dyn Resolve>,
    pub(super) networks: Arc<[Network]>,
}

impl Resolve for Judged {
    fn resolve(&self, name: Name) -> Resolving {
        let (found, networks) = (self.names.resolve(name), Arc::clone(&self.networks));
        Box::pin(async move {
            let may = move |address| is_public(address) || networks.iter().any(|one| one.contains(address));
            let mut judged = found.await?.filter(move |address| may(address.ip())).peekable();
            // Of no address at all, the resolver itself would have said so.
            judged.peek().ok_or(NotPublic::Address)?;
            Ok(Box::new(judged) as Addrs)
        })
    }
}
