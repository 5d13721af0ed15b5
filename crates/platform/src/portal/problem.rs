use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use store::Practice;

use super::{
    answer::page,
    book::own_practices,
    reader::Reader,
    shell::{Face, Shell},
    spoken,
};
use crate::{app::App, booking::request::NotAsked, limits::TooMany, xis_client::Trouble};

/// A page that cannot be shown, as the patient reads it. What went wrong is logged where it becomes one.
#[derive(Debug, Clone)]
pub(crate) enum Problem {
    /// There is nothing here, or nothing of this patient.
    NoSuchPage,
    /// The form did not come from a page of ours.
    ForeignForm,
    /// The form's fields cannot be read.
    UnreadableForm,
    /// More was written or sent than any form takes.
    TooLarge,
    /// The login provider cannot be reached.
    LoginUnavailable,
    /// The login was begun in another browser, or too long ago.
    LoginLost,
    /// The login provider or the patient said no.
    LoginRefused(StatusCode),
    /// The login provider is not sure enough who it is.
    LoginTooWeak,
    /// The login says not which patient it is.
    LoginWithoutBsn,
    /// The practice's system is down (C17).
    PracticeDown(Box<Face>),
    /// It is, and a request was about to be sent to it; with the page to try again from.
    NotSent(Box<Face>, String),
    /// Too much was asked in a short time (D15).
    TooMany(TooMany),
    /// Something of ours is broken.
    Broken,
}

impl Problem {
    /// The login provider cannot be asked.
    pub(crate) fn login_unavailable(error: &oauth::IssuerUnavailable) -> Self {
        tracing::error!(%error, "nobody can log in");
        Self::LoginUnavailable
    }

    /// The browser came back from a login that is not known.
    pub(crate) fn login_lost() -> Self {
        Self::LoginLost
    }

    /// The login did not end well.
    pub(crate) fn login_refused(refused: &oauth::LoginRefused) -> Self {
        if matches!(refused, oauth::LoginRefused::Assurance) {
            tracing::info!(%refused, "a login was not strong enough");
            return Self::LoginTooWeak;
        }
        let status = refused.status();
        if status.is_server_error() {
            tracing::error!(%refused, "a login failed");
        } else {
            tracing::info!(%refused, "a login was not finished");
        }
        match status {
            StatusCode::SERVICE_UNAVAILABLE => Self::LoginUnavailable,
            status => Self::LoginRefused(status),
        }
    }

    /// The login provider gave no usable BSN.
    pub(crate) fn login_without_bsn() -> Self {
        tracing::error!("the login provider's ID token has no usable BSN: see login.bsn_claim");
        Self::LoginWithoutBsn
    }

    /// The practice's system gave no usable answer (C17).
    pub(super) fn practice_down(practice: &Practice, trouble: &Trouble) -> Self {
        tracing::warn!(practice = %practice.agb, %trouble, "a patient was told that online planning is not possible");
        Self::PracticeDown(Box::new(Face::of(practice)))
    }

