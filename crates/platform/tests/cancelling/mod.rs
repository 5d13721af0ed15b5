//! A patient cancels, at a practice's system that answers as it is told. One file per decision.

mod a09_and_a10_meanwhile;
mod b08_refused_or_unanswered;
mod b09_when;
mod b10_whether;

use testkit::{Answer, JAN};

use crate::visit::{ONE, Visit, standing};

impl Visit<'_> {
    /// Says yes to the question.
    async fn sends(&self, words: &str) -> Answer {
        self.browser.post(&format!("{}/cancel", self.address), &[("words", words)]).await
    }

    /// Says yes to the question, and reads the page after it.
    async fn cancels(&self) -> String {
        let sent = self.sends("").await;
        assert_eq!((sent.status, sent.header("location")), (303, self.address.as_str()), "{}", sent.text);
        self.reads(&self.address).await
    }

    /// How the patient's only visit stands.
    async fn stands(&self) -> &'static str {
        standing(&self.kit.appointment(JAN).await)
    }
}
