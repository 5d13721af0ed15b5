//! The platform's tables: every query takes its practice or its patient.
//!
//! Owns what is kept and how: practices and their [`Settings`], XIS clients, accounts, sessions, drafts,
//! appointments, notices and the audit trail. Seals what must not be read from the disk. Decides nothing about
//! appointments: that is `agenda`.
//!
//! Acts open a transaction with [`Store::tx`] and call the queries in it; an act's audit row stands in the same
//! transaction as the act.

mod accounts;
mod appointments;
mod audit;
mod calendar_editions;
mod clients;
mod deliveries;
mod drafts;
mod error;
mod facts;
mod ids;
mod invitations;
mod logins;
mod memberships;
mod messages;
mod notices;
mod parked;
mod practices;
mod preferences;
mod pulse;
mod receipts;
mod sessions;
mod settings;
mod sightings;
mod subscriptions;

#[cfg(test)]
mod upgrade;

use std::sync::Arc;

pub use accounts::{Account, Language, NewAccount};
pub use appointments::{DueReminder, News, Replaces, SlotChoice, Stored, Ties};
pub use audit::{Actor, AuditEntry};
pub use calendar_editions::CalendarEdition;
pub use clients::Client;
pub use db::{Db, Error as DatabaseError, Keys, Listener, Tx, Vault};
pub use deliveries::{Delivery, DeliveryOutcome, Route, Sending, SendingStanding};
pub use drafts::{Choice, Draft};
pub use error::Error;
pub use ids::{AccountId, AppointmentId, InvitationId, MessageId};
pub use invitations::{Contact, Invitation, NewInvitation};
pub use logins::PendingLogin;
pub use memberships::Membership;
pub use messages::{Attachment, AttachmentLabel, Message, NewMessage, Recipient, Words};
pub use notices::Notice;
pub use parked::ParkedResponse;
pub use practices::Practice;
pub use preferences::Preferences;
pub use pulse::Pulse;
pub use sessions::{Session, SessionTokens};
pub use settings::{Settings, SettingsError};
pub use subscriptions::{Device, Renewed, Subscribed, Subscription};

use db::Migration;

const MIGRATIONS: &[Migration] = &[
    Migration { version: 1, name: "outbox", sql: outbox::TABLE },
    Migration { version: 2, name: "main", sql: include_str!("migrations/0001_main.sql") },
    Migration { version: 3, name: "notices", sql: include_str!("migrations/0002_notices.sql") },
    Migration { version: 4, name: "push", sql: include_str!("migrations/0003_push.sql") },
    Migration { version: 5, name: "messages", sql: include_str!("migrations/0004_messages.sql") },
    Migration { version: 6, name: "calendar", sql: include_str!("migrations/0005_calendar.sql") },
    Migration { version: 10, name: "topics", sql: outbox::TOPICS },
    Migration { version: 12, name: "owners", sql: outbox::OWNERS },
    Migration { version: 11, name: "reschedule", sql: include_str!("migrations/0007_reschedule.sql") },
    Migration { version: 13, name: "guessed", sql: include_str!("migrations/0008_guessed.sql") },
    Migration { version: 14, name: "pulse", sql: include_str!("migrations/0009_pulse.sql") },
];

/// The PostgreSQL schema of these tables.
pub const SCHEMA: &str = "balie_platform";

/// The tables and the key to what is sealed in them. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    db: Db,
    vault: Arc<Vault>,
}

impl Store {
    /// The tables in `db`, which [`migrate`](Self::migrate) has made.
    #[must_use]
    pub fn new(db: Db, vault: Arc<Vault>) -> Self {
        Self { db, vault }
    }

    /// The database underneath.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Makes the tables, or brings them up to date.
    ///
    /// # Errors
    /// When a step fails; it leaves nothing behind.
    pub async fn migrate(&self) -> Result<(), Error> {
        self.db.migrate(MIGRATIONS).await?;
        self.tx("finish a migration", |mut tx| async move { self.fill_unsubscribe(&mut tx).await }).await
    }

    /// Whether the tables can be read.
    ///
    /// # Errors
    /// When they cannot.
    pub async fn probe(&self, tx: &mut Tx) -> Result<(), Error> {
        db::sql("select 1 as one from practice limit 1").first(tx, |row| row.get::<i64>("one")).await?;
        Ok(())
    }

    /// Runs `work` in one transaction, see [`Db::tx`].
    ///
    /// # Errors
    /// What `work` returned, or why nothing was stored.
    pub async fn tx<T, E, Working>(&self, name: &'static str, work: impl Fn(Tx) -> Working) -> Result<T, E>
    where
        Working: Future<Output = Result<T, E>>,
        E: From<db::Error>,
    {
        self.db.tx(name, work).await
    }

    /// Runs `work` on one unchanging view, see [`Db::read`].
    ///
    /// # Errors
    /// What `work` returned, or why the database could not be read.
    pub async fn read<T, E, Working>(&self, name: &'static str, work: impl Fn(Tx) -> Working) -> Result<T, E>
    where
        Working: Future<Output = Result<T, E>>,
        E: From<db::Error>,
    {
        self.db.read(name, work).await
    }
}
