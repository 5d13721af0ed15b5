//! One line of the audit trail per act, in the act's own transaction.

mod asking;
mod event;
pub(crate) mod retention;
pub(crate) mod sealer;
mod views;

use std::fmt::Display;

use agenda::Agb;
use jiff::Timestamp;
use store::{AccountId, Actor, AuditEntry, Session, Tx};

use crate::app::App;

pub(crate) use asking::{Why, around, asks, carried, has_line, is_first_of_many, refuses_a_stranger};
pub use event::audit_event;
pub(crate) use views::Views;

/// What an act leaves in the audit trail, but for its outcome.
#[derive(Debug, Clone)]
pub(crate) struct Audit<'a> {
    actor: &'a Actor,
    action: &'static str,
    subject: Option<AccountId>,
    practice: Option<&'a Agb>,
    object: Option<String>,
}

impl<'a> Audit<'a> {
    /// Who does what.
    pub(crate) fn of(actor: &'a Actor, action: &'static str) -> Self {
        Self { actor, action, subject: None, practice: None, object: None }
    }

    /// For whom: the patient whose data it is.
    pub(crate) fn subject(self, subject: impl Into<Option<AccountId>>) -> Self {
        Self { subject: subject.into(), ..self }
    }

    /// At which practice.
    pub(crate) fn practice(self, practice: &'a Agb) -> Self {
        Self { practice: Some(practice), ..self }
    }

    /// To what: an id, never a BSN.
    pub(crate) fn object(self, object: &dyn Display) -> Self {
        Self { object: Some(object.to_string()), ..self }
    }

    /// Writes the line, with how the act ended.
    pub(crate) async fn write(self, app: &App, tx: &mut Tx, outcome: &str) -> Result<(), store::Error> {
        self.write_again(app, tx, outcome).await
    }

    /// [`write`](Self::write), in a transaction that may run again.
    async fn write_again(&self, app: &App, tx: &mut Tx, outcome: &str) -> Result<(), store::Error> {
        let entry = AuditEntry {
            id: app.new_id(),
            at: app.world.now(),
            actor: self.actor,
            subject: self.subject,
            practice: self.practice,
            action: self.action,
            object: self.object.clone(),
            outcome,
            origin: asking::origin(),
        };
        app.store.audit(tx, entry).await?;
        has_line();
        Ok(())
    }

    /// Writes the line of a page that is about to be shown. What the same session looks at again within
    /// [some minutes](views::WINDOW) is one view: a page that fetches itself again is no news.
    ///
    /// # Errors
    /// When the database fails: then the page is not to be shown.
    pub(crate) async fn shown(self, app: &App, session: &Session) -> Result<(), store::Error> {
        self.noted_once(app, (session.account, session.started_at), "shown").await
    }

    /// [`shown`](Self::shown), to whoever has a secret of this patient that was made at this time.
    pub(crate) async fn fetched(
        self,
        app: &App,
        secret_of: (AccountId, Timestamp),
    ) -> Result<(), store::Error> {
        self.noted_once(app, secret_of, "fetched").await
    }

    async fn noted_once(
        self,
        app: &App,
        viewer: (AccountId, Timestamp),
        outcome: &str,
    ) -> Result<(), store::Error> {
        let (view, now) = (views::key(viewer, &self), app.world.now());
        if !app.views.is_new(&view, now) {
            // What was shown before has its line.
            has_line();
            return Ok(());
        }
        let line = &self;
        let written: Result<(), store::Error> = app
            .store
            .tx("note a view", |mut tx| async move { line.write_again(app, &mut tx, outcome).await })
            .await;
        written?;
        app.views.has_line(view, now);
        Ok(())
    }
}
