use agenda::{Bsn, XisId};
use fhir::{
    incoming::{self, Bundle},
    outgoing::Identifier,
};
use http::StatusCode;

use super::{Booking, Seen, Trouble, XisClient, call::Call};

impl XisClient<'_> {
    /// Looks for our own booking (C18): by our identifier, then by the id that it was sent with. Each hit is
    /// checked against what was asked, since a XIS may ignore a parameter.
    pub(crate) async fn find_booking(&self, booking: &Booking<'_>) -> Result<Option<Seen>, Trouble> {
        let (token, id) = (Identifier::uuid(booking.id).token(), booking.id.to_string());
        for query in [[("identifier", token.as_str())], [("id", id.as_str())]] {
            let body = self.send_for_ok(&Call::get(self.address(&["Appointment"], &query))).await?;
            let bundle = Bundle::<incoming::Appointment>::parse(&body).map_err(Trouble::Unreadable)?;
            let hit = bundle
                .resources
                .iter()
                .map(|found| Seen::of(found, booking, &self.practice.settings))
                .find(|seen| seen.is_what_was_asked(booking));
            if hit.is_some() {
                return Ok(hit);
            }
        }
        Ok(None)
    }

    /// Reads one appointment of this patient again (A9, B10, C4); one that names another patient is not it.
    pub(crate) async fn appointment_of(
        &self,
        id: &XisId,
        patient: &Bsn,
    ) -> Result<Option<incoming::Appointment>, Trouble> {
        let found = self.appointment(id).await?;
        Ok(found.filter(|found| {
            let mut bsns = found.participant.iter().flat_map(|one| incoming::bsns(one.identifiers()));
            bsns.all(|bsn| bsn == patient.expose())
        }))
    }

    async fn appointment(&self, id: &XisId) -> Result<Option<incoming::Appointment>, Trouble> {
        if self.practice.settings.appointment_by_path {
            let address = self.address(&["Appointment", id.as_str()], &[]);
            return match self.send_for_ok(&Call::get(address)).await {
                Ok(body) => fhir::parse(&body).map(Some).map_err(Trouble::Unreadable),
                Err(Trouble::Status { status: StatusCode::NOT_FOUND | StatusCode::GONE, .. }) => Ok(None),
                Err(trouble) => Err(trouble),
            };
        }
        let body =
            self.send_for_ok(&Call::get(self.address(&["Appointment"], &[("id", id.as_str())]))).await?;
        let bundle = Bundle::<incoming::Appointment>::parse(&body).map_err(Trouble::Unreadable)?;
        Ok(bundle.resources.into_iter().find(|found| found.id.as_deref() == Some(id.as_str())))
    }
}
