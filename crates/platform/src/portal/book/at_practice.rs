use std::collections::HashMap;

use agenda::Agb;
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use jiff::tz::TimeZone;
use store::{Choice, Practice};

use super::draft;
use crate::{
    app::App,
    portal::{
        Problem,
        reader::Reader,
        shell::{Here, Shell},
    },
    xis_client::{OnBehalfOf, Trouble, XisClient},
};

/// A patient at one of the practices that the patient belongs to: the permission to book there.
#[derive(Debug, Clone)]
pub(super) struct AtPractice {
    pub(super) reader: Reader,
    pub(super) practice: Practice,
    /// Whether the patient has other practices too.
    pub(super) has_others: bool,
}

impl AtPractice {
    pub(super) fn agb(&self) -> &Agb {
        &self.practice.agb
    }

    pub(super) fn zone(&self) -> TimeZone {
        self.practice.settings.zone()
    }

    pub(super) fn shell(&self) -> Shell {
        self.reader.shell(Here::Booking).at(&self.practice)
    }

    /// The practice's system, asked for this patient.
    pub(super) fn client<'a>(&'a self, app: &'a App) -> Result<XisClient<'a>, Trouble> {
        let tokens = &self.reader.patient.session.tokens;
        XisClient::new(app, &self.practice, OnBehalfOf::Patient(self.reader.id(), tokens))
    }

    /// What the patient has chosen here so far.
    pub(super) async fn choice(&self, app: &App) -> Result<Choice, Problem> {
        draft::load(app, self.reader.id(), self.agb()).await
    }

    pub(super) async fn keep(&self, app: &App, choice: &Choice) -> Result<(), Problem> {
        draft::save(app, self.reader.id(), self.agb(), choice).await
    }
}

impl FromRequestParts<App> for AtPractice {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let reader = <Reader as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        let path = Path::<HashMap<String, String>>::from_request_parts(parts, app).await;
        let agb = path.ok().and_then(|Path(path)| path.get("agb")?.parse().ok());
        at_practice(app, reader, agb).await.map_err(IntoResponse::into_response)
    }
}

/// A practice that is not the patient's looks like one that is not there.
async fn at_practice(app: &App, reader: Reader, agb: Option<Agb>) -> Result<AtPractice, Problem> {
    let own = own_practices(app, &reader).await?;
    let has_others = own.len() > 1;
    let practice = own.into_iter().find(|practice| Some(&practice.agb) == agb.as_ref());
    Ok(AtPractice { practice: practice.ok_or(Problem::NoSuchPage)?, reader, has_others })
}

/// The practices that the patient belongs to.
pub(super) async fn own_practices(app: &App, reader: &Reader) -> Result<Vec<Practice>, store::Error> {
    let account = reader.id();
    app.store
        .read("a patient's practices", |mut tx| async move { app.store.practices_of(&mut tx, account).await })
        .await
}
