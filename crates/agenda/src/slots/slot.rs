use std::sync::Arc;

use jiff::Timestamp;

use crate::{ids::Coding, text};

/// A time that a XIS offers, or once offered. There are thousands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The XIS's id of the slot.
    pub id: Box<str>,
    /// The first instant.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
    /// Whether the XIS says that it is free.
    pub free: bool,
    /// Whose time it is, and for what.
    pub hours: Arc<Hours>,
}

/// Hours of somebody: what the slots in them have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Hours {
    /// The id of the schedule, without `Schedule/`.
    pub schedule: String,
    /// The kinds of appointment that they are for.
    pub categories: Vec<Coding>,
    /// The reference to whoever's time it is.
    pub actor: Option<String>,
    /// What people call whoever's time it is.
    pub actor_display: Option<String>,
}

impl Slot {
    /// What the first named category is called.
    #[must_use]
    pub fn category_display(&self) -> Option<&str> {
        text::first_spoken(self.hours.categories.iter().map(|category| category.display.as_deref()))
    }

    /// Whether a patient who asks for this kind of appointment can have it. A slot that names no kind is for
    /// every kind: the XIS filtered on the kind that we asked for, and dropping it would show an empty agenda.
    pub(super) fn is_for(&self, category: (&str, &str)) -> bool {
        let categories = &self.hours.categories;
        categories.is_empty() || categories.iter().any(|own| own.key() == category)
    }
}
