use reqwest::header::HeaderMap;
use serde_json::Value;

/// A whole answer, to be looked at.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its status code.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub text: String,
}

impl Answer {
    /// Sends a request and reads the answer to its end.
    pub async fn to(request: reqwest::RequestBuilder) -> Self {
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Self { status, headers, text: answer.text().await.unwrap() }
    }

    /// A header's text, empty when it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error} in {:?}", self.text))
    }

    /// The first issue of an OperationOutcome.
    #[must_use]
    pub fn issue(&self) -> Value {
        let outcome = self.json();
        assert_eq!(outcome["resourceType"], "OperationOutcome", "{outcome}");
        outcome["issue"][0].clone()
    }

    /// Our own code in the first issue of an OperationOutcome.
    #[must_use]
    pub fn code(&self) -> String {
        self.issue()["details"]["coding"][0]["code"].as_str().unwrap().to_owned()
    }

    /// Where the first issue of an OperationOutcome points.
    #[must_use]
    pub fn expression(&self) -> String {
        self.issue()["expression"][0].as_str().unwrap_or_default().to_owned()
    }

    /// Status and code of a refusal, to be compared at once.
    #[must_use]
    pub fn refusal(&self) -> (u16, String) {
        (self.status, self.code())
    }
}
