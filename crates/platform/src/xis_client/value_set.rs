use agenda::Coding;
use fhir::incoming::{Concept, ValueSet};
use http::StatusCode;

use super::{Trouble, XisClient, call::Call};

impl XisClient<'_> {
    /// The appointment types that patients may book, by the practice's `service-category` filter (C12).
    ///
    /// None at all is an answer: the caller shows the empty state and logs an error. So is 404: the practice's
    /// system has no such set.
    pub(crate) async fn appointment_types(&self) -> Result<Vec<Coding>, Trouble> {
        let filter = self.practice.settings.service_category.as_deref();
        let query: Vec<_> = filter.map(|filter| ("service-category", filter)).into_iter().collect();
        let address = self.address(&["ValueSet", "BookableAppointmentTypes"], &query);
        let body = match self.for_searching().send_for_ok(&Call::get(address)).await {
            Err(Trouble::Status { status: StatusCode::NOT_FOUND, .. }) => return Ok(Vec::new()),
            other => other?,
        };
        let set: ValueSet = fhir::parse(&body).map_err(Trouble::Unreadable)?;
        Ok(set.concepts().into_iter().map(coding).collect())
    }
}

fn coding(concept: Concept) -> Coding {
    Coding {
        system: concept.system.unwrap_or_default(),
        code: concept.code,
        display: Some(concept.display).filter(|display| !display.is_empty()),
    }
}
