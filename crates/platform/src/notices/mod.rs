//! What a patient is told.
//!
//! An act calls [`tell`] in its transaction: one notice, and one message in the outbox per channel. When the
//! message's turn comes, [`MailCourier`] reads again what is true, [`telling`] decides what there is to say,
//! [`letter`] finds the words (no more of them than the patient allows) and [`Mailer`] sends them.

mod courier;
#[cfg(test)]
mod examples;
mod letter;
mod mailer;
#[cfg(test)]
mod sink;
mod tell;
mod telling;

pub(crate) use courier::MailCourier;
pub(crate) use mailer::Mailer;
pub(crate) use tell::tell;

/// The outbox topic of mails.
pub(crate) const TOPIC: &str = "mail";
