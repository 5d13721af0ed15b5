use agenda::Bsn;
use fhir::incoming::{Bundle, Patient};

use super::{Trouble, XisClient, call::Call};

impl XisClient<'_> {
    /// Under which id the practice's system knows the patient of the token; `None` when it does not (C15, C16).
    pub(crate) async fn find_patient(&self, bsn: &Bsn) -> Result<Option<String>, Trouble> {
        let body = self.send_for_ok(&Call::get(self.address(&["Patient"], &[]))).await?;
        let bundle = Bundle::<Patient>::parse(&body).map_err(Trouble::Unreadable)?;
        let patient = bundle.resources.into_iter().find(|patient| {
            let mut bsns = patient.bsns().peekable();
            // A system may leave the identifier out; it must not name another patient.
            bsns.peek().is_none() || bsns.any(|found| found == bsn.expose())
        });
        Ok(patient.and_then(|patient| patient.id))
    }
}
