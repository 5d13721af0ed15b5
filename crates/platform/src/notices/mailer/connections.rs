use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use lettre::{
    address::Envelope,
    transport::smtp::{
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, TlsParameters},
        extension::ClientId,
    },
};
use tokio::{
    net::TcpStream,
    sync::Semaphore,
    time::{Instant, timeout},
};

use super::{MailCarrier, MailError};

/// To connect, to secure the connection and to log in.
pub(super) const OPENING: Duration = Duration::from_secs(10);

/// To hand over one mail. Generous: a mail that was taken and not confirmed in time is sent again.
const HANDING_OVER: Duration = Duration::from_secs(30);

/// How long an unused connection is kept.
const IDLE: Duration = Duration::from_secs(30);

/// Connections to the mail server at once.
const AT_ONCE: usize = 32;

/// Connections to one mail server, each used for one mail after the other.
///
/// Not lettre's own pool: that takes back a connection on which a mail was given up half-way, and the next mail would
/// then read the answers to the one before. Here a connection comes back only after a mail that was taken.
pub(super) struct Connections {
    server: Server,
    unused: Mutex<Vec<Unused>>,
    places: Semaphore,
}

/// Where the mail server is, and how we come in.
pub(super) struct Server {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) security: Security,
    pub(super) credentials: Option<Credentials>,
}

/// How the connection is secured.
pub(super) enum Security {
    /// From the first byte.
    Tls(TlsParameters),
    /// Before anything is said that matters.
    StartTls(TlsParameters),
    None,
}

struct Unused {
    connection: AsyncSmtpConnection,
    since: Instant,
}

impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").field("host", &self.server.host).finish_non_exhaustive()
    }
}

impl Connections {
    pub(super) fn new(server: Server) -> Self {
        Self { server, unused: Mutex::default(), places: Semaphore::new(AT_ONCE) }
    }

    /// A connection that is open still, and over which nothing is under way.
    async fn usable(&self) -> Option<AsyncSmtpConnection> {
        loop {
            let mut connection = self.newest_unused()?;
            if timeout(OPENING, connection.test_connected()).await.unwrap_or(false) {
                return Some(connection);
            }
        }
    }

    fn newest_unused(&self) -> Option<AsyncSmtpConnection> {
        let mut unused = self.unused();
        unused.retain(|one| one.since.elapsed() < IDLE);
        unused.pop().map(|one| one.connection)
    }

    fn unused(&self) -> MutexGuard<'_, Vec<Unused>> {
        self.unused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait::async_trait]
impl MailCarrier for Connections {
    async fn hand_over(&self, envelope: &Envelope, mail: &[u8]) -> Result<(), MailError> {
        let _place = self.places.acquire().await.map_err(|_| MailError::Connection)?;
        let mut connection = match self.usable().await {
            Some(connection) => connection,
            None => within(OPENING, self.server.open()).await?,
        };
        within(HANDING_OVER, connection.send(envelope, mail)).await?;
        self.unused().push(Unused { connection, since: Instant::now() });
        Ok(())
    }
}

impl Server {
    async fn open(&self) -> Result<AsyncSmtpConnection, MailError> {
        let (at, hello) = ((self.host.as_str(), self.port), ClientId::default());
        let mut connection = match &self.security {
            Security::Tls(tls) => {
                AsyncSmtpConnection::connect_tokio1(at, Some(OPENING), &hello, Some(tls.clone()), None)
                    .await?
            }
            Security::StartTls(_) | Security::None => {
                let stream = TcpStream::connect(at).await?;
                // The end of a mail is written by itself, and would wait for the server to confirm what was before it.
                stream.set_nodelay(true)?;
                AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello).await?
            }
        };
        if let Security::StartTls(tls) = &self.security {
            connection.starttls(tls.clone(), &hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}

async fn within<T, E: Into<MailError>>(
    limit: Duration,
    step: impl Future<Output = Result<T, E>>,
) -> Result<T, MailError> {
    match timeout(limit, step).await {
        Ok(done) => done.map_err(Into::into),
        Err(_) => Err(MailError::Timeout(limit)),
    }
}
