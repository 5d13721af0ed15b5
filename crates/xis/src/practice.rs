use std::{collections::BTreeMap, sync::Arc};

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use crate::config::{Agb, ApiVersion, Practice as Settings};

/// A practice that is served here: its settings and its time zone.
#[derive(Debug)]
pub(crate) struct Practice {
    pub(crate) settings: Settings,
    pub(crate) zone: TimeZone,
}

/// The practices that are served, by AGB code.
#[derive(Debug, Clone)]
pub(crate) struct Practices(Arc<BTreeMap<Agb, Arc<Practice>>>);

/// The configuration names a time zone that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("practice {agb}: {time_zone:?} is no time zone: use an IANA name such as Europe/Amsterdam")]
pub struct NoSuchTimeZone {
    agb: Agb,
    time_zone: String,
}

impl Practice {
    /// The AGB code as text: the tenant of every query.
    pub(crate) fn id(&self) -> &str {
        self.settings.agb.as_str()
    }

    /// Whether its agenda is offered in version 1 of the contract (D13).
    pub(crate) fn speaks_version_1(&self) -> bool {
        self.settings.api_version == ApiVersion::One
    }

    /// What calendar and clock say here at a moment.
    pub(crate) fn local(&self, moment: Timestamp) -> DateTime {
        moment.to_zoned(self.zone.clone()).datetime()
    }

    /// The calendar day of a moment, here.
    pub(crate) fn day_of(&self, moment: Timestamp) -> Date {
        self.local(moment).date()
    }

    /// The moment at which calendar and clock say this here; none for a date beyond all calendars.
    pub(crate) fn moment(&self, local: DateTime) -> Option<Timestamp> {
        local.to_zoned(self.zone.clone()).ok().map(|zoned| zoned.timestamp())
    }

    /// When a calendar day begins here.
    pub(crate) fn start_of(&self, day: Date) -> Timestamp {
        // A day that does not fit the calendar of this zone lies beyond every appointment.
        self.moment(day.into()).unwrap_or(Timestamp::MAX)
    }
}

impl Practices {
    /// # Errors
    /// When a time zone does not exist.
    pub(crate) fn new(settings: Vec<Settings>) -> Result<Self, NoSuchTimeZone> {
        let practices = settings.into_iter().map(|settings| {
            let zone = TimeZone::get(&settings.time_zone).map_err(|_| NoSuchTimeZone {
                agb: settings.agb.clone(),
                time_zone: settings.time_zone.clone(),
            })?;
            Ok((settings.agb.clone(), Arc::new(Practice { settings, zone })))
        });
        Ok(Self(Arc::new(practices.collect::<Result<_, _>>()?)))
    }

    pub(crate) fn find(&self, agb: &Agb) -> Option<Arc<Practice>> {
        self.0.get(agb).cloned()
    }

    /// All of them, by AGB code.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<Practice>> {
        self.0.values()
    }
}
