//! The pages for patients, by URL: what a patient reads and where each form leads.

mod appointment;
mod booking;
mod calendar_feed;
mod installed;
mod language;
mod link;
mod live;
mod logo;
mod my_data;
mod my_data_beside;
mod my_data_in_flight;
mod overview;
pub(crate) mod page;
mod practices;
mod preferences;
mod problems;
mod steps;
mod surroundings;
mod unsubscribe;
