mod unfit;
mod unsearchable;

use agenda::Refusal;
use axum::http::StatusCode;
use fhir::IssueType;

use super::Refused;

/// What a refusal says, piece by piece.
pub(super) struct Said {
    pub(super) status: StatusCode,
    pub(super) issue: IssueType,
    pub(super) code: &'static str,
    pub(super) text: String,
    pub(super) what_to_do: &'static str,
    pub(super) at: Option<String>,
}

fn said(status: StatusCode, issue: IssueType, code: &'static str, text: impl Into<String>) -> Said {
    Said { status, issue, code, text: text.into(), what_to_do: "", at: None }
}

impl Said {
    fn do_this(self, what_to_do: &'static str) -> Self {
        Self { what_to_do, ..self }
    }

    fn at(self, expression: impl Into<String>) -> Self {
        Self { at: Some(expression.into()), ..self }
    }
}

impl Refused {
    #[expect(clippy::too_many_lines, reason = "one match: every error of the API in one place")]
    pub(super) fn said(&self) -> Said {
        use IssueType as Is;
        use StatusCode as Http;
        match self {
            Self::NoSuchPath => said(Http::NOT_FOUND, Is::NotFound, "NO_SUCH_PATH", "there is nothing at this address")
                .do_this("GET /fhir/r4/metadata says what there is"),
            Self::Method(method) => {
                said(Http::METHOD_NOT_ALLOWED, Is::NotSupported, "METHOD", format!("{method} is not possible here"))
                    .do_this("GET /fhir/r4/metadata says what is")
            }
            Self::MediaType => {
                said(Http::UNSUPPORTED_MEDIA_TYPE, Is::NotSupported, "MEDIA_TYPE", "the body must be FHIR JSON")
                    .do_this("send Content-Type: application/fhir+json")
            }
            Self::NotAcceptable => said(Http::NOT_ACCEPTABLE, Is::NotSupported, "ACCEPT", "only JSON can be answered")
                .do_this("send Accept: application/fhir+json, or no Accept"),
            Self::TooLarge { limit } => {
                let text = format!("the body has more than {} KiB, or broke off", limit / 1024);
                said(Http::PAYLOAD_TOO_LARGE, Is::TooLong, "TOO_LARGE", text)
                    .do_this("send at most 256 KiB, or 20 MiB to /Communication")
            }
            Self::TooSlow { limit } => {
                let text = format!("the body was not here within {} seconds", limit.as_secs());
                said(Http::REQUEST_TIMEOUT, Is::Timeout, "TOO_SLOW", text)
                    .do_this("send it again, with smaller attachments if the line is slow")
            }
            Self::Busy => {
                let text = "other messages of this practice are being received";
                said(Http::TOO_MANY_REQUESTS, Is::Throttled, "BUSY", text)
                    .do_this("send it again after the seconds in Retry-After, one or two at a time")
            }
            Self::TooMany(_) => {
                let text = "this client, practice or address asks more in a minute than is answered";
                said(Http::TOO_MANY_REQUESTS, Is::Throttled, "TOO_MANY", text)
                    .do_this("send it again after the seconds in Retry-After; nothing was done")
            }
            Self::Unreadable(error) => {
                let said = said(Http::BAD_REQUEST, error.issue_type, "UNREADABLE", error.problem.clone())
                    .do_this("correct the body where `expression` points and send it again");
                if error.expression.is_empty() { said } else { said.at(error.expression.clone()) }
            }
            Self::Required(path) => {
                said(Http::BAD_REQUEST, Is::Required, "REQUIRED", format!("{path} is required"))
                    .do_this("add it and send the resource again")
                    .at(path.clone())
            }
            Self::ParticipantCode(path) => said(
                Http::BAD_REQUEST,
                Is::CodeInvalid,
                "PARTICIPANT_CODE",
                "this is not a participation status of FHIR",
            )
            .do_this("send accepted")
            .at(path.clone()),
            Self::Bearer(problem) => said(problem.status(), Is::Login, "TOKEN", problem.to_string())
                .do_this("ask a token at /oauth2/token with your client id and secret, or with your key, and send it as Authorization: Bearer"),
            Self::TokenUnchecked => {
                let text = "the issuer of this token cannot be asked now whether it is good";
                said(Http::SERVICE_UNAVAILABLE, Is::Transient, "TOKEN_UNCHECKED", text)
                    .do_this("send it again in a moment, or ask a token at /oauth2/token")
            }
            Self::OrganizationMissing => said(
                Http::BAD_REQUEST,
                Is::Required,
                "ORGANIZATION_MISSING",
                "the header X-Organization-Identifier is required",
            )
            .do_this("send http://fhir.nl/fhir/NamingSystem/agb-z|CODE with the practice's AGB code"),
            Self::OrganizationMalformed => said(
                Http::BAD_REQUEST,
                Is::Value,
                "ORGANIZATION_MALFORMED",
                "the header X-Organization-Identifier holds no AGB code",
            )
            .do_this("send eight digits, alone or after http://fhir.nl/fhir/NamingSystem/agb-z|"),
            Self::OrganizationForbidden => said(
                Http::FORBIDDEN,
                Is::Forbidden,
                "ORGANIZATION_FORBIDDEN",
                "this client does not manage this organization",
            )
            .do_this("check the AGB code; a practice is connected to a client by the platform's operator"),
            Self::IdMissing => said(Http::BAD_REQUEST, Is::Required, "ID_MISSING", "Appointment.id is required")
                .do_this("send the id of the address in the body too")
                .at("Appointment.id"),
            Self::IdDiffers => {
                said(Http::BAD_REQUEST, Is::Value, "ID_DIFFERS", "the id in the body is not the id in the address")
                    .do_this("send the same id in both")
                    .at("Appointment.id")
            }
            Self::IdMalformed(path) => said(Http::BAD_REQUEST, Is::Value, "ID_MALFORMED", "the id is no FHIR id")
                .do_this("use 1 to 64 letters, digits, hyphens and dots")
                .at(*path),
            Self::Status => said(
                Http::UNPROCESSABLE_ENTITY,
                Is::NotSupported,
                "STATUS",
                "this status of an appointment is not processed",
            )
            .do_this("send booked or cancelled")
            .at("Appointment.status"),
            Self::NaiveTime(path) => {
                said(Http::BAD_REQUEST, Is::Value, "TIME_WITHOUT_OFFSET", format!("{path} has no offset"))
                    .do_this("end the time with Z or an offset such as +02:00")
                    .at(*path)
            }
            Self::InvalidBsn(path) => said(Http::BAD_REQUEST, Is::Value, "INVALID_BSN", "the BSN is not valid")
                .do_this("send nine digits that pass the 11-proof")
                .at(path.clone()),
            Self::NoPatient => {
                said(Http::UNPROCESSABLE_ENTITY, Is::Required, "NO_PATIENT", "no participant is identified by a BSN")
                    .do_this("give the patient's actor an identifier with system http://fhir.nl/fhir/NamingSystem/bsn")
                    .at("Appointment.participant")
            }
            Self::TwoPatients => {
                said(Http::UNPROCESSABLE_ENTITY, Is::BusinessRule, "TWO_PATIENTS", "the participants have different BSNs")
                    .do_this("send one patient per appointment")
                    .at("Appointment.participant")
            }
            Self::UnknownPatient => said(
                Http::UNPROCESSABLE_ENTITY,
                Is::NotFound,
                "PATIENT_NOT_FOUND",
                "this patient has no account here, so nobody was told",
            )
            .do_this("tell the patient yourself")
            .at("Appointment.participant"),
            Self::VersionConflict => said(
                Http::PRECONDITION_FAILED,
                Is::Conflict,
                "VERSION_CONFLICT",
                "the appointment was changed since the version in If-Match",
            )
            .do_this("send your present state again without If-Match, or with the ETag of the last answer"),
            Self::UnknownAppointment => {
                said(Http::NOT_FOUND, Is::NotFound, "APPOINTMENT_NOT_FOUND", "this appointment is not known here")
                    .do_this("check the id and X-Organization-Identifier")
                    .at("AppointmentResponse.appointment.reference")
            }
            Self::NoSuchAppointment => {
                said(Http::NOT_FOUND, Is::NotFound, "APPOINTMENT_NOT_FOUND", "this appointment is not known here")
                    .do_this("check the id in the address and X-Organization-Identifier")
            }
            Self::NotThePatient => said(
                Http::UNPROCESSABLE_ENTITY,
                Is::BusinessRule,
                "NOT_THE_PATIENT",
                "the actor is not the patient of this appointment",
            )
            .do_this("identify the practitioner, or the patient whose appointment it is")
            .at("AppointmentResponse.actor"),
            Self::ParticipantStatus => {
                said(Http::BAD_REQUEST, Is::CodeInvalid, "PARTICIPANT_STATUS", "participantStatus is neither")
                    .do_this("send accepted or declined")
                    .at("AppointmentResponse.participantStatus")
            }
            Self::Rule(refusal) => rule(*refusal),
            Self::Unfit(why) => unfit::unfit(why),
            Self::Search(why) => unsearchable::unsearchable(*why),
            Self::Failed => {
                said(Http::INTERNAL_SERVER_ERROR, Is::Exception, "FAILED", "something went wrong here; nothing was stored")
                    .do_this("send it again in a moment; if it stays, give the operator the X-Request-Id of this answer")
            }
        }
    }
}

/// What a rule refuses.
fn rule(refusal: Refusal) -> Said {
    let answer = "AppointmentResponse.participantStatus";
    let (status, code, at, what_to_do) = match refusal {
        Refusal::EndNotAfterStart => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "END_NOT_AFTER_START",
            "Appointment.end",
            "correct Appointment.start or Appointment.end",
        ),
        Refusal::StartInThePast => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "START_IN_THE_PAST",
            "Appointment.start",
            "choose a later start",
        ),
        Refusal::AlreadyCancelled => (
            StatusCode::CONFLICT,
            "ALREADY_CANCELLED",
            answer,
            "send PUT /Appointment with status booked to plan it again",
        ),
        Refusal::AlreadyDeclined => (
            StatusCode::CONFLICT,
            "ALREADY_DECLINED",
            answer,
            "send PUT /Appointment with status booked to plan it after all",
        ),
        Refusal::NeverRequested => {
            (StatusCode::CONFLICT, "NEVER_REQUESTED", answer, "send PUT /Appointment with status booked")
        }
    };
    said(status, IssueType::BusinessRule, code, refusal.to_string()).do_this(what_to_do).at(at)
}
