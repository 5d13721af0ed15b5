use agenda::{Kind, State};
use jiff::Timestamp;
use store::{AppointmentId, Language, Practice, Stored};

use super::{Card, Standing, Tag, tag::Tone};
use crate::{
    booking::reschedule::{is_movable, is_running},
    when,
    words::say,
};

/// The appointments that one is tied to by being moved.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::portal) struct Tied<'a> {
    /// The one whose place it is to take, or took.
    old: Option<&'a Stored>,
    /// The one that is to take its place, or took it.
    new: Option<&'a Stored>,
}

impl<'a> Tied<'a> {
    /// Those of `stored` among these.
    pub(in crate::portal) fn among(stored: &Stored, all: &'a [Stored]) -> Self {
        let with_id = |id: Option<AppointmentId>| all.iter().find(|one| Some(one.id) == id);
        let running = all.iter().find(|one| one.replaces() == Some(stored.id) && is_running(one));
        Self { old: with_id(stored.replaces()), new: running.or_else(|| with_id(stored.ties.gives_way_to)) }
    }
}

impl Card {
    /// With what its patient must know of the appointments that it is tied to, and whether it can be moved itself.
    pub(in crate::portal) fn tied(
        mut self,
        stored: &Stored,
        practice: &Practice,
        tied: Tied<'_>,
        language: Language,
        now: Timestamp,
    ) -> Self {
        let moment = |of: &Stored| {
            let start = of.appointment.content.start;
            when::date_and_time(language, start, &practice.settings.zone())
        };
        let said = |key, of: &Stored| say(language, key, &[("moment", moment(of).into())]);
        self.is_movable = tied.new.is_none() && is_movable(stored, practice, now);
        if let Some(old) = tied.old.filter(|old| stands(old, now)) {
            self.beside = Some(said(self.key_of_old(stored, old), old));
            self.other = Some(old.id);
            if self.is_off() {
                self.again = super::address::moving(old.id);
            }
        }
        let Some(new) = tied.new else { return self };
        self.other = Some(new.id);
        let gives_way = stored.ties.gives_way_to == Some(new.id);
        match self.standing {
            Standing::Cancelling if gives_way => {
                self.next = Some(said("reschedule-leaving", new));
                self.tag = Some(tag(language, "reschedule-leaving-tag", "clock", Tone::Waiting));
            }
            Standing::Cancelled if gives_way => {
                self.next = Some(said("reschedule-moved-to", new));
                self.tag = Some(tag(language, "reschedule-moved", "change", Tone::Off));
                self.is_moved = true;
            }
            Standing::Booked | Standing::Pending => self.beside = Some(said("reschedule-asked", new)),
            Standing::Checking
            | Standing::CheckingFailed
            | Standing::Cancelling
            | Standing::Cancelled
            | Standing::Declined
            | Standing::Failed(_) => {}
        }
        self
    }

    /// What to say of the old one, which stands.
    fn key_of_old(&self, stored: &Stored, old: &Stored) -> &'static str {
        match self.standing {
            Standing::Checking | Standing::Pending => "reschedule-old-stands-until",
            Standing::Booked if old.ties.gives_way_to == Some(stored.id) => "reschedule-old-leaving",
            Standing::Booked if old.appointment.is_cancelling_refused() => "reschedule-old-refused",
            Standing::Booked
            | Standing::CheckingFailed
            | Standing::Cancelling
            | Standing::Cancelled
            | Standing::Declined
            | Standing::Failed(_) => "reschedule-old-stands",
        }
    }
}

/// Whether the patient may still come at this time.
fn stands(stored: &Stored, now: Timestamp) -> bool {
    let is_ahead = stored.appointment.content.start > now;
    is_ahead && matches!(stored.appointment.state, State::Booked | State::Pending)
}

/// Whether the last that was told of it is that it took another one's place.
pub(in crate::portal) fn has_taken_place(stored: &Stored) -> bool {
    stored.news.as_ref().is_some_and(|news| news.kind == Kind::Rescheduled && news.before.is_some())
}

fn tag(language: Language, key: &str, shape: &'static str, tone: Tone) -> Tag {
    Tag { word: say(language, key, &[]), shape, tone }
}
