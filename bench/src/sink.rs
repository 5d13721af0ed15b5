//! A mail server that takes whatever comes, as fast as it can. Until it is opened it accepts connections and is silent.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::bail;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::watch,
    time::sleep,
};

/// Longest wait for a mail.
const MAIL: Duration = Duration::from_secs(30);

pub(crate) struct Sink {
    pub(crate) address: SocketAddr,
    heard: Arc<Heard>,
    is_open: watch::Sender<bool>,
}

/// A mail that was taken.
#[derive(Debug, Clone)]
pub(crate) struct Came {
    pub(crate) to: String,
    /// The same however often it is sent.
    pub(crate) id: String,
    /// When the sender said DATA.
    pub(crate) at: Instant,
}

#[derive(Default)]
struct Heard {
    mails: AtomicU64,
    /// Every mail since this was last asked for.
    came: Mutex<Vec<Came>>,
    /// What the last mail to an address asks to be typed or followed: a code, or an invitation's token.
    asked: Mutex<HashMap<String, String>>,
}

impl Sink {
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (is_open, opening) = watch::channel(false);
        let sink = Self { address: listener.local_addr()?, heard: Arc::default(), is_open };
        let heard = Arc::clone(&sink.heard);
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(attend(connection, Arc::clone(&heard), opening.clone()));
            }
        });
        Ok(sink)
    }

    /// Lets it speak, or be silent; connections that were there are cut.
    pub(crate) fn set_open(&self, is_open: bool) {
        self.is_open.send_replace(is_open);
    }

    pub(crate) fn mails(&self) -> u64 {
        self.heard.mails.load(Ordering::Relaxed)
    }

    /// What came since this was last asked.
    pub(crate) fn take(&self) -> Vec<Came> {
        std::mem::take(&mut *self.heard.came.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits for the mail to this address with a code, or with an invitation: that code, or the invitation's token.
    pub(crate) async fn asked(&self, address: &str) -> anyhow::Result<String> {
        let began = Instant::now();
        while began.elapsed() < MAIL {
            let asked = self.heard.asked.lock().unwrap_or_else(PoisonError::into_inner).remove(address);
            if let Some(asked) = asked {
                return Ok(asked);
            }
            sleep(Duration::from_millis(5)).await;
        }
        bail!("no mail with a code or an invitation came to {address}")
    }
}

async fn attend(connection: TcpStream, heard: Arc<Heard>, mut opening: watch::Receiver<bool>) {
    let is_open = *opening.borrow_and_update();
    let conversation =
        async { if is_open { converse(connection, &heard).await } else { std::future::pending().await } };
    tokio::select! {
        _ = conversation => {}
        _ = opening.changed() => {}
    }
}

async fn converse(connection: TcpStream, heard: &Heard) -> std::io::Result<()> {
    connection.set_nodelay(true)?;
    let mut connection = BufReader::new(connection);
    connection.write_all(b"220 sink\r\n").await?;
    let (mut line, mut recipient) = (Vec::new(), String::new());
    loop {
        line.clear();
        if connection.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&line);
        if let Some(to) = said.strip_prefix("RCPT TO:<") {
            to.split('>').next().unwrap_or_default().clone_into(&mut recipient);
        }
        if said.starts_with("DATA") {
            let at = Instant::now();
            connection.write_all(b"354 go on\r\n").await?;
            take_mail(&mut connection, (&recipient, at), heard).await?;
        }
        connection.write_all(if said.starts_with("QUIT") { b"221 bye\r\n" } else { b"250 fine\r\n" }).await?;
    }
}

async fn take_mail(
    connection: &mut BufReader<TcpStream>,
    (recipient, at): (&str, Instant),
    heard: &Heard,
) -> std::io::Result<()> {
    let mut mail = Vec::new();
    while !mail.ends_with(b"\r\n.\r\n") {
        if connection.read_until(b'\n', &mut mail).await? == 0 {
            return Ok(());
        }
    }
    let came = Came { to: recipient.to_owned(), id: id_of(&mail), at };
    heard.came.lock().unwrap_or_else(PoisonError::into_inner).push(came);
    heard.mails.fetch_add(1, Ordering::Relaxed);
    if let Some(asked) = code_in(&mail).or_else(|| invitation_in(&mail)) {
        heard.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(recipient.to_owned(), asked);
    }
    Ok(())
}

fn id_of(mail: &[u8]) -> String {
    let mut lines = mail.split(|byte| *byte == b'\n').map(String::from_utf8_lossy);
    lines.find_map(|line| Some(line.strip_prefix("Message-ID:")?.trim().to_owned())).unwrap_or_default()
}

/// The code in a mail, which ends a line ("Your code: 123456").
fn code_in(mail: &[u8]) -> Option<String> {
    String::from_utf8_lossy(mail).lines().find_map(|line| {
        let digits: String =
            line.rsplit(": ").next()?.chars().filter(|letter| !letter.is_whitespace()).collect();
        (digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
    })
}

/// The token in an invitation's link, which a mail may break over two lines (quoted-printable).
fn invitation_in(mail: &[u8]) -> Option<String> {
    let whole = String::from_utf8_lossy(mail).replace("=\r\n", "");
    let (_, rest) = whole.split_once("/invitations/")?;
    let is_token = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    Some(rest.chars().take_while(|letter| is_token(*letter)).collect())
}
