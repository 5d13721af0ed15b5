//! The audit trail: who did what to whose data, as NEN 7513 asks.
//!
//! A line stands in the transaction of its act, with a seal of its own. What was committed is chained in batches
//! ([`Store::seal_audit`]), so that a line that is changed, removed or put in is found ([`Store::audit_page`]). The
//! database itself refuses to change a line, or to remove one before its time.

mod actions;
mod actor;
mod chain;
mod check;
mod fault;
mod find;
mod guard;
mod head;
mod line;
mod origin;
mod seal;
mod sweep;
mod tombstone;

use db::{Statement, Tx, sql, sql_each};

use crate::{
    Error, Store,
    wall::{Job, Scope, Scoped as _},
};

pub use actions::{Access, Action};
pub use actor::{Actor, AuditEntry};
pub use chain::{Batch, Head};
pub use check::{AuditCheck, AuditCounts};
pub use fault::AuditFault;
pub use find::{AuditFilter, AuditSpot};
pub use line::AuditLine;
pub use origin::{Entrance, Origin};

/// The same columns on both databases; places are made differently.
macro_rules! insert {
    ($place:literal) => {
        concat!(
            "insert into audit (id, at, actor_kind, actor, behalf, basis, subject, practice, action, object_type,
                                object, outcome, entrance, network, request, form, key_id, seal, place)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, ",
            $place,
            ")"
        )
    };
}

/// SQLite has one writer: the next place is free, and everything below it is committed or gone.
const INSERT_SQLITE: &str = insert!(
    "1 + max(coalesce((select max(place) from audit), 0),
             coalesce((select high from audit_seal order by number desc limit 1), 0),
             coalesce((select high from audit_tombstone order by number desc limit 1), 0))"
);
/// PostgreSQL: the transaction's own number, below which everything has ended once no older one is under way.
const INSERT_POSTGRES: &str = insert!("(select ahead from audit_epoch) + pg_current_xact_id()::text::bigint");

impl Store {
    /// Adds a line to the audit trail, sealed over its fields.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit(&self, tx: &mut Tx, entry: AuditEntry<'_>) -> Result<(), Error> {
        let insert =
            whose(&entry).into_iter().fold(sql_each(INSERT_SQLITE, INSERT_POSTGRES), Statement::within);
        let line = AuditLine::of(entry).sealed_by(&self.vault);
        insert
            .bind(line.id)
            .bind(line.at)
            .bind(line.actor_kind)
            .bind(line.actor)
            .bind(line.behalf)
            .bind(line.basis)
            .bind(line.subject)
            .bind(line.practice)
            .bind(line.action)
            .bind(line.object_type)
            .bind(line.object)
            .bind(line.outcome)
            .bind(line.entrance)
            .bind(line.network)
            .bind(line.request)
            .bind(line.form)
            .bind(line.key_id)
            .bind(line.seal)
            .execute_later(tx)
            .await?;
        Ok(())
    }

    /// How many lines the trail has, for tests and the operator.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_lines(&self, tx: &mut Tx) -> Result<u32, Error> {
        let count = sql("select count(*) as lines from audit")
            .of_everybody(Job::Audit)
            .first(tx, |row| row.get("lines"))
            .await?;
        Ok(count.unwrap_or(0))
    }
}

/// In which scopes a line can be added: any of them will do.
fn whose<'a>(entry: &AuditEntry<'a>) -> Vec<Scope<'a>> {
    let practice = entry.practice.map(Scope::Practice);
    let scopes: Vec<_> = practice.into_iter().chain(entry.subject.map(Scope::Patient)).collect();
    if scopes.is_empty() { vec![Scope::Nobody] } else { scopes }
}
