//! `/preferences/calendar`: makes the address, shows it once, makes another, or takes it away.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use store::{Actor, CalendarFeed, Settings};
use uuid::Uuid;

use super::{PAGE, PATH};
use crate::{
    account::calendar_feed,
    app::App,
    audit::Audit,
    portal::{
        Problem, answer,
        filled::Filled,
        reader::Reader,
        shell::{Here, Shell},
    },
    when,
    words::say,
};

#[derive(Template)]
#[template(path = "portal/calendar_feed.html")]
struct FeedPage {
    shell: Shell,
    /// The address that there is, but for its secret.
    there: Option<There>,
    /// The same with its secret, right after it was made.
    made: Option<Made>,
    /// What has just been done.
    done: Option<&'static str>,
}

struct There {
    id: Uuid,
    since: String,
    fetched: String,
}

struct Made {
    address: String,
    /// By which a telephone opens its calendar.
    webcal: String,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Done {
    stopped: Option<String>,
    /// A form was sent again, and changed nothing.
    again: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    /// The address that the patient saw when sending the form.
    knows: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    reader: Reader,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let actor = &Actor::Patient(reader.id());
    let line = Audit::of(actor, "preferences view").subject(reader.id()).object(&"calendar");
    line.shown(&app, &reader.patient.session).await?;
    let done = match done {
        Done { stopped: Some(_), .. } => Some("feed-stopped"),
        Done { again: Some(_), .. } => Some("feed-again"),
        Done { .. } => None,
    };
    page(&app, &reader, None, done).await
}

/// The address is on the page that answers, and on no other. A form that is sent again makes none.
pub(super) async fn renew(
    State(app): State<App>,
    reader: Reader,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Problem> {
    let knows = sent.knows.and_then(|id| id.parse().ok());
    let Some(secret) = calendar_feed::renew(&app, reader.id(), knows).await? else {
        return Ok(Redirect::to(&format!("{PAGE}?again=1")).into_response());
    };
    let address = app.config.address(&format!("{PATH}{}.ics", secret.expose_secret()));
    let webcal = address.split_once("://").map_or_else(String::new, |(_, rest)| format!("webcal://{rest}"));
    page(&app, &reader, Some(Made { address, webcal }), None).await
}

pub(super) async fn stop(State(app): State<App>, reader: Reader) -> Result<Response, Problem> {
    calendar_feed::end(&app, reader.id()).await?;
    Ok(Redirect::to(&format!("{PAGE}?stopped=1")).into_response())
}

async fn page(
    app: &App,
    reader: &Reader,
    made: Option<Made>,
    done: Option<&'static str>,
) -> Result<Response, Problem> {
    let (store, account) = (&app.store, reader.id());
    let there: Result<_, store::Error> = store
        .read("a calendar feed", |mut tx| async move { store.calendar_feed(&mut tx, account).await })
        .await;
    let shell = reader.shell(Here::Preferences);
    let there = there?.map(|feed| There::of(&feed, &shell));
    Ok(answer::page(StatusCode::OK, &FeedPage { there, made, done, shell }))
}

impl There {
    fn of(feed: &CalendarFeed, shell: &Shell) -> Self {
        let (language, zone) = (shell.language, Settings::default().zone());
        let since = when::date_in_full(language, feed.made_at, &zone);
        let fetched = feed.fetched_at.map(|at| when::date_and_time(language, at, &zone));
        Self {
            id: feed.id,
            since: say(language, "feed-since", &[("date", since.into())]),
            fetched: fetched.map_or_else(
                || shell.say("feed-not-fetched"),
                |at| say(language, "feed-fetched", &[("at", at.into())]),
            ),
        }
    }
}
