//! `/preferences/address`: the mail address, and the code that proves it. The address is never in an address here.
//!
//! At the first login the patient is asked on the way to where they were going: `to` carries that, and can be
//! reached without an answer.

mod ask;
mod code;

use axum::routing::{get, post};
use url::form_urlencoded::Serializer;

use crate::{auth::login::local_path, routes::Routes};

const ASK: &str = "/preferences/address";
const CODE: &str = "/preferences/address/code";

pub(super) fn router() -> Routes {
    Routes::new()
        .route(ASK, get(ask::show).post(ask::send))
        .route(CODE, get(code::show).post(code::send))
        .route("/preferences/address/code/again", post(code::again))
}

/// Where a patient is asked who logs in for the first time and was going to `to`.
pub(crate) fn asked_at_first(to: &str) -> String {
    with(ASK, &[("to", Some(to))])
}

/// The page with these values in its query, as far as there are any.
fn with(page: &str, values: &[(&str, Option<&str>)]) -> String {
    let mut query = Serializer::new(String::new());
    for (name, value) in values {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    let query = query.finish();
    if query.is_empty() { page.to_owned() } else { format!("{page}?{query}") }
}

/// Where the patient was going, when this is asked on the way: a path here.
fn on_the_way(to: Option<&str>) -> Option<String> {
    to.filter(|to| !to.is_empty()).map(|to| local_path(Some(to)))
}
