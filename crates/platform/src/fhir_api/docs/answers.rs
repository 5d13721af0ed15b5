//! What a call can be answered. One type is what one extractor or one kind of call may say: a handler lists few.

use utoipa::IntoResponses;

use super::{
    oauth::{KeySet, ServerMetadata, Token, TokenProblem},
    outcome::{CapabilityStatement, OperationDefinition, OperationOutcome},
    patient::FoundPatients,
    told::Notices,
};

/// What everybody can be answered.
#[derive(IntoResponses)]
pub(crate) enum Anybody {
    /// An Accept without JSON (D9).
    #[response(status = 406, content_type = "application/fhir+json")]
    NotAcceptable(OperationOutcome),
    /// Too many calls: send it again after `Retry-After` seconds (D15).
    #[response(status = 429, content_type = "application/fhir+json", headers(("Retry-After" = u32)))]
    Busy(OperationOutcome),
    /// Our fault; nothing was stored, send it again.
    #[response(status = 500, content_type = "application/fhir+json")]
    Failed(OperationOutcome),
}

/// What the token and the organization can be answered.
#[derive(IntoResponses)]
pub(crate) enum Caller {
    /// The header is missing or holds no AGB code (D2), or something in the body is wrong.
    #[response(status = 400, content_type = "application/fhir+json")]
    Malformed(OperationOutcome),
    /// No token, or one that is not accepted (RFC 6750).
    #[response(status = 401, content_type = "application/fhir+json", headers(("WWW-Authenticate" = String)))]
    Token(OperationOutcome),
    /// Not your practice, or nobody's (D2, D3).
    #[response(status = 403, content_type = "application/fhir+json")]
    Forbidden(OperationOutcome),
}

/// What a body can be answered.
#[derive(IntoResponses)]
pub(crate) enum Body {
    /// The body took too long to arrive; nothing was stored.
    #[response(status = 408, content_type = "application/fhir+json")]
    TooSlow(OperationOutcome),
    /// More than 256 KiB, or 20 MiB for a Communication (D15).
    #[response(status = 413, content_type = "application/fhir+json")]
    TooLarge(OperationOutcome),
    /// No JSON (D9).
    #[response(status = 415, content_type = "application/fhir+json")]
    MediaType(OperationOutcome),
    /// It can be read, and cannot be done.
    #[response(status = 422, content_type = "application/fhir+json")]
    Unprocessable(OperationOutcome),
}

/// Not known here, or another practice's: the two look the same.
#[derive(IntoResponses)]
#[response(status = 404, content_type = "application/fhir+json")]
pub(crate) struct NotFound(OperationOutcome);

/// The answer comes too late (B5).
#[derive(IntoResponses)]
#[response(status = 409, content_type = "application/fhir+json")]
pub(crate) struct Conflict(OperationOutcome);

/// `If-Match` names another version (A16).
#[derive(IntoResponses)]
#[response(status = 412, content_type = "application/fhir+json")]
pub(crate) struct OtherVersion(OperationOutcome);

/// Done, or known already. No body, or with `Prefer: return=representation` a HeldAppointment (A6, A20).
#[derive(IntoResponses)]
#[response(
    status = 200,
    headers(("ETag" = String, description = "The version that we hold now"), ("Location" = String))
)]
pub(crate) struct Updated;

/// Done, or the same again. No body.
#[derive(IntoResponses)]
#[response(status = 201, headers(("Location" = String)))]
pub(crate) struct Created;

/// What the patient was told.
#[derive(IntoResponses)]
#[response(status = 200, content_type = "application/fhir+json")]
pub(crate) struct Told(Notices);

/// A patient of yours who has an account here.
#[derive(IntoResponses)]
#[response(status = 200, content_type = "application/fhir+json")]
pub(crate) struct Found(FoundPatients);

/// What this API is.
#[derive(IntoResponses)]
#[response(status = 200, content_type = "application/fhir+json")]
pub(crate) struct Capabilities(CapabilityStatement);

/// What the operation is.
#[derive(IntoResponses)]
#[response(status = 200, content_type = "application/fhir+json")]
pub(crate) struct Definition(OperationDefinition);

/// What a request for a token can be answered.
#[derive(IntoResponses)]
pub(crate) enum TokenAnswer {
    /// A token.
    #[response(status = 200, content_type = "application/json")]
    Given(Token),
    /// The request is not what the protocol asks.
    #[response(status = 400, content_type = "application/json")]
    Malformed(TokenProblem),
    /// No client, an unknown one or a wrong secret: all look the same.
    #[response(status = 401, content_type = "application/json", headers(("WWW-Authenticate" = String)))]
    UnknownClient(TokenProblem),
    /// Too many requests: try again after `Retry-After` seconds.
    #[response(status = 429, content_type = "application/json", headers(("Retry-After" = u32)))]
    Busy(TokenProblem),
    /// Our fault; try again later.
    #[response(status = 503, content_type = "application/json")]
    Unavailable(TokenProblem),
}

/// What this authorization server offers.
#[derive(IntoResponses)]
#[response(status = 200, content_type = "application/json")]
pub(crate) struct AuthorizationServer(ServerMetadata);

/// Its keys.
#[derive(IntoResponses)]
#[response(status = 200, content_type = "application/json")]
pub(crate) struct Keys(KeySet);
