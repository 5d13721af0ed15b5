//! Who may do what: extractors that are permissions.

pub(crate) mod cookie;
pub(crate) mod login;
pub(crate) mod origin;
pub(crate) mod session;
pub(crate) mod token;
pub(crate) mod xis;
