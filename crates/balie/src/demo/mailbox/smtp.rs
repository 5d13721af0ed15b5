use std::{io, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncWriteExt as _, BufReader},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    task::{JoinHandle, JoinSet},
    time::timeout,
};
use world::Clock;

use super::{
    Mailbox,
    command::Command,
    conversation::{Conversation, MESSAGE_BYTES, OK, Step, TOO_LARGE},
    lines::Lines,
};

/// So many clients are served at once.
const CONNECTIONS: usize = 64;
/// A command's line is at most this long, extensions included.
const COMMAND_BYTES: usize = 2048;
/// A whole mail must come within this time, and an answer be read.
const MESSAGE_PATIENCE: Duration = Duration::from_mins(10);

/// Takes mail at `address` (port 0: any free one) into a mailbox, which starts with what lies in the
/// directory. Ends when the handle is aborted, connections too.
///
/// # Errors
/// When the address is taken or the directory cannot be used.
pub(crate) async fn listen(
    address: SocketAddr,
    directory: Option<PathBuf>,
    clock: Arc<dyn Clock>,
) -> io::Result<(SocketAddr, Mailbox, JoinHandle<()>)> {
    let mailbox = Mailbox::open(directory).await?;
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    let serving = tokio::spawn(serve(listener, mailbox.clone(), clock));
    Ok((address, mailbox, serving))
}

async fn serve(listener: TcpListener, mailbox: Mailbox, clock: Arc<dyn Clock>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) if connections.len() < CONNECTIONS => {
                    connections.spawn(Connection::new(stream, mailbox.clone(), Arc::clone(&clock)).run());
                }
                Ok((stream, _)) => refuse(&stream),
                Err(error) => {
                    tracing::warn!(%error, "the mail catcher cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }
}

/// Says so when the line is free; hangs up either way.
fn refuse(stream: &TcpStream) {
    let _ = stream.try_write(b"421 too many connections\r\n");
}

struct Connection {
    lines: Lines<BufReader<OwnedReadHalf>>,
    answers: OwnedWriteHalf,
    mailbox: Mailbox,
    clock: Arc<dyn Clock>,
}

impl Connection {
    fn new(stream: TcpStream, mailbox: Mailbox, clock: Arc<dyn Clock>) -> Self {
        let (reading, answers) = stream.into_split();
        Self { lines: Lines::new(BufReader::new(reading)), answers, mailbox, clock }
    }

    /// Serves the client until it leaves; a broken connection ends it without a mail that was not whole.
    async fn run(mut self) {
        if let Err(error) = self.converse().await {
            tracing::debug!(%error, "a mail client left without a goodbye");
        }
    }

    async fn converse(&mut self) -> io::Result<()> {
        let mut conversation = Conversation::default();
        self.say("220 balie demo").await?;
        while let Some(line) = self.lines.next(COMMAND_BYTES).await? {
            let step = match String::from_utf8_lossy(&line.bytes) {
                _ if line.is_cut => conversation.too_long(),
                text => conversation.step(Command::read(&text)),
            };
            match step {
                Step::Say(answer) => self.say(answer).await?,
                Step::Leave(answer) => return self.say(answer).await,
                Step::Take(answer, recipients) => {
                    self.say(answer).await?;
                    let outcome = self.take(&recipients).await?;
                    self.say(outcome).await?;
                }
            }
        }
        Ok(())
    }

    /// Reads a mail and keeps it; gives the answer.
    async fn take(&mut self, recipients: &[String]) -> io::Result<&'static str> {
        let message = timeout(MESSAGE_PATIENCE, self.message()).await??;
        let Some(message) = message else { return Ok(TOO_LARGE) };
        Ok(match self.mailbox.keep(recipients, &message, self.clock.now()).await {
            Ok(()) => OK,
            Err(error) => {
                tracing::error!(%error, "the mail catcher cannot keep a mail");
                "452 the mail cannot be kept now"
            }
        })
    }

    /// The mail up to its line of one dot, without the dots that were put before other dots; none when it is
    /// too large.
    ///
    /// Only CR LF ends a line here: a server that also takes a bare line feed before the dot can be made to
    /// see two mails in one.
    async fn message(&mut self) -> io::Result<Option<Vec<u8>>> {
        let (mut message, mut fits, mut at_line_start) = (Vec::new(), true, true);
        loop {
            let room = MESSAGE_BYTES.saturating_sub(message.len());
            // Enough to see that a line is too much, or that it is the last.
            let line = self.lines.next(room + 3).await?.ok_or(io::ErrorKind::UnexpectedEof)?;
            if at_line_start && line.bytes == b".\r\n" {
                return Ok(fits.then_some(message));
            }
            let is_stuffed = at_line_start && line.bytes.starts_with(b".");
            let text = &line.bytes[usize::from(is_stuffed)..];
            fits &= !line.is_cut && text.len() <= room;
            at_line_start = line.ends_with_crlf;
            if fits {
                message.extend_from_slice(text);
            } else {
                message = Vec::new();
            }
        }
    }

    async fn say(&mut self, answer: &str) -> io::Result<()> {
        let line = format!("{answer}\r\n");
        timeout(MESSAGE_PATIENCE, self.answers.write_all(line.as_bytes())).await?
    }
}
