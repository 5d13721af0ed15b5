use std::{net::SocketAddr, sync::Mutex, time::Duration};

use bytes::Bytes;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use super::*;

const LIMITS: Limits = Limits { timeout: Duration::from_secs(5), body_bytes: 1024 };

fn post(url: &str) -> Request {
    http::Request::post(url).body(Bytes::from_static(b"{}")).unwrap()
}

#[test]
fn what_is_no_plain_https_address_of_the_internet_is_refused() {
    let client = PublicClient::new(vec!["http://127.0.0.1:9000".parse().unwrap()]).unwrap();
    let address = |host: &str| (format!("https://{host}/push/1"), Err(NotPublic::Address));
    let private = ["127.0.0.1", "127.1", "0x7f000001", "2130706433", "10.1.2.3", "192.168.0.1", "172.16.0.1"];
    let also = ["169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "[::1]", "[::]", "[fd00::1]"];
    let disguised = ["[::ffff:10.0.0.1]", "[::ffff:a00:1]", "[fe80::1]", "[ff02::1]"];
    let mut all: Vec<_> = [&private[..], &also, &disguised].concat().into_iter().map(address).collect();
    for (url, answer) in [
        ("https://push.example/wpush/v2/abc?x=1", Ok(())),
        ("https://push.example:443/abc", Ok(())),
        ("https://142.250.179.138/abc", Ok(())),
        ("http://push.example/abc", Err(NotPublic::Scheme)),
        ("ftp://push.example/abc", Err(NotPublic::Scheme)),
        ("data:text/plain,abc", Err(NotPublic::Scheme)),
        ("https://push.example:8443/abc", Err(NotPublic::Port)),
        ("https://push.example:22/abc", Err(NotPublic::Port)),
        ("https://jan@push.example/abc", Err(NotPublic::Credentials)),
        ("https://:secret@push.example/abc", Err(NotPublic::Credentials)),
        ("http://127.0.0.1:9000/abc", Ok(())),
        ("http://jan@127.0.0.1:9000/abc", Err(NotPublic::Credentials)),
        ("http://127.0.0.1:9001/abc", Err(NotPublic::Scheme)),
        ("https://127.0.0.1:9000/abc", Err(NotPublic::Port)),
    ] {
        all.push((url.to_owned(), answer));
    }
    for (url, answer) in all {
        assert_eq!(client.check(&url.parse().unwrap()), answer, "{url}");
    }
}

#[tokio::test]
async fn a_name_that_leads_to_this_machine_is_not_reached() {
    let client = PublicClient::new(Vec::new()).unwrap();
    let error = client.send(post("https://localhost/push/1"), LIMITS).await.unwrap_err();
    assert!(matches!(error, HttpError::Forbidden { reason: NotPublic::Address, .. }), "{error}");
    assert_eq!(error.to_string(), "localhost may not be reached: it is not on the public internet");
}

/// A name server that somebody else holds: each answer is another.
struct Rebinding(Mutex<Vec<Vec<&'static str>>>);

impl Resolve for Rebinding {
    fn resolve(&self, _: Name) -> Resolving {
        let answer = self.0.lock().unwrap().remove(0);
        let addresses: Vec<_> = answer.iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), 0)).collect();
        Box::pin(async move { Ok(Box::new(addresses.into_iter()) as Addrs) })
    }
}

#[tokio::test]
async fn the_second_answer_of_a_name_server_is_judged_like_the_first() {
    let names = Rebinding(Mutex::new(vec![vec!["10.0.0.1", "1.1.1.1", "::1"], vec!["127.0.0.1", "fd00::1"]]));
    let guard = PublicOnly(Arc::new(names));
    let found = guard.resolve("push.example".parse().unwrap()).await.unwrap();
    assert_eq!(found.map(|address| address.ip().to_string()).collect::<Vec<_>>(), ["1.1.1.1"]);
    let refused = guard.resolve("push.example".parse().unwrap()).await.map(drop).unwrap_err();
    assert_eq!(refused.downcast_ref(), Some(&NotPublic::Address));
}

#[tokio::test]
async fn an_answer_that_leads_to_a_private_address_is_never_connected_to() {
    let names = Arc::new(Rebinding(Mutex::new(vec![vec!["127.0.0.1"]])));
    let client = PublicClient::with_names(names, Vec::new()).unwrap();
    let error = client.send(post("https://push.example/1"), LIMITS).await.unwrap_err();
    assert!(matches!(error, HttpError::Forbidden { .. }), "{error}");
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = [0; 1024];
        assert!(stream.read(&mut heard).await.unwrap() > 0);
        let said =
            "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(said.as_bytes()).await.unwrap();
    });
    let client = PublicClient::new(vec![origin.parse().unwrap()]).unwrap();
    let answer = client.send(post(&format!("{origin}/push/1")), LIMITS).await.unwrap();
    assert_eq!(answer.status(), 307);
    serving.await.unwrap();
}
