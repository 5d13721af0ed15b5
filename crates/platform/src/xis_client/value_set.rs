use std::sync::Arc;

use agenda::Coding;
use fhir::incoming::{AppointmentType, Concept, ValueSet};
use http::StatusCode;
use url::Url;

use super::{Trouble, XisClient, call::Call};

impl XisClient<'_> {
    /// The appointment types that patients may book, by the practice's `service-category` filter (C12). Version 1 has no
    /// filter, and a form of its own (C20).
    ///
    /// None at all is an answer: the caller shows the empty state and logs an error. So is 404: the practice's
    /// system has no such set.
    pub(crate) async fn appointment_types(&self) -> Result<Vec<Coding>, Trouble> {
        let (client, address) = (self.for_searching(), self.types_address());
        let line = self.line();
        let asked = client.read_types(address.clone());
        if self.is_shared() {
            line.types.get(address.as_str(), self.patience(), asked).await.map(Arc::unwrap_or_clone)
        } else {
            asked.await
        }
    }

    /// Where the types are.
    pub(super) fn types_address(&self) -> Url {
        let settings = &self.practice.settings;
        let filter = settings.service_category.as_deref().filter(|_| !settings.speaks_version_1());
        let query: Vec<_> = filter.map(|filter| ("service-category", filter)).into_iter().collect();
        self.address(&["ValueSet", "BookableAppointmentTypes"], &query)
    }

    async fn read_types(&self, address: Url) -> Result<Vec<Coding>, Trouble> {
        let body = match self.send_for_ok(&Call::get(address)).await {
            Err(Trouble::Status { status: StatusCode::NOT_FOUND, .. }) => return Ok(Vec::new()),
            other => other?,
        };
        let concepts = if self.practice.settings.speaks_version_1() {
            fhir::parse::<AppointmentType>(&body).map(|types| types.concepts())
        } else {
            fhir::parse::<ValueSet>(&body).map(|set| set.concepts())
        };
        Ok(concepts.map_err(Trouble::Unreadable)?.into_iter().map(coding).collect())
    }
}

fn coding(concept: Concept) -> Coding {
    Coding {
        system: concept.system.unwrap_or_default(),
        code: concept.code,
        display: Some(concept.display).filter(|display| !display.is_empty()),
    }
}
