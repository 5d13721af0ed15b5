use std::{
    fmt,
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use anyhow::Context as _;
use rustls::{
    RootCertStore, ServerConfig,
    crypto::{CryptoProvider, aws_lc_rs},
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    server::{WebPkiClientVerifier, danger::ClientCertVerifier},
};
use tokio::signal::unix::{SignalKind, signal};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

/// How often the files are looked at: a certificate that was renewed is shown soon after.
const LOOKED_AT_EVERY: Duration = Duration::from_secs(30);

/// Where the certificate is.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The certificate, and those between it and its root (PEM).
    pub certificate: PathBuf,
    /// Its private key (PEM).
    pub key: PathBuf,
    /// Whose certificates callers may show (PEM); without it, none are asked for.
    pub client_ca: Option<PathBuf>,
}

/// TLS as we serve it: 1.3 and 1.2, HTTP/2 and HTTP/1.1, with a certificate that can be renewed meanwhile.
pub struct Tls {
    shown: Arc<Shown>,
}

impl Tls {
    /// # Errors
    /// When a file cannot be read, or the key is not the certificate's.
    pub fn open(files: TlsFiles) -> anyhow::Result<Self> {
        Ok(Self { shown: Arc::new(Shown::open(files)?) })
    }

    /// For the next connection.
    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        self.shown.loaded(|now| Arc::clone(&now.config)).into()
    }

    /// Works with renewed files from soon after they are there, or from SIGHUP, until `stop`.
    pub(crate) fn keep_fresh(&self, stop: CancellationToken) -> impl Future<Output = ()> + Send + use<> {
        let shown = Arc::clone(&self.shown);
        async move {
            let Ok(mut asked) = signal(SignalKind::hangup()) else { return };
            loop {
                tokio::select! {
                    () = stop.cancelled() => return,
                    _ = asked.recv() => {}
                    () = tokio::time::sleep(LOOKED_AT_EVERY) => {}
                }
                shown.look_again();
            }
        }
    }

    /// For a test, which does not wait.
    #[cfg(test)]
    pub(crate) fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown)
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").field("files", &self.shown.files).finish_non_exhaustive()
    }
}

/// What the files say now.
pub(crate) struct Shown {
    files: TlsFiles,
    provider: Arc<CryptoProvider>,
    now: RwLock<Loaded>,
}

/// TLS with the bytes of the files that it came from. A new one also forgets the sessions of before, in which
/// certificates of callers count that may not any more.
struct Loaded {
    pems: Pems,
    config: Arc<ServerConfig>,
}

impl Shown {
    fn open(files: TlsFiles) -> anyhow::Result<Self> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let now = RwLock::new(load(Pems::read(&files)?, &provider)?);
        Ok(Self { files, provider, now })
    }

    /// A file that is half written, or a key that is not the certificate's yet, changes nothing.
    pub(crate) fn look_again(&self) {
        let read = Pems::read(&self.files);
        if read.as_ref().is_ok_and(|pems| self.loaded(|now| now.pems == *pems)) {
            return;
        }
        match read.and_then(|pems| load(pems, &self.provider)) {
            Ok(loaded) => {
                *self.now.write().unwrap_or_else(PoisonError::into_inner) = loaded;
                tracing::info!("the certificates were renewed");
            }
            Err(error) => {
                let why = format!("{error:#}");
                tracing::error!(
                    why,
                    "the files of [tls] have changed and cannot be used; the old ones are kept"
                );
            }
        }
    }

    fn loaded<T>(&self, part: impl FnOnce(&Loaded) -> T) -> T {
        part(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What the files hold.
#[derive(PartialEq, Eq)]
struct Pems {
    certificate: Vec<u8>,
    key: Vec<u8>,
    client_ca: Option<Vec<u8>>,
}

impl Pems {
    fn read(files: &TlsFiles) -> anyhow::Result<Self> {
        let read = |path: &PathBuf| {
            std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
        };
        Ok(Self {
            certificate: read(&files.certificate)?,
            key: read(&files.key)?,
            client_ca: files.client_ca.as_ref().map(read).transpose()?,
        })
    }
}

fn load(pems: Pems, provider: &Arc<CryptoProvider>) -> anyhow::Result<Loaded> {
    let chain = CertificateDer::pem_slice_iter(&pems.certificate).collect::<Result<Vec<_>, _>>();
    let chain = chain.context("the certificate is no PEM")?;
    let key = PrivateKeyDer::from_pem_slice(&pems.key).context("the key is no PEM")?;
    let mut config = ServerConfig::builder_with_provider(Arc::clone(provider))
        .with_safe_default_protocol_versions()
        .context("TLS cannot be set up")?
        .with_client_cert_verifier(callers(pems.client_ca.as_deref(), provider)?)
        .with_single_cert(chain, key)
        .context("the key is not the certificate's")?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Loaded { pems, config: Arc::new(config) })
}

/// Who is believed to be a caller; whoever shows nothing is let in, and judged where it is known who must show what.
fn callers(
    pem: Option<&[u8]>,
    provider: &Arc<CryptoProvider>,
) -> anyhow::Result<Arc<dyn ClientCertVerifier>> {
    let Some(pem) = pem else { return Ok(WebPkiClientVerifier::no_client_auth()) };
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_slice_iter(pem) {
        roots.add(root.context("client_ca is no PEM")?).context("client_ca")?;
    }
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider));
    verifier.allow_unauthenticated().build().context("client_ca names no authority")
}
