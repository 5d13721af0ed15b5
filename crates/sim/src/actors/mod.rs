//! Who does something at the two programs.

pub(crate) mod booking;
mod moving;
pub(crate) mod patient;
pub(crate) mod practitioner;
