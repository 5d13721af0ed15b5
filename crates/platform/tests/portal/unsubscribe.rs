//! `/reminders/stop/{token}`: out of the reminders from a mail, without logging in and without disclosing anything.

use testkit::{Answer, JAN, Kit, appointment};

use super::page::text;

async fn token(kit: &Kit) -> String {
    let (store, bsn) = (&kit.store, &agenda::Bsn::parse(JAN.bsn).unwrap());
    let account = store.read("account", |mut tx| async move { store.account_of(&mut tx, bsn).await }).await;
    account.unwrap().unwrap().unsubscribe
}

/// As a mail program does at one tap (RFC 8058): no cookie, no origin.
async fn one_tap(kit: &Kit, token: &str) -> Answer {
    let request = kit
        .http
        .post(format!("{}/reminders/stop/{token}", kit.base))
        .header("content-type", "application/x-www-form-urlencoded")
        .body("List-Unsubscribe=One-Click");
    Answer::to(request).await
}

#[tokio::test]
async fn a_mail_scanner_that_opens_the_link_stops_nothing_and_one_tap_does() {
    for kit in Kit::on_both().await {
        kit.put("01000001", "a", &appointment("a", JAN)).await;
        let token = token(&kit).await;
        let path = format!("/reminders/stop/{token}");
        let page = kit.visitor().read(&path).await;
        assert!(text(&page).contains("Wilt u geen herinneringen meer?"), "{page}");
        assert!(kit.appointment(JAN).await.remind_at.is_some());

        let stopped = one_tap(&kit, &token).await;
        assert_eq!(stopped.status, 200);
        assert!(text(&stopped.text).contains("U krijgt geen herinneringen meer"), "{}", stopped.text);
        assert_eq!(kit.appointment(JAN).await.remind_at, None);
        let said = text(&kit.browser(JAN).await.read("/preferences").await);
        assert!(said.contains("Herinnering Geen herinnering"), "{said}");
        assert_eq!(one_tap(&kit, &token).await.status, 200);
        assert_eq!(kit.audited("stop reminders").await, ["stopped", "stopped"]);
    }
}

#[tokio::test]
async fn a_token_of_nobody_looks_the_same_and_leaves_nothing() {
    let kit = Kit::start(testkit::Database::sqlite()).await;
    let (known, unknown) = (token(&kit).await, "0".repeat(64));
    let before = kit.rows().await;
    let path = |token: &str| format!("/reminders/stop/{token}");
    let without = |page: Answer, token: &str| (page.status, page.text.replace(token, ""));
    let asked = [kit.visitor().get(&path(&known)).await, kit.visitor().get(&path(&unknown)).await];
    let [asked_known, asked_unknown] = asked;
    assert_eq!(without(asked_known, &known), without(asked_unknown, &unknown));
    let of_nobody = one_tap(&kit, &unknown).await;
    assert_eq!(kit.grown(&before).await, []);
    assert_eq!(without(of_nobody, &unknown), without(one_tap(&kit, &known).await, &known));
}

#[tokio::test]
async fn what_can_be_no_token_is_looked_for_nowhere_and_looks_the_same() {
    for kit in Kit::on_both().await {
        let before = kit.rows().await;
        let unknown = one_tap(&kit, "unknown").await;
        for token in ["x%20job:keys", "x%09y", "x%00", "%00", "x+y", "x%2Fy", "%C3%A9"] {
            let tapped = one_tap(&kit, token).await;
            assert_eq!((tapped.status, text(&tapped.text)), (200, text(&unknown.text)), "{token}");
        }
        assert_eq!(kit.grown(&before).await, []);
    }
}

#[tokio::test]
async fn neither_the_page_nor_the_log_says_whose_it_is() {
    let log = testkit::Log::listen();
    let kit = Kit::start(testkit::Database::sqlite()).await;
    let token = token(&kit).await;
    let page = kit.visitor().read(&format!("/reminders/stop/{token}")).await;
    one_tap(&kit, &token).await;
    assert!(!page.contains("Jan") && !page.contains("patient.example"), "{page}");
    kit.visitor().get(&format!("/invitations/{token}")).await;
    let log = log.text();
    assert!(log.contains("/reminders/stop/") && log.contains("/invitations/"), "{log}");
    assert!(!log.contains(&token), "{log}");
}
