//! `POST /language`: the reader chooses a language, on any page.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;
use store::{AccountId, Language};

use super::{Problem, filled::Filled, reader::Reader, spoken};
use crate::{
    app::App,
    auth::{cookie, login::local_path, session::Patient},
    words,
};

#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    language: String,
    /// The page where it was chosen.
    to: Option<String>,
}

/// Keeps the choice, for the patient on every device, and goes back to the page.
pub(super) async fn choose(
    State(app): State<App>,
    patient: Option<Patient>,
    jar: CookieJar,
    Filled(chosen): Filled<Chosen>,
) -> Result<Response, Problem> {
    let language = words::language(&chosen.language).ok_or(Problem::UnreadableForm)?;
    if let Some(patient) = patient {
        keep(&app, patient.account.id, language).await?;
    }
    let jar = jar.add(cookie::Name::Language.with(&app.config, language.to_string()));
    Ok((jar, Redirect::to(&local_path(chosen.to.as_deref()))).into_response())
}

/// The language that was chosen while a form was being filled in, and was sent with it, so that nothing typed is lost: from
/// here on this reader reads it. The answer is to set the cookie; `None` where none was chosen.
pub(super) async fn switch(
    app: &App,
    reader: &mut Reader,
    jar: CookieJar,
    code: Option<&str>,
) -> Result<Option<CookieJar>, Problem> {
    let Some(chosen) = code.and_then(words::language) else { return Ok(None) };
    keep(app, reader.id(), chosen).await?;
    reader.patient.account.language = chosen;
    spoken::patient_reads(chosen);
    Ok(Some(jar.add(cookie::Name::Language.with(&app.config, chosen.to_string()))))
}

/// Remembers the language for everything that this patient reads, mails too.
async fn keep(app: &App, account: AccountId, language: Language) -> Result<(), Problem> {
    app.store
        .tx(
            "choose a language",
            |mut tx| async move { app.store.set_language(&mut tx, account, language).await },
        )
        .await
        .map_err(|error: store::Error| error.into())
}