    /// Nothing was sent to the practice, whose system is in trouble (C17).
    pub(super) fn not_sent(practice: &Practice, again: String) -> Self {
        tracing::info!(practice = %practice.agb, "a patient was told that nothing can be sent to the practice now");
        Self::NotSent(Box::new(Face::of(practice)), again)
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NoSuchPage => StatusCode::NOT_FOUND,
            Self::ForeignForm | Self::LoginTooWeak | Self::LoginWithoutBsn => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnreadableForm | Self::LoginLost => StatusCode::BAD_REQUEST,
            Self::LoginRefused(status) => *status,
            Self::LoginUnavailable | Self::PracticeDown(_) | Self::NotSent(..) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What the page says: a title and what to do.
    fn texts(&self, shell: &Shell) -> [String; 2] {
        let [title, advice] = match self {
            Self::NoSuchPage => ["problem-no-page", "problem-no-page-advice"],
            Self::ForeignForm => ["problem-foreign-form", "problem-foreign-form-advice"],
            Self::UnreadableForm => ["problem-unreadable-form", "problem-unreadable-form-advice"],
            Self::TooLarge => ["problem-too-large", "problem-too-large-advice"],
            Self::LoginUnavailable => ["problem-login-unavailable", "problem-login-unavailable-advice"],
            Self::LoginLost => ["problem-login-lost", "problem-login-lost-advice"],
            Self::LoginRefused(_) => ["problem-login-refused", "problem-login-refused-advice"],
            Self::LoginTooWeak => ["problem-login-too-weak", "problem-login-too-weak-advice"],
            Self::LoginWithoutBsn => ["problem-login-without-bsn", "problem-login-without-bsn-advice"],
            Self::PracticeDown(_) => ["problem-practice-down", "problem-practice-down-advice"],
            Self::NotSent(..) => ["problem-practice-down", "problem-not-sent-advice"],
            Self::TooMany(_) => ["problem-too-many", "problem-too-many-advice"],
            Self::Broken => ["problem-broken", "problem-broken-advice"],
        };
        [shell.say(title), shell.say(advice)]
    }

    /// The practice that it is about, or else the one that the page was to be about.
    fn practice(&self) -> Option<Face> {
        match self {
            Self::PracticeDown(face) | Self::NotSent(face, _) => Some((**face).clone()),
            _ => spoken::reading().practice,
        }
    }

    /// The page to try again from, where that may help.
    fn again(&self, shell: &Shell) -> Option<String> {
        match self {
            Self::NotSent(_, again) => Some(again.clone()),
            // What a form was sent to is no page to come back to, and what a login came back to works once.
            Self::PracticeDown(_) | Self::TooMany(_) | Self::Broken => {
                Some(shell.place.clone()).filter(|place| place != "/" && !place.starts_with("/login"))
            }
            _ => None,
        }
    }

    /// Whether a patient who needs help now may be kept from it.
    fn is_in_the_way(&self) -> bool {
        self.status().is_server_error() || matches!(self, Self::TooMany(_))
    }

    fn is_about_login(&self) -> bool {
        matches!(self, Self::LoginUnavailable | Self::LoginLost | Self::LoginRefused(_) | Self::LoginTooWeak)
    }
}

#[derive(Template)]
#[template(path = "portal/problem.html")]
struct ProblemPage {
    shell: Shell,
    title: String,
    advice: String,
    offers_login: bool,
    again: Option<String>,
    /// Whether it says what to do when it cannot wait.
    says_urgent: bool,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut shell = Shell::of(spoken::reading());
        let [title, advice] = self.texts(&shell);
        shell.practice = self.practice();
        let again = self.again(&shell);
        if self.is_about_login() || matches!(self, Self::LoginWithoutBsn) {
            // What the provider sent back with the browser works once.
            shell.place = "/".to_owned();
        }
        let status = self.status();
        let (offers_login, says_urgent) = (self.is_about_login(), self.is_in_the_way());
        let view = ProblemPage { shell, title, advice, offers_login, again, says_urgent };
        let mut response = page(status, &view);
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
        }
        if let Self::TooMany(too_many) = self {
            too_many.note(response.headers_mut());
        }
        response
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        tracing::error!(%error, "a page could not be made");
        Self::Broken
    }
}

impl From<store::DatabaseError> for Problem {
    fn from(error: store::DatabaseError) -> Self {
        store::Error::from(error).into()
    }
}

impl From<NotAsked> for Problem {
    fn from(error: NotAsked) -> Self {
        tracing::error!(%error, "an appointment could not be asked for");
        Self::Broken
    }
}

/// Where nothing is. A patient of one practice reads how to call it.
pub(super) async fn no_such_page(State(app): State<App>, reader: Option<Reader>) -> Problem {
    let Some(reader) = reader else { return Problem::NoSuchPage };
    match own_practices(&app, &reader).await {
        Ok(own) => {
            if let [only] = &own[..] {
                spoken::about(Face::of(only));
            }
            Problem::NoSuchPage
        }
        Err(error) => error.into(),
    }
}
