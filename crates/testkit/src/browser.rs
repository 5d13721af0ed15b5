use reqwest::{Client, Method, RequestBuilder, header};
use serde_json::Value;

use crate::{Answer, Kit, Live, Phone};

/// Somebody at the portal, in a browser without JavaScript.
#[derive(Debug, Clone)]
pub struct Browser {
    pub(crate) base: String,
    pub(crate) cookie: String,
    pub(crate) http: Client,
}

impl Browser {
    /// What its `Cookie` header says, for requests of one's own.
    #[must_use]
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// The same browser, served by another platform.
    #[must_use]
    pub fn at(&self, kit: &Kit) -> Self {
        Self { base: kit.base.clone(), ..self.clone() }
    }

    /// Opens the stream of news of an open page.
    pub async fn listen(&self) -> Live {
        Live::new(self.as_me(self.http.get(format!("{}/live", self.base))).send().await.unwrap())
    }

    /// Opens a page; a redirect is not followed.
    pub async fn get(&self, path: &str) -> Answer {
        Answer::to(self.as_me(self.http.get(format!("{}{path}", self.base)))).await
    }

    /// The same browser with the cookie that an answer has set.
    #[must_use]
    pub fn with_cookie_of(&self, answer: &Answer, name: &str) -> Self {
        let set = answer.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
        let cookie = set.filter_map(|set| set.split(';').next()).find(|pair| pair.starts_with(name));
        Self { cookie: cookie.unwrap_or_default().to_owned(), ..self.clone() }
    }

    /// Opens a page that must be there.
    pub async fn read(&self, path: &str) -> String {
        let page = self.get(path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text);
        page.text
    }

    /// Sends a form, as from a page here.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self
            .http
            .post(format!("{}{path}", self.base))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body);
        Answer::to(self.as_me(request)).await
    }

    /// Sends JSON, as from a script of a page here.
    pub async fn send_json(&self, method: Method, path: &str, body: &Value) -> Answer {
        let request = self
            .http
            .request(method, format!("{}{path}", self.base))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/json")
            .header(
                header::USER_AGENT,
                "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
            )
            .body(body.to_string());
        Answer::to(self.as_me(request)).await
    }

    /// Lets a device show notifications from now on.
    pub async fn subscribe(&self, phone: &Phone) {
        let answer = self.send_json(Method::POST, "/push/subscriptions", &phone.subscription()).await;
        assert!(matches!(answer.status, 200 | 201), "{} {}", answer.status, answer.text);
    }

    fn as_me(&self, request: RequestBuilder) -> RequestBuilder {
        request.header(header::COOKIE, &self.cookie)
    }
}
