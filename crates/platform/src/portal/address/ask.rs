//! `/preferences/address`: where may we mail to?

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;

use super::{CODE, on_the_way, with};
use crate::{
    account::{self, Given, MailAddress},
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
const FORM: &str = "address-form";

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    to: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    address: String,
    to: Option<String>,
    /// The reader chose a language meanwhile.
    language: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/address/ask.html")]
struct AskPage {
    shell: Shell,
    written: String,
    /// What is wrong with it: the key of its words.
    problem: Option<&'static str>,
    /// Where the patient was going.
    to: Option<String>,
    has_address: bool,
}

pub(super) async fn show(reader: Reader, Query(asked): Query<Asked>) -> Response {
    page(&reader, String::new(), None, asked.to.as_deref())
}

pub(super) async fn send(
    State(app): State<App>,
    mut reader: Reader,
    jar: CookieJar,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Problem> {
    if let Some(jar) = language::switch(&app, &mut reader, jar, sent.language.as_deref()).await? {
        return Ok((jar, page(&reader, sent.address, None, sent.to.as_deref())).into_response());
    }
    let Ok(address) = sent.address.parse::<MailAddress>() else {
        return Ok(page(&reader, sent.address, Some("address-wrong"), sent.to.as_deref()));
    };
    let to = on_the_way(sent.to.as_deref());
    Ok(match account::give(&app, reader.id(), &address).await? {
        // The code that is there still counts: the page says where it went.
        Given::CodeOnItsWay | Given::TooSoon => {
            Redirect::to(&with(CODE, &[("to", to.as_deref())])).into_response()
        }
        Given::Unchanged | Given::Nothing => {
            Redirect::to(to.as_deref().unwrap_or("/preferences?kept=1")).into_response()
        }
        Given::TooSoonAfter => page(&reader, sent.address, Some("address-too-soon"), to.as_deref()),
        Given::TooMany => page(&reader, sent.address, Some("address-too-many"), to.as_deref()),
    })
}

fn page(reader: &Reader, written: String, problem: Option<&'static str>, to: Option<&str>) -> Response {
    let view = AskPage {
        shell: Shell { keeps: Some(FORM), ..reader.shell(Here::Preferences) },
        written,
        problem,
        to: on_the_way(to),
        has_address: reader.patient.account.mail.is_some(),
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    answer::page(status, &view)
}
