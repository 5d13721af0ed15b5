//! What a patient does to book, page by page, in a browser without JavaScript.

use testkit::{Answer, Browser};

/// Where a consult in the agenda of dokter Jansen is chosen.
pub(crate) const TIMES: &str = "time?type=urn%3Axis%3Atypes%7Cconsult&agenda=7";

/// Chooses slot `s1` of 12 May, 09:10, writes a reason, and returns the key of the form that asks for it.
pub(crate) async fn choose(browser: &Browser, agb: &str) -> String {
    let chosen = browser.post(&format!("/book/{agb}/{TIMES}"), &[("slot", "s1")]).await;
    // A reason that was written before is kept, and leads on to the check.
    assert!(chosen.header("location").starts_with(&format!("/book/{agb}/")), "{}", chosen.text);
    write(browser, agb, "Pijn in mijn knie").await
}

/// Writes a reason for what was chosen.
pub(crate) async fn write(browser: &Browser, agb: &str, reason: &str) -> String {
    let written = browser.post(&format!("/book/{agb}/reason"), &[("reason", reason)]).await;
    assert_eq!(written.header("location"), format!("/book/{agb}/check"), "{}", written.text);
    form(&browser.read(&format!("/book/{agb}/check")).await)
}

/// The key in the form of the last page.
pub(crate) fn form(page: &str) -> String {
    let (_, after) = page.split_once(r#"name="form" value=""#).expect("a form with a key");
    after.split('"').next().unwrap().to_owned()
}

/// Sends the form of the last page.
pub(crate) async fn send(browser: &Browser, agb: &str, form: &str) -> Answer {
    let sent = browser.post(&format!("/book/{agb}/check"), &[("form", form)]).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    sent
}

/// Books slot `s1`, and returns the address of the page that says what became of it.
pub(crate) async fn book(browser: &Browser, agb: &str) -> String {
    let form = choose(browser, agb).await;
    send(browser, agb, &form).await.header("location").to_owned()
}

/// Books slot `s1` and reads what became of it.
pub(crate) async fn book_and_read(browser: &Browser, agb: &str) -> String {
    let page = book(browser, agb).await;
    browser.read(&page).await
}
