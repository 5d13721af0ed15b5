//! Who may do what: extractors that are permissions.

mod client;
pub(crate) mod cookie;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod origin;
pub(crate) mod session;
pub(crate) mod staying;
pub(crate) mod token;
pub(crate) mod vendors;
pub(crate) mod xis;
