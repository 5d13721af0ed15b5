use std::time::Duration;

use http::{HeaderMap, StatusCode, header::RETRY_AFTER};
use jiff::Timestamp;
use world::{HttpError, NotPublic};

use super::{encryption::Unencryptable, vapid::Unsigned};

/// Why a push did not go out. Never holds the endpoint: whoever reads it could send there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(in crate::notices) enum PushError {
    /// The device is subscribed no more: for this subscription there is nothing left to try.
    #[error("the device is not subscribed any more")]
    Gone,
    /// Trying again will not help.
    #[error("the push service refuses this message for good (status {0})")]
    Refused(StatusCode),
    /// The push service is there, and does not want it now.
    #[error("the push service does not take this message now (status {status})")]
    Busy {
        status: StatusCode,
        /// How long it asks to wait.
        after: Option<Duration>,
    },
    /// No word from the push service in time.
    #[error("the push service cannot be reached, or did not answer")]
    NoAnswer,
    /// The endpoint leads where nobody should be led.
    #[error("the device's push address may not be used: {0}")]
    Forbidden(NotPublic),
    #[error(transparent)]
    Unencryptable(#[from] Unencryptable),
    #[error(transparent)]
    Unsigned(#[from] Unsigned),
}

impl PushError {
    /// What an answer means, where it is not that the message was taken (RFC 8030, 5 and 7.3).
    pub(super) fn of(status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Self {
        match status {
            StatusCode::NOT_FOUND | StatusCode::GONE => Self::Gone,
            StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => Self::busy(status, headers, now),
            _ if status.is_server_error() => Self::busy(status, headers, now),
            _ => Self::Refused(status),
        }
    }

    fn busy(status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Self {
        Self::Busy { status, after: pause(headers, now) }
    }

    /// Whether trying again will not help.
    pub(in crate::notices) fn is_final(self) -> bool {
        match self {
            Self::Gone | Self::Refused(_) | Self::Forbidden(_) | Self::Unencryptable(_) => true,
            Self::Busy { .. } | Self::NoAnswer | Self::Unsigned(_) => false,
        }
    }

    /// How long the push service asks to wait.
    pub(in crate::notices) fn after(self) -> Option<Duration> {
        match self {
            Self::Busy { after, .. } => after,
            _ => None,
        }
    }
}

impl From<HttpError> for PushError {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::Forbidden { reason, .. } => Self::Forbidden(reason),
            HttpError::Unreachable { .. }
            | HttpError::Unanswered { .. }
            | HttpError::TooLarge { .. }
            | HttpError::Client(_) => Self::NoAnswer,
        }
    }
}

/// `Retry-After`, in seconds or as a date (RFC 9110, 10.2.3).
fn pause(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    match text.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => {
            let then = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
            then.duration_since(now).try_into().ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_ends_the_subscription_the_message_or_this_attempt_only() {
        let now = "1994-11-06T08:49:00Z".parse().unwrap();
        let of = |status: u16, after: &'static str| {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, after.parse().unwrap())]);
            PushError::of(StatusCode::from_u16(status).unwrap(), &headers, now)
        };
        assert_eq!((of(404, ""), of(410, "")), (PushError::Gone, PushError::Gone));
        for status in [307, 400, 401, 403, 413] {
            assert!(of(status, "1").is_final() && of(status, "1").after().is_none(), "{status}");
        }
        for status in [408, 429, 500, 502, 503] {
            assert!(!of(status, "").is_final(), "{status}");
            assert_eq!(of(status, "120").after(), Some(Duration::from_secs(120)));
            assert_eq!(of(status, "Sun, 06 Nov 1994 08:49:37 GMT").after(), Some(Duration::from_secs(37)));
            assert_eq!(of(status, "Sun, 06 Nov 1994 08:48:37 GMT").after(), None);
            assert_eq!(of(status, "soon").after(), None);
        }
    }
}
