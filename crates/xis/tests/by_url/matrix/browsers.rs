//! What holds for every page and every form, as a browser sees it.

use super::{
    aim::Aim,
    answers::Seen,
    lines::{LINES, Who},
    principal::Principal::Here,
    scene::scenes,
};

/// What a browser says of a form that is not on a page of ours, and a sender that says nothing.
const ELSEWHERE: [&[(&str, &str)]; 7] = [
    &[("sec-fetch-site", "cross-site"), ("origin", "https://stranger.example")],
    &[("sec-fetch-site", "cross-site"), ("origin", "https://xis.example")],
    &[("sec-fetch-site", "same-site"), ("origin", "https://stranger.example")],
    &[("sec-fetch-site", "none")],
    &[("origin", "https://stranger.example")],
    &[("origin", "null")],
    &[],
];

/// What every page says to the browser; no other site reads an answer.
const SAID: [(&str, &str); 5] = [
    ("access-control-allow-origin", ""),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// ASVS: 3.5.1
#[tokio::test]
async fn every_page_that_changes_something_refuses_what_another_site_sends() {
    for scene in &scenes().await {
        let mut wrong = Vec::new();
        let routes = scene.routes().await;
        let forms: Vec<_> =
            routes.iter().filter(|(method, path)| method != "GET" && !path.starts_with("/fhir/")).collect();
        assert!(forms.len() >= 8, "most forms are missing: {forms:?}");
        for (method, path) in forms {
            // What answers any method takes forms as well.
            let sent = if method == "ANY" { "POST" } else { method.as_str() };
            for said in ELSEWHERE {
                let seen = scene.ask_from(sent, path, (Here, Aim::Own), said).await;
                if seen.status != 403 {
                    wrong.push(format!("{method} {path} with {said:?}: {}", seen.told()));
                }
            }
        }
        assert!(wrong.is_empty(), "{} forms of others are taken:\n{}", wrong.len(), wrong.join("\n"));
    }
}

/// ASVS: 3.4.2, 3.4.3, 3.4.4, 3.4.5, 3.4.6, 14.3.2
#[tokio::test]
async fn every_page_of_the_router_forbids_what_it_does_not_need_and_is_not_kept() {
    for scene in &scenes().await {
        let mut wrong = Vec::new();
        let routes = scene.routes().await;
        let pages = routes.iter().filter(|(method, path)| method != "POST" && !path.starts_with("/fhir/"));
        for path in pages.map(|(_, path)| path.as_str()).chain(["/no/such/page/at/all"]) {
            let seen = scene.ask_from("GET", path, (Here, Aim::Own), &[]).await;
            wrong.extend(allowed(&seen).into_iter().map(|what| format!("{path} {what}")));
            let kept = seen.header("cache-control");
            if is_personal(path) && kept != "no-store" {
                wrong.push(format!("{path} is kept: {kept}"));
            }
        }
        assert!(wrong.is_empty(), "{} pages allow too much:\n{}", wrong.len(), wrong.join("\n"));
    }
}

/// What a practitioner sees, by its line in the matrix; what has none could be. A practice's colours are no secret.
fn is_personal(path: &str) -> bool {
    let line = LINES.iter().find(|line| line.each().any(|(_, of)| of == path));
    path != "/{agb}/theme.css" && line.is_none_or(|line| line.who != Who::Anybody)
}

/// What no page may do.
fn allowed(seen: &Seen) -> Vec<String> {
    let unlike = SAID.into_iter().filter(|(name, value)| seen.header(name) != *value);
    let mut wrong: Vec<_> = unlike.map(|(name, _)| format!("says {name}: {:?}", seen.header(name))).collect();
    let policy = seen.header("content-security-policy");
    if !policy.starts_with("default-src 'none'") || policy.contains("unsafe") {
        wrong.push(format!("has the policy {policy:?}"));
    }
    let closed = ["frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'"];
    let open = closed.into_iter().filter(|part| !policy.contains(part));
    wrong.extend(open.map(|part| format!("does not say {part}")));
    let permissions = seen.header("permissions-policy");
    let given = ["camera=()", "geolocation=()", "microphone=()"].into_iter();
    wrong.extend(given.filter(|part| !permissions.contains(part)).map(|part| format!("lets: {part}")));
    wrong
}
