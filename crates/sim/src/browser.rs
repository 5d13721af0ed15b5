//! A browser without JavaScript, at the portal or at the practice's pages.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, header};
use world::{Http as _, Limits, Request, Response};

use crate::{
    login::Provider,
    network::Wire,
    party::Party,
    people::{PEOPLE, Person},
    sim::Sim,
};

/// How long somebody looks at a page that does not come.
const PATIENCE: Limits = Limits { timeout: Duration::from_secs(30), body_bytes: 4 * 1024 * 1024 };

/// One browser, perhaps with somebody logged in.
pub(crate) struct Browser {
    wire: Wire,
    at: Party,
    person: Option<&'static Person>,
    provider: Provider,
    cookie: Option<String>,
}

/// What it shows.
pub(crate) struct Page {
    pub(crate) path: String,
    pub(crate) location: Option<String>,
    pub(crate) text: String,
}

impl Browser {
    /// A patient's, at the portal.
    pub(crate) fn of_patient(sim: &Sim, provider: &Provider, person: &'static Person) -> Self {
        let (wire, provider) = (Wire { sim: sim.clone(), party: Party::World }, provider.clone());
        Self { wire, at: Party::Platform, person: Some(person), provider, cookie: None }
    }

    /// A practitioner's, at the practice's pages.
    pub(crate) fn of_practice(sim: &Sim, provider: &Provider) -> Self {
        let (wire, provider) = (Wire { sim: sim.clone(), party: Party::World }, provider.clone());
        Self { wire, at: Party::Xis, person: None, provider, cookie: None }
    }

    /// Another tab of it.
    pub(crate) fn twin(&self) -> Self {
        let wire = Wire { sim: self.wire.sim.clone(), party: Party::World };
        let (provider, cookie) = (self.provider.clone(), self.cookie.clone());
        Self { wire, at: self.at, person: self.person, provider, cookie }
    }

    /// Opens a page, once logged in; `None` when no answer comes.
    pub(crate) async fn get(&mut self, path: &str) -> Option<Page> {
        self.ask(Method::GET, path, "").await
    }

    /// Opens a page and every page that it leads on to.
    pub(crate) async fn read(&mut self, path: &str) -> Option<Page> {
        let mut page = self.get(path).await?;
        for _ in 0..4 {
            let Some(next) = page.location.clone() else { break };
            page = self.get(&next).await?;
        }
        Some(page)
    }

    /// Sends a form, as from a page here.
    pub(crate) async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Option<Page> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        self.ask(Method::POST, path, &body).await
    }

    async fn ask(&mut self, method: Method, path: &str, form: &str) -> Option<Page> {
        for _ in 0..3 {
            let page = self.send(&method, path, form).await?;
            let is_away = page.location.as_ref().is_some_and(|to| to.starts_with("/login?"));
            if !is_away || self.person.is_none() {
                return Some(page);
            }
            self.log_in().await?;
        }
        None
    }

    async fn log_in(&mut self) -> Option<()> {
        self.cookie = None;
        let left = self.send(&Method::GET, "/login", "").await?;
        let back = self.provider.say_yes(left.location.as_deref()?, self.person?)?;
        self.send(&Method::GET, &back, "").await.map(drop)
    }

    async fn send(&mut self, method: &Method, path: &str, form: &str) -> Option<Page> {
        let mut request = http::Request::builder()
            .method(method)
            .uri(format!("http://{}{path}", self.at.host()))
            .header(header::HOST, self.at.host())
            .header("sec-fetch-site", "same-origin");
        if method == Method::POST {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request: Request = request.body(Bytes::from(form.to_owned())).unwrap();
        let response = self.wire.send(request, PATIENCE).await.ok()?;
        self.keep_cookie(&response);
        let page = Page::of(path, &response);
        self.sees_nobody_else(path, &page);
        Some(page)
    }

    /// The one that counts: of a login under way, then of the session.
    fn keep_cookie(&mut self, response: &Response) {
        let set = response.headers().get_all(header::SET_COOKIE).iter().filter_map(|set| set.to_str().ok());
        let mut pairs = set.filter_map(|set| set.split(';').next());
        let kept = pairs.rfind(|pair| pair.split_once('=').is_some_and(|(_, value)| !value.is_empty()));
        if let Some(kept) = kept {
            self.cookie = Some(kept.to_owned());
        }
    }

    /// No patient ever reads another's name or words.
    fn sees_nobody_else(&self, path: &str, page: &Page) {
        let Some(person) = self.person else { return };
        let others = PEOPLE.iter().filter(|other| other.bsn != person.bsn);
        for other in others.filter(|other| page.text.contains(other.name)) {
            let said = format!("{} reads of {} at {path}", person.name, other.name);
            self.wire.sim.violated(said);
        }
    }
}

impl Page {
    fn of(path: &str, response: &Response) -> Self {
        let location = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
        Self {
            path: path.to_owned(),
            location: location.map(str::to_owned),
            text: String::from_utf8_lossy(response.body()).into_owned(),
        }
    }

    /// The values of the form fields with this name.
    pub(crate) fn values(&self, name: &str) -> Vec<String> {
        let field = format!("name=\"{name}\" value=\"");
        let parts = self.text.split(&field).skip(1);
        parts.filter_map(|part| part.split('"').next()).map(plain).collect()
    }

    /// The addresses that links here go to.
    pub(crate) fn links(&self) -> Vec<String> {
        self.text.split("href=\"").skip(1).filter_map(|part| part.split('"').next()).map(plain).collect()
    }
}

/// Text as it was before it was written into HTML.
fn plain(text: &str) -> String {
    text.replace("&#38;", "&").replace("&amp;", "&").replace("&#34;", "\"").replace("&#39;", "'")
}
