use db::{Error, Tx, sql};

/// Removes everything from the lanes whose names begin so, delivered or not: nobody is left whom it is for. Whoever has
/// some of it under way finds nothing to settle.
///
/// # Errors
/// When the database fails.
pub async fn withdraw(tx: &mut Tx, lanes: &str) -> Result<u64, Error> {
    // A name holds no pattern: words, ids and colons.
    sql("delete from outbox where lane like $1").bind(format!("{lanes}%")).execute(tx).await
}
