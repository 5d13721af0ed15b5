use jiff::{SignedDuration, Timestamp};

/// For how long an unknown outcome is looked into before the patient is asked to call (C18).
pub const GIVE_UP_MINUTES: i64 = 15;

/// A XIS that was too slow to answer may still be writing: an empty search is not believed sooner than this.
const STILL_WRITING: SignedDuration = SignedDuration::from_secs(30);
/// Two sightings of the free slot must lie at least this far apart (C18).
const SIGHTINGS_APART: SignedDuration = SignedDuration::from_secs(60);
/// How often to ask in the first minute, while the patient is still looking at the page.
const EARLY_STEP: SignedDuration = SignedDuration::from_secs(15);
/// How often to ask after that.
const LATER_STEP: SignedDuration = SignedDuration::from_secs(60);

/// What is known about a booking whose outcome is not (C18).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// Since when the outcome is unknown.
    pub since: Timestamp,
    /// What the XIS just answered to a search for it.
    pub search: Search,
    /// Whether this XIS has ever returned an identifier of ours: only then does an empty answer mean anything.
    pub identifier_returned_before: bool,
    /// When the slot was seen free, since the outcome is unknown and since it was last seen taken.
    pub seen_free: Vec<Timestamp>,
    /// Whether the slot was taken when it was last read.
    pub slot_gone: bool,
}

/// What a search for our own appointment brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// An appointment that was checked against what was asked: practice, patient and start agree.
    Found,
    /// An answer without it.
    Empty,
    /// No usable answer.
    NoAnswer,
}

/// What to do about an unknown outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It is in the agenda: take what was found for the XIS's answer.
    Adopt,
    /// Not known yet: look again at this time.
    AskAgainAt(Timestamp),
    /// It is not in the agenda: the patient may choose again.
    NotBooked,
    /// It stays unknown: ask the patient to call and show it to the operator.
    GiveUp,
}

/// Decides about a booking whose outcome is unknown (C18). It is never sent again by guess.
#[must_use]
pub fn reconcile(findings: &Findings, now: Timestamp) -> Next {
    let deadline = later(findings.since, SignedDuration::from_mins(GIVE_UP_MINUTES));
    if findings.search == Search::Found {
        Next::Adopt
    } else if findings.search_proves_absence(now) || findings.slot_proves_absence() {
        Next::NotBooked
    } else if now >= deadline {
        Next::GiveUp
    } else {
        Next::AskAgainAt(findings.ask_again_at(now).min(deadline))
    }
}

impl Findings {
    fn search_proves_absence(&self, now: Timestamp) -> bool {
        self.search == Search::Empty
            && self.identifier_returned_before
            && now.duration_since(self.since) >= STILL_WRITING
    }

    fn slot_proves_absence(&self) -> bool {
        let (first, last) = (self.sightings().min(), self.sightings().max());
        let apart = first.zip(last).map(|(first, last)| last.duration_since(first));
        !self.slot_gone && apart.is_some_and(|apart| apart >= SIGHTINGS_APART)
    }

    /// A slot seen free before the outcome was unknown says nothing about the booking.
    fn sightings(&self) -> impl Iterator<Item = Timestamp> {
        self.seen_free.iter().copied().filter(|seen| *seen >= self.since)
    }

    /// In regular steps, but not later than the moment at which a proof can be complete.
    fn ask_again_at(&self, now: Timestamp) -> Timestamp {
        let early = now.duration_since(self.since) < LATER_STEP;
        let step = later(now, if early { EARLY_STEP } else { LATER_STEP });
        let second_sighting = self.sightings().min().map(|first| later(first, SIGHTINGS_APART));
        second_sighting.filter(|proof| *proof > now).map_or(step, |proof| proof.min(step))
    }
}

/// Stops at the edge of the calendar.
fn later(instant: Timestamp, by: SignedDuration) -> Timestamp {
    instant.checked_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
