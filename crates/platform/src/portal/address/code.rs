//! `/preferences/address/code`: the code that came by mail.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;
use store::AddressCheck;

use super::{ASK, CODE, on_the_way, with};
use crate::{
    account::{self, Given, Proof},
    app::App,
    portal::{
        Problem, answer,
        filled::Filled,
        language,
        reader::Reader,
        shell::{Here, Shell},
    },
};

/// The form, so that the choice of a language can be sent with it and loses nothing.
const FORM: &str = "code-form";

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    to: Option<String>,
    /// What became of what was sent before: the end of the key of its words.
    said: Option<String>,
}

/// What the form sends. `Debug` would show the code.
#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    code: String,
    to: Option<String>,
    /// The reader chose a language meanwhile.
    language: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/address/code.html")]
struct CodePage {
    shell: Shell,
    address: String,
    written: String,
    /// What is wrong: the key of its words.
    problem: Option<&'static str>,
    /// Whether another code was sent.
    is_sent_again: bool,
    /// Where the patient was going.
    to: Option<String>,
    /// The page for another address.
    elsewhere: String,
}

pub(super) async fn show(
    State(app): State<App>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    page(&app, &reader, &asked, String::new()).await
}

/// The question, with what was written; the one before it where no code is on its way.
async fn page(app: &App, reader: &Reader, asked: &Asked, written: String) -> Result<Response, Problem> {
    let (store, id) = (&app.store, reader.id());
    let check: Result<Option<AddressCheck>, store::Error> = store
        .read("an address to prove", |mut tx| async move { store.address_check(&mut tx, id).await })
        .await;
    let to = on_the_way(asked.to.as_deref());
    let Some(check) = check?.filter(|check| !check.is_closed()) else {
        return Ok(Redirect::to(&with(ASK, &[("to", to.as_deref())])).into_response());
    };
    let said = asked.said.as_deref();
    let problem = match said {
        Some("many") => Some("address-too-many"),
        Some("soon") => Some("address-too-soon"),
        _ if !account::is_open(&check, app.world.now()) => Some("address-code-over"),
        Some("wrong") => Some("address-code-wrong"),
        _ => None,
    };
    let view = CodePage {
        shell: Shell { keeps: Some(FORM), ..reader.shell(Here::Preferences) },
        written,
        address: check.address,
        problem,
        is_sent_again: said == Some("again"),
        elsewhere: with(ASK, &[("to", to.as_deref())]),
        to,
    };
    Ok(answer::page(StatusCode::OK, &view))
}

pub(super) async fn send(
    State(app): State<App>,
    mut reader: Reader,
    jar: CookieJar,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Problem> {
    if let Some(jar) = language::switch(&app, &mut reader, jar, sent.language.as_deref()).await? {
        let asked = Asked { to: sent.to, said: None };
        return Ok((jar, page(&app, &reader, &asked, sent.code).await?).into_response());
    }
    let to = on_the_way(sent.to.as_deref());
    Ok(match account::prove(&app, reader.id(), &sent.code).await? {
        Proof::Proved => on(to.as_deref()),
        Proof::Wrong => back(to.as_deref(), "wrong"),
        Proof::Over => back(to.as_deref(), "over"),
        // Sent twice, or proved on another device.
        Proof::Nothing if reader.patient.account.mail.is_some() => on(to.as_deref()),
        Proof::Nothing => Redirect::to(&with(ASK, &[("to", to.as_deref())])).into_response(),
    })
}

pub(super) async fn again(
    State(app): State<App>,
    reader: Reader,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Problem> {
    let to = on_the_way(sent.to.as_deref());
    Ok(back(
        to.as_deref(),
        match account::again(&app, reader.id()).await? {
            Given::TooSoon | Given::TooSoonAfter => "soon",
            Given::TooMany => "many",
            Given::CodeOnItsWay | Given::Unchanged | Given::Nothing => "again",
        },
    ))
}

fn on(to: Option<&str>) -> Response {
    Redirect::to(to.unwrap_or("/preferences?kept=1")).into_response()
}

fn back(to: Option<&str>, said: &str) -> Response {
    Redirect::to(&with(CODE, &[("said", Some(said)), ("to", to)])).into_response()
}
