//! The XIS's tables: one module each, every query with its practice.

mod appointment;
pub(crate) mod appointments;
pub(crate) mod occupancy;
pub(crate) mod patients;
pub(crate) mod schedules;
pub(crate) mod sessions;
pub(crate) mod slots;
pub(crate) mod types;

pub(crate) use appointment::{Appointment, Detailed, Identifier, Origin, State};
pub(crate) use patients::Patient;
pub(crate) use schedules::Schedule;
pub(crate) use sessions::Session;
pub(crate) use types::AppointmentType;
