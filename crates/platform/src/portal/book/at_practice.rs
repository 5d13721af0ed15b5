use std::collections::HashMap;

use agenda::{Agb, Coding};
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use jiff::tz::TimeZone;
use store::{Actor, Choice, Practice, SlotChoice};

use super::{
    address, draft,
    moving::{self, Moving},
    opening,
};
use crate::{
    app::App,
    audit::Audit,
    auth::session,
    portal::{
        Problem,
        reader::Reader,
        shell::{Face, Here, Shell},
        spoken,
    },
    xis_client::{Deadline, OnBehalfOf, Trouble, XisClient},
};

/// A patient at one of the practices that the patient belongs to: the permission to book there, or to move the
/// appointment that is named.
#[derive(Debug, Clone)]
pub(super) struct AtPractice {
    pub(super) reader: Reader,
    pub(super) practice: Practice,
    /// Whether the patient has other practices too.
    pub(super) has_others: bool,
    /// The appointment that another time is chosen for, where that is what the patient does.
    pub(super) moving: Option<Moving>,
    /// Until when this page may ask the practice's system.
    pub(super) deadline: Deadline,
}

impl AtPractice {
    pub(super) fn agb(&self) -> &Agb {
        &self.practice.agb
    }

    pub(super) fn zone(&self) -> TimeZone {
        self.practice.settings.zone()
    }

    pub(super) fn shell(&self) -> Shell {
        let here = if self.moving.is_some() { Here::Appointments } else { Here::Booking };
        self.reader.shell(here).at(&self.practice)
    }

    /// Where to go when nothing is offered of this type any more.
    pub(super) fn start(&self) -> String {
        match &self.moving {
            Some(moving) => format!("{}?closed=1", address::moving(moving.id())),
            None => address::types(self.agb()),
        }
    }

    /// Choosing all over.
    pub(super) fn again(&self) -> String {
        match &self.moving {
            Some(moving) => address::moving(moving.id()),
            None => address::types(self.agb()),
        }
    }

    /// Choosing an agenda, the only one not skipped.
    pub(super) fn all_agendas(&self, category: &Coding) -> String {
        match &self.moving {
            Some(moving) => address::moving_agendas(moving.id()),
            None => address::all_agendas(self.agb(), category),
        }
    }

    /// Choosing a time in an agenda.
    pub(super) fn times(&self, category: &Coding, schedule: &str) -> String {
        match &self.moving {
            Some(moving) => address::moving_times(moving.id(), schedule),
            None => address::times(self.agb(), category, schedule),
        }
    }

    /// Choosing a time in any agenda.
    pub(super) fn times_of_anyone(&self, category: &Coding) -> String {
        match &self.moving {
            Some(moving) => address::moving_times_of_anyone(moving.id()),
            None => address::times_of_anyone(self.agb(), category),
        }
    }

    /// Choosing another time where this one was found.
    pub(super) fn times_beside(&self, category: &Coding, slot: &SlotChoice) -> String {
        if slot.anyone { self.times_of_anyone(category) } else { self.times(category, &slot.schedule) }
    }

    /// Looking once more before the practice is asked.
    pub(super) fn check(&self) -> String {
        match &self.moving {
            Some(moving) => address::moving_check(moving.id()),
            None => address::check(self.agb()),
        }
    }

    /// The type that is chosen for: that of the appointment that is moved, or the one in the address.
    pub(super) fn type_token(&self, in_address: Option<&str>) -> String {
        let moved = self.moving.as_ref().and_then(|moving| moving.old.appointment.content.categories.first());
        moved.map_or_else(|| in_address.unwrap_or_default().to_owned(), address::token)
    }

    /// The practice's system, asked for this patient.
    pub(super) fn client<'a>(&'a self, app: &'a App) -> Result<XisClient<'a>, Trouble> {
        let tokens = &self.reader.patient.session.tokens;
        let client = XisClient::new(app, &self.practice, OnBehalfOf::Patient(self.reader.id(), tokens))?;
        Ok(client.until(self.deadline))
    }

    /// What the patient has chosen here so far. What was written of why leaves its line in the audit trail.
    pub(super) async fn choice(&self, app: &App) -> Result<Choice, Problem> {
        let choice = match &self.moving {
            Some(moving) => moving.choice(app).await,
            None => draft::load(app, self.reader.id(), self.agb()).await,
        }?;
        if choice.reason.is_some() {
            let viewer = &Actor::Patient(self.reader.id());
            let line = Audit::of(viewer, "draft view").subject(self.reader.id()).practice(self.agb());
            line.shown(app, &self.reader.patient.session).await?;
        }
        Ok(choice)
    }

    pub(super) async fn keep(&self, app: &App, choice: &Choice) -> Result<(), Problem> {
        match &self.moving {
            Some(moving) => moving.keep(app, choice).await,
            None => draft::save(app, self.reader.id(), self.agb(), choice).await,
        }
    }
}

impl FromRequestParts<App> for AtPractice {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let deadline = Deadline::of_page(app.world.now());
        let reader = <Reader as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        if reader.patient.must_log_in_again(app.world.now()) {
            // Each page here that takes a form is a page to come back to as well.
            let here = parts.uri.path_and_query().map_or("/", |here| here.as_str());
            return Err(session::to_login_for(here));
        }
        let path = Path::<HashMap<String, String>>::from_request_parts(parts, app).await;
        let path = path.map(|Path(path)| path).unwrap_or_default();
        if let Some(id) = path.get("id") {
            return moving::at_practice(app, reader, id, deadline).await;
        }
        let agb = path.get("agb").and_then(|agb| agb.parse().ok());
        of_patient(app, reader, agb.as_ref()).await
    }
}

/// A practice that is not the patient's looks like one that is not there. Before its online planning opens there is a
/// page that says so.
pub(super) async fn of_patient(app: &App, reader: Reader, agb: Option<&Agb>) -> Result<AtPractice, Response> {
    let (now, deadline) = (app.world.now(), Deadline::of_page(app.world.now()));
    let own = own_practices(app, &reader).await.map_err(|error| Problem::from(error).into_response())?;
    let has_others = own.len() > 1;
    let practice = own.into_iter().find(|practice| Some(&practice.agb) == agb);
    let practice = practice.ok_or_else(|| Problem::NoSuchPage.into_response())?;
    spoken::about(Face::of(&practice));
    match opening::not_yet(&reader, &practice, now) {
        Some(page) => Err(page),
        None => Ok(AtPractice { practice, reader, has_others, moving: None, deadline }),
    }
}

/// The practices that the patient belongs to.
pub(in crate::portal) async fn own_practices(
    app: &App,
    reader: &Reader,
) -> Result<Vec<Practice>, store::Error> {
    let account = reader.id();
    app.store
        .read("a patient's practices", |mut tx| async move { app.store.practices_of(&mut tx, account).await })
        .await
}
