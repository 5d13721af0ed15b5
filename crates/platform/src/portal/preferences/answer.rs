//! `/preferences/{question}`: one question, and its answer.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use jiff::Timestamp;
use store::{Account, Actor, Tx};

use super::{
    choices::Choice,
    question::{Answer, Question, Sent},
};
use crate::{
    app::App,
    audit::Audit,
    auth::cookie,
    booking::change::lock_patient,
    notices,
    portal::{
        Problem, answer,
        filled::Filled,
        reader::Reader,
        shell::{Here, Shell},
    },
};

#[derive(Template)]
#[template(path = "portal/preferences/question.html")]
struct QuestionPage {
    shell: Shell,
    question: Question,
    choices: Vec<Choice>,
}

pub(super) async fn ask(
    State(app): State<App>,
    reader: Reader,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let question: Question = name.parse().map_err(|()| Problem::NoSuchPage)?;
    let choices = question.choices(&reader.patient.account, app.world.now());
    let view = QuestionPage { shell: reader.shell(Here::Preferences), question, choices };
    Ok(answer::page(StatusCode::OK, &view))
}

pub(super) async fn keep(
    State(app): State<App>,
    reader: Reader,
    jar: CookieJar,
    Path(name): Path<String>,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Problem> {
    let question: Question = name.parse().map_err(|()| Problem::NoSuchPage)?;
    let (patient, now) = (&reader.patient.account, app.world.now());
    let answer = question.answer(&sent, patient.preferences).ok_or(Problem::UnreadableForm)?;
    let sent = &sent;
    let kept: Result<(), store::Error> = app
        .store
        .tx("keep a preference", |mut tx| {
            let app = &app;
            async move {
                lock_patient(&mut tx, patient.id).await?;
                // As it is now: another device, or a mail's link, may have been faster.
                let patient = app.store.account(&mut tx, patient.id).await?;
                let patient = &patient.ok_or(store::Error::Missing("the account of this session"))?;
                let answer = question.answer(sent, patient.preferences).unwrap_or(answer);
                store_answer(app, &mut tx, patient, answer, now).await?;
                Audit::of(&Actor::Patient(patient.id), "preferences")
                    .subject(patient.id)
                    .object(&question.name())
                    .write(app, &mut tx, "kept")
                    .await
            }
        })
        .await;
    kept?;
    let jar = match answer {
        Answer::Language(language) => jar.add(cookie::Name::Language.with(&app.config, language.to_string())),
        Answer::Preferences(_) => jar,
    };
    Ok((jar, Redirect::to("/preferences?kept=1")).into_response())
}

async fn store_answer(
    app: &App,
    tx: &mut Tx,
    patient: &Account,
    answer: Answer,
    now: Timestamp,
) -> Result<(), store::Error> {
    match answer {
        Answer::Language(language) => app.store.set_language(tx, patient.id, language).await,
        Answer::Preferences(after) => {
            app.store.save_preferences(tx, patient.id, &after).await?;
            if after.remind_minutes != patient.preferences.remind_minutes {
                notices::reminder::replan(app, tx, patient.id, now).await?;
            }
            Ok(())
        }
    }
}
