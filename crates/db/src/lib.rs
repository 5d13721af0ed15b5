//! Two databases, one SQL: embedded SQLite and PostgreSQL behind [`Db`], [`Tx`] and [`sql`].
//!
//! Owns connections, transactions, migrations, the few words in which the two dialects differ, and how a value
//! that must not be read from the disk is stored ([`Vault`]). Knows no table: those belong to `outbox`, `store`
//! and `xis`. It is the only crate that depends on a driver.
//!
//! The one SQL text uses `$1` parameters, `on conflict`, `returning`; times are `bigint` microseconds since
//! 1970 (UTC), truth values `bigint` 0 or 1, ids and JSON `text`, sealed values `bytea`.
//!
//! ```
//! # async fn example() -> Result<(), db::Error> {
//! use db::{Db, sql};
//!
//! # let folder = tempfile::tempdir().unwrap();
//! # let url = format!("sqlite:{}/pets.db", folder.path().display());
//! let db = Db::connect(&url, "example").await?;
//! db.migrate(&[db::Migration { version: 1, name: "pets", sql: "create table pet (name text primary key)" }]).await?;
//! db.tx("name a pet", |mut tx| async move {
//!     sql("insert into pet values ($1)").bind("Wodan").execute(&mut tx).await
//! })
//! .await?;
//! let names: Vec<String> = db
//!     .read("pets", |mut tx| async move { sql("select name from pet").all(&mut tx, |row| row.get("name")).await })
//!     .await?;
//! assert_eq!(names, ["Wodan"]);
//! # Ok(()) }
//! # tokio::runtime::Runtime::new().unwrap().block_on(example()).unwrap();
//! ```

mod audit_keys;
mod connect;
mod error;
mod migrate;
mod outgoing;
mod owned;
mod postgres;
mod presence;
mod role;
mod row;
mod scope;
mod signal;
mod sqlite;
mod statement;
mod tx;
mod vault;

pub use audit_keys::AuditKeys;
pub use connect::Db;
pub use error::Error;
pub use migrate::Migration;
pub use postgres::Refusal;
pub use role::{Power, Role};
pub use row::{Column, Row};
pub use scope::{Fence, MIGRATION};
pub use signal::Listener;
pub use statement::{Statement, Value, sql, sql_each};
pub use tx::Tx;
pub use vault::{Keys, KeysUnusable, TOKEN_HASH, Unsealable, Vault, token_hash};
