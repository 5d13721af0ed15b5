use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use store::{Actor, Practice, Stored};

use crate::{
    account::{
        delete::{self, Deleted},
        leave::is_ahead,
    },
    app::App,
    audit::Audit,
    auth::cookie,
    portal::{
        Problem, answer,
        card::Card,
        reader::Reader,
        shell::{Here, Shell},
        spoken,
    },
    words::say,
};

#[derive(Template)]
#[template(path = "portal/my_data/delete.html")]
struct DeletePage {
    shell: Shell,
    /// The visits that stay in a practice's agenda.
    ahead: Vec<Card>,
    /// For how many years the law keeps what it keeps.
    kept: String,
    /// Whether it was tried, while a practice's answer is awaited.
    is_awaiting: bool,
}

#[derive(Template)]
#[template(path = "portal/my_data/deleted.html")]
struct DeletedPage {
    shell: Shell,
    kept: String,
}

/// The interruption: what goes, what stays, and how to turn back. Looking at it ends nothing.
pub(super) async fn ask(State(app): State<App>, reader: Reader) -> Result<Response, Problem> {
    page(&app, &reader, StatusCode::OK, false).await
}

/// Ends the account, and with it this session.
pub(super) async fn delete(
    State(app): State<App>,
    reader: Reader,
    jar: CookieJar,
) -> Result<Response, Problem> {
    match delete::delete(&app, &reader.patient.account).await? {
        Deleted::AnswerAwaited => page(&app, &reader, StatusCode::CONFLICT, true).await,
        Deleted::Gone => {
            let mut shell = Shell::of(spoken::reading());
            (shell.news, shell.lasting, shell.place) = (None, None, "/".to_owned());
            let view = DeletedPage { kept: kept(&app, &shell), shell };
            let jar = jar.remove(cookie::Name::Session.removed(&app.config));
            Ok((jar, answer::page(StatusCode::OK, &view)).into_response())
        }
    }
}

async fn page(
    app: &App,
    reader: &Reader,
    status: StatusCode,
    is_awaiting: bool,
) -> Result<Response, Problem> {
    let (store, account, now) = (&app.store, reader.id(), app.world.now());
    let visits: Result<Vec<(Stored, Option<Practice>)>, store::Error> = store
        .read("visits ahead", |mut tx| async move {
            let mut ahead = Vec::new();
            for visit in store.appointments_of(&mut tx, account).await? {
                if is_ahead(&visit, now) {
                    let practice = store.practice(&mut tx, &visit.practice).await?;
                    ahead.push((visit, practice));
                }
            }
            Ok(ahead)
        })
        .await;
    let visits = visits?;
    let viewer = &Actor::Patient(account);
    let line = Audit::of(viewer, "appointment list").subject(account);
    line.shown(app, &reader.patient.session).await?;
    let card = |(visit, practice): &(Stored, Option<Practice>)| {
        Card::of(visit, practice.as_ref(), reader.language(), now)
    };
    let shell = reader.shell(Here::Elsewhere);
    let ahead = visits.iter().rev().filter_map(card).collect();
    Ok(answer::page(status, &DeletePage { kept: kept(app, &shell), shell, ahead, is_awaiting }))
}

fn kept(app: &App, shell: &Shell) -> String {
    let years = i64::from(app.config.audit.keep_years);
    say(shell.language, "my-data-kept-log", &[("years", years.into())])
}
