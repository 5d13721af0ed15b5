use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Content, Participant};
use crate::text::{canonical_or_absent, same};

/// How much a newer content differs from the one we hold (A7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Not at all, whatever the order, the offset of the times, or the Unicode form of the texts.
    Same,
    /// Only in what things are called: to be stored and shown, told to nobody.
    Wording,
    /// In what a patient must know.
    Changed,
}

impl Content {
    /// What a newer content changes (A7).
    ///
    /// Start, end, comment, the set of categories and the set of participants count. A participant is known by
    /// its reference, or by its name where it has none. The patient is left out of the set: whose appointment
    /// it is, A12 decides.
    #[must_use]
    pub fn compare(&self, newer: &Self) -> Difference {
        if Substance::of(self) != Substance::of(newer) {
            Difference::Changed
        } else if Wording::of(self) != Wording::of(newer) {
            Difference::Wording
        } else {
            Difference::Same
        }
    }

    /// Whether both are at the same time and of the same kind, whatever else they say (A11).
    pub(super) fn is_same_visit(&self, other: &Self) -> bool {
        let key = |content: &Self| (content.start, content.end);
        key(self) == key(other) && category_keys(self) == category_keys(other)
    }

    /// Whether `newer` brings a comment that this content does not have.
    pub(super) fn gains_comment(&self, newer: &Self) -> bool {
        !same(newer.comment.as_deref(), None) && !same(newer.comment.as_deref(), self.comment.as_deref())
    }
}

#[derive(PartialEq)]
struct Substance<'content> {
    start: Timestamp,
    end: Timestamp,
    comment: Option<String>,
    categories: BTreeSet<(&'content str, &'content str)>,
    participants: BTreeSet<Identity>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    Reference(String),
    Name(String),
}

impl<'content> Substance<'content> {
    fn of(content: &'content Content) -> Self {
        Self {
            start: content.start,
            end: content.end,
            comment: canonical_or_absent(content.comment.as_deref()),
            categories: category_keys(content),
            participants: content.participants.iter().filter_map(identity).collect(),
        }
    }
}

fn category_keys(content: &Content) -> BTreeSet<(&str, &str)> {
    content.categories.iter().map(|category| category.key()).collect()
}

fn identity(participant: &Participant) -> Option<Identity> {
    if participant.is_patient {
        return None;
    }
    let reference = canonical_or_absent(participant.reference.as_deref()).map(Identity::Reference);
    reference.or_else(|| canonical_or_absent(participant.display.as_deref()).map(Identity::Name))
}

#[derive(PartialEq)]
struct Wording<'content> {
    categories: BTreeSet<((&'content str, &'content str), Option<String>)>,
    participants: BTreeSet<(bool, Option<String>, Option<String>)>,
}

impl<'content> Wording<'content> {
    fn of(content: &'content Content) -> Self {
        let text = |text: &Option<String>| canonical_or_absent(text.as_deref());
        let categories = content.categories.iter();
        let participants = content.participants.iter();
        Self {
            categories: categories.map(|category| (category.key(), text(&category.display))).collect(),
            participants: participants
                .map(|one| (one.is_patient, text(&one.reference), text(&one.display)))
                .filter(|(is_patient, reference, display)| {
                    *is_patient || reference.is_some() || display.is_some()
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests;
