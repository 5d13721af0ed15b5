//! Who takes part.

use std::fmt;

/// To whom an actor belongs: a crash ends all of one program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Party {
    /// The platform's process.
    Platform,
    /// The practice system's process.
    Xis,
    /// Patients, practitioners and the login provider, who never crash.
    World,
}

/// The two programs under test.
pub(crate) const PROGRAMS: [Party; 2] = [Party::Platform, Party::Xis];

impl Party {
    pub(crate) fn host(self) -> &'static str {
        match self {
            Self::Platform => "platform.sim",
            Self::Xis => "xis.sim",
            Self::World => "login.sim",
        }
    }

    pub(crate) fn at(host: &str) -> Option<Self> {
        [Self::Platform, Self::Xis, Self::World].into_iter().find(|party| party.host() == host)
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Platform => "platform",
            Self::Xis => "xis",
            Self::World => "world",
        })
    }
}
