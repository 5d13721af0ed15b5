use std::time::Duration;

use fhir::ParseError;
use http::StatusCode;
use oauth::TokenUnavailable;
use world::HttpError;

/// Why a practice's system gave no answer that we can use. Made to be logged: it holds nothing of a patient.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum Trouble {
    /// The practice has not said where its system is.
    #[error("the practice has no xis_base_url: set one with `balie practice set`")]
    NotConfigured,
    /// So many calls are under way that no more are made (C17).
    #[error("the practice's system has {limit} calls under way and answers none in time")]
    Busy {
        /// How many may be under way.
        limit: usize,
    },
    /// Its last calls failed, so it is not called for a while (C17): nothing was sent.
    #[error("the practice's system failed a moment ago and is not called for now")]
    Resting,
    /// The time for this page or act was over before it was called: nothing was sent.
    #[error("there was no time left to call the practice's system")]
    TooLate,
    /// It was called and kept us waiting until we gave up.
    #[error("the practice's system answered nothing within {waited:?}")]
    Slow {
        /// How long we waited.
        waited: Duration,
    },
    /// We got no token for it.
    #[error("no token for the practice's system: {0}")]
    NoToken(#[from] TokenUnavailable),
    /// It did not answer.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// It answered something else than was asked.
    #[error("the practice's system answers {status}{}", .said.as_deref().map(|said| format!(": {said}")).unwrap_or_default())]
    Status {
        /// The status of the answer.
        status: StatusCode,
        /// What its OperationOutcome says, masked.
        said: Option<String>,
    },
    /// It answered with something else than FHIR in JSON, such as the page of a server before it.
    #[error("the practice's system sent {sent} where FHIR in JSON was asked for")]
    NotFhir {
        /// Its media type.
        sent: String,
    },
    /// Its answer cannot be read.
    #[error("the practice's system sent something unreadable: {0}")]
    Unreadable(ParseError),
    /// There are slots, and not one of them can be read, or is at a time that can be told (D11).
    #[error("none of the {left_out} slots of the practice's system can be read")]
    NothingReadable {
        /// How many there are.
        left_out: usize,
    },
    /// Its pages go round in circles, to another address, or on without end (C7).
    #[error("the practice's system pages without end: {0}")]
    Paging(&'static str),
}

impl Trouble {
    /// Whether it is an answer to what was asked, which asking again would not change: not about our token, nor about
    /// how busy the practice's system is (B8).
    pub(crate) fn is_refusal(&self) -> bool {
        let Self::Status { status, .. } = self else { return false };
        let may_change = matches!(
            *status,
            StatusCode::UNAUTHORIZED | StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS
        );
        status.is_client_error() && !may_change
    }

    /// Whether the connection was refused, or broke off before there was an answer.
    pub(super) fn is_broken_connection(&self) -> bool {
        matches!(self, Self::Http(HttpError::Unreachable { .. } | HttpError::Unanswered { .. }))
    }

    /// Whether a booking that ended so may have been carried out all the same (C13).
    pub(crate) fn may_have_happened(&self) -> bool {
        match self {
            Self::Http(HttpError::Unanswered { .. } | HttpError::TooLarge { .. })
            | Self::Slow { .. }
            | Self::NotFhir { .. }
            | Self::Unreadable(_) => true,
            // What is neither 201, 200 nor a refusal says nothing of what was done.
            Self::Status { status, .. } => {
                !status.is_client_error() || *status == StatusCode::PRECONDITION_FAILED
            }
            Self::NotConfigured
            | Self::Busy { .. }
            | Self::Resting
            | Self::TooLate
            | Self::NoToken(_)
            | Self::Http(
                HttpError::Unreachable { .. } | HttpError::Forbidden { .. } | HttpError::Client(_),
            )
            | Self::NothingReadable { .. }
            | Self::Paging(_) => false,
        }
    }
}
