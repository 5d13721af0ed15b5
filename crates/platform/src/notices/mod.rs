//! What a patient is told.
//!
//! An act calls [`tell`] in its transaction: one notice, and one message in the outbox for each route to the patient.
//! When a message's turn comes, its courier reads again what is true ([`facts`]), [`telling`] decides what there is to
//! say since the patient was last told along this route, and the words are found: no more of them than the patient
//! allows. [`reminder`] finds the visits that are near.

pub(crate) mod address;
mod calendar;
mod channel;
mod courier;
mod error;
#[cfg(test)]
mod examples;
mod facts;
pub(crate) mod invitation;
mod letter;
mod mailer;
pub(crate) mod message;
mod payload;
pub(crate) mod push;
pub(crate) mod reminder;
mod routes;
#[cfg(test)]
mod sink;
mod tell;
mod telling;
pub(crate) mod trial;

pub(crate) use calendar::{CalendarFile, FeedVisit, feed};
pub(crate) use courier::MailCourier;
use error::TellError;
pub(crate) use mailer::Mailer;
pub use mailer::{Envelope, MailCarrier, MailError};
pub(crate) use tell::tell;

/// The outbox topic of mails.
pub(crate) const MAIL: &str = "mail";

/// The outbox topic of push notifications.
pub(crate) const PUSH: &str = "push";
