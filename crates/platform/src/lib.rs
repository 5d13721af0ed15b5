//! The service between patients and practices: the portal, the API that a XIS calls, and what it calls there.
//!
//! One act is one file under `booking`; pages are under `portal`, what a XIS calls under `fhir_api`, what we call
//! at a XIS under `xis_client`, what a practice writes under `messages`, what a patient is told under `notices`. A
//! handler that needs a patient or a practice takes it as an extractor from `auth`: that argument is the permission.
//!
//! Leaves to others: the rules (`agenda`), the wire (`fhir`), tokens (`oauth`), tables (`store`), the queue
//! (`outbox`), and which addresses and secrets to use (the program that calls [`Platform::open`]).

mod app;
mod audit;
mod auth;
mod booking;
mod config;
mod fhir_api;
mod health;
mod messages;
mod notices;
mod portal;
mod router;
mod when;
mod words;
mod xis_client;

use std::sync::Arc;

use axum::Router;
use store::Store;
use tokio_util::sync::CancellationToken;
use world::World;

use crate::app::App;
pub use crate::config::{Config, Login, Mail, Notices, Push, SmtpSecurity};
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
        store.migrate().await?;
        Ok(Self { app: App::new(config, store, world, None)? })
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
        store.migrate().await?;
        Ok(Self { app: App::new(config, store, world, Some(carrier))? })
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
