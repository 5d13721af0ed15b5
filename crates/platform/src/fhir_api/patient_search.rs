//! `POST /Patient/_search`: does this patient have an account here, and this practice (D5, D6, D8)?
//!
//! What is searched for stands in the body alone. A patient whom nobody knows and one of another practice are looked for
//! by the same single query, leave the same line in the audit trail and get the same answer.

use agenda::Bsn;
use axum::{
    extract::{FromRequest, Request, State},
    http::header,
    response::{IntoResponse, Response},
};
use fhir::{
    naming,
    outgoing::{Identifier, Patient, Resource as _, Searchset},
};
use store::{AccountId, Actor, Whom};

use super::{
    BODY_BYTES,
    body::{accepts_json, read_all},
    docs,
    outcome::Refused,
};
use crate::{app::App, audit::Audit, auth::xis::Xis};

/// What the audit trail calls it.
const ACTION: &str = "patient search";
const FORM: &str = "application/x-www-form-urlencoded";

/// Why nobody is looked for, or nobody found. None of these holds what was searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unsearchable {
    /// D8: in the address, where logs and proxies see it.
    InAddress,
    NotAForm,
    NoIdentifier,
    TwoIdentifiers,
    /// Not `system|value`, or of a system that we do not search by.
    Identifier,
    /// D6: nobody whom this practice may know of.
    NotFound,
}

impl From<Unsearchable> for Refused {
    fn from(why: Unsearchable) -> Self {
        Self::Search(why)
    }
}

/// The one identifier of a search form. `Debug` hides it.
pub(crate) struct Sought(Identifier);

impl FromRequest<App> for Sought {
    type Rejection = Refused;

    async fn from_request(request: Request, _: &App) -> Result<Self, Refused> {
        accepts_json(request.headers())?;
        if request.uri().query().is_some_and(names_somebody) {
            return Err(Unsearchable::InAddress.into());
        }
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
        if !essence.trim().eq_ignore_ascii_case(FORM) {
            return Err(Unsearchable::NotAForm.into());
        }
        Ok(read(&read_all(request.into_body(), BODY_BYTES).await?)?)
    }
}

/// `GET /Patient`: refused, whoever is looked for (D8).
#[utoipa::path(
    get,
    path = "/fhir/r4/Patient",
    operation_id = "refusePatientInAddress",
    summary = "Refused: nobody is searched for by an address",
    description = "Always 400: logs would keep what was searched for (D8). Use POST /fhir/r4/Patient/_search.",
    params(docs::Organization),
    responses(docs::Anybody, docs::Caller),
    security(("token" = ["system/*.*"]))
)]
pub(crate) async fn in_address(State(app): State<App>, xis: Xis) -> Refused {
    xis.note_refusal(&app, ACTION, None, Unsearchable::InAddress.into()).await
}

/// The handler: read, look, answer. A refusal leaves its line in the audit trail.
#[utoipa::path(
    post,
    path = "/fhir/r4/Patient/_search",
    operation_id = "searchPatient",
    summary = "Ask whether a patient of yours has an account here",
    description = "By BSN or by our own id, in a form. Nobody, and a patient of other practices only, are both \
                   404 (D6).",
    params(docs::Organization),
    request_body(content = docs::PatientSearch, content_type = "application/x-www-form-urlencoded"),
    responses(docs::Found, docs::Anybody, docs::Caller, docs::Body, docs::NotFound),
    security(("token" = ["system/*.*"]))
)]
pub(crate) async fn search(
    State(app): State<App>,
    xis: Xis,
    sought: Result<Sought, Refused>,
) -> Result<Response, Refused> {
    match whom(sought, xis.practice.settings.lenient_bsn) {
        Ok((whom, identifier)) => {
            let found = find(&app, &xis, &whom).await?.ok_or(Unsearchable::NotFound)?;
            Ok(answer(&app, found, identifier))
        }
        Err(refused) => Err(xis.note_refusal(&app, ACTION, None, refused).await),
    }
}

