//! One line of the audit trail per act, in the act's own transaction.

use std::fmt::Display;

use agenda::Agb;
use store::{AccountId, Actor, AuditEntry, Tx};

use crate::app::App;

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
        let entry = AuditEntry {
            id: app.new_id(),
            at: app.world.now(),
            actor: self.actor,
            subject: self.subject,
            practice: self.practice,
            action: self.action,
            object: self.object,
            outcome,
        };
        app.store.audit(tx, entry).await
    }
}
