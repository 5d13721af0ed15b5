//! A visit in the patient's own calendar, through its whole life, as the mails and the portal bring it there.

use mail_parser::{MessageParser, MimeHeaders as _};
use serde_json::{Value, json};
use store::Preferences;
use testkit::{Browser, FATIMA, JAN, Kit, Mail, Patient, appointment};

const ONE: &str = "01000001";

/// What a calendar reads in a file.
#[derive(Debug, PartialEq)]
struct Sheet {
    method: String,
    uid: String,
    sequence: String,
    start: String,
    summary: String,
    status: String,
}

fn value<'file>(file: &'file str, name: &str) -> &'file str {
    let named = |line: &&str| line.starts_with(name) && line[name.len()..].starts_with([':', ';']);
    let line = file.lines().rfind(named).unwrap_or_else(|| panic!("no {name} in {file}"));
    line.split_once(':').unwrap().1
}

fn sheet(file: &str) -> Sheet {
    let file = file.replace("\r\n ", "");
    let [method, uid, sequence, start, summary, status] =
        ["METHOD", "UID", "SEQUENCE", "DTSTART", "SUMMARY", "STATUS"]
            .map(|name| value(&file, name).to_owned());
    Sheet { method, uid, sequence, start, summary, status }
}

/// The file in a mail, which stands there twice.
fn file(mail: &Mail) -> Option<String> {
    let parsed = MessageParser::default().parse(&mail.raw).unwrap();
    let is_file = |part: &&mail_parser::MessagePart<'_>| {
        let subtype = part.content_type().and_then(|kind| kind.subtype());
        matches!(subtype, Some("calendar" | "ics"))
    };
    let mut files = parsed.parts.iter().filter(is_file).map(|part| part.contents().to_vec());
    let first = files.next()?;
    assert_eq!(files.next().as_ref(), Some(&first), "the attachment says the same");
    Some(String::from_utf8(first).unwrap())
}

/// What the mail for the last change brought, told as (method, sequence, start).
async fn brought(kit: &Kit) -> Option<(String, String, String)> {
    kit.drain().await;
    let sheet = sheet(&file(kit.mailbox.mails().last().unwrap())?);
    Some((sheet.method, sheet.sequence, sheet.start))
}

fn brings(method: &str, sequence: &str, time: &str) -> Option<(String, String, String)> {
    Some((method.to_owned(), sequence.to_owned(), format!("20260512T{time}00")))
}

fn moved(patient: Patient) -> Value {
    let mut moved = appointment("a", patient);
    (moved["start"], moved["end"]) = (json!("2026-05-12T11:40:00+02:00"), json!("2026-05-12T11:50:00+02:00"));
    moved
}

fn cancelled(mut visit: Value) -> Value {
    visit["status"] = json!("cancelled");
    visit
}

/// Lets mails to this patient say so much.
pub(crate) async fn choose_detail(kit: &Kit, patient: Patient, detail: u32) {
    let (store, bsn) = (&kit.store, &agenda::Bsn::parse(patient.bsn).unwrap());
    let chosen = Preferences { detail, ..Preferences::default() };
    let saved: Result<(), store::Error> = store
        .tx("prefer", |mut tx| async move {
            let account = store.account_of(&mut tx, bsn).await?.unwrap();
            store.save_preferences(&mut tx, account.id, &chosen).await
        })
        .await;
    saved.unwrap();
}

#[tokio::test]
async fn a_visit_is_sent_changed_taken_out_and_put_back_under_one_uid() {
    for kit in Kit::on_both().await {
        choose_detail(&kit, JAN, 3).await;
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        assert_eq!(brought(&kit).await, brings("REQUEST", "0", "0910"));
        kit.put(ONE, "a", &moved(JAN)).await;
        assert_eq!(brought(&kit).await, brings("REQUEST", "1", "1140"));
        kit.put(ONE, "a", &cancelled(moved(JAN))).await;
        assert_eq!(brought(&kit).await, brings("CANCEL", "2", "1140"));
        kit.put(ONE, "a", &moved(JAN)).await;
        assert_eq!(brought(&kit).await, brings("REQUEST", "3", "1140"));
        let uids: Vec<String> =
            kit.mailbox.mails().iter().map(|mail| sheet(&file(mail).unwrap()).uid).collect();
        let id = kit.appointment(JAN).await.id;
        assert!(uids.iter().all(|uid| *uid == format!("{id}@127.0.0.1")), "{uids:?}");
    }
}

#[tokio::test]
async fn only_the_highest_level_brings_a_visit_to_a_calendar_and_it_is_never_first_heard_of_when_it_is_over()
{
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        assert_eq!(brought(&kit).await, None);
        choose_detail(&kit, JAN, 3).await;
        kit.put(ONE, "a", &cancelled(appointment("a", JAN))).await;
        assert_eq!(brought(&kit).await, None);
        kit.put(ONE, "a", &moved(JAN)).await;
        assert_eq!(brought(&kit).await, brings("REQUEST", "0", "1140"));
    }
}

