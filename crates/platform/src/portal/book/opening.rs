//! The page before online planning at a practice opens.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use jiff::Timestamp;
use store::Practice;

use crate::{
    portal::{
        answer,
        reader::Reader,
        shell::{Here, Shell},
        times_said,
    },
    when,
    words::say,
};

#[derive(Template)]
#[template(path = "portal/book/not_open.html")]
struct NotOpenPage {
    shell: Shell,
    /// "U kunt hier online een afspraak maken vanaf ...".
    opens: String,
    times_said: String,
}

/// What a patient reads until this practice's online planning opens; `None` from then on.
pub(super) fn not_yet(reader: &Reader, practice: &Practice, now: Timestamp) -> Option<Response> {
    let (opens_at, zone) = (practice.settings.opens_at()?, practice.settings.zone());
    if now >= opens_at {
        return None;
    }
    let shell = reader.shell(Here::Booking).at(practice);
    let moment = when::date_and_time(shell.language, opens_at, &zone);
    let opens = say(shell.language, "opening-from", &[("moment", moment.into())]);
    let times_said = times_said(&shell, Some(&zone));
    Some(answer::page(StatusCode::OK, &NotOpenPage { shell, opens, times_said }))
}
