//! `POST /preferences/try/mail`: a mail that the patient asks for, to see that mail arrives.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use outbox::{Entry, Standing};
use store::{AccountId, Actor, Tx};

use crate::{
    app::App,
    audit::Audit,
    notices::trial::{self, Asked},
    portal::{Problem, reader::Reader, shell::Shell},
    when,
    words::say,
};

/// So long the page says what became of it.
const SAID_FOR: SignedDuration = SignedDuration::from_hours(1);

/// What became of the last trial, in words.
#[derive(Debug)]
pub(super) struct Tried {
    pub(super) said: String,
    /// Whether the mail server does not take it.
    pub(super) is_stuck: bool,
}

pub(super) async fn mail(State(app): State<App>, reader: Reader) -> Result<Response, Problem> {
    let (patient, now) = (&reader.patient.account, app.world.now());
    let asked: Result<Asked, store::Error> = app
        .store
        .tx("try mail", |mut tx| {
            let app = &app;
            async move {
                let asked = trial::ask(app, &mut tx, patient, now).await?;
                Audit::of(&Actor::Patient(patient.id), "trial mail")
                    .subject(patient.id)
                    .write(app, &mut tx, asked.word())
                    .await?;
                Ok(asked)
            }
        })
        .await;
    Ok(Redirect::to(match asked? {
        Asked::OnItsWay => "/preferences#try",
        Asked::TooSoon => "/preferences?soon=1#try",
        Asked::NoAddress => "/preferences",
    })
    .into_response())
}

/// The last trial, if the patient may still wonder about it.
pub(super) async fn last(
    tx: &mut Tx,
    account: AccountId,
    now: Timestamp,
) -> Result<Option<Entry>, store::Error> {
    let last = trial::last(tx, account).await?;
    Ok(last.filter(|entry| now.duration_since(entry.created_at) < SAID_FOR))
}

impl Tried {
    pub(super) fn of(address: &str, entry: &Entry, shell: &Shell) -> Self {
        let key = match (entry.standing, entry.attempts) {
            (Standing::Done, _) => "preferences-tried-sent",
            (Standing::Waiting, 0) => "preferences-tried-waiting",
            (Standing::Waiting, _) => "preferences-tried-again",
            (Standing::Dead, _) => "preferences-tried-failed",
        };
        let zone = TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC);
        let at = when::time(shell.language, entry.ended_at.unwrap_or(entry.created_at), &zone);
        let values = [("address", address.to_owned().into()), ("at", at.into())];
        let is_stuck = entry.standing != Standing::Done && entry.attempts > 0;
        Self { said: say(shell.language, key, &values), is_stuck }
    }
}
