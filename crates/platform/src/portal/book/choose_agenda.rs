//! `/book/{agb}/agenda?type=`: with whom?

use agenda::Window;
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::{at_practice::AtPractice, offer, summary::Summary};
use crate::{
    app::App,
    portal::{Problem, answer::page, card::clock, shell::Shell},
    when,
    words::say,
};

#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    #[serde(rename = "type")]
    category: Option<String>,
    /// Whether the only agenda is shown too.
    all: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/book/agenda.html")]
struct AgendaPage {
    shell: Shell,
    summary: Summary,
    choices: Vec<AgendaChoice>,
}

struct AgendaChoice {
    name: String,
    link: String,
    /// "Eerste vrije tijd: dinsdag 12 mei, 09:10 uur".
    first_free: String,
}

/// Skipped where there is one agenda.
pub(super) async fn show(
    State(app): State<App>,
    at: AtPractice,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Problem> {
    let (zone, token) = (at.zone(), at.type_token(chosen.category.as_deref()));
    let window = Window::booking(app.world.now(), &zone);
    let Some((category, slots)) = offer::category_and_slots(&app, &at, &token, &window, None).await? else {
        return Ok(Redirect::to(&at.start()).into_response());
    };
    let agendas = agenda::agendas(&slots);
    if let ([only], None) = (&*agendas, &chosen.all) {
        let times = at.times(&category, &only.schedule);
        return Ok(Redirect::to(&times).into_response());
    }
    let language = at.reader.language();
    let choices = agendas
        .iter()
        .map(|agenda| AgendaChoice {
            name: agenda.name.to_string(),
            link: at.times(&category, &agenda.schedule),
            first_free: {
                let day = when::day(language, when::date(agenda.first_free, &zone));
                let time = clock(language, agenda.first_free, &zone);
                say(language, "book-first-free", &[("day", day.into()), ("time", time.into())])
            },
        })
        .collect();
    let shell = at.shell();
    Ok(page(StatusCode::OK, &AgendaPage { summary: Summary::of_type(&at, &category), shell, choices }))
}
