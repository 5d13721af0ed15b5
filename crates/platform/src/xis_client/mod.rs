//! What we call at a practice's system: one file per resource, and what every call shares.
//!
//! Calls carry a token of the patient at the keyboard (RFC 8693), or of the platform where there is none.
//! Nothing here decides: answers come back as values, troubles as a [`Trouble`].
//!
//! A system that is slow, down or wrong harms nobody but its own patients (C17): each practice has a [line](line) with
//! places, a breaker and a budget for retries, and each page or act one [`Deadline`] for all its calls.

mod agendas;
mod appointment;
mod booking;
mod breaker;
mod budget;
mod call;
mod deadline;
mod decline;
mod line;
mod lines;
mod paging;
mod pass;
mod patient;
pub(crate) mod probe;
mod reading;
mod seen;
mod shared;
mod slot;
mod token;
mod trouble;
mod value_set;

use std::sync::Arc;

use agenda::Agb;
use store::{Practice, SessionTokens};
use url::Url;
use world::World;

pub(crate) use booking::{Booking, Posted};
pub(crate) use deadline::Deadline;
pub(crate) use decline::Declined;
pub(crate) use lines::Lines;
pub(crate) use seen::Seen;
#[cfg(any(test, feature = "fuzz"))]
pub(crate) use slot::slots_on;
pub(crate) use trouble::Trouble;

use self::line::Line;
use crate::app::App;

/// For whom we call.
#[derive(Debug, Clone, Copy)]
pub(crate) enum OnBehalfOf<'a> {
    /// A patient at the keyboard.
    Patient(store::AccountId, &'a SessionTokens),
    /// Nobody: the platform itself.
    Platform,
}

/// One practice's system, called on somebody's behalf, for one page or one act.
#[derive(Debug, Clone)]
pub(crate) struct XisClient<'a> {
    app: &'a App,
    practice: &'a Practice,
    behalf: OnBehalfOf<'a>,
    base: Url,
    deadline: Deadline,
}

impl<'a> XisClient<'a> {
    /// For an act that nobody waits for; see [`until`](Self::until).
    ///
    /// # Errors
    /// [`Trouble::NotConfigured`] when the practice has no (usable) address of its system.
    pub(crate) fn new(app: &'a App, practice: &'a Practice, behalf: OnBehalfOf<'a>) -> Result<Self, Trouble> {
        let base = practice.settings.xis_base_url.as_deref().ok_or(Trouble::NotConfigured)?;
        let base = Url::parse(base).map_err(|_| Trouble::NotConfigured)?;
        Ok(Self { app, practice, behalf, base, deadline: Deadline::of_act(app.world.now()) })
    }

    /// All calls together may take until then.
    pub(crate) fn until(self, deadline: Deadline) -> Self {
        Self { deadline, ..self }
    }

    /// What is read from here on shows the agenda as it is now, not as it was read for others a moment ago (C19).
    pub(crate) fn afresh(self) -> Self {
        self.app.lines.agenda_changed(self.agb());
        self
    }

    /// The same practice's system, called for what needs no patient (C19, setting).
    fn for_searching(&self) -> Self {
        let behalf = if self.is_shared() { OnBehalfOf::Platform } else { self.behalf };
        Self { behalf, ..self.clone() }
    }

    /// Whether what is found without a patient is for all patients of the practice (C19, setting).
    fn is_shared(&self) -> bool {
        self.practice.settings.shared_search
    }

    /// How long to wait, and by which clock.
    fn patience(&self) -> (&World, Deadline) {
        (&self.app.world, self.deadline)
    }

    fn line(&self) -> Arc<Line> {
        self.app.lines.of(self.agb(), self.app.world.now())
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
