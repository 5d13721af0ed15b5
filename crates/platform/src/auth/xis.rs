use agenda::{Agb, XisId};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use fhir::naming;
use oauth::{BearerProblem, TokenRefused};
use store::{Actor, Practice, Stored, Tx};

use crate::{
    app::App,
    audit::{self, Audit},
    fhir_api::outcome::Refused,
    limits,
};

/// A XIS that calls for one of its own practices: the permission to manage that practice's appointments.
#[derive(Debug, Clone)]
pub(crate) struct Xis {
    pub(crate) client: String,
    pub(crate) practice: Practice,
}

/// [`Xis`], where the only practice of the client may be meant without a header (B4, setting).
#[derive(Debug, Clone)]
pub(crate) struct XisOfOnePractice(pub(crate) Xis);

impl Xis {
    /// Leaves the line of an act in the audit trail, in the act's transaction.
    pub(crate) async fn note(
        &self,
        app: &App,
        tx: &mut Tx,
        (action, object): (&'static str, &XisId),
        stored: Option<&Stored>,
        outcome: &str,
    ) -> Result<(), store::Error> {
        Audit::of(&Actor::Xis(self.client.clone()), action)
            .subject(stored.and_then(|stored| stored.account))
            .practice(&self.practice.agb)
            .object(object)
            .write(app, tx, outcome)
            .await
    }

    /// Leaves a line in the audit trail of what was refused, and hands the refusal on. What failed on our side is
    /// in the log instead.
    pub(crate) async fn note_refusal(
        &self,
        app: &App,
        action: &'static str,
        object: Option<&XisId>,
        refused: Refused,
    ) -> Refused {
        if matches!(refused, Refused::Failed) {
            return refused;
        }
        let (actor, outcome) = (&Actor::Xis(self.client.clone()), &format!("refused: {}", refused.code()));
        let noted: Result<(), store::Error> = app
            .store
            .tx("note a refusal", |mut tx| async move {
                let line = Audit::of(actor, action).practice(&self.practice.agb);
                let line = match object {
                    Some(id) => line.object(&id),
                    None => line,
                };
                line.write(app, &mut tx, outcome).await
            })
            .await;
        noted.map_or_else(Refused::from, |()| refused)
    }
}

impl FromRequestParts<App> for Xis {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        let client = client(parts, app).await?;
        let agb = organization(&parts.headers)?.ok_or(Refused::OrganizationMissing)?;
        counted(app, parts, permit(app, client, &agb).await?).await
    }
}

impl FromRequestParts<App> for XisOfOnePractice {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        let client = client(parts, app).await?;
        let xis = match organization(&parts.headers)? {
            Some(agb) => permit(app, client, &agb).await?,
            None => only_practice(app, client).await?,
        };
        counted(app, parts, xis).await.map(Self)
    }
}

/// D15: nobody asks more than is answered.
async fn counted(app: &App, parts: &Parts, xis: Xis) -> Result<Xis, Refused> {
    limits::call(app, parts, &xis.client, &xis.practice.agb).await.map(|()| xis)
}

/// The client of the bearer token (RFC 6750), which shows its certificate where it must have one.
async fn client(parts: &Parts, app: &App) -> Result<String, Refused> {
    let token = oauth::bearer(&parts.headers).map_err(Refused::Bearer)?;
    let client = client_of(token, app).await.map_err(refusal)?;
    audit::asks(Actor::Xis(client.clone()));
    if limits::holds_certificate(app, &client, &parts.extensions) {
        Ok(client)
    } else {
        let why = "the client of this token must show its certificate";
        Err(Refused::Bearer(BearerProblem::InvalidToken(why.to_owned())))
    }
}

/// The client that a token of ours was given to, or that a token of a vendor's stands for.
async fn client_of(token: &str, app: &App) -> Result<String, TokenRefused> {
    let now = app.world.now();
    match app.vendors.client_of(token, now).await? {
        Some(client) => Ok(client),
        None => app.verifier.verify(token, now).await.map(|claims| claims.client_id.unwrap_or(claims.sub)),
    }
}