#[tokio::test]
async fn a_visit_once_sent_is_kept_true_whatever_the_level_is_now_and_then_names_nobody() {
    for kit in Kit::on_both().await {
        choose_detail(&kit, JAN, 3).await;
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        kit.drain().await;
        choose_detail(&kit, JAN, 1).await;
        kit.put(ONE, "a", &moved(JAN)).await;
        assert_eq!(brought(&kit).await, brings("REQUEST", "1", "1140"));
        let lowered = file(kit.mailbox.mails().last().unwrap()).unwrap();
        assert_eq!(sheet(&lowered).summary, "Afspraak");
        assert!(!lowered.contains("Linde") && !lowered.contains("LOCATION"), "{lowered}");
        kit.put(ONE, "a", &cancelled(moved(JAN))).await;
        assert_eq!(brought(&kit).await, brings("CANCEL", "2", "1140"));
    }
}

#[tokio::test]
async fn a12_each_patient_has_a_visit_of_his_own() {
    for kit in Kit::on_both().await {
        choose_detail(&kit, JAN, 3).await;
        choose_detail(&kit, FATIMA, 3).await;
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        kit.drain().await;
        kit.put(ONE, "a", &appointment("a", FATIMA)).await;
        kit.drain().await;
        let to = |patient: Patient| {
            let mails = kit.mailbox.mails();
            let last = mails.into_iter().rfind(|mail| mail.to == patient.mail).unwrap();
            file(&last).unwrap()
        };
        let (jans, fatimas) = (sheet(&to(JAN)), sheet(&to(FATIMA)));
        assert_eq!((jans.method.as_str(), jans.sequence.as_str()), ("CANCEL", "1"));
        assert_eq!((fatimas.method.as_str(), fatimas.sequence.as_str()), ("REQUEST", "0"));
        assert_ne!(jans.uid, fatimas.uid);
        assert!(!to(JAN).contains(FATIMA.mail) && !to(FATIMA).contains(JAN.mail));
    }
}

/// Jan's file of his only visit, as the portal gives it.
async fn download(kit: &Kit, browser: &Browser) -> testkit::Answer {
    let id = kit.appointment(JAN).await.id;
    browser.get(&format!("/appointments/{id}/calendar.ics")).await
}

#[tokio::test]
async fn a_patient_fetches_his_own_visit_and_nobody_elses() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        let jan = kit.browser(JAN).await;
        let answer = download(&kit, &jan).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8; method=PUBLISH");
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"afspraak.ics\"");
        let fetched = sheet(&answer.text);
        assert_eq!((fetched.method.as_str(), fetched.sequence.as_str()), ("PUBLISH", "0"));
        assert_eq!(fetched.summary, "Afspraak bij Praktijk De Linde");
        assert!(!answer.text.contains("ATTENDEE"), "{}", answer.text);
        for leak in [JAN.bsn, JAN.name, JAN.mail, "Consult", "Jansen"] {
            assert!(!answer.text.contains(leak), "{leak} in {}", answer.text);
        }
        assert_eq!(kit.audited("appointment calendar").await, ["fetched"]);
        assert_eq!(download(&kit, &kit.browser(FATIMA).await).await.status, 404);
        assert_eq!(download(&kit, &kit.visitor()).await.status, 303);
        assert_eq!(kit.audited("appointment calendar").await, ["fetched"]);
    }
}

#[tokio::test]
async fn what_is_fetched_is_the_visit_that_was_mailed_and_what_is_over_is_not_to_be_had() {
    for kit in Kit::on_both().await {
        choose_detail(&kit, JAN, 3).await;
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        kit.drain().await;
        kit.put(ONE, "a", &moved(JAN)).await;
        kit.drain().await;
        let jan = kit.browser(JAN).await;
        let (fetched, mailed) = (
            sheet(&download(&kit, &jan).await.text),
            sheet(&file(kit.mailbox.mails().last().unwrap()).unwrap()),
        );
        assert_eq!((&fetched.uid, &fetched.sequence), (&mailed.uid, &mailed.sequence));
        let page = jan.read(&format!("/appointments/{}", kit.appointment(JAN).await.id)).await;
        assert!(page.contains("/calendar.ics\"") && page.contains("Zet in mijn agenda"), "{page}");
        kit.put(ONE, "a", &cancelled(moved(JAN))).await;
        assert_eq!(download(&kit, &jan).await.status, 404);
        let page = jan.read(&format!("/appointments/{}", kit.appointment(JAN).await.id)).await;
        assert!(!page.contains("calendar.ics"), "{page}");
    }
}
