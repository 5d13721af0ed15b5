use std::sync::Arc;

use axum::{
    Form,
    extract::{Query, State, rejection::QueryRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use url::Url;

use super::{ASSURANCE, LOW_ASSURANCE, Provider, codes::Granted, pages};

/// What a program asks when it sends someone here (OpenID Connect Core, 3.1.2.1). A parameter that comes
/// twice makes the query unreadable.
#[derive(Deserialize)]
pub(super) struct Asked {
    client_id: String,
    redirect_uri: String,
    response_type: Option<String>,
    scope: Option<String>,
    state: Option<String>,
    nonce: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
    prompt: Option<String>,
}

/// The button that was pressed: a person's place in the list, or none to go back.
#[derive(Deserialize)]
pub(super) struct Chosen {
    person: Option<usize>,
    /// Whether the provider is to say that it is not very sure of them.
    unsure: Option<String>,
}

/// Why no code is given.
enum Refusal {
    /// The program cannot be told: the person is.
    Impossible(&'static str),
    /// The program is told, at this address.
    SendBack(String),
}

/// Shows the people to choose from.
pub(super) async fn choose(
    State(provider): State<Arc<Provider>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    match provider.checked(asked) {
        Ok((_, back_to)) => pages::choose_person(&provider.stylesheet(), &provider.people, &back_to),
        Err(refusal) => provider.refuse(refusal),
    }
}

/// Sends the browser back with a code for the person chosen. The question still stands in the query: the
/// person is in the form alone, so no URL tells who it is.
pub(super) async fn chosen(
    State(provider): State<Arc<Provider>>,
    asked: Result<Query<Asked>, QueryRejection>,
    Form(chosen): Form<Chosen>,
) -> Response {
    let (asked, back_to) = match provider.checked(asked) {
        Ok(checked) => checked,
        Err(refusal) => return provider.refuse(refusal),
    };
    let Some(person) = chosen.person.filter(|&place| place < provider.people.len()) else {
        return send_to(provider.answer(back_to, &asked, ("error", "access_denied")));
    };
    let code = provider.codes.give(provider.granted(&asked, person, &chosen), provider.world.chance.as_ref());
    let answer = code.as_ref().map_or(("error", "temporarily_unavailable"), |code| ("code", code));
    send_to(provider.answer(back_to, &asked, answer))
}

fn send_to(address: String) -> Response {
    let headers = [(header::LOCATION, address), (header::CACHE_CONTROL, "no-store".to_owned())];
    (StatusCode::SEE_OTHER, headers).into_response()
}

impl Provider {
    /// The question, when it is one that can be answered. Nobody is sent to an address that the program did
    /// not register; every other mistake is told to the program itself.
    fn checked(&self, asked: Result<Query<Asked>, QueryRejection>) -> Result<(Asked, Url), Refusal> {
        let Query(asked) = asked.map_err(|_| Refusal::Impossible("the question cannot be read"))?;
        let client = self.client(&asked.client_id).ok_or(Refusal::Impossible("client_id is unknown"))?;
        let back_to = client.redirect_uris.iter().find(|uri| uri.as_str() == asked.redirect_uri).cloned();
        let back_to = back_to.ok_or(Refusal::Impossible("redirect_uri is not one of this client's"))?;
        match mistake(&asked) {
            None => Ok((asked, back_to)),
            Some(error) => Err(Refusal::SendBack(self.answer(back_to, &asked, ("error", error)))),
        }
    }

    fn refuse(&self, refusal: Refusal) -> Response {
        match refusal {
            Refusal::Impossible(reason) => pages::login_impossible(&self.stylesheet(), reason),
            Refusal::SendBack(address) => send_to(address),
        }
    }

    /// The program's address with the answer in it.
    fn answer(&self, mut address: Url, asked: &Asked, answer: (&str, &str)) -> String {
        address.query_pairs_mut().append_pair(answer.0, answer.1);
        address.query_pairs_mut().append_pair("iss", self.issuer.issuer.as_str());
        if let Some(state) = &asked.state {
            address.query_pairs_mut().append_pair("state", state);
        }
        address.into()
    }

    fn granted(&self, asked: &Asked, person: usize, chosen: &Chosen) -> Granted {
        Granted {
            assurance: if chosen.unsure.is_some() { LOW_ASSURANCE } else { ASSURANCE },
            client_id: asked.client_id.clone(),
            redirect_uri: asked.redirect_uri.clone(),
            code_challenge: asked.code_challenge.clone().unwrap_or_default(),
            nonce: asked.nonce.clone(),
            scope: asked.scope.clone().unwrap_or_default(),
            person,
            at: self.world.now(),
        }
    }

    fn stylesheet(&self) -> String {
        self.issuer.issuer.below("/style.css")
    }
}

fn mistake(asked: &Asked) -> Option<&'static str> {
    let mut scopes = asked.scope.as_deref().unwrap_or_default().split(' ');
    match asked.response_type.as_deref() {
        Some("code") => {}
        Some(_) => return Some("unsupported_response_type"),
        None => return Some("invalid_request"),
    }
    if !scopes.any(|scope| scope == "openid") {
        return Some("invalid_scope");
    }
    // There is no session here that could answer without a page.
    if asked.prompt.as_deref() == Some("none") {
        return Some("login_required");
    }
    let method = asked.code_challenge_method.as_deref();
    let is_challenge = asked.code_challenge.as_deref().is_some_and(|challenge| challenge.len() == 43);
    if method == Some("S256") && is_challenge { None } else { Some("invalid_request") }
}
