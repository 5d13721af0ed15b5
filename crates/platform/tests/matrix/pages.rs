//! What every page says to the browser, whatever it shows.

use testkit::{Answer, Database};

use super::{
    lines::{LINES, Line, Who},
    scene::Scene,
};

/// What is for programs, not for browsers.
const NO_PAGES: [&str; 5] = ["/fhir/", "/oauth2/", "/.well-known/", "/healthz", "/readyz"];
/// What a patient downloads: no page, and may do less than one.
const DOWNLOAD: &str = "/messages/{id}/attachments/{number}";

/// ASVS: 3.4.2, 3.4.3, 3.4.4, 3.4.5, 3.4.6, 14.3.2
#[tokio::test]
async fn every_page_forbids_what_it_does_not_need_and_is_not_kept_by_the_browser() {
    let scene = Scene::on(Database::sqlite()).await;
    let routes = scene.routes().await.into_iter().filter(|(method, _)| method == "GET" || method == "ANY");
    let pages = routes.map(|(_, path)| path).filter(|path| !NO_PAGES.iter().any(|no| path.starts_with(no)));
    let pages: Vec<_> = pages.chain(["/no/such/page".to_owned()]).collect();
    assert!(pages.len() > 30, "most pages are missing: {pages:?}");
    let mut wrong = Vec::new();
    for path in &pages {
        let answer = scene.browse("GET", path, &[]).await;
        if path != DOWNLOAD {
            wrong.extend(left_out(&answer).map(|what| format!("{path} {what}")));
        }
        wrong.extend(allowed(&answer).map(|what| format!("{path} {what}")));
        let kept = answer.header("cache-control");
        wrong.extend((is_personal(path) && kept != "no-store").then(|| format!("{path} is kept: {kept}")));
    }
    assert!(wrong.is_empty(), "{} pages allow too much:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is a patient's, by its line in the matrix; what has none could be.
fn is_personal(path: &str) -> bool {
    let line = LINES.iter().find(|line| line.each().any(|(_, of)| of == path));
    line.is_none_or(|Line { who, .. }| matches!(who, Who::Patient | Who::PatientsOwn))
}

/// What no answer to a browser may do.
fn allowed(answer: &Answer) -> impl Iterator<Item = String> {
    let policy = answer.header("content-security-policy");
    let is_strict = policy.contains("default-src 'none'") && !policy.contains("unsafe");
    let said = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        // No other site reads an answer.
        ("access-control-allow-origin", ""),
        // Only https can promise https.
        ("strict-transport-security", ""),
    ];
    let unlike = said.into_iter().filter(|(name, value)| answer.header(name) != *value);
    let unlike: Vec<_> = unlike.map(|(name, _)| format!("says {name}: {:?}", answer.header(name))).collect();
    unlike.into_iter().chain((!is_strict).then(|| format!("has the policy {policy:?}")))
}

/// What a page's policy must say besides.
fn left_out(answer: &Answer) -> impl Iterator<Item = String> {
    let policy = answer.header("content-security-policy");
    let closed = ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]
        .into_iter()
        .chain(["require-trusted-types-for 'script'; trusted-types page worker"]);
    let open: Vec<_> = closed.filter(|part| !policy.contains(part)).collect();
    let permissions = answer.header("permissions-policy");
    let given = ["camera=()", "geolocation=()", "microphone=()", "payment=()", "usb=()"]
        .into_iter()
        .filter(|part| !permissions.contains(part));
    open.into_iter().chain(given.collect::<Vec<_>>()).map(|part| format!("does not say {part}"))
}
