//! The document as a page: no script, nothing from elsewhere.

pub(super) mod kinds;

use askama::Template;
use axum::{extract::State, response::Html};
use serde_json::Value;

use self::kinds::{Kind, Part, parts};
use crate::{app::App, fhir_api::outcome::Refused, portal};

#[derive(Template)]
#[template(path = "docs/page.html")]
struct Page {
    about: String,
    base: String,
    calls: Vec<Call>,
    kinds: Vec<Kind>,
    look: String,
    style: String,
    icon: String,
}

/// One call.
struct Call {
    id: String,
    method: String,
    path: String,
    summary: String,
    description: Vec<String>,
    parameters: Vec<Parameter>,
    body: Option<Body>,
    answers: Vec<Answer>,
}

struct Parameter {
    name: String,
    place: String,
    is_required: bool,
    about: String,
}

struct Body {
    media_types: Vec<String>,
    kind: Vec<Part>,
    example: Option<String>,
}

struct Answer {
    status: String,
    about: String,
    kind: Vec<Part>,
    headers: Vec<String>,
}

/// The page.
pub(super) async fn show(State(app): State<App>) -> Result<Html<String>, Refused> {
    page(&app).map(Html).map_err(|error| {
        tracing::error!(%error, "the page of the API could not be made");
        Refused::Failed
    })
}

fn page(app: &App) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let document = serde_json::to_value(super::document(app))?;
    let page = Page {
        about: text(&document["info"], "description"),
        base: app.config.address(""),
        calls: calls(&document),
        kinds: kinds::of(&document),
        look: portal::static_address("look.css"),
        style: portal::static_address("docs.css"),
        icon: portal::static_address("icon.svg"),
    };
    Ok(page.render()?)
}

/// A text of the document, without the quotes around names; it is empty where there is none.
fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().replace('`', "")
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn fields(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn calls(document: &Value) -> Vec<Call> {
    let paths = fields(&document["paths"]);
    let all =
        paths.flat_map(|(path, methods)| fields(methods).map(move |(method, found)| (method, path, found)));
    all.map(|(method, path, found)| call(document, method, path, found)).collect()
}

fn call(document: &Value, method: &str, path: &str, found: &Value) -> Call {
    let parameter = |found: &Value| Parameter {
        name: text(found, "name"),
        place: text(found, "in"),
        is_required: found["required"] == true,
        about: text(found, "description"),
    };
    Call {
        id: text(found, "operationId"),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(found, "summary"),
        description: text(found, "description").split("\n\n").map(str::to_owned).collect(),
        parameters: items(&found["parameters"]).map(parameter).collect(),
        body: body(document, &found["requestBody"]["content"]),
        answers: fields(&found["responses"]).map(|(status, found)| answer(status, found)).collect(),
    }
}

fn body(document: &Value, content: &Value) -> Option<Body> {
    let (_, first) = fields(content).next()?;
    let target = first["schema"]["$ref"].as_str().and_then(|target| target.strip_prefix('#'));
    let example = target.and_then(|target| document.pointer(target)?.get("example"));
    Some(Body {
        media_types: fields(content).map(|(media_type, _)| media_type.clone()).collect(),
        kind: parts(&first["schema"]),
        example: example.and_then(|example| serde_json::to_string_pretty(example).ok()),
    })
}

fn answer(status: &str, found: &Value) -> Answer {
    let content = fields(&found["content"]).next();
    Answer {
        status: status.to_owned(),
        about: text(found, "description"),
        kind: content.map(|(_, content)| parts(&content["schema"])).unwrap_or_default(),
        headers: fields(&found["headers"]).map(|(name, _)| name.clone()).collect(),
    }
}
