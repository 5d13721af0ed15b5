//! `PUT /Appointment/{id}`, one test per decision.

mod a01_to_a04_whose;
mod a05_and_a06_ids;
mod a07_changed;
mod a08_to_a10_after;
mod a11_echo;
mod a11_guess;
mod a12_other_patient;
mod a13_and_a14_status_and_time;
mod a15_and_a16_keys_and_order;
mod a17_to_a20_words;

/// Practice 1.
const ONE: &str = "01000001";
/// Practice 2, which approves requests.
const TWO: &str = "01000002";
