//! `balie demo`: `serve` and `xis` with a generated configuration, and what only the demo has: an identity
//! provider in which anyone may choose who to be, and a mail catcher. Nothing under `/dev` exists outside it.

mod banner;
mod files;
pub(crate) mod idp;
pub(crate) mod mailbox;
mod people;
mod providers;
mod seed;
mod together;

pub(crate) use together::run;

use axum::http::header::CONTENT_TYPE;

/// The look of the demo's own pages.
const STYLE: &str = include_str!("style.css");

/// The stylesheet as an answer.
async fn style() -> impl axum::response::IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)
}
