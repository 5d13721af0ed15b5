use std::sync::Arc;

use axum::extract::FromRequestParts;
use db::Tx;
use http::{HeaderMap, StatusCode, request::Parts};
use oauth::{BearerProblem, Claims, TokenRefused, bearer};

use super::Problem;
use crate::{
    Bsn,
    agenda::Desk,
    audit::{Act, Actor},
    config::Agb,
    practice::Practice,
    service::Service,
    tables::{Patient, patients},
};

/// Who calls, for which practice and for which patient: the permission of every handler that takes one.
pub(super) struct Caller {
    pub(super) service: Arc<Service>,
    pub(super) practice: Arc<Practice>,
    /// The patient that the token is about; none when the platform calls for itself.
    pub(super) bsn: Option<Bsn>,
    client: String,
}

const REALM: &str = "xis";
const ORGANIZATION: &str = "x-organization-identifier";

impl FromRequestParts<Arc<Service>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, service: &Arc<Service>) -> Result<Self, Problem> {
        let claims = claims(&parts.headers, service).await?;
        let practice = practice(&parts.headers, service)?;
        let bsn = match claims.extra.get(&service.bsn_claim) {
            // A token with a number that cannot be read is a patient's all the same, never the platform's own.
            Some(claim) => Some(claim.as_str().and_then(|text| text.parse().ok()).ok_or_else(no_number)?),
            None if is_of_a_person(&claims) => return Err(no_number()),
            None => None,
        };
        // The platform acts for a patient: it is the actor, the patient the subject (RFC 8693, 4.1).
        let actor = claims.act.map(|actor| actor.sub);
        // Without either name the subject is the client itself, unless it is the patient.
        let client = actor.or(claims.client_id).unwrap_or_else(|| match bsn {
            Some(_) => "unnamed".to_owned(),
            None => claims.sub,
        });
        Ok(Self { service: Arc::clone(service), practice, bsn, client })
    }
}

impl Caller {
    /// What this call does, to be recorded.
    pub(super) fn act(&self) -> Act {
        self.service.act(&self.practice, Actor::Client(self.client.clone()))
    }

    pub(super) fn desk<'a>(&'a self, act: &'a Act) -> Desk<'a> {
        Desk { service: &self.service, practice: &self.practice, act }
    }

    /// The token's patient, when there is one and the practice knows it.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn patient(&self, tx: &mut Tx) -> Result<Option<Patient>, db::Error> {
        match &self.bsn {
            Some(bsn) => patients::by_bsn(tx, &self.service.vault, self.practice.id(), bsn).await,
            None => Ok(None),
        }
    }

    /// Whether this caller may see what belongs to this patient: the patient's own token, or the platform's.
    pub(super) fn may_see(&self, own: Option<&Patient>, patient: &str) -> bool {
        self.bsn.is_none() || own.is_some_and(|own| own.id == patient)
    }
}

async fn claims(headers: &HeaderMap, service: &Service) -> Result<Claims, Problem> {
    let token = bearer(headers).map_err(|problem| unauthorized(&problem))?;
    service.verifier.verify(token, service.world.now()).await.map_err(|refused| match refused {
        TokenRefused::IssuerUnavailable(reason) => {
            tracing::warn!(%reason, "a token cannot be checked");
            let status = StatusCode::SERVICE_UNAVAILABLE;
            Problem::new(status, "transient", "TOKEN_UNCHECKED", "The token cannot be checked now.")
                .advice("Try again in a moment.")
        }
        refused => unauthorized(&BearerProblem::InvalidToken(refused.to_string())),
    })
}

/// Whether a token is about somebody else than the client that asked for it: then it is a patient's, who must not be
/// taken for the platform because a claim is missing.
fn is_of_a_person(claims: &Claims) -> bool {
    claims.act.is_some() || claims.client_id.as_ref().is_some_and(|client| *client != claims.sub)
}

fn no_number() -> Problem {
    unauthorized(&BearerProblem::InvalidToken("it has no citizen number, or one that is none".to_owned()))
}

fn unauthorized(problem: &BearerProblem) -> Problem {
    Problem::new(problem.status(), "login", "TOKEN_REFUSED", problem.to_string())
        .advice("Send Authorization: Bearer with a valid access token for this XIS.")
        .at("http.Authorization")
        .challenged(problem.www_authenticate(REALM))
}

/// The practice that the call is for (D1, D2).
fn practice(headers: &HeaderMap, service: &Service) -> Result<Arc<Practice>, Problem> {
    let mut values = headers.get_all(ORGANIZATION).iter();
    let given = (values.next().map(|value| value.to_str().ok()), values.next());
    let malformed = |text: &str| {
        let advice =
            format!("Send X-Organization-Identifier: {}|01000001, or the eight digits alone.", Agb::SYSTEM);
        Problem::invalid(text).advice(advice).at("http.X-Organization-Identifier")
    };
    let text = match given {
        (None, _) => return Err(malformed("The header X-Organization-Identifier is missing.")),
        (Some(Some(text)), None) => text.trim(),
        _ => return Err(malformed("The header X-Organization-Identifier must hold one identifier.")),
    };
    let value = match text.split_once('|') {
        Some((Agb::SYSTEM, value)) => value,
        Some(_) => return Err(malformed("The identifier has another system than that of AGB codes.")),
        None => text,
    };
    let agb: Agb = value.parse().map_err(|_| malformed("The identifier is not an AGB code."))?;
    service.practices.find(&agb).ok_or_else(|| {
        let text = "This practice is not yours to ask for.";
        Problem::new(StatusCode::FORBIDDEN, "forbidden", "NOT_YOUR_PRACTICE", text)
            .advice("Check the AGB code in X-Organization-Identifier.")
            .at("http.X-Organization-Identifier")
    })
}
