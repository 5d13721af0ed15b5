//! What we call at a practice's system: one file per resource, and what every call shares.
//!
//! Calls carry a token of the patient at the keyboard (RFC 8693), or of the platform where there is none.
//! Nothing here decides: answers come back as values, troubles as a [`Trouble`].

mod appointment;
mod booking;
mod call;
mod decline;
mod gates;
mod patient;
mod seen;
mod slot;
mod token;
mod trouble;
mod value_set;

use std::time::Duration;

use agenda::Agb;
use store::{Practice, SessionTokens};
use url::Url;

pub(crate) use booking::{Booking, Posted};
pub(crate) use decline::Declined;
pub(crate) use gates::Gates;
pub(crate) use seen::Seen;
pub(crate) use trouble::Trouble;

use crate::app::App;

/// While a patient waits for a page.
const READ_TIMEOUT: Duration = Duration::from_millis(2_800);
/// For a booking: the page does not wait for it (it shows "we are checking"), but the answer is worth waiting for.
const WRITE_TIMEOUT: Duration = Duration::from_secs(20);

/// For whom we call.
#[derive(Debug, Clone, Copy)]
pub(crate) enum OnBehalfOf<'a> {
    /// A patient at the keyboard.
    Patient(store::AccountId, &'a SessionTokens),
    /// Nobody: the platform itself.
    Platform,
}

/// One practice's system, called on somebody's behalf.
#[derive(Debug, Clone)]
pub(crate) struct XisClient<'a> {
    app: &'a App,
    practice: &'a Practice,
    behalf: OnBehalfOf<'a>,
    base: Url,
}

impl<'a> XisClient<'a> {
    /// # Errors
    /// [`Trouble::NotConfigured`] when the practice has no (usable) address of its system.
    pub(crate) fn new(app: &'a App, practice: &'a Practice, behalf: OnBehalfOf<'a>) -> Result<Self, Trouble> {
        let base = practice.settings.xis_base_url.as_deref().ok_or(Trouble::NotConfigured)?;
        let base = Url::parse(base).map_err(|_| Trouble::NotConfigured)?;
        Ok(Self { app, practice, behalf, base })
    }

    /// The same practice's system, called for what needs no patient (C19, setting).
    fn for_searching(&self) -> Self {
        let behalf = if self.practice.settings.shared_search { OnBehalfOf::Platform } else { self.behalf };
        Self { behalf, ..self.clone() }
    }

    fn agb(&self) -> &Agb {
        &self.practice.agb
    }

    /// An address below the base; segments are escaped.
    fn address(&self, segments: &[&str], query: &[(&str, &str)]) -> Url {
        let mut address = self.base.clone();
        if let Ok(mut path) = address.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        if !query.is_empty() {
            address.query_pairs_mut().extend_pairs(query);
        }
        address
    }
}
