//! Whose rows a statement may touch: a wall behind the queries, for the day on which one of them forgets its tenant.
//!
//! A scope is one word, such as `practice:01000001`, or a few with a space between. Which words there are, and which of
//! them are a row's, the party says whose tables these are, by a [`Fence`] for each table. PostgreSQL then shows a statement
//! no other row, and takes none from it. On both databases a statement that names a fenced table and no scope is refused.

use std::{cell::RefCell, collections::HashSet, ptr};

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    Error, Statement,
    tx::{Connection, Open},
};

/// A table whose rows belong to somebody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fence {
    /// Its name.
    pub table: &'static str,
    /// Words: in a scope with one of them every row is there.
    pub everything: &'static [&'static str],
    /// SQL over a row, each a word or null: in a scope with that word the row is there.
    pub words: &'static [&'static str],
    /// SQL over a row: true where it is there since a row of another fenced table is.
    pub through: Option<&'static str>,
}

/// The scope in which the owner of the tables changes what is in them.
pub const MIGRATION: &str = "migration";

impl Open {
    /// Puts in force what a statement needs: its scope, and the lock that was asked for before it.
    ///
    /// Both go on the statement's own trip to the database, and a scope that is in force already is not set again.
    pub(crate) async fn prepare(&mut self, statement: &Statement) -> Result<(), Error> {
        if statement.scopes.is_empty() {
            permit_unscoped(self.fences, statement.text(&self.connection))?;
        }
        let is_in_force = |scope: &String| self.scope.as_ref() == Some(scope);
        let wanted = match statement.scopes.first() {
            Some(first) if !statement.scopes.iter().any(is_in_force) => Some(first.clone()),
            _ => None,
        };
        self.take_lock(wanted).await
    }

    /// Takes the lock that waits to be taken, with a change of scope where one is wanted.
    pub(crate) async fn take_lock(&mut self, scope: Option<String>) -> Result<(), Error> {
        let lock = self.lock.take();
        let Connection::Postgres(transaction) = &mut self.connection else { return Ok(()) };
        if let Err(error) = transaction.enter(scope.as_deref(), lock.as_deref()).await {
            return Err(self.note(error));
        }
        if scope.is_some() {
            self.scope = scope;
        }
        Ok(())
    }
}

thread_local! {
    /// Which statements name no fenced table, by where their text is: it is the program's own, and read once.
    static FENCELESS: RefCell<HashSet<(*const [Fence], *const str)>> = RefCell::default();
}

/// A statement that says no scope names no fenced table either.
fn permit_unscoped(fences: &'static [Fence], text: &'static str) -> Result<(), Error> {
    let read = (ptr::from_ref(fences), ptr::from_ref(text));
    FENCELESS.with_borrow_mut(|fenceless| {
        if !fenceless.contains(&read) {
            if let Some(table) = touched(fences, text) {
                return Err(Error::Unscoped { table });
            }
            fenceless.insert(read);
        }
        Ok(())
    })
}

/// The first fenced table whose name is among the words of a statement.
fn touched(fences: &'static [Fence], text: &str) -> Option<&'static str> {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.find_map(|word| fences.iter().map(|fence| fence.table).find(|table| *table == word))
}

/// The statements that put a fence up, or put it up anew.
pub(crate) fn raising(fence: &Fence) -> String {
    let Fence { table, words, .. } = fence;
    let everything = fence.everything.iter().map(|word| format!("'{word}'"));
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).chain(everything).collect();
    let through = fence.through.map(|through| format!(" or {through}")).unwrap_or_default();
    let scope = "current_setting('balie.scope', true)";
    let is_there = format!("array[{}]::text[] && string_to_array({scope}, ' '){through}", words.join(", "));
    let is_owners = format!("{scope} = '{MIGRATION}'");
    format!(
        "alter table {table} enable row level security;
         alter table {table} force row level security;
         drop policy if exists scope on {table};
         create policy scope on {table} using ({is_there}) with check ({is_there});
         drop policy if exists owner on {table};
         create policy owner on {table} to current_user using ({is_owners}) with check ({is_owners});\n"
    )
}

/// By which one sees whether fences stand as planned.
pub(crate) fn mark(plan: &str) -> String {
    let digest = digest(&SHA256, plan.as_bytes());
    format!("fences {}", STANDARD.encode(digest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FENCES: &[Fence] = &[
        Fence { table: "pet", everything: &[], words: &["'owner:' || owner"], through: None },
        Fence { table: "toy", everything: &[], words: &[], through: Some("true") },
    ];

    #[test]
    fn a_fenced_table_is_seen_wherever_it_stands() {
        for text in [
            "select * from pet",
            "select * from shop, pet",
            "insert into pet(name) values ($1)",
            "select 1 from shop join\npet on true",
            "delete from shop where name in (select name from pet)",
            "update pet set name = $1",
        ] {
            assert_eq!(touched(FENCES, text), Some("pet"), "{text}");
        }
        for text in ["select * from shop", "select pets, pet_name from shop"] {
            assert_eq!(touched(FENCES, text), None, "{text}");
        }
        assert_eq!(touched(&[], "select * from pet"), None);
    }
}
