use agenda::Agb;
use jiff::Timestamp;
use uuid::Uuid;

use super::Origin;
use crate::AccountId;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A patient who is logged in.
    Patient(AccountId),
    /// A practice's system, by its client id.
    Xis(String),
    /// Somebody at the command line, by account name.
    Operator(String),
    /// The platform itself, by the job that acts.
    Platform(&'static str),
    /// Somebody who did not say who.
    Unknown,
}

/// One line of the audit trail: who did what, for whom, and how it ended.
#[derive(Debug, Clone)]
pub struct AuditEntry<'a> {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who acts.
    pub actor: &'a Actor,
    /// For whom: the patient whose data it is.
    pub subject: Option<AccountId>,
    /// At which practice.
    pub practice: Option<&'a Agb>,
    /// What was done, in a word or three, such as `appointment update`: one of [`Action`](super::Action)'s names.
    pub action: &'a str,
    /// To what: an id, never a BSN.
    pub object: Option<String>,
    /// How it ended, such as `modified`, `refused: unknown patient` or `failed: database`.
    pub outcome: &'a str,
    /// Where it came from.
    pub origin: Origin,
}

impl AuditEntry<'_> {
    /// Whether the act was not permitted, or did not come about.
    pub(super) fn came_to_nothing(&self) -> bool {
        ["refused", "failed"].iter().any(|word| self.outcome.starts_with(word))
    }
}

impl Actor {
    /// The role, and who in it.
    pub(super) fn words(&self) -> (&'static str, String) {
        match self {
            Self::Patient(account) => ("patient", account.to_string()),
            Self::Xis(client) => ("xis", client.clone()),
            Self::Operator(name) => ("operator", name.clone()),
            Self::Platform(job) => ("platform", (*job).to_owned()),
            Self::Unknown => ("unknown", String::new()),
        }
    }

    /// For whom somebody acts who does not act on his own behalf.
    pub(super) fn behalf(&self, entry: &AuditEntry<'_>) -> Option<&'static str> {
        match self {
            Self::Xis(_) => entry.practice.map(|_| "practice"),
            Self::Platform(_) => entry.subject.map(|_| "patient"),
            Self::Patient(_) | Self::Operator(_) | Self::Unknown => None,
        }
    }

    /// What permits the act. Who is not known and may act all the same has shown a secret that came by a link.
    pub(super) fn basis(&self, came_to_nothing: bool) -> &'static str {
        match self {
            Self::Patient(_) => "session",
            Self::Xis(_) => "token",
            Self::Operator(_) => "command",
            Self::Platform(_) => "duty",
            Self::Unknown if came_to_nothing => "none",
            Self::Unknown => "link",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_not_known_and_gets_nothing_was_permitted_nothing() {
        let of = |outcome| {
            let entry = AuditEntry {
                id: Uuid::nil(),
                at: Timestamp::UNIX_EPOCH,
                actor: &Actor::Unknown,
                subject: None,
                practice: None,
                action: "login",
                object: None,
                outcome,
                origin: Origin::default(),
            };
            Actor::Unknown.basis(entry.came_to_nothing())
        };
        assert_eq!(["refused: too late", "failed: provider", "stopped"].map(of), ["none", "none", "link"]);
    }
}
