use std::time::Duration;

use axum::response::sse::Event;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{AccountId, Language, Listener, Pulse};

use super::streams::Place;
use crate::{app::App, auth::session::Patient, words::say};

/// How long to wait for a signal before looking all the same: a replica that was killed tells nobody.
const LOOK_ANYWAY: Duration = Duration::from_secs(60);
/// After so long the browser has to ask again.
const AT_MOST: SignedDuration = SignedDuration::from_hours(1);
/// Browsers that lost their stream come back after between three seconds and eight, not all at once.
const BACK_AFTER: Duration = Duration::from_secs(3);
const SPREAD_MILLISECONDS: u128 = 5_000;

/// A page that listens: what it was told last, and what it waits for.
pub(super) struct Listening {
    app: App,
    cookie: String,
    account: AccountId,
    /// When to look at the session: it may be over.
    session_due: Timestamp,
    /// When this ends, whatever happens.
    ends: Timestamp,
    signal: Listener,
    told: Option<Pulse>,
    place: Place,
}

/// What comes of a wait.
enum Turn {
    Look,
    /// Another page of this patient took the place.
    GiveWay,
    /// The process stops, or it has been long enough.
    Stop,
}

/// What comes of a look.
enum Seen {
    Nothing,
    News(Pulse, Language),
    SessionOver,
}

impl Listening {
    pub(super) fn new(app: App, cookie: String, patient: &Patient, place: Place) -> Self {
        let account = patient.account.id;
        // Before the first look, so that nothing is missed.
        let signal = app.store.listen_about_patient(account);
        let (session_due, ends) = (patient.ends_at(), app.world.now() + AT_MOST);
        Self { app, cookie, account, session_due, ends, signal, told: None, place }
    }

    /// The next event, and who waits for the one after it; nobody after the last.
    pub(super) async fn next(mut self) -> Option<(Event, Option<Self>)> {
        let mut turn = if self.told.is_none() { Turn::Look } else { self.wait().await };
        loop {
            match turn {
                Turn::Stop => return None,
                Turn::GiveWay => return Some((Event::default().event("enough").data("{}"), None)),
                Turn::Look => match self.look().await {
                    Seen::SessionOver => return Some((Event::default().event("ended").data("{}"), None)),
                    Seen::News(pulse, language) => {
                        let event = self.event(&pulse, language);
                        self.told = Some(pulse);
                        return Some((event, Some(self)));
                    }
                    Seen::Nothing => turn = self.wait().await,
                },
            }
        }
    }

    async fn wait(&mut self) -> Turn {
        let (now, clock, closing) = (self.app.world.now(), &self.app.world.clock, self.app.streams.closing());
        if now >= self.ends {
            return Turn::Stop;
        }
        let rest = self.ends.min(self.session_due).duration_since(now).max(SignedDuration::ZERO);
        tokio::select! {
            biased;
            () = closing.cancelled() => Turn::Stop,
            () = self.place.taken.cancelled() => Turn::GiveWay,
            () = clock.sleep(rest.unsigned_abs()) => Turn::Look,
            () = self.signal.wait(LOOK_ANYWAY) => Turn::Look,
        }
    }

    /// A database that fails is no reason to end: it will be looked at again, a while later.
    async fn look(&mut self) -> Seen {
        match self.read().await {
            Ok(seen) => seen,
            Err(error) => {
                tracing::warn!(%error, "an open page gets no news");
                self.session_due = self.app.world.now() + LOOK_ANYWAY;
                Seen::Nothing
            }
        }
    }

    async fn read(&mut self) -> Result<Seen, store::Error> {
        let Some(patient) = Patient::behind(&self.app, &self.cookie).await? else {
            return Ok(Seen::SessionOver);
        };
        self.session_due = patient.ends_at();
        let (store, account) = (&self.app.store, self.account);
        let pulse = store.read("pulse", |mut tx| async move { store.pulse(&mut tx, account).await }).await?;
        let is_news = self.told.as_ref() != Some(&pulse);
        Ok(if is_news { Seen::News(pulse, patient.account.language) } else { Seen::Nothing })
    }

    fn event(&self, pulse: &Pulse, language: Language) -> Event {
        let (unseen, unread) = (pulse.unseen, pulse.unread);
        let data = json!({
            "mark": pulse.mark,
            "unseen": unseen,
            "count": say(language, "shell-count", &[("news", unseen.into())]),
            "unread": unread,
            "unreadCount": say(language, "shell-messages-count", &[("unread", unread.into())]),
        });
        let event = Event::default().event("changed").data(data.to_string());
        if self.told.is_some() { event } else { event.retry(self.back_after()) }
    }

    fn back_after(&self) -> Duration {
        let spread = self.app.new_id().as_u128() % SPREAD_MILLISECONDS;
        BACK_AFTER + Duration::from_millis(u64::try_from(spread).unwrap_or_default())
    }
}
