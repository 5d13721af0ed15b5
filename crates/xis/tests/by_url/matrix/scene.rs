use std::collections::BTreeSet;

use axum::{body::Body, response::IntoResponse as _};
use http::{Request, StatusCode, header, request::Builder};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::{
    aim::{Aim, Aimed},
    answers::Seen,
    principal::Principal,
};
use crate::common::{APPROVING, Bench, FATIMA, JAN, PLAIN, benches, cookie};

/// A practice with one appointment of each kind, all of one patient.
pub(super) struct Scene {
    bench: Bench,
    /// What only the patient, the platform and that practice may read.
    pub(super) patients_marks: Vec<String>,
    /// The same, and what only those who may ask of the practice read.
    pub(super) all_marks: Vec<String>,
    aimed: Aimed,
    here: String,
    elsewhere: String,
}

/// One on each database.
pub(super) async fn scenes() -> [Scene; 2] {
    let [sqlite, postgres] = benches().await;
    let (sqlite, postgres) = tokio::join!(Scene::on(sqlite), Scene::on(postgres));
    [sqlite, postgres]
}

impl Scene {
    async fn on(bench: Bench) -> Self {
        let (_, asked) = bench.requested(JAN).await;
        let (address, told) = bench.requested(JAN).await;
        bench.page("POST", &format!("{address}/approve")).form(&[]).send().await.expect(303);
        // The platform will not hear of it, so that it can be told again.
        bench.platform.will_answer([StatusCode::UNPROCESSABLE_ENTITY.into_response()]);
        bench.xis.tell_now().await.unwrap();
        let page = bench.page("GET", &address).send().await.expect(200).text;
        let message = page.split(r#"/tell"><button class="button quiet" name="message" value=""#).nth(1);
        let message = message.unwrap_or_else(|| panic!("nothing to tell again: {page}"));
        let message = message.split('"').next().unwrap().to_owned();
        let slot = bench.free_slots(APPROVING, "consult").await.remove(0);
        let patients_marks = [JAN, "Jan Jansen", "last van mijn knie"].map(str::to_owned).to_vec();
        let practices_marks = ["De Eik", "Van Dijk"].map(str::to_owned).to_vec();
        Self {
            all_marks: [patients_marks.clone(), practices_marks].concat(),
            patients_marks,
            aimed: Aimed { asked, told, message, slot },
            here: session(&bench, "assistent-2", APPROVING).await,
            elsewhere: session(&bench, "assistent-1", PLAIN).await,
            bench,
        }
    }

    /// Every route of the router: method and path, as it is written there.
    pub(super) async fn routes(&self) -> BTreeSet<(String, String)> {
        let mut routes = BTreeSet::new();
        for path in self.bench.xis.paths() {
            let request =
                Request::builder().method("PROBE").uri(self.aimed.address("PROBE", &path, Aim::Own));
            let answer = self.send(request.header("sec-fetch-site", "same-origin"), Body::empty()).await;
            let allowed = match answer.header("allow") {
                "" => "ANY",
                methods => methods,
            };
            let methods = allowed.split(',').map(str::trim).filter(|method| *method != "HEAD");
            routes.extend(methods.map(|method| (method.to_owned(), path.clone())));
        }
        routes
    }

    /// Asks as this principal, from a page here.
    pub(super) async fn ask(&self, method: &str, path: &str, who: Principal, aim: Aim) -> Seen {
        self.ask_from(method, path, (who, aim), &[("sec-fetch-site", "same-origin")]).await
    }

    /// The same with other words about the page that it comes from.
    pub(super) async fn ask_from(
        &self,
        method: &str,
        path: &str,
        (who, aim): (Principal, Aim),
        said: &[(&str, &str)],
    ) -> Seen {
        let sent = if method == "ANY" { "GET" } else { method };
        let address = self.aimed.address(sent, path, aim);
        let mut request = Request::builder().method(sent).uri(address).header(header::HOST, "xis.example");
        for (name, value) in said {
            request = request.header(*name, *value);
        }
        if path.starts_with("/fhir") {
            request = request.header("x-organization-identifier", aim.practice());
        }
        let (kind, body) = self.aimed.body(sent, path, aim);
        let request = self.as_principal(request, who).header(header::CONTENT_TYPE, kind);
        self.send(request, Body::from(body)).await
    }

    async fn send(&self, request: Builder, body: Body) -> Seen {
        let answer = self.bench.xis.router().oneshot(request.body(body).unwrap()).await.unwrap();
        Seen::new(answer, self.aimed.names()).await
    }

    fn as_principal(&self, request: Builder, who: Principal) -> Builder {
        let tokens = &self.bench.tokens;
        let bearer = |token: String| ("authorization", format!("Bearer {token}"));
        let (name, value) = match who {
            Principal::Here => ("cookie", self.here.clone()),
            Principal::Elsewhere => ("cookie", self.elsewhere.clone()),
            Principal::Forged => ("cookie", "balie_xis_session=forged".to_owned()),
            Principal::Platform => bearer(tokens.of_platform()),
            Principal::PatientA => bearer(tokens.of_patient(JAN)),
            Principal::PatientB => bearer(tokens.of_patient(FATIMA)),
            Principal::OtherAudience => bearer(tokens.for_audience("somebody-else")),
            Principal::Nobody => return request,
        };
        request.header(name, value)
    }
}

/// The cookie of somebody who works for this practice alone.
async fn session(bench: &Bench, who: &str, practice: &str) -> String {
    let person: Value = json!({ "sub": who, "name": "Bram Visser", "practices": practice });
    let back = bench.come_back(&person, "/").await.expect(303);
    cookie(&back, "balie_xis_session")
}
