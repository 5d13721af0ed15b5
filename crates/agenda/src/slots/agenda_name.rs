use std::{collections::HashMap, fmt};

use super::Slot;
use crate::text;

/// What an agenda is called (C9). `Display` writes it out; it reads the same in Dutch and English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgendaName {
    /// As its actor is.
    Actor(String),
    /// As its actor is, and what it is for: another agenda has the same actor.
    ActorFor {
        /// The actor's name.
        actor: String,
        /// The category's name.
        category: String,
    },
    /// As its actor is, and a number: the category does not tell them apart either.
    ActorNumbered {
        /// The actor's name.
        actor: String,
        /// Counted from 1, by schedule id.
        number: usize,
    },
    /// By a number alone, counted from 1, by schedule id: no slot names an actor.
    Numbered(usize),
}

impl fmt::Display for AgendaName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Actor(actor) => formatter.write_str(actor),
            Self::ActorFor { actor, category } => write!(formatter, "{actor} ({category})"),
            Self::ActorNumbered { actor, number } => write!(formatter, "{actor} ({number})"),
            Self::Numbered(number) => write!(formatter, "Agenda {number}"),
        }
    }
}

/// How many schedules go by one name, and which numbers are given out.
#[derive(Default)]
pub(super) struct Names<'slots> {
    of_actor: HashMap<&'slots str, usize>,
    of_actor_for: HashMap<(&'slots str, &'slots str), usize>,
    numbered: HashMap<&'slots str, usize>,
    unnamed: usize,
}

impl<'slots> Names<'slots> {
    /// Counts the names of all schedules, each given by its slots.
    pub(super) fn count<'own>(schedules: impl Iterator<Item = &'own [&'slots Slot]>) -> Self
    where
        'slots: 'own,
    {
        let mut names = Self::default();
        for slots in schedules {
            if let Some(actor) = actor(slots) {
                *names.of_actor.entry(actor).or_default() += 1;
                if let Some(category) = category(slots) {
                    *names.of_actor_for.entry((actor, category)).or_default() += 1;
                }
            }
        }
        names
    }

    /// The name of the next schedule.
    pub(super) fn next(&mut self, slots: &[&'slots Slot]) -> AgendaName {
        let Some(actor) = actor(slots) else { return AgendaName::Numbered(next(&mut self.unnamed)) };
        if self.of_actor.get(actor) == Some(&1) {
            return AgendaName::Actor(actor.to_owned());
        }
        match category(slots) {
            Some(category) if self.of_actor_for.get(&(actor, category)) == Some(&1) => {
                AgendaName::ActorFor { actor: actor.to_owned(), category: category.to_owned() }
            }
            _ => {
                let number = next(self.numbered.entry(actor).or_default());
                AgendaName::ActorNumbered { actor: actor.to_owned(), number }
            }
        }
    }
}

fn next(count: &mut usize) -> usize {
    *count += 1;
    *count
}

fn actor<'slots>(slots: &[&'slots Slot]) -> Option<&'slots str> {
    text::first_spoken(slots.iter().map(|slot| slot.hours.actor_display.as_deref()))
}

fn category<'slots>(slots: &[&'slots Slot]) -> Option<&'slots str> {
    text::first_spoken(slots.iter().map(|slot| slot.category_display()))
}
