//! The mail server and what patients find in their mailboxes.

use std::{sync::Mutex, time::Duration};

use async_trait::async_trait;
use mail_parser::{MessageParser, MimeHeaders as _};
use platform::{Envelope, MailCarrier, MailError};

use crate::{
    clock::sleep,
    party::Party,
    sim::{Sim, lock},
};

/// A mail that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mail {
    pub(crate) to: String,
    /// The same for a repeat.
    pub(crate) id: String,
    /// Whether the platform knows that it was taken.
    pub(crate) is_confirmed: bool,
    pub(crate) subject: String,
    pub(crate) text: String,
    /// The appointment that it links to.
    pub(crate) about: Option<String>,
    /// The file for the patient's calendar.
    pub(crate) calendar: Option<String>,
}

/// Every mail, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Postbox(Mutex<Vec<Mail>>);

impl Postbox {
    pub(crate) fn all(&self) -> Vec<Mail> {
        lock(&self.0).clone()
    }
}

/// Takes the platform's mails, as long as nothing goes wrong.
#[derive(Clone)]
pub(crate) struct Carrier {
    pub(crate) sim: Sim,
}

impl std::fmt::Debug for Carrier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Carrier")
    }
}

#[async_trait]
impl MailCarrier for Carrier {
    async fn hand_over(&self, envelope: &Envelope, mail: &[u8]) -> Result<(), MailError> {
        let (sim, scheduler) = (&self.sim, &self.sim.scheduler);
        sim.faults.step(Party::Platform);
        sleep(scheduler, sim.faults.takes(1, 200)).await;
        if sim.faults.one_in(12) {
            sim.counts.add("fault: mail server away");
            return Err(MailError::Connection);
        }
        let mut mail = read(envelope, mail);
        mail.is_confirmed = false;
        let (is_confirmed, id) = (!sim.faults.one_in(12), mail.id.clone());
        sim.note(format!("mail to {}: {} ({})", mail.to, mail.subject, mail.id));
        lock(&sim.postbox.0).push(mail);
        sim.faults.step(Party::Platform);
        if !is_confirmed {
            sim.counts.add("fault: mail taken, not confirmed");
            sleep(scheduler, Duration::from_secs(30)).await;
            return Err(MailError::Timeout(Duration::from_secs(30)));
        }
        sleep(scheduler, sim.faults.takes(1, 200)).await;
        // A platform that has crashed meanwhile does not know.
        if let Some(mail) = lock(&sim.postbox.0).iter_mut().rfind(|mail| mail.id == id) {
            mail.is_confirmed = true;
        }
        Ok(())
    }
}

fn read(envelope: &Envelope, raw: &[u8]) -> Mail {
    let message = MessageParser::default().parse(raw).unwrap();
    let text = message.body_text(0).unwrap_or_default().into_owned();
    let to = envelope.to().first().map(ToString::to_string).unwrap_or_default();
    let id = message.message_id().unwrap_or_default().to_owned();
    let about = text.split_once("/appointments/").map(|(_, after)| after.chars().take(36).collect());
    let calendar = message
        .parts
        .iter()
        .find(|part| part.content_type().is_some_and(|kind| kind.subtype() == Some("calendar")))
        .and_then(|part| part.text_contents())
        .map(str::to_owned);
    let subject = message.subject().unwrap_or_default().to_owned();
    Mail { to, id, is_confirmed: true, subject, text, about, calendar }
}
