//! `POST /Patient`: a practice invites a patient.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use fhir::{incoming::Patient, naming};
use store::AccountId;

use super::{body::Fhir, docs, outcome::Refused, person, unfit::Unfit};
use crate::{
    app::App,
    auth::xis::Xis,
    messages::invite::{ACTION, Invite, Whom},
};

/// The handler: read, act, answer. A refusal leaves its line in the audit trail.
#[utoipa::path(
    post,
    path = "/fhir/r4/Patient",
    operation_id = "invitePatient",
    summary = "Invite a patient by mail",
    description = "The same invitation again within 24 hours is mailed once. The link in the mail opens nothing by \
                   itself: the patient logs in, and only with the invited BSN the practice is added.",
    params(docs::Organization),
    request_body(content(
        (docs::Patient = "application/fhir+json"),
        (docs::Patient = "application/json"),
    )),
    responses(docs::Created, docs::Anybody, docs::Caller, docs::Body),
    security(("token" = ["system/*.*"]))
)]
pub(crate) async fn invite(
    State(app): State<App>,
    xis: Xis,
    body: Result<Fhir, Refused>,
) -> Result<Response, Refused> {
    match carry_out(&app, &xis, body).await {
        Ok(location) => Ok((StatusCode::CREATED, [(header::LOCATION, location)]).into_response()),
        Err(refused) => Err(xis.note_refusal(&app, ACTION, None, refused).await),
    }
}

async fn carry_out(app: &App, xis: &Xis, body: Result<Fhir, Refused>) -> Result<String, Refused> {
    let Fhir(body) = body?;
    let patient: Patient = fhir::parse(&body)?;
    if is_for_chat(&patient) {
        return Err(Unfit::Chat.into());
    }
    let whom = whom(&patient, xis.practice.settings.lenient_bsn)?;
    let mail = person::mail(&patient, "Patient");
    let mail = mail.ok_or_else(|| Refused::Required("Patient.telecom".to_owned()))?;
    let id = Invite { xis, whom, mail: mail.checked()? }.run(app).await?;
    Ok(app.config.address(&format!("/fhir/r4/Patient/{id}")))
}

/// D5. A general practitioner alone does not make it one: any Patient may name theirs (D14).
fn is_for_chat(patient: &Patient) -> bool {
    let mut urls = patient.extension.iter().filter_map(|extension| extension.url.as_deref());
    urls.any(|url| url.starts_with(naming::CHAT))
}

/// By BSN, or else by the id of an account here (D5).
pub(crate) fn whom(patient: &Patient, lenient: bool) -> Result<Whom, Refused> {
    let no_bsn = match person::bsn(patient, "Patient", lenient) {
        Err(Refused::Unfit(no_bsn @ Unfit::NoBsn(_))) => no_bsn,
        found => return found.map(Whom::Bsn),
    };
    let account = patient.identifier.iter().find_map(|identifier| identifier.value_in(naming::ACCOUNT));
    let account: Result<AccountId, _> = account.ok_or(no_bsn)?.trim().parse();
    account.map(Whom::Account).map_err(|_| Unfit::UnknownAccount.into())
}
