//! Certificates for servers and callers on this machine.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs, pki_types::ServerName};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::TlsFiles;

/// Somebody who issues certificates.
pub(super) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(super) fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// Its own certificate.
    pub(super) fn pem(&self) -> String {
        self.0.pem()
    }

    /// A certificate for a host, with its key.
    pub(super) fn issue(&self, host: &str) -> String {
        self.pair(host).concat()
    }

    fn pair(&self, host: &str) -> [String; 2] {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new([host.to_owned()]).unwrap();
        [params.signed_by(&key, &self.0).unwrap().pem(), key.serialize_pem()]
    }

    /// As whoever trusts it connects, for this protocol.
    pub(super) async fn connect(&self, stream: TcpStream, protocol: &[u8]) -> TlsStream<TcpStream> {
        let mut roots = RootCertStore::empty();
        roots.add(self.0.der().clone()).unwrap();
        let mut config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![protocol.to_vec()];
        let name = ServerName::try_from("localhost").unwrap();
        TlsConnector::from(Arc::new(config)).connect(name, stream).await.unwrap()
    }
}

/// Where a server's certificate is.
pub(super) struct Folder(tempfile::TempDir);

impl Folder {
    pub(super) fn with(authority: &Authority, host: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write(authority, host);
        folder.trust(authority);
        folder
    }

    /// From now on callers show certificates of this authority.
    pub(super) fn trust(&self, authority: &Authority) {
        std::fs::write(self.0.path().join("ca.pem"), authority.pem()).unwrap();
    }

    pub(super) fn files(&self, client_ca: bool) -> TlsFiles {
        let path = |name| self.0.path().join(name);
        TlsFiles {
            certificate: path("certificate.pem"),
            key: path("key.pem"),
            client_ca: client_ca.then(|| path("ca.pem")),
        }
    }

    /// A new certificate, and its key.
    pub(super) fn write(&self, authority: &Authority, host: &str) {
        let [certificate, key] = authority.pair(host);
        let files = self.files(false);
        std::fs::write(files.certificate, certificate).unwrap();
        std::fs::write(files.key, key).unwrap();
    }

    /// A new certificate, whose key is not there yet.
    pub(super) fn write_certificate(&self, authority: &Authority, host: &str) {
        let [certificate, _] = authority.pair(host);
        std::fs::write(self.files(false).certificate, certificate).unwrap();
    }
}
