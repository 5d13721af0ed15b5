//! What strangers send us, door by door: each function takes bytes as they come and checks what must hold whatever
//! they are. Property tests call them in every run, the fuzzer (`make fuzz`) for as long as it is let.
//!
//! A function panics when something that must hold does not.
//!
//! Two things that somebody else writes have no door here. The ID token of a login is read by a library that asks its
//! provider for keys: `platform/tests/login/attacks` tells the truth but for one thing, each in its turn. The
//! configuration is the program's, which this crate must not know: its door is `balie::configuration`.

#![expect(clippy::missing_panics_doc, reason = "that is how a broken promise shows")]

mod addresses;
mod answers;
mod bodies;
mod headers;
#[cfg(test)]
mod properties;

pub use addresses::{date, push_subscription, return_path, search};
pub use answers::{bundle, value_set};
pub use bodies::{appointment, appointment_response, communication, patient};
pub use headers::{client_assertion, cookies, organization, token, token_request};

/// A door, by the name of its fuzz target.
pub type Door = (&'static str, fn(&[u8]));

/// Every door.
pub const ALL: [Door; 15] = [
    ("appointment", appointment),
    ("appointment_response", appointment_response),
    ("bundle", bundle),
    ("client_assertion", client_assertion),
    ("communication", communication),
    ("cookies", cookies),
    ("date", date),
    ("organization", organization),
    ("patient", patient),
    ("push_subscription", push_subscription),
    ("return_path", return_path),
    ("search", search),
    ("token", token),
    ("token_request", token_request),
    ("value_set", value_set),
];
