use std::{net::SocketAddr, time::Duration};

use axum::{Router, extract::Request};
use hyper::{body::Incoming, header, http::HeaderValue, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::Watcher,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;
use world::{Peer, PeerCertificate};

use super::{body::arriving, http2};

/// How long others may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// To show that they speak TLS.
    pub(crate) handshake: Duration,
    /// To send the head of a request, after the connection began or the last answer ended. Longer than our own clients
    /// keep an idle connection, so that they are never the ones who are cut off. On HTTP/2: after the last answer of all
    /// ended.
    pub(crate) head: Duration,
    /// To send the whole body of a request: a message with attachments takes the longest (D15).
    pub(crate) body: Duration,
    /// To leave a connection of HTTP/2 that is ending.
    pub(crate) goodbye: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            handshake: Duration::from_secs(10),
            head: Duration::from_secs(60),
            body: Duration::from_secs(60),
            goodbye: Duration::from_secs(5),
        }
    }
}

/// How often a connection of HTTP/2 must show that somebody is there.
pub(crate) const SIGN_OF_LIFE_EVERY: Duration = Duration::from_secs(20);
/// The largest head of a request.
pub(crate) const HEAD_BYTES: usize = 32 * 1024;
/// The most headers of a request.
pub(crate) const HEADERS: usize = 64;
/// The most requests at once on one connection of HTTP/2.
pub(crate) const STREAMS: u32 = 100;

/// Which protocol was agreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Protocol {
    Http1,
    Http2,
}

/// One connection of somebody else.
pub(crate) struct Connection {
    pub(crate) from: SocketAddr,
    pub(crate) router: Router,
    /// Lets it end in good order when the process stops.
    pub(crate) ending: Watcher,
    /// From then on nobody who has asked nothing yet is waited for.
    pub(crate) stop: CancellationToken,
    pub(crate) patience: Patience,
}

impl Connection {
    /// Speaks HTTP/1.1 without TLS.
    pub(crate) async fn plain(self, stream: TcpStream) {
        prompt(&stream);
        self.speak(stream, Protocol::Http1, None).await;
    }

    /// Speaks HTTP/2 or HTTP/1.1, as agreed, after a handshake; whoever fails at that is gone.
    pub(crate) async fn secure(self, stream: TcpStream, acceptor: &TlsAcceptor) {
        prompt(&stream);
        let from = self.from;
        let handshake = tokio::select! {
            () = self.stop.cancelled() => return,
            ended = timeout(self.patience.handshake, acceptor.accept(stream)) => ended,
        };
        let stream = match handshake {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => return tracing::debug!(%from, %error, "no TLS was agreed on"),
            Err(_) => return tracing::debug!(%from, "a TLS handshake took too long"),
        };
        let session = stream.get_ref().1;
        let protocol = match session.alpn_protocol() {
            Some(b"h2") => Protocol::Http2,
            _ => Protocol::Http1,
        };
        let shown = session.peer_certificates().and_then(<[_]>::first);
        let certificate = shown.map(|shown| PeerCertificate::verified(shown.clone()));
        self.speak(stream, protocol, certificate).await;
    }

    async fn speak(
        self,
        stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
        protocol: Protocol,
        certificate: Option<PeerCertificate>,
    ) {
        let peer = Peer { address: self.from.ip(), certificate };
        let (router, within) = (self.router, self.patience.body);
        let answer = move |request| {
            let request = incoming(request, &peer, within);
            // A router refuses nothing: that it cannot answer is an answer.
            router.clone().oneshot(request)
        };
        let stream = TokioIo::new(stream);
        let ended = match protocol {
            Protocol::Http1 => {
                let mut http = http1::Builder::new();
                http.timer(TokioTimer::new()).header_read_timeout(self.patience.head);
                http.max_headers(HEADERS).max_header_size(HEAD_BYTES);
                self.ending.watch(http.serve_connection(stream, service_fn(answer))).await
            }
            Protocol::Http2 => {
                let ended = http2::serve(stream, answer, self.patience, &self.stop).await;
                // The server waits for whoever holds it.
                drop(self.ending);
                ended
            }
        };
        if let Err(error) = ended {
            tracing::debug!(from = %self.from, %error, "a connection broke off");
        }
    }
}

/// Small answers do not wait for more.
fn prompt(stream: &TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "answers on a connection may be slow");
    }
}

fn incoming(request: hyper::Request<Incoming>, peer: &Peer, within: Duration) -> Request {
    let mut request = request.map(|body| arriving(body, within));
    name_host(&mut request);
    request.extensions_mut().insert(peer.clone());
    request
}

/// HTTP/2 says which host is asked in another place.
fn name_host(request: &mut Request) {
    let host = request.uri().authority().and_then(|host| HeaderValue::from_str(host.as_str()).ok());
    if let Some(host) = host {
        request.headers_mut().entry(header::HOST).or_insert(host);
    }
}
