//! Notifications on a patient's devices (Web Push).
//!
//! A browser gives an endpoint at its push service and two keys ([`DeviceKeys`]); the portal keeps them. [`Note`] is
//! what a notification says, [`encryption`] makes it readable for that device alone, [`vapid`] says to the push
//! service whose it is, and [`Pusher`] sends it, to public addresses only: an endpoint is what somebody typed.

mod courier;
mod encryption;
mod error;
mod note;
mod pusher;
mod send;
mod trial;
mod vapid;

pub(crate) use courier::PushCourier;
pub(crate) use encryption::DeviceKeys;
pub(in crate::notices) use error::PushError;
pub(crate) use pusher::Pusher;
pub(crate) use trial::{Trial, try_out};
pub use vapid::{NotAVapidKey, VapidKey};
