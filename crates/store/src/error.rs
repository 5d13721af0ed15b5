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
    /// Somebody was at the audit trail.
    #[error(
        "the audit trail up to batch {number} has other lines than were sealed: it is not swept; see `balie audit verify`"
    )]
    AuditDiffers {
        /// The last batch that was to be swept.
        number: i64,
    },
}
