//! What another site sends in a patient's name is refused at every route that a browser's cookie means something to.

use testkit::Database;

use super::scene::Scene;

/// Where no cookie counts: practices' systems, which have tokens, and the one click in a mail (RFC 8058), which mail programs
/// send for a reader who is not logged in. The matrix shows that a session opens nothing there.
const WITHOUT_COOKIE: [&str; 3] = ["/fhir/", "/oauth2/", "/reminders/stop/{token}"];

/// ASVS: 3.5.1
#[tokio::test]
async fn every_route_that_changes_something_refuses_what_another_site_sends() {
    for database in [Database::sqlite(), Database::postgres().await] {
        let scene = Scene::on(database).await;
        let mut wrong = Vec::new();
        let routes: Vec<_> =
            scene.routes().await.into_iter().filter(|(method, path)| is_form(method, path)).collect();
        assert!(routes.len() > 20, "most forms are missing: {routes:?}");
        for (method, path) in &routes {
            // What answers any method takes forms as well.
            let sent = if method == "ANY" { "POST" } else { method.as_str() };
            for said in elsewhere(&scene.kit.base) {
                let answer = scene.browse(sent, path, &said).await;
                if answer.status != 403 || !answer.text.contains("Er is niets gewijzigd") {
                    wrong.push(format!("{method} {path} with {said:?}: {}", answer.status));
                }
            }
        }
        assert!(wrong.is_empty(), "{} forms of others are taken:\n{}", wrong.len(), wrong.join("\n"));
    }
}

fn is_form(method: &str, path: &str) -> bool {
    method != "GET" && !WITHOUT_COOKIE.iter().any(|start| path.starts_with(start))
}

/// What a browser says of a form that is not on a page of ours, and a sender that says nothing.
fn elsewhere(own: &str) -> [Vec<(&'static str, &str)>; 6] {
    let stranger = "https://stranger.example";
    [
        vec![("sec-fetch-site", "cross-site"), ("origin", stranger)],
        vec![("sec-fetch-site", "cross-site"), ("origin", own)],
        vec![("sec-fetch-site", "same-site"), ("origin", stranger)],
        vec![("origin", stranger)],
        vec![("origin", "null")],
        vec![],
    ]
}
