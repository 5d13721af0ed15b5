use std::{collections::HashMap, sync::Arc};

use axum::{
    RequestPartsExt as _,
    extract::{FromRequestParts, Path},
};
use db::{Error, Tx};
use http::request::Parts;
use jiff::civil::Date;

use super::{Frame, PageProblem, Section, language::language};
use crate::{
    agenda::Desk,
    audit::{Act, Actor},
    config::Agb,
    locales::{Language, Words},
    practice::Practice,
    service::Service,
    tables::appointments,
};

/// Somebody of a practice, at a page of it: the permission of every page that takes one.
pub(super) struct Visitor {
    pub(super) service: Arc<Service>,
    pub(super) practice: Arc<Practice>,
    pub(super) language: Language,
    /// The address of this page, to come back to.
    pub(super) here: String,
}

impl FromRequestParts<Arc<Service>> for Visitor {
    type Rejection = PageProblem;

    async fn from_request_parts(parts: &mut Parts, service: &Arc<Service>) -> Result<Self, PageProblem> {
        let language = language(&parts.headers);
        let not_found = || PageProblem::NotFound(language);
        let Path(path): Path<HashMap<String, String>> = parts.extract().await.map_err(|_| not_found())?;
        let agb: Agb = path.get("agb").and_then(|agb| agb.parse().ok()).ok_or_else(not_found)?;
        let practice = service.practices.find(&agb).ok_or_else(not_found)?;
        let here = parts.uri.path_and_query().map_or("/", |here| here.as_str()).to_owned();
        Ok(Self { service: Arc::clone(service), practice, language, here })
    }
}

impl Visitor {
    pub(super) fn words(&self) -> &'static Words {
        self.language.words()
    }

    /// What this visit does, to be recorded.
    pub(super) fn act(&self) -> Act {
        self.service.act(&self.practice, Actor::Desk)
    }

    pub(super) fn desk<'a>(&'a self, act: &'a Act) -> Desk<'a> {
        Desk { service: &self.service, practice: &self.practice, act }
    }

    /// The day that it is at the practice.
    pub(super) fn today(&self) -> Date {
        self.practice.day_of(self.service.world.now())
    }

    /// What stands around the page.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn frame(
        &self,
        tx: &mut Tx,
        section: Section,
        title: impl Into<String>,
    ) -> Result<Frame, Error> {
        let requests = appointments::count_requested(tx, self.practice.id()).await?;
        Ok(Frame {
            words: self.words(),
            title: title.into(),
            here: self.here.clone(),
            section,
            practice: self.practice.settings.name.clone(),
            home: format!("/{}", self.practice.id()),
            has_other_practices: self.service.practices.all().nth(1).is_some(),
            requests,
            misbehaving: self.service.faults.said(),
        })
    }

    /// The page's own problem, in the visitor's language.
    pub(super) fn failed(&self, error: &dyn std::error::Error) -> PageProblem {
        PageProblem::failed(self.language, error)
    }

    pub(super) fn not_found(&self) -> PageProblem {
        PageProblem::NotFound(self.language)
    }
}
