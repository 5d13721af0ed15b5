use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, Method, request::Parts},
    response::Response,
};
use store::{AccountId, Language};

use super::{
    Problem,
    shell::{Here, Shell},
    spoken,
};
use crate::{app::App, auth::session::Patient};

/// A patient who reads a page: the permission, and what the page's surroundings need.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    pub(super) patient: Patient,
    /// Whether somebody looks at the page, and not a browser that fetches it in case somebody will.
    pub(super) looks: bool,
}

impl Reader {
    fn of(patient: Patient, parts: &Parts) -> Self {
        spoken::patient_reads(patient.account.language);
        let looks = parts.method == Method::GET && !is_prefetch(&parts.headers);
        Self { patient, looks }
    }

    pub(super) fn id(&self) -> AccountId {
        self.patient.account.id
    }

    pub(super) fn language(&self) -> Language {
        self.patient.account.language
    }

    /// What surrounds a page for this patient.
    pub(super) async fn shell(&self, app: &App, here: Here) -> Result<Shell, Problem> {
        let account = self.id();
        let news: Result<u32, store::Error> = app
            .store
            .read("unseen news", |mut tx| async move { app.store.unseen_of(&mut tx, account).await })
            .await;
        Ok(Shell { news: Some(news?), here, ..Shell::of(spoken::reading()) })
    }
}

impl FromRequestParts<App> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let patient = <Patient as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        Ok(Self::of(patient, parts))
    }
}

impl OptionalFromRequestParts<App> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Response> {
        let patient = <Patient as OptionalFromRequestParts<App>>::from_request_parts(parts, app).await?;
        Ok(patient.map(|patient| Self::of(patient, parts)))
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
