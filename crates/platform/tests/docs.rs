//! `/docs`: what a XIS can call, for people and for programs, as the handlers have it.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;
use testkit::{Answer, Kit};

const ONE: &str = "01000001";

async fn document(kit: &Kit) -> Value {
    let answer = Answer::to(kit.http.get(format!("{}/docs/openapi.json", kit.base))).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    answer.json()
}

/// The methods that the router has at a path.
async fn methods(kit: &Kit, path: &str) -> Vec<String> {
    let probe = Method::from_bytes(b"PROBE").unwrap();
    let address = format!("{}{}", kit.base, path.replace("{id}", "a"));
    let answer = Answer::to(kit.http.request(probe, address)).await;
    answer.header("allow").split(',').filter(|method| *method != "HEAD").map(str::to_lowercase).collect()
}

#[tokio::test]
async fn it_names_every_call_of_a_xis_and_no_other() {
    let kit = Kit::start(testkit::Database::sqlite()).await;
    let mut routes = BTreeSet::new();
    for path in kit.paths() {
        let is_of_a_xis =
            ["/fhir/", "/oauth2/", "/.well-known/oauth"].iter().any(|one| path.starts_with(one));
        if is_of_a_xis && path != "/fhir/r4/" {
            routes.extend(methods(&kit, &path).await.into_iter().map(|method| (method, path.clone())));
        }
    }
    let document = document(&kit).await;
    let calls = document["paths"].as_object().unwrap().iter().flat_map(|(path, calls)| {
        calls.as_object().unwrap().keys().map(|method| (method.clone(), path.clone()))
    });
    assert_eq!(calls.collect::<BTreeSet<_>>(), routes);
    assert!(routes.len() >= 12, "{routes:?}");
}

#[tokio::test]
async fn it_says_where_this_platform_is_and_how_to_get_a_token() {
    let kit = Kit::start(testkit::Database::sqlite()).await;
    let document = document(&kit).await;
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"][0]["url"].as_str().unwrap().trim_end_matches('/'), kit.base);
    let token = &document["components"]["securitySchemes"]["token"]["flows"]["clientCredentials"]["tokenUrl"];
    assert_eq!(token, "/oauth2/token");
    for (path, calls) in document["paths"].as_object().unwrap() {
        for (method, call) in calls.as_object().unwrap() {
            let answers = call["responses"].as_object().unwrap();
            assert_eq!(answers.contains_key("401"), !call["security"].is_null(), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn its_examples_are_taken() {
    for kit in Kit::on_both().await {
        let document = document(&kit).await;
        let example = |name: &str| document["components"]["schemas"][name]["example"].clone();
        let xis = kit.caller().await;
        let appointment = example("Appointment");
        let put = xis.put(ONE, appointment["id"].as_str().unwrap(), &appointment).await;
        assert_eq!(put.status, 200, "{}", put.text);
        for name in ["AppointmentResponse", "Communication", "Patient"] {
            let answer = xis.post(ONE, &example(name)).await;
            assert_eq!(answer.status, 201, "{name}: {}", answer.text);
        }
    }
}

/// ASVS: 3.6.1
#[tokio::test]
async fn its_page_has_every_call_nothing_inline_and_nothing_from_elsewhere() {
    let kit = Kit::start(testkit::Database::sqlite()).await;
    let page = Answer::to(kit.http.get(format!("{}/docs", kit.base))).await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
    for forbidden in ["<script", "style=", "onclick", "src=\"http", "href=\"http"] {
        assert!(!page.text.contains(forbidden), "{forbidden}");
    }
    for (path, calls) in document(&kit).await["paths"].as_object().unwrap() {
        for method in calls.as_object().unwrap().keys() {
            assert!(page.text.contains(&format!("{} {path}", method.to_uppercase())), "{method} {path}");
        }
    }
    for style in page.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        if style.starts_with("/static/") {
            let file = Answer::to(kit.http.get(format!("{}{style}", kit.base))).await;
            assert_eq!(file.status, 200, "{style}");
        }
    }
}
