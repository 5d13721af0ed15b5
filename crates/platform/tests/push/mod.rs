//! Notifications on devices: who may have them, what they say, and what is never reached.

mod devices;
mod refused;
mod renewed;
mod served;
mod told;
