use std::{collections::HashMap, sync::Arc};

use axum::{
    RequestPartsExt as _,
    extract::{FromRequestParts, Path},
};
use db::{Error, Tx};
use http::request::Parts;
use jiff::civil::Date;

use super::{Frame, PageProblem, Section, language::language, session};
use crate::{
    agenda::Desk,
    audit::{self, Act, Actor},
    config::Agb,
    locales::{Language, Words},
    practice::Practice,
    service::Service,
    tables::{Session, appointments},
};

/// Somebody who is logged in, at a page that is of no practice.
pub(super) struct Colleague {
    pub(super) service: Arc<Service>,
    pub(super) language: Language,
    /// None where the pages have no login.
    pub(super) session: Option<Session>,
}

/// Somebody who works for a practice, at a page of it: the permission of every page that takes one. A practice of
/// others looks like one that is not there.
pub(super) struct Visitor {
    pub(super) service: Arc<Service>,
    pub(super) practice: Arc<Practice>,
    pub(super) language: Language,
    /// The address of this page, to come back to.
    pub(super) here: String,
    /// Whether an open page fetches itself again.
    pub(super) is_unasked: bool,
    session: Option<Session>,
}

impl FromRequestParts<Arc<Service>> for Colleague {
    type Rejection = PageProblem;

    async fn from_request_parts(parts: &mut Parts, service: &Arc<Service>) -> Result<Self, PageProblem> {
        let session = session::of(parts, service).await?;
        Ok(Self { service: Arc::clone(service), language: language(&parts.headers), session })
    }
}

impl Colleague {
    /// The practices here that this person works for.
    pub(super) fn practices(&self) -> impl Iterator<Item = &Arc<Practice>> {
        self.service.practices.all().filter(|practice| self.works_for(practice))
    }

    fn works_for(&self, practice: &Practice) -> bool {
        let own = self.session.as_ref().map(|session| &session.practices);
        own.is_none_or(|own| own.contains(&practice.settings.agb))
    }

    fn actor(&self) -> Actor {
        actor(self.session.as_ref())
    }

    /// Leaves the line of somebody who wanted to be in a practice of others.
    async fn note_refusal(&self, practice: &Practice) -> Result<(), Error> {
        let (service, act) = (&self.service, &self.service.act(practice, self.actor()));
        let work = |mut tx: Tx| async move {
            audit::record(&mut tx, &service.vault, act, None, ("open", "pages", "refused")).await
        };
        service.db.tx("note a refusal", work).await
    }
}

impl FromRequestParts<Arc<Service>> for Visitor {
    type Rejection = PageProblem;

    async fn from_request_parts(parts: &mut Parts, service: &Arc<Service>) -> Result<Self, PageProblem> {
        let colleague = Colleague::from_request_parts(parts, service).await?;
        let language = colleague.language;
        let not_found = || PageProblem::NotFound(language);
        let Path(path): Path<HashMap<String, String>> = parts.extract().await.map_err(|_| not_found())?;
        let agb: Agb = path.get("agb").and_then(|agb| agb.parse().ok()).ok_or_else(not_found)?;
        let practice = service.practices.find(&agb).ok_or_else(not_found)?;
        if !colleague.works_for(&practice) {
            let noted = colleague.note_refusal(&practice).await;
            noted.map_err(|error| PageProblem::failed(language, &error))?;
            return Err(not_found());
        }
        let here = parts.uri.path_and_query().map_or("/", |here| here.as_str()).to_owned();
        let is_unasked = session::is_unasked(&parts.headers);
        let Colleague { service, session, .. } = colleague;
        Ok(Self { service, practice, language, here, is_unasked, session })
    }
}

fn actor(session: Option<&Session>) -> Actor {
    session.map_or(Actor::Desk, |session| Actor::Practitioner(session.practitioner.clone()))
}

impl Visitor {
    pub(super) fn words(&self) -> &'static Words {
        self.language.words()
    }

    /// What this visit does, to be recorded.
    pub(super) fn act(&self) -> Act {
        self.service.act(&self.practice, actor(self.session.as_ref()))
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
            has_other_practices: self.has_other_practices(),
            who: self.session.as_ref().map(|session| session.name.clone()),
            requests,
            misbehaving: self.service.faults.said(),
        })
    }

    fn has_other_practices(&self) -> bool {
        let own = self.session.as_ref().map(|session| session.practices.len());
        own.unwrap_or_else(|| self.service.practices.all().count()) > 1
    }

    /// The page's own problem, in the visitor's language.
    pub(super) fn failed(&self, error: &dyn std::error::Error) -> PageProblem {
        PageProblem::failed(self.language, error)
    }

    pub(super) fn not_found(&self) -> PageProblem {
        PageProblem::NotFound(self.language)
    }
}
