//! `/make-appointment/{agb}?type=`: where the link on a practice's own site leads.
//!
//! It leads on to booking there. A patient who has not added the practice is offered to do so first, and goes on from
//! there. It changes nothing by itself, and says of nobody that they are a patient there.

use agenda::{Agb, Coding};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use store::Practice;

use super::{address, at_practice, offer};
use crate::{
    app::App,
    auth::session,
    portal::{
        Problem, answer,
        reader::Reader,
        shell::{Here, Shell},
    },
    words::say,
};

/// What the practice's site asks for.
#[derive(Debug, Deserialize)]
pub(in crate::portal) struct Wanted {
    /// The type of appointment: its code, or `system|code`.
    #[serde(rename = "type")]
    category: Option<String>,
}

/// What a patient reads who has not added the practice.
#[derive(Template)]
#[template(path = "portal/book/link.html")]
struct LinkPage {
    shell: Shell,
    title: String,
    /// What the form says to go on with: the type, or nothing. `None` where nothing can be planned online.
    offer: Option<String>,
    agb: Agb,
}

#[derive(Template)]
#[template(path = "portal/book/link_unknown.html")]
struct UnknownPage {
    shell: Shell,
}

pub(super) async fn show(
    State(app): State<App>,
    reader: Reader,
    Path(agb): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Response> {
    let practice = find(&app, &agb).await.map_err(|error| Problem::from(error).into_response())?;
    let Some(practice) = practice else { return Ok(unknown(&reader)) };
    let own = at_practice::own_practices(&app, &reader).await;
    let own = own.map_err(|error| Problem::from(error).into_response())?;
    if !own.iter().any(|one| one.agb == practice.agb) {
        return Ok(not_added(&reader, &practice, wanted.category));
    }
    let here = to(&practice.agb, wanted.category.as_deref());
    if reader.patient.must_log_in_again(app.world.now()) {
        return Ok(session::to_login_for(&here));
    }
    let next = match &wanted.category {
        None => address::types(&practice.agb),
        Some(token) => of_type(&app, reader, &practice.agb, token).await?,
    };
    Ok(Redirect::to(&next).into_response())
}

/// The link itself.
pub(in crate::portal) fn to(practice: &Agb, category: Option<&str>) -> String {
    let link = format!("/make-appointment/{practice}");
    match category.filter(|category| !category.is_empty()) {
        Some(category) => format!("{link}?{}", address::query(&[("type", category)])),
        None => link,
    }
}

async fn find(app: &App, agb: &str) -> Result<Option<Practice>, store::Error> {
    let Ok(agb) = &agb.parse::<Agb>() else { return Ok(None) };
    app.store.read("a linked practice", |mut tx| async move { app.store.practice(&mut tx, agb).await }).await
}

/// The agendas of the type; all types when it is none that can be booked.
async fn of_type(app: &App, reader: Reader, agb: &Agb, token: &str) -> Result<String, Response> {
    let at = at_practice::of_patient(app, reader, Some(agb)).await?;
    let types = offer::types(app, &at).await.map_err(IntoResponse::into_response)?;
    let named = types.iter().find(|category| is_named(category, token));
    Ok(named.map_or_else(|| address::types(agb), |category| address::agendas(agb, category)))
}

/// A practice's site need not know the system of its codes.
fn is_named(category: &Coding, token: &str) -> bool {
    category.code == token || address::token(category) == token
}

fn not_added(reader: &Reader, practice: &Practice, category: Option<String>) -> Response {
    let shell = reader.shell(Here::Booking).at(practice);
    let is_online = practice.settings.xis_base_url.is_some();
    let title = if is_online {
        say(shell.language, "link-title", &[("practice", practice.name.as_str().into())])
    } else {
        shell.say("book-no-types-title")
    };
    let offer = is_online.then(|| category.unwrap_or_default());
    answer::page(StatusCode::OK, &LinkPage { shell, title, offer, agb: practice.agb.clone() })
}

fn unknown(reader: &Reader) -> Response {
    answer::page(StatusCode::NOT_FOUND, &UnknownPage { shell: reader.shell(Here::Booking) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_named_by_its_code_alone_or_with_its_system() {
        let category = Coding { system: "urn:types".to_owned(), code: "consult".to_owned(), display: None };
        assert!(is_named(&category, "consult") && is_named(&category, "urn:types|consult"));
        assert!(!is_named(&category, "urn:other|consult") && !is_named(&category, ""));
    }

    #[test]
    fn the_type_stands_escaped_in_the_link_and_only_where_there_is_one() {
        let practice = "01000001".parse().unwrap();
        assert_eq!(to(&practice, Some("a&b")), "/make-appointment/01000001?type=a%26b");
        assert_eq!([to(&practice, None), to(&practice, Some(""))], ["/make-appointment/01000001"; 2]);
    }
}