/// A token that cannot be judged now is not refused for good.
fn refusal(refused: TokenRefused) -> Refused {
    match refused {
        TokenRefused::IssuerUnavailable(unavailable) => {
            tracing::warn!(%unavailable, "a practice system's token cannot be verified");
            Refused::TokenUnchecked
        }
        refused => Refused::Bearer(BearerProblem::InvalidToken(refused.to_string())),
    }
}

/// D1: the bare AGB code, or `system|code`.
pub(crate) fn organization(headers: &HeaderMap) -> Result<Option<Agb>, Refused> {
    let mut values = headers.get_all("x-organization-identifier").iter();
    let Some(value) = values.next() else { return Ok(None) };
    let text =
        value.to_str().ok().filter(|_| values.next().is_none()).ok_or(Refused::OrganizationMalformed)?;
    let code = match text.trim().split_once('|') {
        Some((system, code)) if system == naming::AGB_Z => code,
        Some(_) => return Err(Refused::OrganizationMalformed),
        None => text.trim(),
    };
    code.parse().map(Some).map_err(|_| Refused::OrganizationMalformed)
}

/// D2, D3: an unknown practice and another client's look the same. A refusal leaves its line in the audit trail.
async fn permit(app: &App, client: String, agb: &Agb) -> Result<Xis, Refused> {
    let asks = &client;
    let found = app
        .store
        .read("the practice of a client", |mut tx| async move {
            app.store.practice_of_client(&mut tx, asks, agb).await
        })
        .await?;
    if let Some(practice) = found {
        return Ok(Xis { client, practice });
    }
    // One that was revoked is told so.
    practices(app, &client).await?;
    let actor = &Actor::Xis(client);
    app.store
        .tx("note a refusal", |mut tx| async move {
            Audit::of(actor, "call")
                .practice(agb)
                .write(app, &mut tx, "refused: organization forbidden")
                .await
        })
        .await?;
    Err(Refused::OrganizationForbidden)
}

async fn only_practice(app: &App, client: String) -> Result<Xis, Refused> {
    let practices: [Practice; 1] =
        practices(app, &client).await?.try_into().map_err(|_| Refused::OrganizationMissing)?;
    let [practice] = practices;
    if practice.settings.organization_from_token {
        Ok(Xis { client, practice })
    } else {
        Err(Refused::OrganizationMissing)
    }
}

/// The practices of a client that may still call.
async fn practices(app: &App, client: &str) -> Result<Vec<Practice>, Refused> {
    let practices = app
        .store
        .read("practices of a client", |mut tx| async move {
            let known = app.store.client(&mut tx, client).await?;
            if known.is_none_or(|client| client.revoked_at.is_some()) {
                return Ok(None);
            }
            app.store.practices_of_client(&mut tx, client).await.map(Some)
        })
        .await?;
    practices.ok_or_else(|| {
        Refused::Bearer(BearerProblem::InvalidToken("the client of this token has been revoked".to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &'static str) -> Result<Option<Agb>, Refused> {
        organization(&HeaderMap::from_iter([(
            "x-organization-identifier".parse().unwrap(),
            value.parse().unwrap(),
        )]))
    }

    #[test]
    fn d1_both_forms_are_read_and_leading_zeros_kept() {
        for value in ["01000001", "http://fhir.nl/fhir/NamingSystem/agb-z|01000001"] {
            assert_eq!(read(value).unwrap().unwrap().as_str(), "01000001");
        }
        assert!(organization(&HeaderMap::new()).unwrap().is_none());
    }

    #[test]
    fn d2_anything_else_is_malformed() {
        for value in ["", "1000001", "urn:other|01000001", "01000001,01000002", "0100000a"] {
            assert!(matches!(read(value), Err(Refused::OrganizationMalformed)), "{value}");
        }
    }
}
