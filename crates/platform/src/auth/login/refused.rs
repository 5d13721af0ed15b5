use oauth::LoginRefused;
use store::Actor;

use crate::{app::App, audit::Audit, portal::Problem};

/// Why nobody was logged in.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotLoggedIn {
    #[error("what the browser brings back cannot be read")]
    Unreadable,
    #[error("this browser began no such login, or it came back before")]
    NotBegun,
    #[error(transparent)]
    Refused(#[from] LoginRefused),
    #[error("the ID token has no usable BSN")]
    NoBsn,
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl NotLoggedIn {
    /// Leaves its line in the audit trail. Nobody is named: who it was is what is not believed.
    pub(super) async fn write(&self, app: &App) -> Result<(), store::Error> {
        let outcome = self.outcome();
        app.store
            .tx("refuse a login", |mut tx| async move {
                Audit::of(&Actor::Unknown, "login").write(app, &mut tx, outcome).await
            })
            .await
    }

    fn outcome(&self) -> &'static str {
        match self {
            Self::Unreadable => "refused: unreadable answer",
            Self::NotBegun => "refused: not begun in this browser",
            Self::NoBsn => "refused: no usable BSN",
            Self::Store(_) => "failed: database",
            Self::Refused(refused) => refused.outcome(),
        }
    }
}

impl From<NotLoggedIn> for Problem {
    fn from(refused: NotLoggedIn) -> Self {
        match refused {
            NotLoggedIn::Unreadable | NotLoggedIn::NotBegun => Self::login_lost(),
            NotLoggedIn::Refused(refused) => Self::login_refused(&refused),
            NotLoggedIn::NoBsn => Self::login_without_bsn(),
            NotLoggedIn::Store(error) => error.into(),
        }
    }
}
