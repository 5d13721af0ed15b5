//! The pages for patients, by URL: what a patient reads and where each form leads.

mod appointment;
mod booking;
mod language;
mod live;
mod overview;
pub(crate) mod page;
mod preferences;
mod problems;
mod steps;
mod surroundings;
mod unsubscribe;
