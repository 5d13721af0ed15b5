//! What is kept of a patient: to be seen, to be taken along, and to be ended.

use std::time::Duration;

use serde_json::Value;
use testkit::{Answer, Browser, FATIMA, JAN, Kit, Reply, appointment, message};

use crate::steps;

const ONE: &str = "01000001";

/// The file of this name in a zip without compression.
pub(super) fn file_in<'a>(zip: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let number = |at: usize, bytes: usize| {
        zip[at..at + bytes].iter().rev().fold(0_usize, |number, byte| number << 8 | usize::from(*byte))
    };
    let mut at = number(zip.len() - 6, 4);
    while zip[at..].starts_with(b"PK\x01\x02") {
        let (length, name_length, local) = (number(at + 20, 4), number(at + 28, 2), number(at + 42, 4));
        if &zip[at + 46..at + 46 + name_length] == name.as_bytes() {
            let content = local + 30 + name_length;
            return Some(&zip[content..content + length]);
        }
        at += 46 + name_length;
    }
    None
}

pub(super) async fn download(kit: &Kit, browser: &Browser) -> Vec<u8> {
    let request = kit
        .http
        .post(format!("{}/my-data/download", kit.base))
        .header("sec-fetch-site", "same-origin")
        .header("cookie", browser.cookie());
    let answer = request.send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["content-type"]),
        (200, &"application/zip".parse().unwrap())
    );
    assert_eq!(answer.headers()["cache-control"], "no-store");
    answer.bytes().await.unwrap().to_vec()
}

/// Jan has a visit, a reason, and a message with a file.
async fn fill(kit: &Kit, browser: &Browser) {
    let xis = kit.xis_of(ONE).await;
    xis.answers(Reply::Booked("x1"));
    let form = steps::choose(browser, ONE).await;
    browser.post(&format!("/book/{ONE}/check"), &[("form", &form)]).await;
    let mut body = message(JAN, "Uw uitslag is goed");
    let file = testkit::attachment("uitslag.pdf", "application/pdf", &testkit::files::pdf(2_000));
    body["payload"].as_array_mut().unwrap().push(file);
    assert_eq!(kit.post(ONE, &body).await.status, 201);
    kit.drain().await;
}

/// ASVS: 14.2.4
#[tokio::test]
async fn a_patient_takes_everything_along_and_nothing_of_anybody_else() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        fill(&kit, &browser).await;
        kit.put(ONE, "f", &appointment("f", FATIMA)).await;
        let zip = download(&kit, &browser).await;
        let facts: Value = serde_json::from_slice(file_in(&zip, "my-data.json").unwrap()).unwrap();
        assert_eq!(facts["account"]["bsn"], JAN.bsn);
        assert_eq!(facts["account"]["mail"], JAN.mail);
        assert_eq!(facts["practices"].as_array().unwrap().len(), 2);
        let visits = facts["appointments"].as_array().unwrap();
        assert_eq!(visits.len(), 1);
        assert_eq!(visits[0]["status"], "booked");
        assert_eq!(visits[0]["reason"], "Pijn in mijn knie");
        assert_eq!(visits[0]["start"], "2026-05-12T07:10:00Z");
        let written = &facts["messages"][0];
        assert_eq!(written["text"], "Uw uitslag is goed");
        let path = written["files"][0].as_str().unwrap();
        assert!(path.ends_with("/1-uitslag.pdf"), "{path}");
        assert_eq!(file_in(&zip, path).unwrap(), testkit::files::pdf(2_000));
        assert!(facts["notices"].as_array().unwrap().iter().any(|told| told["outcome"] == "sent"), "{facts}");
        assert!(!String::from_utf8_lossy(&zip).contains(FATIMA.bsn));
        assert_eq!(kit.audited("my data download").await, ["downloaded"]);
    }
}

#[tokio::test]
async fn more_than_a_page_of_each_kind_is_in_the_file() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        for number in 0..105 {
            assert_eq!(
                xis.put(ONE, &format!("v{number}"), &appointment(&format!("v{number}"), JAN)).await.status,
                200
            );
        }
        for number in 0..101 {
            assert_eq!(xis.post(ONE, &message(JAN, &format!("Bericht {number}"))).await.status, 201);
        }
        let zip = download(&kit, &kit.browser(JAN).await).await;
        let facts: Value = serde_json::from_slice(file_in(&zip, "my-data.json").unwrap()).unwrap();
        let count = |kind: &str| facts[kind].as_array().unwrap().len();
        assert_eq!((count("appointments"), count("messages")), (105, 101));
        assert_eq!(count("notices"), 206);
    }
}

