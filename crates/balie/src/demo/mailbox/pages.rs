use askama::Template;
use axum::{
    Json, Router,
    extract::{Path, State},
    http::{HeaderName, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing,
};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{Mailbox, mail::Mail};

/// The page and the mails as JSON, below `/dev/mailbox`.
pub(crate) fn router(mailbox: Mailbox) -> Router {
    Router::new()
        .route("/dev/mailbox", routing::get(page))
        .route("/dev/mailbox.json", routing::get(json))
        .route("/dev/mailbox/style.css", routing::get(super::super::style))
        .route("/dev/mailbox/{part}", routing::get(part))
        .with_state(mailbox)
}

/// Our own page: nothing inline, nothing from elsewhere, frames from here alone.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'none'; \
                           base-uri 'none'; frame-ancestors 'none'";
/// A mail's HTML: shown with its own inline style as mail readers do, and no script, no request, no origin.
/// A link opens in a new window, which is not boxed in.
const MAIL_POLICY: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; \
                           style-src 'unsafe-inline'; img-src data:; form-action 'none'; \
                           frame-ancestors 'self'";

#[derive(Template)]
#[template(path = "demo/mailbox.html")]
struct Page {
    mails: Vec<Shown>,
}

struct Shown {
    number: u64,
    subject: String,
    to: String,
    at: Timestamp,
    /// In Dutch time.
    time: String,
    text: String,
    has_html: bool,
}

/// A mail as tests read it.
#[derive(Serialize)]
struct Plain {
    to: String,
    subject: String,
    text: String,
    html: Option<String>,
    at: Timestamp,
}

async fn page(State(mailbox): State<Mailbox>) -> Response {
    let zone = TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC);
    let mails = mailbox.newest_first().iter().map(|mail| shown(mail, &zone)).collect();
    match (Page { mails }).render() {
        Ok(body) => guarded(PAGE_POLICY, Html(body)),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn shown(mail: &Mail, zone: &TimeZone) -> Shown {
    Shown {
        number: mail.number,
        subject: mail.subject.clone(),
        to: mail.to.clone(),
        at: mail.at,
        time: mail.at.to_zoned(zone.clone()).strftime("%d-%m-%Y %H:%M:%S").to_string(),
        text: mail.text.clone(),
        has_html: mail.html.is_some(),
    }
}

async fn json(State(mailbox): State<Mailbox>) -> Json<Vec<Plain>> {
    let plain = |mail: &Mail| Plain {
        to: mail.to.clone(),
        subject: mail.subject.clone(),
        text: mail.text.clone(),
        html: mail.html.clone(),
        at: mail.at,
    };
    Json(mailbox.newest_first().iter().map(|mail| plain(mail)).collect())
}

/// `7.html`: the HTML of mail 7; `7.eml`: the mail as it came.
async fn part(State(mailbox): State<Mailbox>, Path(part): Path<String>) -> Response {
    let found = part.split_once('.').and_then(|(number, kind)| {
        let mail = mailbox.find(number.parse().ok()?)?;
        match kind {
            "html" => Some(guarded(MAIL_POLICY, Html(with_links_that_open_apart(mail.html.as_deref()?)))),
            "eml" => Some(source(&mail)),
            _ => None,
        }
    });
    found.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

fn source(mail: &Mail) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
    ];
    (headers, mail.raw.clone()).into_response()
}

/// In its frame a link would lead nowhere.
fn with_links_that_open_apart(html: &str) -> String {
    html.replacen("<head>", "<head><base target=\"_blank\">", 1)
}

fn guarded(policy: &'static str, body: Html<String>) -> Response {
    let headers: [(HeaderName, &str); 4] = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, body).into_response()
}
