//! The reference XIS as its callers see it: each URL with its answers and errors, on both databases.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic, its helpers too")]

mod common;

mod access;
mod booking;
mod cancelling;
mod informing;
mod living;
mod logging_in;
mod looking;
mod matrix;
mod misbehaving;
mod pages;
mod racing;
mod reading;
mod remembering;
mod seeding;
mod telling;
mod version_1;
