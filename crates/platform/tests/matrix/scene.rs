use std::collections::BTreeSet;

use reqwest::{Method, RequestBuilder, header};
use serde_json::{Value, json};
use testkit::{
    Answer, Caller, Database, FATIMA, JAN, Kit, Log, NOBODY, Patient, Phone, ScriptedXis, appointment,
    attachment, files::pdf, invitation, message, response,
};
use url::form_urlencoded::Serializer;

use super::{answers::Seen, principal::Principal};

/// Whose things they are: not the one who stands in the examples of the documentation.
const FIRST: Patient = FATIMA;
const SECOND: Patient = JAN;
const HERE: &str = "01000001";
const ELSEWHERE: &str = "01000004";
const NOWHERE: &str = "01009999";
/// How many lines of the log tell why something broke: the reason, and the answer that it made.
const LOGGED: usize = 2;
const UNKNOWN: &str = "3f2b8a44-0c1d-4e5f-8a6b-7c9d0e1f2a3b";

/// What a request is aimed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// The first patient's things, at that patient's practice.
    Own,
    /// Things that are not there, at the same practice.
    Unknown,
    /// The first patient's things, in the name of a practice that is not there.
    UnknownPractice,
    /// The first patient's things, in the name of another practice.
    FromElsewhere,
    /// Things that are not there, in the name of that other practice.
    UnknownFromElsewhere,
}

impl Aim {
    fn organization(self) -> &'static str {
        match self {
            Self::Own | Self::Unknown => HERE,
            Self::UnknownPractice => NOWHERE,
            Self::FromElsewhere | Self::UnknownFromElsewhere => ELSEWHERE,
        }
    }

    fn is_known(self) -> bool {
        !matches!(self, Self::Unknown | Self::UnknownFromElsewhere)
    }
}

/// A platform on which the first patient has one thing of each kind.
pub(super) struct Scene {
    pub(super) kit: Kit,
    /// What only the first patient and that patient's practice may read.
    pub(super) marks: Vec<String>,
    appointment: String,
    message: String,
    device: String,
    link: String,
    /// The address of the first patient's calendar, after its folder.
    calendar: String,
    phone: Phone,
    here: Caller,
    elsewhere: Caller,
    _xis: ScriptedXis,
    log: Log,
}

impl Scene {
    pub(super) async fn on(database: Database) -> Self {
        let log = Log::listen();
        let kit = Kit::start(database).await;
        let xis = kit.xis_of(HERE).await;
        assert_eq!(kit.put(HERE, "xis-1", &visit("xis-1")).await.status, 200);
        let mut written = message(FIRST, "De uitslag was gunstig");
        written["topic"]["text"] = json!("Uitslag van de foto");
        written["payload"].as_array_mut().unwrap().push(attachment(
            "uitslag-van-fatima.pdf",
            "application/pdf",
            &pdf(0),
        ));
        assert_eq!(kit.post(HERE, &written).await.status, 201);
        assert_eq!(kit.post(HERE, &invitation(NOBODY)).await.status, 201);
        kit.drain().await;
        let mails = kit.mailbox.mails();
        let link = mails
            .iter()
            .filter(|mail| mail.to == NOBODY.mail)
            .find_map(|mail| mail.text.split("/invitations/").nth(1));
        let link = link.unwrap().split_whitespace().next().unwrap().to_owned();
        let (browser, phone) = (kit.browser(FIRST).await, kit.push_service.phone("fatima"));
        browser.subscribe(&phone).await;
        let (list, preferences) = (browser.read("/messages").await, browser.read("/preferences").await);
        let calendar = id_after(&browser.post("/preferences/calendar", &[]).await.text, "/calendar/");
        let stored = kit.appointment(FIRST).await;
        let marks = [
            FIRST.bsn,
            FIRST.name,
            FIRST.mail,
            "gele kaart",
            "was gunstig",
            "uitslag-van-fatima",
            "Uitslag van de foto",
            &phone.endpoint,
            &stored.account.unwrap().to_string(),
        ];
        let here = kit.caller().await;
        let elsewhere = Caller::new(&kit.base, &kit.http, "other-xis", "other-secret").await;
        Self {
            marks: marks.map(str::to_owned).into(),
            appointment: stored.id.to_string(),
            message: id_after(&list, "href=\"/messages/"),
            device: id_after(&preferences, "action=\"/push/subscriptions/"),
            link,
            calendar,
            phone,
            here,
            elsewhere,
            _xis: xis,
            log,
            kit,
        }
    }

    /// The last that the platform logged as broken.
    pub(super) fn why(&self) -> String {
        let lines = self.log.lines("ERROR");
        lines[lines.len().saturating_sub(LOGGED)..].join("; ")
    }

    /// Every route of the router: method and path, as it is written there.
    pub(super) async fn routes(&self) -> BTreeSet<(String, String)> {
        let mut routes = BTreeSet::new();
        for path in self.kit.paths() {
            for method in self.methods(&path).await {
                routes.insert((method, path.clone()));
            }
        }
        routes
    }

    /// The methods for which something is at this path.
    async fn methods(&self, path: &str) -> Vec<String> {
        let address = format!("{}{}", self.kit.base, self.filled(path, Aim::Own));
        let probe = Method::from_bytes(b"PROBE").unwrap();
        let request = self.kit.http.request(probe, address).header("sec-fetch-site", "same-origin");
        let answer = Answer::to(request).await;
        match answer.header("allow") {
            "" => vec!["ANY".to_owned()],
            methods => {
                methods.split(',').map(str::trim).filter(|one| *one != "HEAD").map(str::to_owned).collect()
            }
        }
    }

