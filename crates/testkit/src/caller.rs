use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

use crate::Answer;

/// A XIS client with a token, which is valid for ten minutes.
#[derive(Debug, Clone)]
pub struct Caller {
    base: String,
    token: String,
    http: Client,
}

impl Caller {
    /// Asks the platform at `base` for a token.
    pub async fn new(base: &str, http: &Client, client: &str, secret: &str) -> Self {
        let request = http
            .post(format!("{base}/oauth2/token"))
            .basic_auth(client, Some(secret))
            .header("content-type", "application/x-www-form-urlencoded")
            .body("grant_type=client_credentials");
        let answer = Answer::to(request).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let token = answer.json()["access_token"].as_str().unwrap().to_owned();
        Self { base: base.to_owned(), token, http: http.clone() }
    }

    /// The token.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// A call for a practice, to be finished and sent.
    pub fn call(&self, method: Method, agb: &str, path: &str) -> RequestBuilder {
        self.bare(method, path)
            .header("content-type", "application/fhir+json")
            .header("x-organization-identifier", format!("http://fhir.nl/fhir/NamingSystem/agb-z|{agb}"))
    }

    /// A call with the token and no other header.
    pub fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}/fhir/r4{path}", self.base)).bearer_auth(&self.token)
    }

    /// `PUT /Appointment/{id}`.
    pub async fn put(&self, agb: &str, id: &str, body: &Value) -> Answer {
        let call = self.call(Method::PUT, agb, &format!("/Appointment/{id}"));
        Answer::to(call.body(body.to_string())).await
    }

    /// `POST` of a resource to where its type is created.
    pub async fn post(&self, agb: &str, body: &Value) -> Answer {
        let kind = body["resourceType"].as_str().unwrap();
        Answer::to(self.call(Method::POST, agb, &format!("/{kind}")).body(body.to_string())).await
    }

    /// `POST /AppointmentResponse`.
    pub async fn respond(&self, agb: &str, body: &Value) -> Answer {
        Answer::to(self.call(Method::POST, agb, "/AppointmentResponse").body(body.to_string())).await
    }
}
