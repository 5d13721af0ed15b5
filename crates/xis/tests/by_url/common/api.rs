use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;
use world::{Limits, Request};

use super::Bench;

/// A call under construction.
pub(crate) struct Call<'a> {
    bench: &'a Bench,
    request: Request,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl<'a> Call<'a> {
    pub(crate) fn new(bench: &'a Bench, method: &str, path: &str) -> Self {
        let request = http::Request::builder().method(method).uri(format!("{}{path}", bench.base));
        Self { bench, request: request.body(Bytes::new()).unwrap() }
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.request.headers_mut().insert(name, value.parse().unwrap());
        self
    }

    /// In the browser of someone who chose this language.
    pub(crate) fn in_language(self, tag: &str) -> Self {
        let cookies = self.request.headers().get("cookie").map_or("", |value| value.to_str().unwrap());
        let cookies = format!("{cookies}; balie_xis_lang={tag}");
        self.header("cookie", &cookies)
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.request.headers_mut().remove(name);
        self
    }

    pub(crate) fn practice(self, agb: &str) -> Self {
        self.header("x-organization-identifier", agb)
    }

    pub(crate) fn token(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn patient(self, bsn: &str) -> Self {
        let token = self.bench.tokens.of_patient(bsn);
        self.token(&token)
    }

    pub(crate) fn platform(self) -> Self {
        let token = self.bench.tokens.of_platform();
        self.token(&token)
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.body("application/fhir+json", body.to_string())
    }

    pub(crate) fn form(self, fields: &[(&str, &str)]) -> Self {
        self.body("application/x-www-form-urlencoded", serde_urlencoded::to_string(fields).unwrap())
    }

    pub(crate) fn body(mut self, kind: &str, body: String) -> Self {
        *self.request.body_mut() = Bytes::from(body);
        self.header("content-type", kind)
    }

    pub(crate) async fn send(self) -> Answer {
        let limits = Limits { timeout: std::time::Duration::from_secs(30), ..Limits::default() };
        let answer = self.bench.world.http.send(self.request, limits).await.unwrap();
        let (parts, body) = answer.into_parts();
        let text = String::from_utf8(body.to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, text }
    }
}

impl Answer {
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The answer, which must have this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    /// An OperationOutcome with this status and our own code; says what to do, and nothing of a citizen number.
    #[track_caller]
    pub(crate) fn expect_problem(self, status: u16, own_code: &str) -> Value {
        let answer = self.expect(status);
        assert_eq!(answer.header("content-type"), "application/fhir+json");
        let outcome = answer.json();
        assert_eq!(outcome["resourceType"], "OperationOutcome");
        let issue = &outcome["issue"][0];
        assert_eq!(issue["details"]["coding"][0]["code"], own_code, "{outcome}");
        assert!(
            !issue["diagnostics"].as_str().unwrap().is_empty()
                && !issue["details"]["text"].as_str().unwrap().is_empty()
        );
        assert!(!answer.text.contains("99999"), "{}", answer.text);
        outcome
    }

    /// The resources of a searchset.
    #[track_caller]
    pub(crate) fn resources(self) -> Vec<Value> {
        let mut bundle = self.expect(200).json();
        assert_eq!((&bundle["resourceType"], &bundle["type"]), (&"Bundle".into(), &"searchset".into()));
        let entries = bundle["entry"].take();
        let entries = entries.as_array().cloned().unwrap_or_default();
        entries
            .into_iter()
            .map(|mut entry| if entry["resource"].is_null() { entry } else { entry["resource"].take() })
            .collect()
    }
}
