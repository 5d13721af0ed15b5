//! Messages of a practice and invitations, from the XIS's call to the patient's page (D5, D7, D15, D16).

mod attachments;
mod attachments_viewed;
mod d05_and_d07_invited;
mod d15_limits;
mod d16_without_account;
mod invitation_page;
mod invitation_refused;
mod pages;
mod received;
mod told;
mod wrong;

use serde_json::Value;
use testkit::{Answer, Browser, Kit, Patient, message};

pub(crate) const ONE: &str = "01000001";
pub(crate) const TWO: &str = "01000002";

/// Practice 1 writes this to a patient, and we say that it came.
async fn write(kit: &Kit, patient: Patient, text: &str) -> Answer {
    let answer = kit.post(ONE, &message(patient, text)).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer
}

/// A message with these files.
fn with_files(patient: Patient, files: &[Value]) -> Value {
    let mut body = message(patient, "Uw uitslag");
    body["payload"].as_array_mut().unwrap().extend(files.iter().cloned());
    body
}

/// The path of the only message in the patient's list.
async fn only_message(browser: &Browser) -> String {
    let list = browser.read("/messages").await;
    let mut links = list.split("href=\"/messages/").skip(1);
    let id = links.next().unwrap_or_else(|| panic!("no message in {list}")).split('"').next().unwrap();
    assert!(links.next().is_none(), "{list}");
    format!("/messages/{id}")
}

/// Logs in on the way to a page, and gives the browser that comes back to it.
async fn log_in(kit: &Kit, patient: Patient, to: &str) -> Browser {
    let left = kit.visitor().get(&format!("/login?to={to}")).await;
    let back = kit.tokens.say_yes(left.header("location"), patient);
    let browser = kit.visitor().with_cookie_of(&left, "balie_login");
    let answer = browser.get(back.strip_prefix(&kit.base).unwrap()).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    // Who has no address yet is asked for one on the way, unless the invitation brings it.
    let asked = format!("/preferences/address?to={}", to.replace('/', "%2F"));
    assert!([to, asked.as_str()].contains(&answer.header("location")), "{}", answer.header("location"));
    browser.with_cookie_of(&answer, "balie_session")
}

/// Sends everything that is due, and gives the path in the one new mail to this address.
async fn link_in_mail(kit: &Kit, patient: Patient) -> String {
    let before = kit.mailbox.mails().len();
    kit.drain().await;
    let mails = kit.mailbox.mails();
    let [mail] = &mails[before..] else { panic!("{} new mails", mails.len() - before) };
    assert_eq!(mail.to, patient.mail);
    let (_, link) = mail.text.split_once(&kit.base).unwrap_or_else(|| panic!("no link in {}", mail.text));
    link.split_whitespace().next().unwrap().to_owned()
}
