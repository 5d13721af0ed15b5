mod beside;

use agenda::{Content, Difference, Kind, Party, State};
use jiff::Timestamp;
use store::{Notice, Stored};

pub(super) use beside::Beside;

/// The notices that wait for one patient about one appointment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Untold<'notices> {
    /// Oldest first.
    pub(super) notices: &'notices [Notice],
    /// Whether an earlier attempt may have told some of them, for all we know.
    pub(super) perhaps_told: bool,
}

/// What one mail or push tells. It holds times and nothing else, so that nothing else can get into one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Telling {
    /// What happened, as far as this patient is concerned.
    pub(super) kind: Kind,
    /// When the visit is, or would have been.
    pub(super) at: Timestamp,
    /// The time that the patient knew, where that is another one.
    pub(super) was: Option<Timestamp>,
    /// How the visit stands whose place this one was to take, where it does.
    pub(super) beside: Option<Beside>,
}

impl Telling {
    /// What there is to tell: from what the patient was last told to what is true now, or nothing.
    ///
    /// The notices that wait collapse into one. What is no longer true is not told, nor what is about a time
    /// that has passed (A14), nor a change that was undone before it was told.
    ///
    /// `replaced` is the visit whose place this one was to take, as it is now. Of a reschedule that rule tells:
    /// "moved from … to …" once that one is over, and otherwise that both stand.
    pub(super) fn of(
        untold: Untold<'_>,
        stored: &Stored,
        replaced: Option<&Stored>,
        now: Timestamp,
    ) -> Option<Self> {
        let visit = &stored.appointment.content;
        if visit.start <= now {
            return None;
        }
        let beside = replaced.and_then(|replaced| Beside::of(replaced, now));
        let kind = match &stored.appointment.state {
            State::Booked => untold.standing(visit, beside.is_some()),
            State::Cancelled { by: Party::Practice, .. } => untold.waiting(Kind::CancelledByPractice),
            State::Cancelled { by: Party::Patient, .. } => untold.waiting(Kind::CancelledByPatient),
            State::Declined { .. } => untold.waiting(Kind::Declined),
            State::Requested { .. }
            | State::Unknown { .. }
            | State::Pending
            | State::Failed { .. }
            | State::Tombstone => None,
        }?;
        let beside = beside.and_then(|beside| beside.heard_with(kind));
        let stands_beside = kind == Kind::Rescheduled && beside.is_some();
        let was = untold.known().map(|known| known.start);
        let was = was.filter(|was| *was != visit.start && !stands_beside);
        Some(Self { kind, at: visit.start, was, beside })
    }
}

impl<'notices> Untold<'notices> {
    fn waiting(self, kind: Kind) -> Option<Kind> {
        self.notices.iter().any(|notice| notice.kind == kind).then_some(kind)
    }

    /// What to say of a visit that stands now: what changed, or else that it is near.
    fn standing(self, visit: &Content, is_beside: bool) -> Option<Kind> {
        self.changed(visit, is_beside).or_else(|| self.waiting(Kind::Reminder))
    }

    /// What happened to a visit that stands now.
    fn changed(self, visit: &Content, is_beside: bool) -> Option<Kind> {
        // Over in between, and the patient's page may have shown that: say that it stands again.
        let was_over = self.notices.iter().any(|notice| match notice.kind {
            Kind::PlannedAgain | Kind::Declined | Kind::CancelledByPractice | Kind::CancelledByPatient => {
                true
            }
            Kind::New | Kind::Confirmed | Kind::Modified | Kind::Rescheduled | Kind::Reminder => false,
        });
        let first = self.changes().next()?.kind;
        match (first, self.known()) {
            _ if was_over => Some(Kind::PlannedAgain),
            _ if self.has_moved() => Some(self.moved(is_beside)),
            (Kind::Modified, Some(known)) if !self.perhaps_told => {
                (known.compare(visit) == Difference::Changed).then_some(Kind::Modified)
            }
            // It was perhaps told as new, at its first time: a second new one would make two of it.
            (Kind::New, Some(_)) => Some(Kind::Modified),
            _ => Some(first),
        }
    }

    /// The visit as the patient was last told, or asked for it; `None` when there was none, when it was over, or
    /// when no change since then replaced it.
    fn known(self) -> Option<&'notices Content> {
        let first = self.changes().next()?;
        let replaced = |skip| self.changes().skip(skip).find_map(|notice| notice.before.as_ref());
        match first.kind {
            Kind::New | Kind::PlannedAgain if self.perhaps_told => replaced(1),
            Kind::New | Kind::PlannedAgain => None,
            Kind::Confirmed
            | Kind::Declined
            | Kind::Modified
            | Kind::CancelledByPractice
            | Kind::CancelledByPatient
            | Kind::Rescheduled
            | Kind::Reminder => replaced(0),
        }
    }

    /// Whether a reschedule came to its end.
    fn has_moved(self) -> bool {
        self.waiting(Kind::Rescheduled).is_some()
    }

    /// How it ended. Where the visit took no place and none stands beside it, what became of that one is told by itself.
    fn moved(self, is_beside: bool) -> Kind {
        let took_place =
            self.notices.iter().any(|notice| notice.kind == Kind::Rescheduled && notice.before.is_some());
        if took_place || is_beside { Kind::Rescheduled } else { Kind::Confirmed }
    }

    /// Those that tell of a change: a reminder changes nothing.
    fn changes(self) -> impl Iterator<Item = &'notices Notice> {
        self.notices.iter().filter(|notice| notice.kind != Kind::Reminder)
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod rescheduled;
#[cfg(test)]
mod tests;
