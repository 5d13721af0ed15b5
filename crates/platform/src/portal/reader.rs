use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, Method, request::Parts},
    response::{IntoResponse, Response},
};
use store::{AccountId, Language, Pulse};

use super::{
    Problem,
    shell::{Here, Shell},
    spoken,
};
use crate::{
    app::App,
    auth::session::{Patient, is_unasked},
};

/// A patient who reads a page: the permission, and what the page's surroundings need.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    pub(super) patient: Patient,
    /// Whether somebody looks at the page, and not a browser that fetches it in case somebody will.
    pub(super) looks: bool,
    /// How things were before the page was read: what changes meanwhile makes it out of date.
    pulse: Pulse,
}

impl Reader {
    async fn of(patient: Patient, parts: &Parts, app: &App) -> Result<Self, Problem> {
        spoken::patient_reads(patient.account.language);
        spoken::session_lasts(patient.lasts(app.world.now()));
        let headers = &parts.headers;
        let looks = parts.method == Method::GET && !is_prefetch(headers) && !is_unasked(headers);
        let (store, account) = (&app.store, patient.account.id);
        let pulse: Result<Pulse, store::Error> =
            store.read("pulse", |mut tx| async move { store.pulse(&mut tx, account).await }).await;
        Ok(Self { patient, looks, pulse: pulse? })
    }

    pub(super) fn id(&self) -> AccountId {
        self.patient.account.id
    }

    pub(super) fn language(&self) -> Language {
        self.patient.account.language
    }

    /// What surrounds a page for this patient.
    pub(super) fn shell(&self, here: Here) -> Shell {
        Shell::of_patient(spoken::reading(), &self.pulse, here)
    }
}

impl FromRequestParts<App> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let patient = <Patient as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        Self::of(patient, parts, app).await.map_err(IntoResponse::into_response)
    }
}

impl OptionalFromRequestParts<App> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Response> {
        let patient = <Patient as OptionalFromRequestParts<App>>::from_request_parts(parts, app).await?;
        let Some(patient) = patient else { return Ok(None) };
        Self::of(patient, parts, app).await.map(Some).map_err(IntoResponse::into_response)
    }
}

/// Browsers say when they fetch a page that nobody has asked for yet.
fn is_prefetch(headers: &HeaderMap) -> bool {
    ["sec-purpose", "purpose", "x-moz"].iter().any(|name| {
        let values = headers.get_all(*name).iter().filter_map(|value| value.to_str().ok());
        { values }.any(|value| value.contains("prefetch") || value.contains("prerender"))
    })
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn a_page_that_is_fetched_ahead_is_not_looked_at() {
        let said = |name, value| {
            HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static(value))])
        };
        assert!(is_prefetch(&said("sec-purpose", "prefetch;prerender")));
        assert!(is_prefetch(&said("purpose", "prefetch")));
        assert!(!is_prefetch(&said("sec-fetch-mode", "navigate")));
    }
}
