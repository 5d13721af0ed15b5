use std::sync::Arc;

use axum::{
    Extension,
    body::{Bytes, to_bytes},
    extract::Request,
    middleware::from_fn_with_state,
    routing::get,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use world::{GuardedClient, Http as _, HttpError, Limits, Outgoing, OwnCertificate, Peer};

use super::*;

mod certificates;
mod http2;

use certificates::{Authority, Folder};

const LIMITS: Limits = Limits { timeout: Duration::from_secs(10), body_bytes: 1024 };

/// Says who is there, and what was sent.
fn pages() -> Router {
    let names = ["platform.example", "other.example"];
    let who = async move |Extension(peer): Extension<Peer>, request: Request| {
        let shown =
            names.into_iter().find(|name| peer.certificate.as_ref().is_some_and(|one| one.is_for(name)));
        let body = to_bytes(request.into_body(), 1024).await;
        format!(
            "{} {} {}",
            peer.address,
            shown.unwrap_or("nobody"),
            body.as_ref().map_or("cut".to_owned(), text)
        )
    };
    let callers: Arc<[String]> = Arc::new(["platform.example".to_owned()]);
    let router = Router::new().route("/", get(who).post(who)).route("/fhir/r4/Slot", get(who));
    router.layer(from_fn_with_state(callers, require_certificate))
}

fn text(bytes: &Bytes) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A server on this machine, its port, and what stops it.
struct Running {
    port: u16,
    stop: CancellationToken,
    ended: tokio::task::JoinHandle<anyhow::Result<()>>,
}

impl Running {
    async fn start(serving: Serving) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (port, stop) = (listener.local_addr().unwrap().port(), CancellationToken::new());
        let ended = tokio::spawn(serving.run(listener, pages(), stop.clone()));
        Self { port, stop, ended }
    }

    /// What is answered to whoever trusts this authority, and shows a certificate perhaps.
    async fn ask(
        &self,
        path: &str,
        trusted: &Authority,
        own: Option<&str>,
    ) -> Result<(u16, String), HttpError> {
        let outgoing = Outgoing {
            allow: vec!["localhost".parse().unwrap()],
            roots: Some(trusted.pem()),
            certificates: own.iter().map(|pem| OwnCertificate::new("localhost", pem).unwrap()).collect(),
        };
        let request = http::Request::get(format!("https://localhost:{}{path}", self.port));
        let answer =
            GuardedClient::new(&outgoing).unwrap().send(request.body(Bytes::new()).unwrap(), LIMITS).await?;
        Ok((answer.status().as_u16(), text(&answer.into_body())))
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(("127.0.0.1", self.port)).await.unwrap()
    }

    /// Everything that comes back for these bytes, until the server closes.
    async fn say(&self, bytes: &[u8]) -> String {
        let (mut stream, mut heard) = (self.connect().await, Vec::new());
        stream.write_all(bytes).await.unwrap();
        // A server that closes with unread bytes resets the connection: what it said before has come.
        let _ = stream.read_to_end(&mut heard).await;
        String::from_utf8_lossy(&heard).into_owned()
    }
}

/// Nobody may take long.
fn impatient() -> Patience {
    let short = Duration::from_millis(20);
    Patience { handshake: short, head: short, body: short, goodbye: short }
}

fn secured(folder: &Folder, client_ca: bool) -> Serving {
    Serving::new(Some(Tls::open(folder.files(client_ca)).unwrap()), Vec::new())
}

/// ASVS: 12.2.1, 12.3.2
#[tokio::test]
async fn a_certificate_of_a_trusted_authority_is_shown_and_another_is_not_believed() {
    let (ours, other) = (Authority::new("ours"), Authority::new("other"));
    let folder = Folder::with(&ours, "localhost");
    let running = Running::start(secured(&folder, false)).await;
    assert_eq!(running.ask("/", &ours, None).await.unwrap(), (200, "127.0.0.1 nobody ".to_owned()));
    let error = running.ask("/", &other, None).await.unwrap_err();
    assert!(matches!(error, HttpError::Unreachable { .. }), "{error}");
}

/// ASVS: 12.3.5
#[tokio::test]
async fn a_caller_shows_the_certificate_that_was_agreed_on_or_is_refused() {
    let (ours, other) = (Authority::new("ours"), Authority::new("other"));
    let folder = Folder::with(&ours, "localhost");
    let running = Running::start(secured(&folder, true)).await;
    let ask = async |own: Option<String>| running.ask("/fhir/r4/Slot", &ours, own.as_deref()).await;
    let right = ask(Some(ours.issue("platform.example"))).await.unwrap();
    assert_eq!(right, (200, "127.0.0.1 platform.example ".to_owned()));
    assert_eq!(ask(None).await.unwrap().0, 401);
    assert_eq!(ask(Some(ours.issue("other.example"))).await.unwrap().0, 401);
    let of_stranger = ask(Some(other.issue("platform.example"))).await;
    assert!(of_stranger.is_err(), "{of_stranger:?}");
    // People's browsers have none, and read pages.
    assert_eq!(running.ask("/", &ours, None).await.unwrap().0, 200);
}

