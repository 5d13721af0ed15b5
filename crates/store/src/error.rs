/// What can go wrong with what is kept.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// A sealed value cannot be opened, or not be understood.
    #[error("{place} cannot be read: {reason}")]
    Sealed {
        /// Which value.
        place: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A row that must be there is not.
    #[error("{0} is not there")]
    Missing(&'static str),
}
