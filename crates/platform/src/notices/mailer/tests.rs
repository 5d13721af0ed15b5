use mail_parser::{MessageParser, MimeHeaders as _};
use store::Language;

use super::super::{
    examples::{MAIL_ADDRESS, now},
    sink::Sink,
};
use super::{
    super::calendar::{Enclosure, Method},
    *,
};

const ID: &str = "00000000-0000-0000-0000-000000000003";

fn letter() -> Letter {
    Letter {
        sender: "Praktijk Noël & Zonen".to_owned(),
        subject: "Één afspraak op dinsdag 12 mei 2026 om 09:10 uur".to_owned(),
        text: "Één afspraak\n.\nTot dan".to_owned(),
        html: "<p>Één afspraak</p>".to_owned(),
        languages: vec![Language::Dutch],
        enclosure: None,
        stop: None,
    }
}

fn mailer(mail: &Mail) -> Result<Mailer, String> {
    Mailer::new(mail, "afspraken.example")
}

async fn send(mailer: &Mailer) -> Result<(), MailError> {
    mailer.send(MAIL_ADDRESS, letter(), ID.parse().unwrap(), now()).await
}

#[tokio::test]
async fn a_mail_arrives_as_text_and_html_from_the_named_sender() {
    let sink = Sink::start().await;
    send(&mailer(&sink.config()).unwrap()).await.unwrap();
    let mails = sink.mails();
    let mail = MessageParser::default().parse(&mails[0]).unwrap();
    let from = mail.from().unwrap().first().unwrap();
    assert_eq!(from.name(), Some("Praktijk Noël & Zonen"));
    assert_eq!(from.address(), Some("afspraken@balie.example"));
    assert_eq!(mail.to().unwrap().first().unwrap().address(), Some("jan@patient.example"));
    assert_eq!(mail.subject(), Some("Één afspraak op dinsdag 12 mei 2026 om 09:10 uur"));
    assert_eq!(mail.body_text(0).unwrap().trim_end().replace("\r\n", "\n"), "Één afspraak\n.\nTot dan");
    assert_eq!(mail.body_html(0).unwrap().trim_end(), "<p>Één afspraak</p>");
    assert_eq!(mail.content_type().unwrap().subtype(), Some("alternative"));
    assert_eq!(mails[0].matches("charset=utf-8").count(), 2);
}

#[tokio::test]
async fn a_mail_says_which_one_it_is_when_it_was_sent_and_that_nothing_should_answer_it() {
    let sink = Sink::start().await;
    let mailer = mailer(&sink.config()).unwrap();
    send(&mailer).await.unwrap();
    send(&mailer).await.unwrap();
    let mails = sink.mails();
    assert_eq!(mails[0], mails[1], "a repeat is the same to the letter");
    let mail = MessageParser::default().parse(&mails[0]).unwrap();
    assert_eq!(mail.message_id().unwrap(), format!("{ID}.mail@afspraken.example"));
    assert_eq!(mail.date().unwrap().to_timestamp(), now().as_second());
    let header = |name: &str| mail.header_raw(name).map(str::trim).unwrap_or_default().to_owned();
    assert_eq!(header("Auto-Submitted"), "auto-generated");
    assert_eq!(header("X-Auto-Response-Suppress"), "All");
    assert_eq!(header("Content-Language"), "nl");
}

