/// How much a mail or a notification may say, as the patient chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::notices) enum Detail {
    /// That there is news: not what, not when, not from whom.
    News,
    /// What happened, and the date and time.
    Time,
    /// The practice and the place too.
    Place,
}

impl Detail {
    pub(in crate::notices) fn of(chosen: u32) -> Self {
        match chosen {
            2 => Self::Time,
            3 => Self::Place,
            // What we do not know says as little as possible.
            _ => Self::News,
        }
    }
}