#[tokio::test]
async fn a_renewed_certificate_is_shown_and_a_broken_one_is_not() {
    let (ours, newer) = (Authority::new("ours"), Authority::new("newer"));
    let folder = Folder::with(&ours, "localhost");
    let tls = Tls::open(folder.files(false)).unwrap();
    let looking = tls.shown();
    let running = Running::start(Serving::new(Some(tls), Vec::new())).await;
    assert_eq!(running.ask("/", &ours, None).await.unwrap().0, 200);
    folder.write_certificate(&newer, "localhost");
    looking.look_again();
    assert_eq!(running.ask("/", &ours, None).await.unwrap().0, 200, "its key is another's still");
    folder.write(&newer, "localhost");
    looking.look_again();
    assert_eq!(running.ask("/", &newer, None).await.unwrap().0, 200);
    assert!(running.ask("/", &ours, None).await.is_err());
    std::fs::remove_file(folder.files(false).key).unwrap();
    looking.look_again();
    assert_eq!(running.ask("/", &newer, None).await.unwrap().0, 200);
}

/// ASVS: 12.1.3, 12.3.4
#[tokio::test]
async fn callers_of_a_new_authority_are_let_in_and_those_of_the_old_one_no_more() {
    let (ours, old, newer) = (Authority::new("ours"), Authority::new("old"), Authority::new("newer"));
    let folder = Folder::with(&ours, "localhost");
    folder.trust(&old);
    let tls = Tls::open(folder.files(true)).unwrap();
    let looking = tls.shown();
    let running = Running::start(Serving::new(Some(tls), Vec::new())).await;
    let (of_old, of_newer) = (old.issue("platform.example"), newer.issue("platform.example"));
    let ask = async |own: &String| running.ask("/fhir/r4/Slot", &ours, Some(own)).await;
    assert_eq!(ask(&of_old).await.unwrap().0, 200);
    assert!(ask(&of_newer).await.is_err());
    folder.trust(&newer);
    looking.look_again();
    assert_eq!(ask(&of_newer).await.unwrap().0, 200);
    assert!(ask(&of_old).await.is_err());
}

#[tokio::test]
async fn a_head_has_so_many_headers_and_bytes_and_no_more() {
    let running = Running::start(Serving::default()).await;
    let head = |rest: &str| format!("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{rest}\r\n");
    assert!(running.say(head("").as_bytes()).await.starts_with("HTTP/1.1 200"));
    for rest in ["a: b\r\n".repeat(80), format!("a: {}\r\n", "b".repeat(40_000))] {
        let heard = running.say(head(&rest).as_bytes()).await;
        assert!(heard.starts_with("HTTP/1.1 431"), "{heard}");
    }
}

#[tokio::test]
async fn what_comes_too_slowly_is_cut_off() {
    let patience = impatient();
    let running = Running::start(Serving { patience, ..Serving::default() }).await;
    assert_eq!(running.say(b"").await, "", "nobody is there");
    let heard = running.say(b"GET / HTTP/1.1\r\nhost: x\r\n").await;
    assert!(!heard.starts_with("HTTP/1.1 200"), "{heard}");
    let body = b"POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 9\r\n\r\nbegun";
    let heard = running.say(body).await;
    assert!(heard.ends_with(" nobody cut"), "{heard}");
    let ours = Authority::new("ours");
    let folder = Folder::with(&ours, "localhost");
    let secure = Running::start(Serving { patience, ..secured(&folder, false) }).await;
    assert_eq!(secure.say(b"").await, "", "no TLS was begun");
}

#[tokio::test]
async fn what_is_under_way_ends_before_the_server_does() {
    let running = Running::start(Serving::default()).await;
    let mut stream = running.connect().await;
    let begun = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nse";
    stream.write_all(begun).await.unwrap();
    // One that is answered on another connection was taken after this one.
    running.say(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    running.stop.cancel();
    stream.write_all(b"nt").await.unwrap();
    let mut heard = String::new();
    stream.read_to_string(&mut heard).await.unwrap();
    assert!(heard.starts_with("HTTP/1.1 200") && heard.ends_with("nobody sent"), "{heard}");
    running.ended.await.unwrap().unwrap();
}