/// ASVS: 7.4.2, 14.2.7
#[tokio::test]
async fn a2_an_account_goes_with_everything_in_it_and_the_patient_is_unknown_from_then_on() {
    for kit in Kit::on_both().await {
        let (browser, elsewhere) = (kit.browser(JAN).await, kit.browser(JAN).await);
        fill(&kit, &browser).await;
        let phone = kit.push_service.phone("jan");
        elsewhere.subscribe(&phone).await;
        kit.put(ONE, "later", &appointment("later", JAN)).await;
        let id = kit.appointments(JAN).await[0].account.unwrap();
        let page = browser.read("/my-data/delete").await;
        assert!(page.contains("U hebt nog afspraken") && page.contains("Dit kan niet ongedaan"), "{page}");
        let gone = browser.post("/my-data/delete", &[]).await;
        assert_eq!(gone.status, 200);
        assert!(gone.text.contains("Uw account is verwijderd"), "{}", gone.text);
        assert!(gone.header("set-cookie").contains("balie_session=;"), "{}", gone.header("set-cookie"));
        let rows = kit.rows().await;
        for table in [
            "appointment",
            "attachment",
            "calendar_edition",
            "delivery",
            "message",
            "notice",
            "push_subscription",
            "receipt",
            "session",
        ] {
            assert_eq!(rows[table], 0, "{table}");
        }
        assert_eq!(
            (rows["account"], rows["membership"], rows["former_account"]),
            (1, 2, 1),
            "Fatima's, and who Jan was"
        );
        for browser in [&browser, &elsewhere] {
            assert_eq!(browser.get("/my-data").await.status, 303, "nobody is logged in");
        }
        let mails = kit.mailbox.mails().len();
        kit.clock.turn(Duration::from_secs(3600));
        kit.drain().await;
        assert_eq!(kit.mailbox.mails().len(), mails, "what waited is not sent");
        let put = kit.put(ONE, "later", &appointment("later", JAN)).await;
        assert_eq!(put.refusal(), (422, "PATIENT_NOT_FOUND".to_owned()));
        assert_eq!(kit.audited("account delete").await, ["deleted"]);
        let store = &kit.store;
        let kept: Result<_, store::Error> =
            store.read("who it was", |mut tx| async move { store.former_account(&mut tx, id).await }).await;
        assert_eq!(kept.unwrap().unwrap().expose(), JAN.bsn, "for who must read the trail");
    }
}

#[tokio::test]
async fn an_account_stays_while_a_practices_answer_is_awaited() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        xis.answers(Reply::Cut);
        let browser = kit.browser(JAN).await;
        let form = steps::choose(&browser, ONE).await;
        browser.post(&format!("/book/{ONE}/check"), &[("form", &form)]).await;
        let refused: Answer = browser.post("/my-data/delete", &[]).await;
        assert_eq!(refused.status, 409);
        assert!(refused.text.contains("wachten nog op antwoord"), "{}", refused.text);
        assert!(browser.read("/my-data").await.contains(JAN.name));
        kit.clock.turn(Duration::from_secs(14 * 60));
        assert_eq!(kit.browser(JAN).await.post("/my-data/delete", &[]).await.status, 409);
        kit.clock.turn(Duration::from_secs(2 * 60));
        assert_eq!(kit.browser(JAN).await.post("/my-data/delete", &[]).await.status, 200);
    }
}

#[tokio::test]
async fn a12_whose_visit_it_was_before_is_still_told_when_its_last_patient_leaves() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", FATIMA)).await;
        kit.drain().await;
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        let browser = kit.browser(JAN).await;
        assert_eq!(browser.post("/my-data/delete", &[]).await.status, 200);
        kit.drain().await;
        let to: Vec<_> = kit.mailbox.mails().into_iter().map(|mail| mail.to).collect();
        assert_eq!(
            to,
            [FATIMA.mail, FATIMA.mail],
            "told that it was, and that it is not any more; the other is gone"
        );
    }
}

#[tokio::test]
async fn the_pages_speak_english_too_and_looking_ends_nothing() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        browser.post("/language", &[("language", "en")]).await;
        assert!(browser.read("/my-data").await.contains("Download my data"));
        assert!(browser.read("/my-data/delete").await.contains("This cannot be undone"));
        assert!(browser.read("/my-data").await.contains(JAN.name));
        let mut foreign = kit.http.post(format!("{}/my-data/delete", kit.base));
        foreign = foreign.header("sec-fetch-site", "cross-site").header("cookie", browser.cookie());
        assert_eq!(Answer::to(foreign).await.status, 403);
    }
}
