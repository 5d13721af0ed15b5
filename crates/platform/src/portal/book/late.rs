//! Somebody whose session ended while they were writing: nothing that was typed is lost.

use agenda::Agb;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use jiff::Timestamp;
use store::{AccountId, AppointmentId, Choice, Store, Tx};

use super::address;
use crate::{
    app::App,
    auth::{cookie, session::LONGEST},
    portal::Problem,
};

/// What was being written.
pub(super) enum Draft {
    /// The reason for an appointment at this practice.
    Booking(Agb),
    /// The reason for this appointment at its new time.
    Moving(AppointmentId),
}

/// Keeps the text for the patient whose session it was, and leads to where to log in and go on with it; `elsewhere` where
/// there is nobody to keep it for, or nothing was begun.
///
/// A cookie that is known but too long unused may leave a text in the patient's own draft. It reads nothing, and the
/// patient sees the text before it is sent.
pub(super) async fn keep_or(
    elsewhere: Response,
    (app, jar): (&App, &CookieJar),
    draft: Option<Draft>,
    text: &str,
) -> Result<Response, Problem> {
    let (Some(draft), Some(cookie)) = (&draft, cookie::Name::Session.read(&app.config, jar)) else {
        return Ok(elsewhere);
    };
    let (store, cookie, now) = (&app.store, &cookie, app.world.now());
    let kept: Result<bool, store::Error> = store
        .tx("keep what was written too late", |mut tx| async move {
            let Some(session) = store.session(&mut tx, cookie).await? else { return Ok(false) };
            if now.duration_since(session.started_at) > LONGEST {
                return Ok(false);
            }
            draft.keep(store, &mut tx, session.account, text, now).await
        })
        .await;
    Ok(if kept? { Redirect::to(&address::after_login(&draft.page())).into_response() } else { elsewhere })
}

impl Draft {
    /// Whether it was begun by this patient, and holds the text now.
    async fn keep(
        &self,
        store: &Store,
        tx: &mut Tx,
        account: AccountId,
        text: &str,
        now: Timestamp,
    ) -> Result<bool, store::Error> {
        let Some(choice) = self.begun(store, tx, account).await? else { return Ok(false) };
        let choice = Choice { reason: Some(text.to_owned()), ..choice };
        match self {
            Self::Booking(practice) => store.save_draft(tx, account, practice, &choice, now).await?,
            Self::Moving(id) => store.save_reschedule_draft(tx, account, *id, &choice, now).await?,
        }
        Ok(true)
    }

    /// What this patient has chosen so far; none at a practice of which the patient is no member.
    async fn begun(
        &self,
        store: &Store,
        tx: &mut Tx,
        account: AccountId,
    ) -> Result<Option<Choice>, store::Error> {
        let draft = match self {
            Self::Booking(practice) if store.membership(tx, account, practice).await?.is_none() => None,
            Self::Booking(practice) => store.draft(tx, account, practice).await?,
            Self::Moving(id) => store.reschedule_draft(tx, account, *id).await?,
        };
        Ok(draft.map(|draft| draft.choice))
    }

    /// Where it is written.
    fn page(&self) -> String {
        match self {
            Self::Booking(practice) => address::reason(practice),
            Self::Moving(id) => address::moving_check(*id),
        }
    }
}
