use std::{fmt, str::FromStr, time::Duration};

use http::{StatusCode, header::RETRY_AFTER};
use jiff::Timestamp;
use outbox::Verdict;
use serde::Deserialize;
use world::Response;

/// Longest pause that the platform may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(4 * 3600);
/// How much of the platform's words is kept.
const LONGEST_WORDS: usize = 300;

/// Why the platform will not hear of an appointment, whatever we do.
///
/// Stored in the outbox as `word: what the platform said`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    pub(crate) kind: TroubleKind,
    /// The status and the platform's own words.
    pub(crate) words: String,
}

/// The kinds that a page explains each in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TroubleKind {
    /// The patient has no account there (A2).
    NoAccount,
    /// The platform does not accept our token, or our word for this practice.
    NotAllowed,
    /// The platform holds something else to be true, say that the patient cancelled (B5).
    Conflict,
    /// Anything else that it said.
    Refused,
    /// It could not be reached for so long that nobody tries any more.
    Unreached,
}

/// What an answer of the platform means for the message.
pub(super) fn verdict(answer: &Response, now: Timestamp) -> Verdict {
    let status = answer.status();
    if status.is_success() {
        return Verdict::Done;
    }
    let words = format!("{} {}", status.as_u16(), words(answer.body())).trim_end().to_owned();
    let is_passing = status.is_server_error()
        || matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS)
        || status.is_redirection();
    if is_passing {
        return Verdict::Retry {
            reason: format!("the platform answered {words}"),
            after: pause(answer, now),
        };
    }
    let kind = match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => TroubleKind::NotAllowed,
        StatusCode::CONFLICT | StatusCode::PRECONDITION_FAILED => TroubleKind::Conflict,
        _ if says_no_account(status, answer.body()) => TroubleKind::NoAccount,
        _ => TroubleKind::Refused,
    };
    Verdict::GiveUp { reason: Trouble { kind, words }.to_string() }
}

/// `Retry-After`, in seconds or as a date (RFC 9110, 10.2.3).
fn pause(answer: &Response, now: Timestamp) -> Option<Duration> {
    let text = answer.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
    let pause = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let then = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
            then.duration_since(now).try_into().ok()?
        }
    };
    Some(pause.min(LONGEST_PAUSE))
}

#[derive(Deserialize, Default)]
struct Outcome {
    #[serde(default)]
    issue: Vec<Issue>,
}

#[derive(Deserialize)]
struct Issue {
    #[serde(default)]
    code: String,
    #[serde(default)]
    details: Details,
    #[serde(default)]
    diagnostics: String,
}

#[derive(Deserialize, Default)]
struct Details {
    #[serde(default)]
    text: String,
    #[serde(default)]
    coding: Vec<Coding>,
}

#[derive(Deserialize)]
struct Coding {
    #[serde(default)]
    code: String,
}

fn issues(body: &[u8]) -> Vec<Issue> {
    serde_json::from_slice::<Outcome>(body).unwrap_or_default().issue
}

fn says_no_account(status: StatusCode, body: &[u8]) -> bool {
    let says = |issue: &Issue| {
        issue.code == "not-found"
            || issue.details.coding.iter().any(|coding| coding.code == "PATIENT_NOT_FOUND")
    };
    status == StatusCode::UNPROCESSABLE_ENTITY && issues(body).iter().any(says)
}

/// The outcome's own words, without anything that could be a citizen number.
fn words(body: &[u8]) -> String {
    let said: Vec<String> = issues(body)
        .into_iter()
        .map(|issue| if issue.details.text.is_empty() { issue.diagnostics } else { issue.details.text })
        .filter(|words| !words.is_empty())
        .collect();
    let words = said.join("; ");
    let is_number = |word: &str| word.bytes().filter(u8::is_ascii_digit).count() >= 8;
    let words = words.split_whitespace().map(|word| if is_number(word) { "…" } else { word });
    words.collect::<Vec<_>>().join(" ").chars().take(LONGEST_WORDS).collect()
}

impl TroubleKind {
    const ALL: [Self; 5] =
        [Self::NoAccount, Self::NotAllowed, Self::Conflict, Self::Refused, Self::Unreached];

    fn word(self) -> &'static str {
        match self {
            Self::NoAccount => "no-account",
            Self::NotAllowed => "not-allowed",
            Self::Conflict => "conflict",
            Self::Refused => "refused",
            Self::Unreached => "unreached",
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.kind.word(), self.words)
    }
}

impl FromStr for Trouble {
    type Err = std::convert::Infallible;

    /// Whatever was not written here is the outbox's own: it gave up trying.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (word, words) = text.split_once(": ").unwrap_or(("", text));
        let kind = TroubleKind::ALL.into_iter().find(|kind| kind.word() == word);
        Ok(match kind {
            Some(kind) => Self { kind, words: words.to_owned() },
            None => Self { kind: TroubleKind::Unreached, words: text.to_owned() },
        })
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn answer(status: u16, retry_after: Option<&str>, body: &'static str) -> Response {
        let mut answer = http::Response::builder().status(status);
        if let Some(value) = retry_after {
            answer = answer.header(RETRY_AFTER, value);
        }
        answer.body(Bytes::from(body)).unwrap()
    }

    fn now() -> Timestamp {
        "2026-05-12T08:00:00Z".parse().unwrap()
    }

    #[test]
    fn what_may_pass_is_tried_again_and_a_pause_is_kept() {
        for (status, retry_after, pause) in [
            (408, None, None),
            (429, Some("120"), Some(120)),
            (500, None, None),
            (503, Some("Tue, 12 May 2026 08:01:30 GMT"), Some(90)),
            (503, Some("soon"), None),
            (429, Some("99999999"), Some(4 * 3600)),
        ] {
            let Verdict::Retry { after, .. } = verdict(&answer(status, retry_after, ""), now()) else {
                panic!("{status} is not tried again");
            };
            assert_eq!(after.map(|pause| pause.as_secs()), pause, "{status} {retry_after:?}");
        }
    }

    #[test]
    fn what_will_not_pass_is_given_up_in_words() {
        let no_account =
            r#"{"issue":[{"code":"not-found","details":{"text":"No patient with BSN 999990019 here"}}]}"#;
        for (status, body, reason) in [
            (422, no_account, "no-account: 422 No patient with BSN … here"),
            (422, r#"{"issue":[{"diagnostics":"Send an end"}]}"#, "refused: 422 Send an end"),
            (403, "", "not-allowed: 403"),
            (401, "<html>", "not-allowed: 401"),
            (409, "{}", "conflict: 409"),
            (404, "", "refused: 404"),
        ] {
            let given_up = verdict(&answer(status, None, body), now());
            assert_eq!(given_up, Verdict::GiveUp { reason: reason.into() });
            assert_eq!(reason.parse::<Trouble>().unwrap().to_string(), reason);
        }
        assert_eq!(verdict(&answer(200, None, ""), now()), Verdict::Done);
        let tired: Trouble = "given up after 20 attempts: no".parse().unwrap();
        assert_eq!(tired.kind, TroubleKind::Unreached);
    }
}