    /// Asks, and looks what that left in the audit trail.
    pub(super) async fn ask(&self, method: &str, path: &str, who: Principal, aim: Aim) -> Seen {
        let request = self.request(method, path, aim).header("sec-fetch-site", "same-origin");
        let request = self.as_principal(request, who, path, aim).await;
        let before = self.kit.trail(0).await.0;
        let answer = if path == "/live" { first_of(request).await } else { Answer::to(request).await };
        Seen::new(answer, self.kit.trail(before).await.1)
    }

    /// What the first patient's browser is answered; `said` is what it says of the page that it comes from.
    pub(super) async fn browse(&self, method: &str, path: &str, said: &[(&str, &str)]) -> Answer {
        let request = self.request(method, path, Aim::Own);
        let request = said.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let request = self.as_principal(request, Principal::PatientA, path, Aim::Own).await;
        if path == "/live" { first_of(request).await } else { Answer::to(request).await }
    }

    fn request(&self, method: &str, path: &str, aim: Aim) -> RequestBuilder {
        let sent = if method == "ANY" { Method::GET } else { method.parse().unwrap() };
        let request = self.kit.http.request(sent, format!("{}{}", self.kit.base, self.filled(path, aim)));
        self.with_body(request, (method, path), aim)
    }

    /// The path with the things that it is aimed at.
    fn filled(&self, path: &str, aim: Aim) -> String {
        let known = |known: &'_ str| if aim.is_known() { known.to_owned() } else { UNKNOWN.to_owned() };
        let id = match path {
            _ if path.starts_with("/fhir") => if aim.is_known() { "xis-1" } else { "xis-9" }.to_owned(),
            _ if path.starts_with("/messages") => known(&self.message),
            _ if path.starts_with("/push") => known(&self.device),
            _ => known(&self.appointment),
        };
        let version_and_name = "0/look.css";
        path.replace("{id}", &id)
            .replace("{agb}", HERE)
            .replace("{number}", "1")
            .replace("{question}", "language")
            .replace("{language}", "nl")
            .replace("{token}", &self.link)
            .replace("{file}", &self.calendar)
            .replace("{version}/{name}", version_and_name)
    }

    async fn as_principal(
        &self,
        request: RequestBuilder,
        who: Principal,
        path: &str,
        aim: Aim,
    ) -> RequestBuilder {
        let request = if path.starts_with("/fhir") {
            request.header("x-organization-identifier", aim.organization())
        } else {
            request
        };
        match who {
            Principal::XisHere => request.bearer_auth(self.here.token()),
            Principal::XisElsewhere => request.bearer_auth(self.elsewhere.token()),
            // A session each time: some routes end it.
            Principal::PatientA => request.header(header::COOKIE, self.kit.browser(FIRST).await.cookie()),
            Principal::PatientB => request.header(header::COOKIE, self.kit.browser(SECOND).await.cookie()),
            Principal::Practitioner => request.header(header::COOKIE, format!("balie_xis_session={UNKNOWN}")),
            Principal::Operator => request.header("x-forwarded-for", "127.0.0.1"),
            Principal::Nobody => request,
        }
    }

    /// A body that gets as far as the question whose it is.
    fn with_body(&self, request: RequestBuilder, (method, path): (&str, &str), aim: Aim) -> RequestBuilder {
        let id = if aim.is_known() { "xis-1" } else { "xis-9" };
        let fhir = |request: RequestBuilder, body: Value| {
            request.header(header::CONTENT_TYPE, "application/fhir+json").body(body.to_string())
        };
        let bsn = if aim.is_known() { FIRST.bsn } else { NOBODY.bsn };
        match (method, path) {
            ("GET", _) | ("ANY", _) => request,
            ("PUT", _) => fhir(request, visit(id)),
            (_, "/fhir/r4/AppointmentResponse") => fhir(request, response(id, "accepted", "Tot dan")),
            (_, "/fhir/r4/Communication") => fhir(request, message(SECOND, "Voor u")),
            (_, "/fhir/r4/Patient") => fhir(request, invitation(NOBODY)),
            (_, "/fhir/r4/Patient/_search") => {
                form(request, &[("identifier", &format!("http://fhir.nl/fhir/NamingSystem/bsn|{bsn}"))])
            }
            (_, "/push/subscriptions") => json_of(request, &self.phone.subscription()),
            (_, "/push/subscriptions/renew") => json_of(request, &json!({})),
            (_, "/language") => form(request, &[("language", "en"), ("to", "/")]),
            _ => form(request, &[]),
        }
    }
}

fn form(request: RequestBuilder, fields: &[(&str, &str)]) -> RequestBuilder {
    let body = Serializer::new(String::new()).extend_pairs(fields).finish();
    request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body)
}

fn json_of(request: RequestBuilder, body: &Value) -> RequestBuilder {
    request.header(header::CONTENT_TYPE, "application/json").body(body.to_string())
}

fn visit(id: &str) -> Value {
    let mut visit = appointment(id, FIRST);
    visit["comment"] = json!("Neem uw gele kaart mee");
    visit
}

/// The answer of a stream that does not end: its head, unless it is a page after all.
async fn first_of(request: RequestBuilder) -> Answer {
    let answer = request.send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let is_stream = headers.get("content-type").is_some_and(|kind| kind == "text/event-stream");
    let text = if is_stream { String::new() } else { answer.text().await.unwrap() };
    Answer { status, headers, text }
}

fn id_after(page: &str, start: &str) -> String {
    let rest = page.split(start).nth(1).unwrap_or_else(|| panic!("no {start} in {page}"));
    rest.split(['"', '/']).next().unwrap().to_owned()
}