/// Looks, and leaves a line of it whoever was found.
async fn find(app: &App, xis: &Xis, whom: &Whom) -> Result<Option<AccountId>, store::Error> {
    let (actor, practice) = (&Actor::Xis(xis.client.clone()), &xis.practice.agb);
    app.store
        .tx("search a patient", |mut tx| async move {
            let found = app.store.patient_of_practice(&mut tx, practice, whom).await?;
            let outcome = if found.is_some() { "found" } else { "not found" };
            Audit::of(actor, ACTION).practice(practice).subject(found).write(app, &mut tx, outcome).await?;
            Ok(found)
        })
        .await
}

fn answer(app: &App, found: AccountId, identifier: Identifier) -> Response {
    let address = |path: &str| app.config.address(&format!("/fhir/r4/Patient/{path}"));
    let patient = Patient::found(found.to_string(), identifier);
    let bundle = Searchset::new(address("_search"), [(address(&patient.id), patient)]);
    ([(header::CONTENT_TYPE, naming::FHIR_JSON)], bundle.to_json()).into_response()
}

/// A BSN (A3), or the id of an account in either of its names (D5). What is no id of ours is nobody's.
pub(crate) fn whom(sought: Result<Sought, Refused>, lenient: bool) -> Result<(Whom, Identifier), Refused> {
    let Sought(identifier) = sought?;
    let whom = match identifier.system.as_str() {
        naming::BSN => {
            let parse = if lenient { Bsn::parse_lenient } else { Bsn::parse };
            let bsn = parse(identifier.value.trim());
            Whom::Bsn(bsn.map_err(|_| Refused::InvalidBsn("identifier".to_owned()))?)
        }
        naming::ACCOUNT | naming::ACCOUNT_EXTENSION => {
            Whom::Account(identifier.value.trim().parse().map_err(|_| Unsearchable::Identifier)?)
        }
        _ => return Err(Unsearchable::Identifier.into()),
    };
    Ok((whom, identifier))
}

/// D14: other parameters are ignored; they could only find less.
pub(crate) fn read(form: &[u8]) -> Result<Sought, Unsearchable> {
    let fields = url::form_urlencoded::parse(form);
    let mut all = fields.filter(|(name, _)| is_identifier(name)).map(|(_, value)| value);
    let first = all.next().ok_or(Unsearchable::NoIdentifier)?;
    if all.next().is_some() {
        return Err(Unsearchable::TwoIdentifiers);
    }
    let (system, value) = first.split_once('|').ok_or(Unsearchable::Identifier)?;
    Ok(Sought(Identifier { system: system.trim().to_owned(), value: value.to_owned() }))
}

fn names_somebody(query: &str) -> bool {
    url::form_urlencoded::parse(query.as_bytes()).any(|(name, _)| is_identifier(&name))
}

fn is_identifier(name: &str) -> bool {
    name == "identifier"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(form: &str) -> Result<(String, String), Unsearchable> {
        read(form.as_bytes()).map(|Sought(found)| (found.system, found.value))
    }

    #[test]
    fn d14_the_one_identifier_is_read_whatever_stands_beside_it() {
        let expected = Ok(("urn:x".to_owned(), "1 2".to_owned()));
        assert_eq!(pair("identifier=urn%3Ax%7C1+2"), expected);
        assert_eq!(pair("_format=json&identifier=urn:x|1%202&_count=5"), expected);
    }

    #[test]
    fn anything_else_says_what_is_wrong_with_it() {
        assert_eq!(pair(""), Err(Unsearchable::NoIdentifier));
        assert_eq!(pair("name=x"), Err(Unsearchable::NoIdentifier));
        assert_eq!(pair("identifier=999990019"), Err(Unsearchable::Identifier));
        assert_eq!(pair("identifier=a|1&identifier=b|2"), Err(Unsearchable::TwoIdentifiers));
    }
}
