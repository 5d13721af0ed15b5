use reqwest::{Client, RequestBuilder, header};

use crate::Answer;

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

    fn as_me(&self, request: RequestBuilder) -> RequestBuilder {
        request.header(header::COOKIE, &self.cookie)
    }
}
