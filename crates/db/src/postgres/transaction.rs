use sqlx::{AssertSqlSafe, PgConnection, PgPool};

use crate::to_its_end::ToItsEnd;

/// A transaction that begins with its first statement, so that what this one needs goes on the same trip to the database.
pub(crate) struct Transaction {
    pool: PgPool,
    begin: &'static str,
    begun: Option<sqlx::Transaction<'static, sqlx::Postgres>>,
}

impl Transaction {
    pub(super) fn of(pool: &PgPool, begin: &'static str) -> Self {
        Self { pool: pool.clone(), begin, begun: None }
    }

    /// Begins, where that has not been done. From here to the end this scope is in force and this lock is held.
    pub(crate) async fn enter(&mut self, scope: Option<&str>, lock: Option<&str>) -> Result<(), sqlx::Error> {
        // Where a lock is wanted too, the scope goes with it: a lock may fail, and a `begin` must not.
        let with_begin = scope.filter(|_| self.begun.is_none() && lock.is_none()).and_then(literal);
        if self.begun.is_none() {
            self.begin(with_begin.as_deref()).await?;
        }
        let query = match (scope.filter(|_| with_begin.is_none()), lock) {
            (None, None) => return Ok(()),
            (Some(scope), None) => sqlx::query(SCOPE).bind(scope),
            (None, Some(lock)) => sqlx::query(LOCK).bind(lock),
            (Some(scope), Some(lock)) => sqlx::query(BOTH).bind(scope).bind(lock),
        };
        query.execute(self.connection()?).await.map(drop)
    }

    async fn begin(&mut self, scope: Option<&str>) -> Result<(), sqlx::Error> {
        let scope = scope.map(|scope| format!("; select set_config('balie.scope', {scope}, true)"));
        let (pool, text) = (self.pool.clone(), format!("{}{}", self.begin, scope.unwrap_or_default()));
        // Our own words, and a scope without a letter that means anything in SQL.
        let begin = async move { pool.begin_with(AssertSqlSafe(text)).await };
        self.begun = Some(ToItsEnd::of(begin).await?);
        Ok(())
    }

    /// Where statements run, once it was entered.
    pub(crate) fn connection(&mut self) -> Result<&mut PgConnection, sqlx::Error> {
        self.begun.as_deref_mut().ok_or(sqlx::Error::BeginFailed)
    }

    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        match self.begun {
            Some(begun) => begun.commit().await,
            None => Ok(()),
        }
    }

    pub(crate) async fn roll_back(self) -> Result<(), sqlx::Error> {
        match self.begun {
            Some(begun) => begun.rollback().await,
            None => Ok(()),
        }
    }
}

/// Until the transaction ends, however it ends.
const SCOPE: &str = "select set_config('balie.scope', $1, true)";
const LOCK: &str = "select pg_advisory_xact_lock(hashtextextended($1, 0))";
const BOTH: &str =
    "select set_config('balie.scope', $1, true), pg_advisory_xact_lock(hashtextextended($2, 0))";

/// The text as it can stand in a statement; nothing where a letter of it could mean something there.
fn literal(text: &str) -> Option<String> {
    let is_plain = |letter: char| letter == ' ' || letter.is_ascii_alphanumeric() || ":-_".contains(letter);
    text.chars().all(is_plain).then(|| format!("'{text}'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_words_stand_in_a_statement() {
        assert_eq!(literal("practice:01000001 job:sweep").as_deref(), Some("'practice:01000001 job:sweep'"));
        for text in ["bearer:o'neill", "bearer:a\\", "bearer:a;b", "bearer:\u{e9}", "bearer:a\0"] {
            assert_eq!(literal(text), None, "{text}");
        }
    }
}
