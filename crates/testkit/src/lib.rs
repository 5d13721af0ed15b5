//! For tests: a running platform over real HTTP on either database, with a clock to turn, a mailbox to read and a
//! practice's system that answers as it is told.
//!
//! Owns the surroundings of a test and no expectation. Where the program has a way in (a URL, the store), that
//! way is taken; nothing here replaces a part of the platform.
//!
//! ```no_run
//! # async fn example() {
//! for kit in testkit::Kit::on_both().await {
//!     let answer = kit.put("01000001", "abc", &testkit::appointment("abc", testkit::JAN)).await;
//!     assert_eq!(answer.status, 200);
//! }
//! # }
//! ```

#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up has failed"
)]

mod answer;
mod browser;
mod caller;
mod clock;
mod database;
pub mod files;
mod fill;
mod forged;
mod kit;
mod live;
mod log;
mod looking;
mod mailbox;
mod people;
mod push_service;
mod scripted_xis;
mod tokens;
mod wire;

pub use answer::Answer;
pub use browser::Browser;
pub use caller::Caller;
pub use clock::TurnedClock;
pub use database::Database;
pub use fill::Cast;
pub use forged::{RsaKey, Signer, changed, forged};
pub use kit::{Kit, SILENT_ISSUER};
pub use live::Live;
pub use log::Log;
pub use looking::{Rows, audited, leased, tamper};
pub use mailbox::{Mail, Mailbox};
pub use people::{FATIMA, JAN, NOBODY, Patient};
pub use push_service::{Phone, Push, PushService};
pub use scripted_xis::{Received, Reply, ScriptedXis};
pub use tokens::Tokens;
pub use wire::{appointment, attachment, invitation, message, response, slot};
