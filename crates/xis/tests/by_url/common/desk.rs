use serde_json::{Value, json};

use super::{APPROVING, Answer, Bench, Call, EMPTY, PLAIN};

/// Who sits at the pages of a bench, as the login provider knows them: someone who works at every practice.
pub(crate) fn jansen() -> Value {
    json!({ "sub": "jansen", "name": "Dokter Jansen", "practices": [PLAIN, APPROVING, EMPTY] })
}

impl Bench {
    /// A call to a page, from that very page, by who is logged in.
    pub(crate) fn page(&self, method: &str, path: &str) -> Call<'_> {
        self.stranger(method, path).header("cookie", &self.cookie())
    }

    /// The same by somebody who is not logged in.
    pub(crate) fn stranger(&self, method: &str, path: &str) -> Call<'_> {
        Call::new(self, method, path).header("sec-fetch-site", "same-origin")
    }

    /// The cookie of who is logged in.
    pub(crate) fn cookie(&self) -> String {
        self.cookie.lock().unwrap().clone()
    }

    /// From now on this person sits at the pages.
    pub(crate) async fn log_in(&self, person: &Value) {
        let back = self.come_back(person, "/").await.expect(303);
        *self.cookie.lock().unwrap() = cookie(&back, "balie_xis_session");
    }

    /// Goes to the login for a page, says yes at the provider as this person, and comes back.
    pub(crate) async fn come_back(&self, person: &Value, to: &str) -> Answer {
        let (state, nonce, begun) = self.begin(to).await;
        let code = self.tokens.code(&nonce, person);
        self.stranger("GET", &self.callback(&code, &state)).header("cookie", &begun).send().await
    }

    /// Begins a login: its state and its nonce, and the cookie that it left.
    pub(crate) async fn begin(&self, to: &str) -> (String, String, String) {
        let away = self.stranger("GET", &format!("/login?to={to}")).send().await.expect(303);
        let asked = away.header("location").split_once('?').unwrap().1;
        let asked: Vec<(String, String)> = serde_urlencoded::from_str(asked).unwrap();
        let find = |name: &str| asked.iter().find(|(asked, _)| asked == name).unwrap().1.clone();
        (find("state"), find("nonce"), cookie(&away, "balie_xis_login"))
    }

    /// The address that the provider sends a browser back to.
    pub(crate) fn callback(&self, code: &str, state: &str) -> String {
        format!("/login/callback?code={code}&state={state}&iss={}", self.tokens.issuer())
    }
}

/// `name=value` of a cookie that an answer sets.
pub(crate) fn cookie(answer: &Answer, name: &str) -> String {
    let mut lines = answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap());
    let line = lines.rfind(|line| line.starts_with(&format!("{name}=")));
    line.unwrap_or_else(|| panic!("no {name}: {answer:?}")).split(';').next().unwrap().to_owned()
}
