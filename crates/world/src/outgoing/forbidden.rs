use std::error::Error;

/// Why an address may not be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotPublic {
    /// Another scheme, or no address at all.
    #[error("it is no https address")]
    Scheme,
    /// A user name or password.
    #[error("it has a user name or a password")]
    Credentials,
    /// A port of its own.
    #[error("it has another port than 443")]
    Port,
    /// This machine, a private network, or otherwise not the internet.
    #[error("it is not on the public internet")]
    Address,
}

impl NotPublic {
    /// Whether this is what an error goes back to.
    pub(crate) fn among_causes(error: &dyn Error) -> Option<Self> {
        let mut cause = error.source();
        while let Some(error) = cause {
            if let Some(found) = error.downcast_ref::<Self>() {
                return Some(*found);
            }
            cause = error.source();
        }
        None
    }
}
