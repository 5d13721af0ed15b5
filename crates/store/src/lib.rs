//! The platform's tables: every query takes its practice or its patient.
//!
//! Owns what is kept and how: practices and their [`Settings`], XIS clients, accounts, sessions, drafts,
//! appointments, notices and the audit trail. Seals what must not be read from the disk. Decides nothing about
//! appointments: that is `agenda`.
//!
//! Acts open a transaction with [`Store::tx`] and call the queries in it; an act's audit row stands in the same
//! transaction as the act.

mod accounts;
mod addresses;
mod appointments;
mod audit;
mod calendar_editions;
mod calendar_feeds;
mod clients;
mod deliveries;
mod drafts;
mod error;
mod facts;
mod forget;
mod ids;
mod invitations;
mod language;
mod logins;
mod memberships;
mod messages;
mod my_data;
mod notices;
mod parked;
mod practices;
mod preferences;
mod pulse;
mod receipts;
mod rotation;
mod sessions;
mod settings;
mod sightings;
mod subscriptions;
mod wall;

#[cfg(test)]
mod upgrade;

use std::sync::Arc;

pub use accounts::{Account, NewAccount};
pub use addresses::{AddressCheck, FormerAddress};
pub use appointments::{DueReminder, News, Replaces, SlotChoice, Stored, Ties};
pub use audit::{
    Access, Action, Actor, AuditCheck, AuditCounts, AuditEntry, AuditFault, AuditFilter, AuditLine,
    AuditSpot, Batch, Entrance, Head, Origin,
};
pub use calendar_editions::CalendarEdition;
pub use calendar_feeds::CalendarFeed;
pub use clients::Client;
pub use db::{AuditKeys, Db, Error as DatabaseError, Keys, KeysUnusable, Listener, Power, Role, Tx, Vault};
pub use deliveries::{Delivery, DeliveryOutcome, Route, Sending, SendingStanding};
pub use drafts::{Choice, Draft};
pub use error::Error;
pub use ids::{AccountId, AppointmentId, InvitationId, MessageId};
pub use invitations::{Contact, Invitation, NewInvitation};
pub use language::{Language, LanguageCode};
pub use logins::PendingLogin;
pub use memberships::{Membership, Whom};
pub use messages::{Attachment, AttachmentLabel, Message, NewMessage, Recipient, Words};
pub use my_data::{LoggedIn, Told};
pub use notices::Notice;
pub use parked::ParkedResponse;
pub use practices::{Logo, LogoUnusable, Practice};
pub use preferences::Preferences;
pub use pulse::Pulse;
pub use receipts::Fingerprint;
pub use rotation::{Bite, KeyHolder, Moment, Needed, Place};
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
    Migration { version: 15, name: "addresses", sql: include_str!("migrations/0010_addresses.sql") },
    Migration { version: 16, name: "client keys", sql: include_str!("migrations/0011_client_keys.sql") },
    Migration { version: 17, name: "audit", sql: include_str!("migrations/0012_audit.sql") },
    Migration { version: 18, name: "keys", sql: include_str!("migrations/0013_keys.sql") },
    Migration { version: 19, name: "calendar feed", sql: include_str!("migrations/0014_calendar_feed.sql") },
    Migration {
        version: 20,
        name: "practice search",
        sql: include_str!("migrations/0015_practice_search.sql"),
    },
    Migration { version: 21, name: "indexes", sql: include_str!("migrations/0016_indexes.sql") },
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
        Self { db: db.behind(wall::WALL), vault }
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
        if self.db.is_ours().await? {
            self.finish().await?;
        }
        self.tx("go on ahead", |mut tx| async move { self.go_on_ahead(&mut tx).await }).await
    }

    /// What SQL alone cannot bring up to date.
    async fn finish(&self) -> Result<(), Error> {
        self.tx("finish a migration", |mut tx| async move {
            self.guard_audit(&mut tx).await?;
            self.fill_unsubscribe(&mut tx).await?;
            self.fill_sought(&mut tx).await?;
            self.fill_token_hashes(&mut tx).await
        })
        .await
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

    /// See [`Db::tx_owned`].
    ///
    /// # Errors
    /// What `work` returned, or why nothing was stored.
    pub async fn tx_owned<T, E, Working>(
        &self,
        name: &'static str,
        work: impl Fn(Tx) -> Working + Send + 'static,
    ) -> Result<T, E>
    where
        Working: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<db::Error> + Send + 'static,
    {
        self.db.tx_owned(name, work).await
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
