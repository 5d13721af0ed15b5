//! What the queue promises, told once for each database, on a clock that is turned by hand.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;
mod couriers;
mod gone;
mod leases;
mod order;
mod pauses;
mod running;
mod sharing;
mod shelf;
mod turns;
