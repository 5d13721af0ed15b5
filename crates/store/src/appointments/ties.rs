use agenda::Replacing;
use serde::{Deserialize, Serialize};

use super::Stored;
use crate::AppointmentId;

/// What ties a visit to the one whose place it takes, and to the one that takes its place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ties {
    /// The one whose place it is to take.
    pub replaces: Option<Replaces>,
    /// The one in whose favour it is being cancelled, or was.
    pub gives_way_to: Option<AppointmentId>,
    /// Under which id calendars know it, where that is not its own: a visit that takes another one's place takes its
    /// event too.
    pub event: Option<AppointmentId>,
}

/// That a visit is to take another one's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replaces {
    /// The other one; never changes.
    pub old: AppointmentId,
    /// How far it is with that.
    pub how_far: Replacing,
}

impl Stored {
    /// The id under which calendars know this visit.
    #[must_use]
    pub fn event(&self) -> AppointmentId {
        self.ties.event.unwrap_or(self.id)
    }

    /// The visit whose place it is to take, or took.
    #[must_use]
    pub fn replaces(&self) -> Option<AppointmentId> {
        self.ties.replaces.map(|replaces| replaces.old)
    }

    /// Whether what became of it waits to be told with the end of the one that it replaces.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.ties.replaces.is_some_and(|replaces| replaces.how_far == Replacing::Held)
    }
}

/// [`Ties`] as JSON, all but the column `replaces`.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct TiesFacts {
    how_far: Option<ReplacingFacts>,
    gives_way_to: Option<String>,
    event: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ReplacingFacts {
    Asked,
    Held,
    Over,
}

impl From<Ties> for TiesFacts {
    fn from(ties: Ties) -> Self {
        let how_far = ties.replaces.map(|replaces| match replaces.how_far {
            Replacing::Asked => ReplacingFacts::Asked,
            Replacing::Held => ReplacingFacts::Held,
            Replacing::Over => ReplacingFacts::Over,
        });
        let text = |id: AppointmentId| id.to_string();
        Self { how_far, gives_way_to: ties.gives_way_to.map(text), event: ties.event.map(text) }
    }
}

impl TiesFacts {
    /// Together with the column.
    pub(super) fn of(self, replaces: Option<AppointmentId>) -> Result<Ties, uuid::Error> {
        let how_far = match self.how_far {
            Some(ReplacingFacts::Asked) => Replacing::Asked,
            Some(ReplacingFacts::Held) => Replacing::Held,
            Some(ReplacingFacts::Over) | None => Replacing::Over,
        };
        let id = |text: Option<String>| text.map(|text| text.parse()).transpose();
        Ok(Ties {
            replaces: replaces.map(|old| Replaces { old, how_far }),
            gives_way_to: id(self.gives_way_to)?,
            event: id(self.event)?,
        })
    }
}
