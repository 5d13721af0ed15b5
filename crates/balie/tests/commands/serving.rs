//! A `balie serve` that runs, and servers that do not answer it.

use std::{
    io::{BufRead as _, BufReader},
    net::{TcpListener, TcpStream},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

use crate::operator::Operator;

/// What is to come, comes within this time.
const SOON: Duration = Duration::from_secs(25);

/// A server that accepts, and never says a word.
pub(crate) struct Hanging {
    pub(crate) port: u16,
    accepted: mpsc::Receiver<TcpStream>,
    held: Vec<TcpStream>,
}

impl Hanging {
    pub(crate) fn listen() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (accept, accepted) = mpsc::channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let _ = accept.send(stream.unwrap());
            }
        });
        Self { port, accepted, held: Vec::new() }
    }

    /// Returns when somebody has called.
    pub(crate) fn is_called(&mut self) {
        self.held.push(self.accepted.recv_timeout(SOON).expect("somebody calls"));
    }
}

/// The platform as its own process, and what it logs.
pub(crate) struct Serving(Child, mpsc::Receiver<String>);

impl Serving {
    /// Starts it, and returns when it is ready.
    pub(crate) fn start(operator: &Operator) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_balie"))
            .arg("serve")
            .env("BALIE_CONFIG", operator.file())
            .env("BALIE_LOG", "info")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let ready = log.by_ref().find(|line| line.contains("the platform is ready"));
        ready.expect("it becomes ready");
        let (heard, hears) = mpsc::channel();
        std::thread::spawn(move || log.for_each(|line| drop(heard.send(line))));
        Self(child, hears)
    }

    /// Returns when it has logged this.
    pub(crate) fn logs(&self, words: &str) {
        let until = Instant::now() + SOON;
        while !self
            .1
            .recv_timeout(until.saturating_duration_since(Instant::now()))
            .expect("it is logged")
            .contains(words)
        {}
    }

    /// Tells it to stop, and gives how it ended and how long that took.
    pub(crate) fn stop(mut self) -> (ExitStatus, Duration) {
        let told_at = Instant::now();
        assert!(Command::new("kill").arg(self.0.id().to_string()).status().unwrap().success());
        (self.0.wait().unwrap(), told_at.elapsed())
    }

    /// Ends it without a chance to tidy up.
    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
    }
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
