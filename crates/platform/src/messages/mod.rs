//! What practices write to patients, and how patients without an account are reached: one act, one file.
//!
//! A message is kept sealed until its patient opens it here; the notice says no more than that it is there. Who has
//! no account gets an invitation, and finds the message after registering (D16).

pub(crate) mod accept;
pub(crate) mod files;
pub(crate) mod invite;
pub(crate) mod receive;
pub(crate) mod register;
pub(crate) mod sweep;

use jiff::SignedDuration;

/// The same again within this time is a XIS that did not hear our answer, and is told to nobody twice.
pub(crate) const AGAIN: SignedDuration = SignedDuration::from_hours(24);
/// How long an invitation can be accepted, and a message waits for it (D16).
pub(crate) const WAITS: SignedDuration = SignedDuration::from_hours(30 * 24);
