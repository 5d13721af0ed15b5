use std::{
    io,
    sync::{Arc, Mutex},
};

use mail_parser::MessageParser;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

/// A mail as its reader sees it.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Where it was delivered.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The same in HTML.
    pub html: String,
    /// The whole of it, as it came.
    pub raw: String,
}

/// A mail server that takes everything, unless it is told not to.
#[derive(Debug, Clone)]
pub struct Mailbox {
    port: u16,
    mails: Arc<Mutex<Vec<Mail>>>,
    to_recipient: Arc<Mutex<&'static str>>,
}

impl Mailbox {
    /// Starts one on a free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (port, to_recipient) = (listener.local_addr().unwrap().port(), Arc::new(Mutex::new("250 ok")));
        let mailbox = Self { port, mails: Arc::default(), to_recipient };
        let taking = mailbox.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mailbox = taking.clone();
                tokio::spawn(async move { mailbox.converse(stream).await });
            }
        });
        mailbox
    }

    /// Where it listens.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Everything that came, oldest first.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().unwrap().clone()
    }

    /// What it says to `RCPT TO` from now on, such as `451 later`.
    pub fn answer_recipients(&self, answer: &'static str) {
        *self.to_recipient.lock().unwrap() = answer;
    }

    /// SMTP as far as a client that makes no mistake needs it.
    async fn converse(&self, stream: TcpStream) -> io::Result<()> {
        let mut stream = BufReader::new(stream);
        let mut to = String::new();
        stream.write_all(b"220 testkit\r\n").await?;
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let line = line.trim_end();
            let answer = match line.get(..4) {
                Some("RCPT") => {
                    to = line.trim_start_matches("RCPT TO:").trim_matches(['<', '>']).to_owned();
                    *self.to_recipient.lock().unwrap()
                }
                Some("DATA") => {
                    stream.write_all(b"354 go on\r\n").await?;
                    let raw = message(&mut stream).await?;
                    self.mails.lock().unwrap().push(read(&to, raw));
                    "250 ok"
                }
                _ => "250 ok",
            };
            stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
    }
}

/// The lines up to the one that is a dot.
async fn message(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut message = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 || line == ".\r\n" {
            return Ok(message);
        }
        message.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

fn read(to: &str, raw: String) -> Mail {
    let message = MessageParser::default().parse(&raw).unwrap();
    let text = |text: Option<std::borrow::Cow<'_, str>>| text.unwrap_or_default().into_owned();
    Mail {
        to: to.to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        text: text(message.body_text(0)),
        html: text(message.body_html(0)),
        raw,
    }
}
