//! The platform by URL, over real HTTP, on both databases. One program, so that it is linked once.

#![allow(clippy::unwrap_used, reason = "a test that goes wrong has failed")]

mod appointment_response;
mod audit;
mod bearer_and_organization;
mod booking;
mod errors;
mod founding_text_creation;
mod founding_text_updates;
mod login;
mod metadata;
mod oauth_token;
mod portal;
mod put_appointment;
mod steps;
mod told;
