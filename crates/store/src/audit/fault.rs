use jiff::Timestamp;

/// What is wrong with the audit trail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuditFault {
    /// Its own seal does not fit.
    #[error("line {line} of {at} was changed, or put in")]
    LineChanged {
        /// Its id.
        line: String,
        /// When it says that it was written.
        at: Timestamp,
    },
    /// Its own seal cannot be checked.
    #[error(
        "{what} was sealed with key {key}, which is not among the keys: nobody can say whether it was changed"
    )]
    KeyMissing {
        /// A line or a batch.
        what: String,
        /// The id of the key.
        key: i64,
    },
    /// It has fewer lines than were sealed.
    #[error("batch {number} of {sealed_at} lacks {lines} of its lines: they were removed")]
    LinesRemoved {
        /// The batch.
        number: i64,
        /// When it was sealed.
        sealed_at: Timestamp,
        /// How many.
        lines: i64,
    },
    /// It has more lines than were sealed.
    #[error("batch {number} of {sealed_at} has {lines} more lines than were sealed: they were put in")]
    LinesInserted {
        /// The batch.
        number: i64,
        /// When it was sealed.
        sealed_at: Timestamp,
        /// How many.
        lines: i64,
    },
    /// It has as many lines as were sealed, but not those, or not in that order.
    #[error(
        "batch {number} of {sealed_at} has other lines than were sealed: some were changed, replaced or moved"
    )]
    LinesDiffer {
        /// The batch.
        number: i64,
        /// When it was sealed.
        sealed_at: Timestamp,
    },
    /// Its own seal does not fit.
    #[error("the seal of batch {number} was changed, or put in")]
    BatchChanged {
        /// The batch.
        number: i64,
    },
    /// There are numbers between two that follow each other.
    #[error("batches {first} to {last} are not there: their seals were removed")]
    BatchesRemoved {
        /// The first that lacks.
        first: i64,
        /// The last that lacks.
        last: i64,
    },
    /// It does not begin where the one before it ends.
    #[error("batch {number} does not follow the one before it: one of the two was replaced")]
    Unlinked {
        /// The batch.
        number: i64,
    },
    /// Nothing may be older than what was swept.
    #[error("{lines} lines stand where the trail was swept: they were put in")]
    BelowTombstone {
        /// How many.
        lines: i64,
    },
    /// Its own seal does not fit.
    #[error("the tombstone of batch {number} was changed, or put in")]
    TombstoneChanged {
        /// Up to which batch it says that the trail was swept.
        number: i64,
    },
    /// The head that is kept elsewhere is not in the trail.
    #[error(
        "batch {number} of {sealed_at} is not there, though its head was exported: the end of the trail was cut off"
    )]
    TailCut {
        /// The batch.
        number: i64,
        /// When it was sealed.
        sealed_at: Timestamp,
    },
    /// The head that is kept elsewhere is another than the one in the trail.
    #[error(
        "batch {number} is not the one whose head was exported at {sealed_at}: the trail was written anew"
    )]
    HeadDiffers {
        /// The batch.
        number: i64,
        /// When the exported one was sealed.
        sealed_at: Timestamp,
    },
}
