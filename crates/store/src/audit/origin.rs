use std::net::IpAddr;

/// Where an act came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Through what.
    pub entrance: Entrance,
    /// The network address of whoever asked, as far as it is known.
    pub network: Option<IpAddr>,
    /// The id of the request.
    pub request: Option<String>,
}

/// Through what part of the platform an act came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Entrance {
    /// The patients' pages.
    Portal,
    /// What practices' systems call.
    Api,
    /// The command line.
    Command,
    /// Nobody asked: the platform does it by itself.
    #[default]
    Jobs,
}

impl Entrance {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Api => "api",
            Self::Command => "command",
            Self::Jobs => "jobs",
        }
    }
}
