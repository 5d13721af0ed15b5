use std::{net::SocketAddr, path::Path};

use axum::body::Bytes;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{MultiPart, SinglePart, header::ContentType},
};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinHandle,
};
use world::{Client, Http as _, Limits, Response, SystemClock};

use super::*;

mod protocol;

/// A listening mail catcher and its pages, both on loopback.
struct Running {
    smtp: SocketAddr,
    web: SocketAddr,
    mailbox: Mailbox,
    listening: JoinHandle<()>,
}

async fn running(directory: Option<&Path>) -> Running {
    let free = "127.0.0.1:0".parse().unwrap();
    let directory = directory.map(Path::to_owned);
    let (smtp, mailbox, listening) = listen(free, directory, Arc::new(SystemClock)).await.unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let web = listener.local_addr().unwrap();
    let pages = router(mailbox.clone());
    tokio::spawn(async move { axum::serve(listener, pages).await });
    Running { smtp, web, mailbox, listening }
}

impl Running {
    async fn send(&self, mail: Message) {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(self.smtp.ip().to_string())
            .port(self.smtp.port())
            .build();
        transport.send(mail).await.unwrap();
    }

    async fn get(&self, path: &str) -> Response {
        let request = http::Request::get(format!("http://{}{path}", self.web)).body(Bytes::new()).unwrap();
        Client::new().unwrap().send(request, Limits::default()).await.unwrap()
    }

    async fn text(&self, path: &str) -> String {
        String::from_utf8(self.get(path).await.body().to_vec()).unwrap()
    }

    async fn json(&self) -> Vec<Value> {
        serde_json::from_str(&self.text("/dev/mailbox.json").await).unwrap()
    }
}

fn mail(subject: &str, text: &str) -> Message {
    addressed().subject(subject).header(ContentType::TEXT_PLAIN).body(text.to_owned()).unwrap()
}

fn mail_with_html(html: &str) -> Message {
    let html = SinglePart::html(html.to_owned());
    let parts =
        MultiPart::alternative().singlepart(SinglePart::plain("Beste Zoë".to_owned())).singlepart(html);
    addressed().subject("Uw afspraak bij Café Zoë").multipart(parts).unwrap()
}

fn addressed() -> lettre::message::MessageBuilder {
    Message::builder()
        .from("Praktijk <praktijk@example.nl>".parse().unwrap())
        .to("Jan <jan@example.nl>".parse().unwrap())
}

#[tokio::test]
async fn a_mail_sent_over_smtp_is_read_as_json() {
    let running = running(None).await;
    running.send(mail_with_html("<html><head></head><body>Beste <b>Zoë</b></body></html>")).await;
    let mails = running.json().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0]["to"], "jan@example.nl");
    assert_eq!(mails[0]["subject"], "Uw afspraak bij Café Zoë");
    assert_eq!(mails[0]["text"].as_str().unwrap().trim_end(), "Beste Zoë");
    assert!(mails[0]["html"].as_str().unwrap().contains("Beste <b>Zoë</b>"));
    mails[0]["at"].as_str().unwrap().parse::<Timestamp>().unwrap();
}

#[tokio::test]
async fn the_newest_comes_first_and_a_mail_of_text_has_no_html() {
    let running = running(None).await;
    running.send(mail("eerste", "1")).await;
    running.send(mail("tweede", "2")).await;
    let mails = running.json().await;
    let subjects: Vec<&Value> = mails.iter().map(|mail| &mail["subject"]).collect();
    assert_eq!(subjects, ["tweede", "eerste"]);
    assert_eq!(mails[0]["html"], Value::Null);
}

#[tokio::test]
async fn lines_that_begin_with_a_dot_arrive_as_they_were_sent() {
    let running = running(None).await;
    let text = ".\r\n..\r\n.voor\r\nna";
    running.send(mail("punten", text)).await;
    assert_eq!(running.json().await[0]["text"].as_str().unwrap().trim_end(), text);
}

#[tokio::test]
async fn the_page_shows_mails_and_runs_nothing_of_theirs() {
    let running = running(None).await;
    assert!(running.text("/dev/mailbox").await.contains("nog geen mails"));
    running.send(mail("<script>alert(1)</script>", "<b>tekst</b>")).await;
    running
        .send(mail_with_html("<html><head></head><body onload=x><script>alert(2)</script></body></html>"))
        .await;
    let page = running.text("/dev/mailbox").await;
    assert!(!page.contains("<script") && !page.contains("<b>tekst") && !page.contains("onload"), "{page}");
    assert!(page.contains("src=\"/dev/mailbox/2.html\"") && !page.contains("/dev/mailbox/1.html"));

    let html = running.get("/dev/mailbox/2.html").await;
    let policy = html.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("sandbox allow-popups") && !policy.contains("allow-scripts"), "{policy}");
    assert!(running.text("/dev/mailbox/2.html").await.contains("<base target=\"_blank\">"));
    assert!(running.text("/dev/mailbox/1.eml").await.starts_with("Delivered-To: jan@example.nl\r\n"));
    assert_eq!(running.get("/dev/mailbox/style.css").await.status(), 200);
    for path in ["/dev/mailbox/1.html", "/dev/mailbox/9.html", "/dev/mailbox/x.html", "/dev/mailbox/1.exe"] {
        assert_eq!(running.get(path).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn with_a_directory_mails_survive_a_restart_and_numbers_go_on() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("mail");
    let first = running(Some(&path)).await;
    first.send(mail("eerste", "1")).await;
    first.send(mail_with_html("<p>2</p>")).await;
    let before = first.json().await;
    first.listening.abort();

    let second = running(Some(&path)).await;
    assert_eq!(second.json().await, before);
    second.send(mail("derde", "3")).await;
    assert_eq!(second.mailbox.newest_first()[0].number, 3);
}

#[tokio::test]
async fn the_oldest_makes_room_in_memory_and_in_the_directory() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().to_owned();
    let mailbox = Mailbox::open(Some(path.clone())).await.unwrap();
    for number in 0..MOST + 3 {
        let at = Timestamp::from_second(i64::try_from(number).unwrap()).unwrap();
        mailbox.keep(&["jan@example.nl".to_owned()], b"Subject: x\r\n\r\ny", at).await.unwrap();
    }
    assert_eq!(mailbox.newest_first().len(), MOST);
    assert_eq!(mailbox.newest_first()[MOST - 1].number, 4);
    assert_eq!(std::fs::read_dir(&path).unwrap().count(), MOST);
    assert_eq!(Mailbox::open(Some(path)).await.unwrap().newest_first().len(), MOST);
}
