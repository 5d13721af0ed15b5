//! What must still happen outside: messages that a transaction leaves behind and a [`Runner`] delivers.
//!
//! Owns the queue: enqueue in a transaction, claim with a lease, deliver in order per lane, retry with growing
//! pauses, give up in words, try again on request. Knows neither mail nor FHIR: a [`Courier`] per topic does.
//!
//! Delivery is at least once. A courier sends with a stable key (the message's id) so that the receiver can tell
//! a repeat, and reads again what is true at the moment of sending.
//!
//! Each topic has places of its own: what one of them cannot deliver holds up nothing of another.
//!
//! A message that was given up does not hold up its lane: what stands behind it is delivered without it.

mod claim;
mod courier;
mod discreet;
mod entry;
mod message;
mod owners;
mod pause;
#[cfg(test)]
mod plans;
mod runner;
mod settle;
mod turns;
mod under_way;
mod withdraw;

pub use courier::{Courier, Parcel, Verdict};
pub use entry::{Entry, STUCK_AT_MOST, Standing, dead, find, hasten, of_lane, retry, stuck, sweep};
pub use message::{Message, enqueue};
pub use owners::keep;
pub use pause::Pauses;
pub use runner::{Runner, Settings};
pub use withdraw::withdraw;

/// The queue's table: a step of each party's migrations.
pub const TABLE: &str = include_str!("table.sql");

/// A later step for the queue's table: each topic by itself.
pub const TOPICS: &str = include_str!("topics.sql");

/// A later step for the queue's table: who has what under way.
pub const OWNERS: &str = include_str!("owners.sql");

/// The signal that wakes the runners; its subject is the topic.
const SIGNAL: &str = "outbox";

/// The signal that something became of a message: delivered, put off or given up. No runner listens to it.
pub const SETTLED: &str = "outbox settled";

/// Whoever holds this lock alone adds messages to the lane, or puts one back.
fn lane_key(lane: &str) -> String {
    format!("outbox lane {lane}")
}
