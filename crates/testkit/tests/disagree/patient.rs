//! What a patient does, page by page.

use testkit::{Answer, Browser, Patient};
use xis::faults::Fault;

use crate::{
    pages::{Said, first_slot, form, said},
    town::Town,
};

/// The path of the consults of this practice's first doctor on a Thursday.
pub(crate) fn thursday(agb: &str) -> String {
    let doctor = if agb == crate::town::PLAIN { "jansen" } else { "van-dijk" };
    format!(
        "/book/{agb}/time?type=urn%3Abalie%3Axis%3Aservice-category%7Cconsult&agenda={agb}-{doctor}&day=2026-05-07"
    )
}

impl Town {
    /// The first consult that this patient is offered on Thursday.
    pub(crate) async fn offered(&self, who: Patient, agb: &str) -> String {
        first_slot(&self.kit.browser(who).await.read(&thursday(agb)).await)
    }

    /// Chooses this slot and writes a reason; gives the browser and the key of the form that asks for it.
    pub(crate) async fn choose(&self, who: Patient, agb: &str, slot: &str) -> (Browser, String) {
        let browser = self.kit.browser(who).await;
        let chosen = browser.post(&thursday(agb), &[("slot", slot)]).await;
        assert!(
            chosen.header("location").starts_with(&format!("/book/{agb}/")),
            "{} {}",
            chosen.status,
            chosen.text
        );
        let written = browser.post(&format!("/book/{agb}/reason"), &[("reason", "Pijn in mijn knie")]).await;
        assert_eq!(written.header("location"), format!("/book/{agb}/check"), "{}", written.text);
        let key = form(&browser.read(&format!("/book/{agb}/check")).await);
        (browser, key)
    }

    /// Asks for what was chosen and reads what becomes of it.
    pub(crate) async fn ask(&self, browser: &Browser, agb: &str, form: &str) -> Said {
        let sent = browser.post(&format!("/book/{agb}/check"), &[("form", form)]).await;
        self.follow(browser, &sent).await
    }

    /// Books the first consult on Thursday while nothing is wrong.
    pub(crate) async fn booked(&self, who: Patient, agb: &str) {
        let slot = self.offered(who, agb).await;
        let (browser, form) = self.choose(who, agb, &slot).await;
        let wanted = if agb == crate::town::PLAIN { Said::Yes } else { Said::Asked };
        assert_eq!(self.ask(&browser, agb, &form).await, wanted);
    }

    /// Books the first consult on Thursday while the practice's system does this.
    pub(crate) async fn book(&self, who: Patient, agb: &str, rules: &str) -> Said {
        let slot = self.offered(who, agb).await;
        let (browser, form) = self.choose(who, agb, &slot).await;
        self.arm(rules);
        self.ask(&browser, agb, &form).await
    }

    /// The same, for an answer that comes later than the patient waits.
    pub(crate) async fn book_late(&self, who: Patient, agb: &str, fault: Fault, rules: &str) -> Said {
        let slot = self.offered(who, agb).await;
        let (browser, form) = self.choose(who, agb, &slot).await;
        let before = self.xis.times_struck(fault);
        self.arm(rules);
        let impatient = async {
            self.struck(fault, before).await;
            self.turn(3);
        };
        tokio::join!(self.ask(&browser, agb, &form), impatient).0
    }

    /// Cancels the patient's only appointment and reads what becomes of it.
    pub(crate) async fn cancel(&self, who: Patient) -> Said {
        let browser = self.kit.browser(who).await;
        let id = self.kit.appointment(who).await.id;
        let sent = browser.post(&format!("/appointments/{id}/cancel"), &[("words", "")]).await;
        self.follow(&browser, &sent).await
    }

    /// The claim of the page that an answer leads to.
    async fn follow(&self, browser: &Browser, answer: &Answer) -> Said {
        if answer.status != 303 {
            return said(&answer.text);
        }
        let mut page = browser.get(answer.header("location")).await;
        if page.status == 303 {
            page = browser.get(page.header("location")).await;
        }
        said(&page.text)
    }

    /// What the page of the patient's latest appointment claims.
    pub(crate) async fn claim(&self, who: Patient) -> Said {
        let browser = self.kit.browser(who).await;
        let all = self.kit.appointments(who).await;
        let latest = all.iter().max_by_key(|stored| stored.created_at).unwrap();
        let page = browser.get(&format!("/appointments/{}", latest.id)).await;
        if page.status == 303 { self.follow(&browser, &page).await } else { said(&page.text) }
    }
}
