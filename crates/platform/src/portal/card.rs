//! An appointment as its patient reads it: pure, from what is stored and the time.

mod changes;
mod moment;
mod standing;
mod tag;
#[cfg(test)]
mod tests;
mod tied;

use agenda::Content;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use store::{AppointmentId, Language, Practice, Stored};

pub(super) use self::{
    changes::Changes,
    moment::Moment,
    standing::{Group, Standing, is_for_overview},
    tag::Tag,
    tied::{Tied, has_taken_place},
};
use super::{book::address, shell::Face};
use crate::{booking::cancel, when, words::say};

/// How long the page waits for the answer to a booking, before it says that we are checking.
pub(super) const PATIENCE: SignedDuration = SignedDuration::from_millis(2_500);

/// An appointment, ready to be shown.
#[derive(Debug, Clone)]
pub(super) struct Card {
    pub(super) id: AppointmentId,
    pub(super) standing: Standing,
    pub(super) group: Group,
    /// Whether there is news that the patient has not seen.
    pub(super) fresh: bool,
    pub(super) tag: Option<Tag>,
    pub(super) at: Moment,
    pub(super) duration: String,
    /// "Consult bij dokter Jansen".
    pub(super) what: String,
    /// The type and the practitioner apart, as far as they are known.
    pub(super) kind: Option<String>,
    pub(super) with: Option<String>,
    pub(super) changes: Changes,
    /// What the practice wrote.
    pub(super) message: Option<String>,
    /// What the patient wrote.
    pub(super) reason: Option<String>,
    /// The practice, where it is known still.
    pub(super) practice: Option<Face>,
    /// What the patient can do or expect, where there is something to say.
    pub(super) next: Option<String>,
    /// Until when it can be cancelled here, in a sentence; none where that is not possible (B10).
    pub(super) cancel_until: Option<String>,
    /// Where to choose another time, with what was chosen kept.
    pub(super) again: String,
    /// What to know of the appointment that it is tied to by being moved.
    pub(super) beside: Option<String>,
    /// That appointment.
    pub(super) other: Option<AppointmentId>,
    /// Whether it can be moved here.
    pub(super) is_movable: bool,
    /// Whether another one has taken its place.
    pub(super) is_moved: bool,
}

impl Card {
    /// The card of an appointment; `None` for one that is not for the patient to see.
    pub(super) fn of(
        stored: &Stored,
        practice: Option<&Practice>,
        language: Language,
        now: Timestamp,
    ) -> Option<Self> {
        let standing = Standing::of(stored, now)?;
        let zone = practice.map_or(TimeZone::UTC, |practice| practice.settings.zone());
        let content = &stored.appointment.content;
        let fresh = stored.unseen && stored.news.is_some();
        let group = standing.group(content, fresh, now);
        let (kind, with) = (content.category_display().map(str::to_owned), with_whom(stored));
        Some(Self {
            id: stored.id,
            group,
            fresh,
            tag: Tag::of(standing, group, stored.news.as_ref(), fresh, language),
            at: Moment::of(content.start, &zone, language, now),
            duration: when::duration_minutes(language, content.start, content.end),
            what: what(language, kind.as_deref(), with.as_deref()),
            kind,
            with,
            changes: Changes::of(stored, &zone, language),
            message: stored.appointment.message().map(str::to_owned),
            reason: stored.appointment.reason.as_ref().map(|reason| reason.as_str().to_owned()),
            practice: practice.map(Face::of),
            next: standing.next(&stored.appointment, group).map(|key| say(language, key, &[])),
            cancel_until: practice.and_then(|practice| cancel_until(stored, practice, language, now)),
            again: choose_again(stored, content),
            beside: None,
            other: None,
            is_movable: false,
            is_moved: false,
            standing,
        })
    }

    /// Whether it will not be: its time is struck through.
    pub(super) fn is_off(&self) -> bool {
        self.standing.is_off()
    }

    /// What calling is for, while there is something to call about: to change or cancel it where that is not possible
    /// here.
    pub(super) fn call_for(&self) -> Option<&'static str> {
        let is_ahead = matches!(self.group, Group::Upcoming | Group::Awaiting);
        let key = match self.standing {
            Standing::Cancelling => "appointment-call",
            _ if self.is_movable => "appointment-call",
            _ if self.cancel_until.is_some() => "cancel-call-to-change",
            _ => "card-call-to-change",
        };
        is_ahead.then_some(key)
    }
}

fn cancel_until(stored: &Stored, practice: &Practice, language: Language, now: Timestamp) -> Option<String> {
    let closes_at = stored.appointment.cancellable_until(cancel::window(stored, practice), now)?;
    let moment = when::date_and_time(language, closes_at, &practice.settings.zone());
    Some(say(language, "cancel-until", &[("moment", moment.into())]))
}

/// By its name at the practice; until the practice has shown one, by that of the agenda that was chosen.
fn with_whom(stored: &Stored) -> Option<String> {
    let named = stored.appointment.content.practitioner_display().map(str::to_owned);
    let chosen =
        || stored.slot.as_ref().filter(|_| !stored.appointment.settled).map(|slot| slot.agenda.clone());
    named.or_else(chosen)
}

/// The type and the practitioner in a few words, whatever is known of them.
pub(super) fn what(language: Language, kind: Option<&str>, with: Option<&str>) -> String {
    match (kind, with) {
        (Some(kind), Some(with)) => {
            say(language, "card-what-with", &[("what", kind.into()), ("who", with.into())])
        }
        (Some(kind), None) => kind.to_owned(),
        (None, Some(with)) => say(language, "card-with", &[("who", with.into())]),
        (None, None) => say(language, "card-what", &[]),
    }
}

fn choose_again(stored: &Stored, content: &Content) -> String {
    match (content.categories.first(), &stored.slot) {
        (Some(category), Some(slot)) => address::times_beside(&stored.practice, category, slot),
        _ => format!("/book/{}", stored.practice),
    }
}
