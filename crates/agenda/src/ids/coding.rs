/// A code from a code system, with the text that the sender shows for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Coding {
    /// The code system, a URI.
    pub system: String,
    /// The code within the system.
    pub code: String,
    /// What people read; may change without the meaning changing (A7).
    pub display: Option<String>,
}

impl Coding {
    /// What makes it this coding and no other (C12).
    #[must_use]
    pub fn key(&self) -> (&str, &str) {
        (&self.system, &self.code)
    }
}
