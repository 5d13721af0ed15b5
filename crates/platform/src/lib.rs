//! The service between patients and practices: the portal, the API that a XIS calls, and what it calls there.
//!
//! One act is one file under `booking`; pages are under `portal`, what a XIS calls under `fhir_api`, what we call
//! at a XIS under `xis_client`, what a practice writes under `messages`, what a patient is told under `notices`. A
//! handler that needs a patient or a practice takes it as an extractor from `auth`: that argument is the permission.
//!
//! Leaves to others: the rules (`agenda`), the wire (`fhir`), tokens (`oauth`), tables (`store`), the queue
//! (`outbox`), and which addresses and secrets to use (the program that calls [`Platform::open`]).

mod account;
mod app;
mod audit;
mod auth;
mod booking;
mod config;
mod fhir_api;
mod health;
mod limits;
mod messages;
mod notices;
mod portal;
mod router;
mod routes;
#[cfg(any(test, feature = "fuzz"))]
pub mod untrusted;
mod when;
mod words;
mod xis_client;

use std::sync::Arc;

use axum::Router;
use store::{Head, Store};
use tokio_util::sync::CancellationToken;
use world::World;

use crate::app::App;
pub use crate::audit::audit_event;
pub use crate::config::{
    Assurance, AuditTrail, Config, Login, Mail, Notices, Push, SmtpSecurity, TrustedIssuer,
};
pub use crate::limits::Limits;
pub use crate::notices::push::{NotAVapidKey, VapidKey};
pub use crate::notices::{Envelope, MailCarrier, MailError};

/// The platform, ready to serve.
#[derive(Debug, Clone)]
pub struct Platform {
    app: App,
}

impl Platform {
    /// Brings the tables up to date and sets everything up; calls nobody yet.
    ///
    /// # Errors
    /// When the tables cannot be made, or the configuration does not work.
    pub async fn open(config: Config, store: Store, world: World) -> Result<Self, OpenError> {
        Self::opened(config, store, world, None).await
    }

    /// As [`open`](Self::open), with mail that goes by this carrier in place of SMTP.
    ///
    /// # Errors
    /// When the tables cannot be made, or the configuration does not work.
    pub async fn open_with_mail(
        config: Config,
        store: Store,
        world: World,
        carrier: Arc<dyn MailCarrier>,
    ) -> Result<Self, OpenError> {
        Self::opened(config, store, world, Some(carrier)).await
    }

    async fn opened(
        config: Config,
        store: Store,
        world: World,
        carrier: Option<Arc<dyn MailCarrier>>,
    ) -> Result<Self, OpenError> {
        store.migrate().await?;
        limits::check_certified_clients(&config, &store).await?;
        Ok(Self { app: App::new(config, store, world, carrier)? })
    }

    /// Every path of the platform, as its router has it: `/appointments/{id}`.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        router::routes(&self.app).paths()
    }

    /// Every URL of the platform.
    pub fn router(&self) -> Router {
        router::router(self.app.clone())
    }

    /// Does what happens without a request (notices, reconciling, sweeping) until `stop`; then ends what would never end
    /// by itself: the streams of open pages.
    pub async fn run(&self, stop: CancellationToken) {
        let outbox = app::outbox_runner(&self.app).run(stop.clone());
        let reminders = notices::reminder::run(&self.app, stop.clone());
        let streams = async {
            stop.cancelled().await;
            self.app.streams.close();
        };
        tokio::join!(
            outbox,
            reminders,
            streams,
            booking::sweep::run(&self.app, stop.clone()),
            audit::sealer::run(&self.app, stop.clone()),
            audit::retention::run(&self.app, stop.clone()),
            xis_client::probe::run(&self.app, stop.clone())
        );
    }

    /// Delivers everything that is due now, once; for tests that turn the clock themselves.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drain(&self) -> Result<usize, store::Error> {
        notices::reminder::remind(&self.app).await?;
        Ok(app::outbox_runner(&self.app).drain().await?)
    }

    /// Chains what the audit trail has more than before, once; for tests that turn the clock themselves.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seal_audit(&self) -> Result<Option<Head>, store::Error> {
        Ok(audit::sealer::seal(&self.app).await?.head)
    }
}

/// Why the platform cannot start.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The tables cannot be made.
    #[error(transparent)]
    Database(#[from] store::Error),
    /// An address in the configuration cannot be used.
    #[error("{key} cannot be used: {reason}")]
    Config {
        /// The key in the configuration.
        key: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}
