use jiff::Timestamp;

use super::{
    Medium, Notice,
    notice::{Progress, Way},
};

/// How it stands with telling the patient of the last change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// There was nothing to tell.
    Nothing,
    /// In these ways, and when.
    Sent(Vec<(Medium, Option<Timestamp>)>),
    /// Soon.
    Queued,
    /// It is tried again.
    Failing { why: Option<String>, next_at: Option<Timestamp> },
    /// The patient has no way to be told.
    NoChannel,
    /// Nobody tries it again by himself.
    GivenUp { why: Option<String> },
}

/// How it stands with the newest notice that is not overtaken. A reminder tells of no change.
pub(crate) fn outcome(newest_first: &[Notice]) -> Outcome {
    let changes = newest_first.iter().filter(|notice| !notice.is_reminder);
    changes.map(of).find(|outcome| *outcome != Outcome::Nothing).unwrap_or(Outcome::Nothing)
}

/// In which ways the patient was reminded last, and when.
pub(crate) fn reminded(newest_first: &[Notice]) -> Vec<(Medium, Option<Timestamp>)> {
    let last = newest_first.iter().find(|notice| notice.is_reminder);
    last.map(|notice| sent(&notice.ways)).unwrap_or_default()
}

/// One way that reached the patient is enough; else the one with most hope tells how it stands.
fn of(notice: &Notice) -> Outcome {
    let sent = sent(&notice.ways);
    if !sent.is_empty() {
        return Outcome::Sent(sent);
    }
    let ways = notice.ways.iter().map(|way| match &way.progress {
        Progress::Sent { .. } | Progress::Queued => (0, Outcome::Queued),
        Progress::Failing { why, next_at } => (1, Outcome::Failing { why: why.clone(), next_at: *next_at }),
        Progress::GivenUp { why } => (2, Outcome::GivenUp { why: why.clone() }),
        Progress::NoChannel => (3, Outcome::NoChannel),
        Progress::Overtaken => (4, Outcome::Nothing),
    });
    ways.min_by_key(|(hope, _)| *hope).map_or(Outcome::Nothing, |(_, outcome)| outcome)
}

/// Each medium once, as soon as it was: a patient may have several phones.
fn sent(ways: &[Way]) -> Vec<(Medium, Option<Timestamp>)> {
    let mut sent: Vec<(Medium, Option<Timestamp>)> = Vec::new();
    for way in ways {
        let Progress::Sent { at } = way.progress else { continue };
        match sent.iter_mut().find(|(medium, _)| *medium == way.medium) {
            Some((_, earlier)) => *earlier = (*earlier).min(at),
            None => sent.push((way.medium, at)),
        }
    }
    sent
}
