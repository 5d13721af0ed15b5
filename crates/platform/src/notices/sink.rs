//! A mail server on loopback that takes mails, or refuses their recipient, as a test wants.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::{Mail, SmtpSecurity};

#[derive(Clone)]
pub(super) struct Sink {
    pub(super) port: u16,
    mails: Arc<Mutex<Vec<String>>>,
    to_recipient: Arc<Mutex<&'static str>>,
    connections: Arc<AtomicUsize>,
}

impl Sink {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let sink = Self {
            port,
            mails: Arc::default(),
            to_recipient: Arc::new(Mutex::new("250 OK")),
            connections: Arc::default(),
        };
        let serving = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let sink = serving.clone();
                sink.connections.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(async move { sink.converse(stream).await });
            }
        });
        sink
    }

    /// What it says to `RCPT TO` from now on; nothing at all where that is empty.
    pub(super) fn answer_recipients(&self, answer: &'static str) {
        *self.to_recipient.lock().unwrap() = answer;
    }

    /// How often somebody has connected.
    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    /// The mails that it took, as they were sent.
    pub(super) fn mails(&self) -> Vec<String> {
        self.mails.lock().unwrap().clone()
    }

    /// How a mailer reaches it.
    pub(super) fn config(&self) -> Mail {
        Mail {
            host: "127.0.0.1".to_owned(),
            port: self.port,
            security: SmtpSecurity::None,
            credentials: None,
            ca: None,
            from: "Balie <afspraken@balie.example>".to_owned(),
        }
    }

    async fn converse(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        reply(&mut stream, "220 sink.example").await?;
        while let Some(command) = line(&mut stream).await? {
            let verb = command.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" => reply(&mut stream, "250-sink.example\r\n250 8BITMIME").await?,
                "RCPT" => {
                    let answer = *self.to_recipient.lock().unwrap();
                    if !answer.is_empty() {
                        reply(&mut stream, answer).await?;
                    }
                }
                "DATA" => {
                    reply(&mut stream, "354 go on").await?;
                    self.take(&mut stream).await?;
                    reply(&mut stream, "250 taken").await?;
                }
                "QUIT" => return reply(&mut stream, "221 bye").await,
                _ => reply(&mut stream, "250 OK").await?,
            }
        }
        Ok(())
    }

    async fn take(&self, stream: &mut BufReader<TcpStream>) -> std::io::Result<()> {
        let mut mail = String::new();
        while let Some(line) = line(stream).await?.filter(|line| line != ".") {
            mail.push_str(line.strip_prefix('.').unwrap_or(&line));
            mail.push_str("\r\n");
        }
        self.mails.lock().unwrap().push(mail);
        Ok(())
    }
}

async fn reply(stream: &mut BufReader<TcpStream>, answer: &str) -> std::io::Result<()> {
    stream.write_all(format!("{answer}\r\n").as_bytes()).await
}

async fn line(stream: &mut BufReader<TcpStream>) -> std::io::Result<Option<String>> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await?;
    Ok((read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
}
