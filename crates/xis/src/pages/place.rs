use db::{Error, Tx};
use jiff::{
    SignedDuration,
    civil::{Date, Time},
};

use super::Visitor;
use crate::{
    agenda::{Place, free_times},
    audit::Act,
    locales::clock,
    tables::{Schedule, schedules},
};

/// The value of the choice "another time".
const OTHER: &str = "other";

/// Where and when, as a form has it: each field as it was typed.
#[derive(Debug, Clone, Default)]
pub(super) struct PlaceForm {
    pub(super) schedule: String,
    pub(super) date: String,
    /// One of the free times, or `other`.
    pub(super) time: String,
    pub(super) other_time: String,
}

/// The same with what can be chosen.
pub(super) struct PlaceChoice {
    pub(super) form: PlaceForm,
    pub(super) schedules: Vec<Schedule>,
    pub(super) free: Vec<String>,
    /// The first day that can be chosen.
    pub(super) today: String,
}

impl PlaceForm {
    /// The place for an appointment of this length, when date and time are ones.
    pub(super) fn place(&self, visitor: &Visitor, minutes: i64) -> Option<Place> {
        let date: Date = self.date.parse().ok()?;
        let time = if self.time == OTHER || self.time.is_empty() { &self.other_time } else { &self.time };
        let starts_at = visitor.practice.moment(date.to_datetime(read_time(time)?))?;
        let ends_at = starts_at.checked_add(SignedDuration::from_mins(minutes)).ok()?;
        Some(Place { schedule: self.schedule.clone(), starts_at, ends_at })
    }

    /// What can be chosen for an appointment of this length; `moving` is the one that makes room for itself.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn choice(
        mut self,
        tx: &mut Tx,
        visitor: &Visitor,
        act: &Act,
        minutes: u32,
        moving: Option<&str>,
    ) -> Result<PlaceChoice, Error> {
        let schedules = schedules::all(tx, visitor.practice.id()).await?;
        let is_ours = schedules.iter().any(|schedule| schedule.id == self.schedule);
        let free = match self.date.parse::<Date>() {
            Ok(day) if is_ours => {
                free_times(tx, visitor.desk(act), &self.schedule, day, minutes, moving).await?
            }
            _ => Vec::new(),
        };
        let free: Vec<String> =
            free.into_iter().map(|start| clock(visitor.practice.local(start).time())).collect();
        if !self.time.is_empty() && self.time != OTHER && !free.contains(&self.time) {
            // It was free and is not, or never was: kept as another time, so that nothing chosen is lost.
            self.other_time = std::mem::replace(&mut self.time, OTHER.to_owned());
        }
        Ok(PlaceChoice { form: self, schedules, free, today: visitor.today().to_string() })
    }
}

impl PlaceChoice {
    pub(super) fn is_schedule(&self, schedule: &Schedule) -> bool {
        schedule.id == self.form.schedule
    }

    pub(super) fn is_time(&self, time: &str) -> bool {
        time == self.form.time
    }

    /// The value of the choice "another time".
    pub(super) fn other(&self) -> &'static str {
        OTHER
    }
}

fn read_time(text: &str) -> Option<Time> {
    // A browser sends hours and minutes; a time zone or seconds would not be ours.
    if text.len() == "08:10".len() { text.parse().ok() } else { None }
}
