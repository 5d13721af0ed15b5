//! Reading a page as a patient does.

use testkit::{Answer, Browser, Kit, ScriptedXis};

/// The page's text: no tags, entities resolved, white space as one space.
pub(crate) fn text(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>').unwrap_or(("", after));
        if is_block(tag) {
            text.push(' ');
        }
        rest = after;
    }
    text.push_str(rest);
    let plain = text.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"").replace("&#39;", "'");
    plain.replace("&#38;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words of an inline element stand against those around it.
fn is_block(tag: &str) -> bool {
    let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
    !matches!(name, "span" | "b" | "a" | "time" | "del" | "small")
}

/// The value of a hidden field.
pub(crate) fn hidden(html: &str, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let (_, value) = html.split_once(&field).unwrap_or_else(|| panic!("no field {name} in {html}"));
    value.split('"').next().unwrap().to_owned()
}

/// Where the answer leads.
pub(crate) fn to(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text);
    answer.header("location")
}

/// The times of consults with dokter Jansen.
pub(crate) const TIMES: &str = "/book/01000001/time?type=urn%3Axis%3Atypes%7Cconsult&agenda=7";

/// Chooses slot `s1` (12 May, 09:10) and writes a reason, up to the check page; returns the form's key.
pub(crate) async fn choose(browser: &Browser, reason: &str) -> String {
    let chosen = browser.post(&format!("{TIMES}&day=2026-05-12"), &[("slot", "s1")]).await;
    assert_eq!(to(&chosen), "/book/01000001/reason");
    let written = browser.post("/book/01000001/reason", &[("reason", reason)]).await;
    assert_eq!(to(&written), "/book/01000001/check");
    hidden(&browser.read("/book/01000001/check").await, "form")
}

/// Sends the check page's form.
pub(crate) async fn send(browser: &Browser, form: &str) -> Answer {
    browser.post("/book/01000001/check", &[("form", form)]).await
}

/// A platform on SQLite whose practice 1 has a scripted system, and Jan at a browser.
pub(crate) async fn jan() -> (Kit, ScriptedXis, Browser) {
    let kit = Kit::start(testkit::Database::sqlite()).await;
    let xis = kit.xis_of("01000001").await;
    let browser = kit.browser(testkit::JAN).await;
    (kit, xis, browser)
}
