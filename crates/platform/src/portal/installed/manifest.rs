use axum::{
    extract::State,
    http::{
        HeaderMap,
        header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, VARY},
    },
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use store::Language;

use super::worker::written;
use crate::{
    app::App,
    portal::{Problem, Visitor, statics},
    words::say,
};

/// `/manifest.webmanifest`: how the portal looks on a home screen, in the language of the browser. The browser asks for it
/// as nobody, without a cookie.
pub(super) async fn show(State(app): State<App>, asked: HeaderMap) -> Result<Response, Problem> {
    let manifest = written(&manifest(Visitor::of_browser(&app.config, &asked).language))?;
    let headers = [
        (CONTENT_TYPE, "application/manifest+json"),
        (CACHE_CONTROL, "no-cache"),
        (VARY, ACCEPT_LANGUAGE.as_str()),
    ];
    Ok((headers, manifest).into_response())
}

fn manifest(language: Language) -> Value {
    json!({
        // By these two it stays the same app, whatever else changes.
        "id": "/",
        "scope": "/",
        "start_url": "/",
        "name": say(language, "install-name", &[]),
        "short_name": "Balie",
        "description": say(language, "install-description", &[]),
        "lang": language.to_string(),
        "dir": "ltr",
        "categories": ["medical", "health"],
        "display": "standalone",
        // As the page's ground and its header in look.css.
        "background_color": "#f6f4ef",
        "theme_color": "#ffffff",
        "icons": [
            icon("icon.svg", "any", "image/svg+xml", "any"),
            icon("icon-192.png", "192x192", "image/png", "any"),
            icon("icon-512.png", "512x512", "image/png", "any"),
            icon("icon-maskable.svg", "any", "image/svg+xml", "maskable"),
            icon("icon-512.png", "512x512", "image/png", "maskable"),
        ],
        "shortcuts": [
            shortcut(&say(language, "shell-book", &[]), "/book"),
            shortcut(&say(language, "shell-messages", &[]), "/messages"),
        ],
    })
}

/// With the version in its address, so that a browser that has the app sees another picture.
fn icon(name: &str, sizes: &str, media_type: &str, purpose: &str) -> Value {
    json!({ "src": statics::address(name), "sizes": sizes, "type": media_type, "purpose": purpose })
}

fn shortcut(name: &str, url: &str) -> Value {
    json!({ "name": name, "url": url, "icons": [icon("icon-192.png", "192x192", "image/png", "any")] })
}
