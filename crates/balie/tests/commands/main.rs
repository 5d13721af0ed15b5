//! The commands as an operator types them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod operator;
mod outbox_commands;
mod platform_commands;
mod serving;
mod stopping;
mod xis_faults;