#[tokio::test]
async fn a_refused_recipient_is_final_and_the_reason_does_not_repeat_the_address() {
    let sink = Sink::start().await;
    let mailer = mailer(&sink.config()).unwrap();
    sink.answer_recipients("550 5.1.1 <jan@patient.example>: no such user");
    let refused = send(&mailer).await.unwrap_err();
    assert!(refused.is_final());
    assert_eq!(refused.to_string(), "the mail server refuses this mail for good (code 550)");
    sink.answer_recipients("451 4.7.1 <jan@patient.example>: greylisted");
    let declined = send(&mailer).await.unwrap_err();
    assert!(!declined.is_final());
    assert_eq!(declined.to_string(), "the mail server does not take this mail (code 451)");
    sink.answer_recipients("535 5.7.8 who are you");
    assert!(!send(&mailer).await.unwrap_err().is_final(), "our password is not the patient's fault");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_again() {
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = Mail { port: gone.local_addr().unwrap().port(), ..Sink::start().await.config() };
    drop(gone);
    let error = send(&mailer(&config).unwrap()).await.unwrap_err();
    assert_eq!(error, MailError::Connection);
    assert!(!error.is_final());
}

#[tokio::test]
async fn a_sender_that_is_no_mail_address_is_refused_at_the_start() {
    let mail = Sink::start().await.config();
    let wrong = Mail { from: "Balie".to_owned(), ..mail.clone() };
    assert!(mailer(&wrong).unwrap_err().starts_with("the sender \"Balie\": "));
    let nameless = Mail { from: "afspraken@balie.example".to_owned(), ..mail };
    assert_eq!(mailer(&nameless).unwrap().name(), "Balie");
}

#[tokio::test]
async fn a_reminder_can_be_stopped_from_the_readers_mail_program() {
    let sink = Sink::start().await;
    let stop = format!("https://afspraken.example/reminders/stop/{}", "a".repeat(64));
    let letter = Letter { stop: Some(stop.clone()), ..letter() };
    let mailer = mailer(&sink.config()).unwrap();
    mailer.send(MAIL_ADDRESS, letter, ID.parse().unwrap(), now()).await.unwrap();
    let mails = sink.mails();
    let mail = MessageParser::default().parse(&mails[0]).unwrap();
    let header = |name: &str| mail.header_raw(name).map(str::trim).unwrap_or_default().to_owned();
    assert_eq!(header("List-Unsubscribe"), format!("<{stop}>"));
    assert_eq!(header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
}

#[tokio::test]
async fn a_file_for_the_calendar_is_both_a_way_to_read_the_mail_and_an_attachment() {
    let sink = Sink::start().await;
    let text = "BEGIN:VCALENDAR\r\nSUMMARY:Één\r\nEND:VCALENDAR\r\n";
    let enclosure =
        Enclosure { method: Method::Cancel, file_name: "afspraak.ics".to_owned(), text: text.to_owned() };
    let letter = Letter { enclosure: Some(enclosure), ..letter() };
    let mailer = mailer(&sink.config()).unwrap();
    mailer.send(MAIL_ADDRESS, letter, ID.parse().unwrap(), now()).await.unwrap();
    let mails = sink.mails();
    let mail = MessageParser::default().parse(&mails[0]).unwrap();
    assert_eq!(mail.content_type().unwrap().subtype(), Some("mixed"));
    let types: Vec<_> =
        mail.parts.iter().map(|part| part.content_type().unwrap().subtype().unwrap()).collect();
    assert_eq!(types, ["mixed", "alternative", "plain", "html", "calendar", "ics"]);
    let calendar = mail.parts[4].content_type().unwrap();
    assert_eq!(calendar.attribute("method"), Some("CANCEL"));
    assert_eq!(calendar.attribute("charset"), Some("utf-8"));
    assert_eq!(mail.parts[5].attachment_name(), Some("afspraak.ics"));
    for part in &mail.parts[4..] {
        assert_eq!(std::str::from_utf8(part.contents()).unwrap(), text);
    }
}

#[tokio::test]
async fn a_mail_that_is_given_up_half_way_leaves_nothing_behind_for_the_next() {
    let sink = Sink::start().await;
    let mailer = mailer(&sink.config()).unwrap();
    send(&mailer).await.unwrap();
    sink.answer_recipients("");
    let given_up = tokio::time::timeout(std::time::Duration::from_millis(50), send(&mailer)).await;
    assert!(given_up.is_err(), "the server says nothing");
    sink.answer_recipients("250 OK");
    send(&mailer).await.unwrap();
    assert_eq!(sink.mails().len(), 2);
    assert_eq!(sink.connections(), 2, "the connection that was left half-way is not used again");
}

#[tokio::test]
async fn one_connection_carries_one_mail_after_the_other() {
    let sink = Sink::start().await;
    let mailer = mailer(&sink.config()).unwrap();
    for _ in 0..5 {
        send(&mailer).await.unwrap();
    }
    assert_eq!((sink.mails().len(), sink.connections()), (5, 1));
}
