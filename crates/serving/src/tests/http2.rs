//! HTTP/2, as others speak it.

use axum::body::Body;
use http::{Request, StatusCode, Version};
use http_body_util::BodyExt as _;
use hyper::client::conn::http2::{Connection, SendRequest, handshake};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio_rustls::client::TlsStream;

use super::*;

/// What keeps a connection going.
type Going = Connection<TokioIo<TlsStream<TcpStream>>, Body, TokioExecutor>;

async fn greeted(running: &Running, trusted: &Authority) -> (SendRequest<Body>, Going) {
    let stream = trusted.connect(running.connect().await, b"h2").await;
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap()
}

fn post(headers: usize) -> Request<Body> {
    let request = Request::post("https://localhost/");
    let request = (0..headers).fold(request, |request, nth| request.header(format!("x-{nth}"), "a"));
    request.body(Body::from("sent")).unwrap()
}

#[tokio::test]
async fn http_2_is_spoken_where_it_is_asked_for() {
    let ours = Authority::new("ours");
    let folder = Folder::with(&ours, "localhost");
    let running = Running::start(secured(&folder, false)).await;
    let (mut sender, connection) = greeted(&running, &ours).await;
    let connection = tokio::spawn(connection);
    let answer = sender.send_request(post(0)).await.unwrap();
    assert_eq!(answer.version(), Version::HTTP_2);
    assert_eq!(text(&answer.into_body().collect().await.unwrap().to_bytes()), "127.0.0.1 nobody sent");
    running.stop.cancel();
    running.ended.await.unwrap().unwrap();
    connection.await.unwrap().unwrap();
}

#[tokio::test]
async fn over_http_2_a_head_has_no_more_headers_either() {
    let ours = Authority::new("ours");
    let folder = Folder::with(&ours, "localhost");
    let running = Running::start(secured(&folder, false)).await;
    let (mut sender, connection) = greeted(&running, &ours).await;
    let _going = tokio::spawn(connection);
    for (headers, status) in [(60, StatusCode::OK), (80, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE)] {
        assert_eq!(sender.send_request(post(headers)).await.unwrap().status(), status, "{headers}");
    }
    assert_eq!(sender.send_request(post(0)).await.unwrap().status(), StatusCode::OK, "it goes on");
}

#[tokio::test]
async fn who_opens_http_2_and_asks_nothing_is_let_go() {
    let ours = Authority::new("ours");
    let folder = Folder::with(&ours, "localhost");
    let patience = Patience { handshake: Duration::from_secs(10), ..impatient() };
    let running = Running::start(Serving { patience, ..secured(&folder, false) }).await;
    // Not even a greeting comes.
    let (mut stream, mut heard) = (ours.connect(running.connect().await, b"h2").await, Vec::new());
    let _ = stream.read_to_end(&mut heard).await;
    // A greeting, and nothing else.
    let stream = ours.connect(running.connect().await, b"h2").await;
    let greeted = handshake::<_, _, Body>(TokioExecutor::new(), TokioIo::new(stream)).await;
    if let Ok((_sender, connection)) = greeted {
        let _ = connection.await;
    }
}

#[tokio::test]
async fn who_does_not_answer_a_goodbye_is_not_waited_for() {
    let ours = Authority::new("ours");
    let folder = Folder::with(&ours, "localhost");
    let patience = Patience { goodbye: Duration::from_millis(20), ..Patience::default() };
    let running = Running::start(Serving { patience, ..secured(&folder, false) }).await;
    // Its TLS was agreed on, so it was taken.
    let _silent = ours.connect(running.connect().await, b"h2").await;
    running.stop.cancel();
    running.ended.await.unwrap().unwrap();
}
