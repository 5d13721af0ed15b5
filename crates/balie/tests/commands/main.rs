//! The commands as an operator types them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod audit_commands;
mod keys_racing;
mod keys_rotating;
mod logs;
mod operator;
mod outbox_commands;
mod platform_commands;
mod roles;
mod secured;
mod serving;
mod stopping;
mod xis_faults;
