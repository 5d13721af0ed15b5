use std::sync::Arc;

use jiff::Timestamp;

use crate::{ids::Coding, text};

/// A time that a XIS offers, or once offered. There are thousands, and most of what they say they have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The XIS's id of the slot.
    pub id: String,
    /// The id of its schedule, without `Schedule/`.
    pub schedule: Arc<str>,
    /// The first instant.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
    /// Whether the XIS says that it is free.
    pub free: bool,
    /// The kinds of appointment that it is for.
    pub categories: Arc<[Coding]>,
    /// The reference to whoever's time it is.
    pub actor: Option<Arc<str>>,
    /// What people call whoever's time it is.
    pub actor_display: Option<Arc<str>>,
}

impl Slot {
    /// What the first named category is called.
    #[must_use]
    pub fn category_display(&self) -> Option<&str> {
        text::first_spoken(self.categories.iter().map(|category| category.display.as_deref()))
    }

    /// Whether a patient who asks for this kind of appointment can have it. A slot that names no kind is for
    /// every kind: the XIS filtered on the kind that we asked for, and dropping it would show an empty agenda.
    pub(super) fn is_for(&self, category: (&str, &str)) -> bool {
        self.categories.is_empty() || self.categories.iter().any(|own| own.key() == category)
    }
}
