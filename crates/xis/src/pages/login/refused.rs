use oauth::LoginRefused;

use super::visit;
use crate::{
    audit::{self, Actor},
    locales::Language,
    pages::PageProblem,
    service::Service,
};

/// Why nobody was logged in.
#[derive(Debug)]
pub(super) enum NotLoggedIn {
    /// What the browser brings back cannot be read.
    Unreadable,
    /// This browser began no login.
    NotBegun,
    /// The provider did not say yes, or what it said is not believed.
    Refused(LoginRefused),
    /// Who it is works for no practice that is served here.
    NoPractice(String),
    /// The database failed.
    Failed(db::Error),
}

impl NotLoggedIn {
    /// Leaves its line in the audit trail, which names only whom the provider has vouched for.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn write(&self, service: &Service) -> Result<(), db::Error> {
        let actor = match self {
            Self::NoPractice(practitioner) => Actor::Practitioner(practitioner.clone()),
            _ => Actor::Unknown,
        };
        let (act, outcome) = (&visit(service, actor), self.outcome());
        service
            .db
            .tx("refuse a login", |mut tx| async move {
                audit::record(&mut tx, &service.vault, act, None, ("login", "session", outcome)).await
            })
            .await
    }

    /// What the browser is shown instead.
    pub(super) fn problem(self, language: Language) -> PageProblem {
        match self {
            Self::Unreadable | Self::NotBegun => PageProblem::LoginLost(language),
            Self::Refused(refused) => PageProblem::login_refused(language, &refused),
            Self::NoPractice(_) => PageProblem::NoPractice(language),
            Self::Failed(error) => PageProblem::failed(language, &error),
        }
    }

    fn outcome(&self) -> &'static str {
        match self {
            Self::Unreadable => "refused: unreadable answer",
            Self::NotBegun => "refused: not begun in this browser",
            Self::NoPractice(_) => "refused: no practice here",
            Self::Failed(_) => "failed: database",
            Self::Refused(refused) => refused.outcome(),
        }
    }
}

impl From<LoginRefused> for NotLoggedIn {
    fn from(refused: LoginRefused) -> Self {
        Self::Refused(refused)
    }
}

impl From<db::Error> for NotLoggedIn {
    fn from(error: db::Error) -> Self {
        Self::Failed(error)
    }
}
