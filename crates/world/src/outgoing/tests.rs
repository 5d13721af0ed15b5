use std::{net::SocketAddr, sync::Mutex, time::Duration};

use bytes::Bytes;
use reqwest::dns::{Addrs, Name, Resolving};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use super::*;

mod corpus;

const LIMITS: Limits = Limits { timeout: Duration::from_secs(5), body_bytes: 1024 };

fn post(url: &str) -> Request {
    http::Request::post(url).body(Bytes::from_static(b"{}")).unwrap()
}

fn allowing(allow: &[&str]) -> Outgoing {
    Outgoing { allow: allow.iter().map(|text| text.parse().unwrap()).collect(), ..Outgoing::default() }
}

#[tokio::test]
async fn a_name_that_leads_to_this_machine_is_not_reached() {
    let client = GuardedClient::new(&Outgoing::default()).unwrap();
    for name in ["localhost", "LOCALHOST"] {
        let error = client.send(post(&format!("https://{name}/push/1")), LIMITS).await.unwrap_err();
        assert!(matches!(error, HttpError::Forbidden { reason: NotPublic::Address, .. }), "{error}");
        assert_eq!(error.to_string(), format!("{name} may not be reached: it is not on the public internet"));
    }
}

/// A name server that somebody else holds: each answer is another.
struct Rebinding(Mutex<Vec<Vec<&'static str>>>);

impl Rebinding {
    fn answering(answers: Vec<Vec<&'static str>>) -> Arc<Self> {
        Arc::new(Self(Mutex::new(answers)))
    }
}

impl Resolve for Rebinding {
    fn resolve(&self, _: Name) -> Resolving {
        let answer = self.0.lock().unwrap().remove(0);
        let addresses: Vec<_> = answer.iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), 0)).collect();
        Box::pin(async move { Ok(Box::new(addresses.into_iter()) as Addrs) })
    }
}

/// Of what a name server answers, what may be connected to.
async fn judged(names: &Judged) -> Result<Vec<String>, Option<NotPublic>> {
    let found = names.resolve("xis.example".parse().unwrap()).await;
    let found = found.map_err(|error| error.downcast_ref::<NotPublic>().copied())?;
    Ok(found.map(|address| address.ip().to_string()).collect())
}

#[tokio::test]
async fn the_second_answer_of_a_name_server_is_judged_like_the_first() {
    let answers = vec![vec!["10.0.0.1", "1.1.1.1", "::1"], vec!["127.0.0.1", "fd00::1"]];
    let names = Judged { names: Rebinding::answering(answers), networks: Arc::new([]) };
    assert_eq!(judged(&names).await.unwrap(), ["1.1.1.1"]);
    assert_eq!(judged(&names).await.unwrap_err(), Some(NotPublic::Address));
}

#[tokio::test]
async fn a_name_may_lead_to_a_network_that_is_allowed_and_to_no_other() {
    let answers = vec![vec!["10.0.0.1", "10.1.0.1", "192.168.0.1"]];
    let networks = Arc::new(["10.1.0.0/16".parse().unwrap()]);
    let names = Judged { names: Rebinding::answering(answers), networks };
    assert_eq!(judged(&names).await.unwrap(), ["10.1.0.1"]);
}

/// A listener on this machine that tells when somebody connects.
async fn trap() -> (SocketAddr, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (address, tokio::spawn(async move { drop(listener.accept().await) }))
}

#[tokio::test]
async fn a_name_server_that_changes_its_mind_leads_nowhere() {
    let (address, trap) = trap().await;
    let names = Rebinding::answering(vec![vec!["127.0.0.1"], vec!["::ffff:127.0.0.1"], vec!["0.0.0.0"]]);
    let client = GuardedClient::with_names(&(names as Arc<dyn Resolve>), &Outgoing::default()).unwrap();
    for _ in 0..3 {
        let url = format!("https://xis.example:{}/fhir/r4/metadata", address.port());
        let error = client.send(post(&url), LIMITS).await.unwrap_err();
        assert!(matches!(error, HttpError::Forbidden { reason: NotPublic::Address, .. }), "{error}");
    }
    assert!(!trap.is_finished(), "it was connected to");
    trap.abort();
}

/// Answers once with a redirect to this address.
async fn redirecting(to: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = [0; 1024];
        assert!(stream.read(&mut heard).await.unwrap() > 0);
        let said = format!("HTTP/1.1 307 Temporary Redirect\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n");
        stream.write_all(said.as_bytes()).await.unwrap();
    });
    origin
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let (elsewhere, trap) = trap().await;
    let origin = redirecting(format!("http://{elsewhere}/")).await;
    let client = GuardedClient::new(&allowing(&["127.0.0.0/8"])).unwrap();
    let answer = client.send(post(&format!("{origin}/push/1")), LIMITS).await.unwrap();
    assert_eq!(answer.status(), 307);
    assert!(!trap.is_finished(), "it was followed");
    trap.abort();
}
