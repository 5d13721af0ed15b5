//! The pages for patients, by URL: what a patient reads and where each form leads.

mod appointment;
mod booking;
mod language;
mod overview;
mod page;
mod problems;
mod steps;
mod surroundings;
