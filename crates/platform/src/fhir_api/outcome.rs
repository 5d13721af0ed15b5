//! Every error that a XIS can get, as an OperationOutcome (D10), in one `match`.

mod said;

use std::time::Duration;

use agenda::Refusal;
use axum::{
    body::Body,
    http::{HeaderValue, Method, header},
    response::{IntoResponse, Response},
};
use fhir::{
    ParseError, naming,
    outgoing::{Issue, OperationOutcome, Resource as _},
};
use oauth::BearerProblem;

use super::{patient_search::Unsearchable, unfit::Unfit};
use crate::{audit::Why, limits::TooMany};

/// The code system of our own error codes.
pub(crate) const CODES: &str = "urn:balie:operation-outcome";

/// When to send again what there was no place for.
const AGAIN_SECONDS: &str = "5";

/// Why a XIS's call is not carried out. None of these ever holds a BSN.
#[derive(Debug)]
pub(crate) enum Refused {
    NoSuchPath,
    Method(Method),
    /// D9
    MediaType,
    /// D9
    NotAcceptable,
    /// D15
    TooLarge {
        limit: usize,
    },
    /// What is large must arrive in time all the same.
    TooSlow {
        limit: Duration,
    },
    /// D15
    Busy,
    /// D15
    TooMany(TooMany),
    Unreadable(ParseError),
    /// What the contract or FHIR requires; where it should stand.
    Required(String),
    /// A participant status that FHIR does not have; where it stands.
    ParticipantCode(String),
    /// RFC 6750
    Bearer(BearerProblem),
    /// Whose issuer does not answer.
    TokenUnchecked,
    /// D2
    OrganizationMissing,
    /// D2
    OrganizationMalformed,
    /// D2, D3
    OrganizationForbidden,
    /// A5
    IdMissing,
    /// A5
    IdDiffers,
    /// Where it stands.
    IdMalformed(&'static str),
    /// A13
    Status,
    /// D11
    NaiveTime(&'static str),
    /// A3; where it stands.
    InvalidBsn(String),
    /// A4
    NoPatient,
    /// A4
    TwoPatients,
    /// A2
    UnknownPatient,
    /// A16
    VersionConflict,
    /// B5, B7
    UnknownAppointment,
    /// A15: unknown, or another practice's; the id of the address.
    NoSuchAppointment,
    /// B2
    NotThePatient,
    ParticipantStatus,
    /// A14, B5
    Rule(Refusal),
    /// A message or an invitation (D5, D7, D16).
    Unfit(Unfit),
    /// A search for a patient (D6, D8).
    Search(Unsearchable),
    /// The database, or something else that is ours.
    Failed,
}

impl Refused {
    /// The word of our own code system for it.
    pub(crate) fn code(&self) -> &'static str {
        self.said().code
    }

    /// Whether it shows from this that a patient has no account here. The mail address of a patient who has one is
    /// not looked at (D16).
    pub(super) const fn tells_of_a_stranger(&self) -> bool {
        matches!(self, Self::UnknownPatient | Self::Unfit(Unfit::OutOfReach | Unfit::MailAddress(_)))
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let said = self.said();
        let mut issue =
            Issue::error(said.issue).details(CODES, said.code, said.text).diagnostics(said.what_to_do);
        if let Some(expression) = said.at {
            issue = issue.at(expression);
        }
        let mut response = Response::new(Body::from(OperationOutcome::from(issue).to_json()));
        *response.status_mut() = said.status;
        response.extensions_mut().insert(Why(said.code));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(naming::FHIR_JSON));
        if matches!(self, Self::Busy | Self::TokenUnchecked) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(AGAIN_SECONDS));
        }
        if let Self::TooMany(too_many) = &self {
            too_many.note(headers);
        }
        if let Self::Bearer(problem) = &self {
            headers.insert(header::WWW_AUTHENTICATE, problem.www_authenticate("balie"));
        }
        response
    }
}

impl From<ParseError> for Refused {
    fn from(error: ParseError) -> Self {
        Self::Unreadable(error)
    }
}

impl From<store::Error> for Refused {
    fn from(error: store::Error) -> Self {
        tracing::error!(%error, "a XIS's call failed");
        Self::Failed
    }
}

impl From<store::DatabaseError> for Refused {
    fn from(error: store::DatabaseError) -> Self {
        store::Error::from(error).into()
    }
}
