//! `/book/{agb}/agenda?type=`: with whom?

use agenda::Window;
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use serde::Deserialize;

use super::{at_practice::AtPractice, offer, summary::Summary};
use crate::{
    app::App,
    portal::{Problem, answer::page, shell::Shell},
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
    let first_free = |moment: Timestamp| {
        let day = when::day(language, when::date(moment, &zone));
        let time = when::clock(language, moment, &zone);
        say(language, "book-first-free", &[("day", day.into()), ("time", time.into())])
    };
    // The agendas stand in the order in which they are free: what is first there is the first of all.
    let anyone = agendas.first().filter(|_| agendas.len() > 1).map(|first| AgendaChoice {
        name: say(language, "book-anyone", &[]),
        link: at.times_of_anyone(&category),
        first_free: first_free(first.first_free),
    });
    let each = agendas.iter().map(|agenda| AgendaChoice {
        name: agenda.name.to_string(),
        link: at.times(&category, &agenda.schedule),
        first_free: first_free(agenda.first_free),
    });
    let choices = anyone.into_iter().chain(each).collect();
    let shell = at.shell();
    Ok(page(StatusCode::OK, &AgendaPage { summary: Summary::of_type(&at, &category), shell, choices }))
}
