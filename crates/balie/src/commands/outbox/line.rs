use jiff::Timestamp;
use outbox::{Entry, Standing};
use serde::Serialize;

/// A message of the outbox as an operator reads it: no payload and no lane, for those say whom it is about.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) topic: String,
    /// The AGB code of whose it is.
    pub(super) practice: String,
    pub(super) standing: &'static str,
    pub(super) since: Timestamp,
    pub(super) attempts: u32,
    /// None where nobody tries it again by himself.
    pub(super) next_try: Option<Timestamp>,
    /// When it was delivered or given up.
    pub(super) ended: Option<Timestamp>,
    pub(super) problem: Option<String>,
}

impl From<Entry> for Line {
    fn from(entry: Entry) -> Self {
        let (standing, next_try) = match entry.standing {
            Standing::Dead => ("given up", None),
            Standing::Done => ("done", None),
            Standing::Waiting if entry.attempts > 0 => ("failing", Some(entry.due_at)),
            Standing::Waiting => ("waiting", Some(entry.due_at)),
        };
        Self {
            id: entry.id,
            topic: entry.topic,
            practice: entry.tenant,
            standing,
            since: entry.created_at,
            attempts: entry.attempts,
            next_try,
            ended: entry.ended_at,
            problem: entry.problem,
        }
    }
}

impl Line {
    /// The whole message in lines of `key = value`, with how many wait for it.
    pub(super) fn in_full(&self, behind: usize) -> String {
        let lines = [
            ("id", Some(self.id.clone())),
            ("topic", Some(self.topic.clone())),
            ("practice", Some(self.practice.clone())),
            ("standing", Some(self.standing.to_owned())),
            ("since", Some(second(self.since))),
            ("attempts", Some(self.attempts.to_string())),
            ("problem", self.problem.clone()),
            ("next try", self.next_try.map(second)),
            ("ended", self.ended.map(second)),
            ("waiting behind it", Some(behind.to_string())),
        ];
        let lines = lines.into_iter().filter_map(|(key, value)| Some(format!("{key} = {}", value?)));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// `2026-05-12T08:00:00Z`
pub(super) fn second(moment: Timestamp) -> String {
    format!("{moment:.0}")
}
