use jiff::Timestamp;

use super::{Appointment, Cancellation, Effect, Kind, Outcome, Party, Reason, State};

/// How far a visit is with taking the place of another one. It is booked first, and only then is the other one
/// cancelled, so that the patient always has a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replacing {
    /// It was asked for; the other one stands untouched.
    Asked,
    /// It stands, and the other one is being cancelled. The patient is told nothing yet, to be told both as one.
    Held,
    /// Nothing is left to do or to wait for: from here on each is told by itself.
    Over,
}

/// What a change of one of two visits means for both.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a transition changes nothing until its outcome is stored"]
pub struct Pair {
    /// How far the new one is with taking the other one's place.
    pub replacing: Replacing,
    /// For the one that changed.
    pub changed: Outcome,
    /// For the other one.
    pub other: Outcome,
}

impl Replacing {
    /// The new visit changes: `before` it was so, and `outcome` is what its own rules say.
    ///
    /// | replacing | the new one | the old one | then |
    /// | --- | --- | --- | --- |
    /// | Asked | is booked | is cancelled, where it stands | Held, or Over where there is nothing to cancel |
    /// | Asked | fails, is declined or cancelled | stands untouched | Over |
    /// | Held | is told of anything | as it is | Over; a change is told as the confirmation that was held |
    ///
    /// `asked_at` is when the patient asked, by which the practice's window is judged (B10); `words` are what the
    /// practice reads.
    pub fn new_changes(
        self,
        outcome: Outcome,
        old: &Appointment,
        (asked_at, words): (Timestamp, Reason),
        now: Timestamp,
    ) -> Pair {
        let untouched = Outcome::nothing(old);
        match (self, &outcome.after.state) {
            (Self::Asked, State::Booked) => {
                let given = old.give_way(asked_at, words, now);
                if given.effect == Effect::Nothing {
                    Pair { replacing: Self::Over, changed: outcome, other: given }
                } else {
                    Pair { replacing: Self::Held, changed: outcome.untold(), other: given }
                }
            }
            (Self::Asked, State::Requested { .. } | State::Unknown { .. } | State::Pending) => {
                Pair { replacing: Self::Asked, changed: outcome, other: untouched }
            }
            (Self::Held, _) => {
                let (replacing, effect) = match outcome.effect {
                    Effect::Told(Kind::Modified) => (Self::Over, Effect::Told(Kind::Confirmed)),
                    Effect::Told(kind) => (Self::Over, Effect::Told(kind)),
                    silent @ (Effect::Nothing | Effect::Stored | Effect::StaleEcho) => (Self::Held, silent),
                };
                Pair { replacing, changed: Outcome { effect, ..outcome }, other: untouched }
            }
            (Self::Asked | Self::Over, _) => {
                Pair { replacing: Self::Over, changed: outcome, other: untouched }
            }
        }
    }

    /// The old visit, which was on its way to be cancelled in favour of `new`, changes.
    ///
    /// | replacing | the old one | told |
    /// | --- | --- | --- |
    /// | Held | is cancelled for the patient | of the new one: Rescheduled, and of the old one nothing |
    /// | Held | is over in another way | of the new one: Confirmed; of the old one as ever |
    /// | Held, Over | is not cancelled (B8) | of the new one: Rescheduled, which says that both stand |
    /// | Over | is over | of the old one as ever |
    ///
    /// Of a new one that does not stand any more there is nothing to add.
    pub fn old_changes(self, outcome: Outcome, new: &Appointment, now: Timestamp) -> Pair {
        let nothing = Outcome::nothing(new);
        if outcome.after.is_cancelling() {
            return Pair { replacing: self, changed: outcome, other: nothing };
        }
        let told = |kind| Outcome::told(new.clone(), kind, now);
        let is_held = self == Self::Held;
        let (changed, other) = match &outcome.after.state {
            _ if new.state != State::Booked => (outcome, nothing),
            State::Cancelled { by: Party::Patient, .. } if is_held => {
                (outcome.untold(), told(Kind::Rescheduled))
            }
            State::Pending | State::Booked if outcome.after.is_cancelling_refused() => {
                (outcome, told(Kind::Rescheduled))
            }
            _ if is_held => (outcome, told(Kind::Confirmed)),
            _ => (outcome, nothing),
        };
        Pair { replacing: Self::Over, changed, other }
    }

    /// The old one's end lets itself be waited for too long: the new one is told by itself.
    pub fn waited_long_enough(self, new: &Appointment, now: Timestamp) -> Outcome {
        if self == Self::Held && new.state == State::Booked {
            Outcome::told(new.clone(), Kind::Confirmed, now)
        } else {
            Outcome::nothing(new)
        }
    }
}

impl Appointment {
    /// Another visit has taken its place, as the patient asked: it is on its way to be cancelled. Nothing changes for
    /// one that is over, has begun, or that the patient or the practice has decided about already (B8).
    pub fn give_way(&self, asked_at: Timestamp, words: Reason, now: Timestamp) -> Outcome {
        let stands = matches!(self.state, State::Booked | State::Pending) && self.content.start > now;
        if !stands || self.is_cancelling() || self.is_cancelling_refused() {
            return Outcome::nothing(self);
        }
        let cancellation = Some(Cancellation::Sent { at: asked_at, words: Some(words) });
        Outcome::stored(Self { cancellation, ..self.clone() })
    }

    /// The visit in whose favour it was being cancelled will not be, and the XIS shows that it stands: it stays.
    pub fn keep_place(&self) -> Outcome {
        if self.is_cancelling() {
            Outcome::stored(Self { cancellation: None, ..self.clone() })
        } else {
            Outcome::nothing(self)
        }
    }
}

impl Outcome {
    /// The same, told to nobody by itself.
    fn untold(self) -> Self {
        let effect = if matches!(self.effect, Effect::Told(_)) { Effect::Stored } else { self.effect };
        Self { effect, ..self }
    }
}

#[cfg(test)]
mod tests;
