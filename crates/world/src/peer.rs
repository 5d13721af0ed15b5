use std::{fmt, net::IpAddr, sync::Arc};

use rustls::{
    client::verify_server_name,
    pki_types::{CertificateDer, ServerName},
    server::ParsedCertificate,
};

/// Who is at the other end of a connection; whoever listens puts it into the extensions of each request.
#[derive(Debug, Clone)]
pub struct Peer {
    /// The address that the connection came from: perhaps a proxy's, see [`Proxies`](crate::Proxies).
    pub address: IpAddr,
    /// The certificate that it proved to hold, issued by an authority that is trusted here (mutual TLS).
    pub certificate: Option<PeerCertificate>,
}

/// A certificate whose issuer was verified.
#[derive(Clone)]
pub struct PeerCertificate(Arc<CertificateDer<'static>>);

impl PeerCertificate {
    /// Of a handshake that verified it.
    #[must_use]
    pub fn verified(certificate: CertificateDer<'static>) -> Self {
        Self(Arc::new(certificate))
    }

    /// Whether it was issued for this host name.
    #[must_use]
    pub fn is_for(&self, host: &str) -> bool {
        let (Ok(parsed), Ok(name)) = (ParsedCertificate::try_from(&*self.0), ServerName::try_from(host))
        else {
            return false;
        };
        verify_server_name(&parsed, &name).is_ok()
    }
}

impl fmt::Debug for PeerCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PeerCertificate({} bytes)", self.0.len())
    }
}
