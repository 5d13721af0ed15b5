use std::collections::BTreeMap;

use askama::Template;
use aws_lc_rs::digest::{SHA256, digest};
use axum::{
    extract::Path,
    http::header::{CACHE_CONTROL, CONTENT_LANGUAGE},
    response::{Html, IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;
use store::Language;

use crate::{
    portal::{Problem, statics},
    words::{self, languages, say},
};

/// What the page loads.
const FILES: [&str; 3] = ["look.css", "offline.js", "icon.svg"];

/// What a reader sees without a connection. It knows nothing of whoever reads.
#[derive(Template)]
#[template(path = "portal/offline.html")]
struct OfflinePage {
    here: Spoken,
    /// Below, in short, for whoever else holds the phone.
    others: Vec<Spoken>,
}

/// The page's words in one language.
struct Spoken {
    language: Language,
}

impl Spoken {
    fn say(&self, key: &str) -> String {
        say(self.language, key, &[])
    }
}

impl OfflinePage {
    fn of(language: Language) -> Self {
        let others = languages().filter(|other| *other != language);
        Self { here: Spoken { language }, others: others.map(|language| Spoken { language }).collect() }
    }

    fn file(&self, name: &str) -> String {
        statics::address(name)
    }

    fn written(&self) -> Result<String, Problem> {
        self.render().map_err(|error| {
            tracing::error!(%error, "the page for no connection could not be written");
            Problem::Broken
        })
    }
}

/// What a browser keeps for when there is no connection.
#[derive(Debug, Serialize)]
pub(super) struct Kept {
    /// Another one when anything of it changes.
    version: String,
    /// The page, by language.
    pages: BTreeMap<String, String>,
    files: Vec<String>,
}

pub(super) fn kept() -> Result<Kept, Problem> {
    // The pages name their files by version.
    let written: Result<Vec<String>, Problem> =
        languages().map(|language| OfflinePage::of(language).written()).collect();
    let hash = digest(&SHA256, written?.concat().as_bytes());
    Ok(Kept {
        version: URL_SAFE_NO_PAD.encode(&hash.as_ref()[..9]),
        pages: languages().map(|one| (one.to_string(), format!("/offline/{one}"))).collect(),
        files: FILES.into_iter().map(statics::address).collect(),
    })
}

/// `/offline/{language}`: kept by the worker in the browser, and shown in place of a page that cannot be fetched.
pub(super) async fn show(Path(code): Path<String>) -> Result<Response, Problem> {
    let language = words::language(&code).ok_or(Problem::NoSuchPage)?;
    let page = OfflinePage::of(language).written()?;
    Ok(([(CACHE_CONTROL, "no-cache"), (CONTENT_LANGUAGE, language.code())], Html(page)).into_response())
}
