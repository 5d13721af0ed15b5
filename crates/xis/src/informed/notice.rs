use jiff::Timestamp;

use crate::fhir::Communication;

/// One thing that the patient is told, in each way in which that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) is_reminder: bool,
    pub(crate) ways: Vec<Way>,
}

/// One way in which the patient is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Way {
    pub(crate) medium: Medium,
    pub(crate) progress: Progress,
}

/// By what a patient is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Medium {
    Mail,
    /// A message on the screen of a phone or computer.
    Phone,
    /// What we have no word for.
    Other,
}

/// How far one way is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Progress {
    Sent {
        at: Option<Timestamp>,
    },
    Queued,
    Failing {
        why: Option<String>,
        next_at: Option<Timestamp>,
    },
    NoChannel,
    GivenUp {
        why: Option<String>,
    },
    /// Another notice told it, or there was nothing left to tell.
    Overtaken,
}

/// The communications by what they tell, in the platform's order.
pub(super) fn newest_first(found: &[Communication]) -> Vec<Notice> {
    let mut notices: Vec<(Option<&str>, Notice)> = Vec::new();
    for one in found {
        let way = Way { medium: medium(one), progress: progress(one) };
        let same = notices.iter_mut().find(|(what, _)| what.is_some() && *what == one.what());
        match same {
            Some((_, notice)) => notice.ways.push(way),
            None => {
                let is_reminder = one.is_of_category("reminder");
                notices.push((one.what(), Notice { is_reminder, ways: vec![way] }));
            }
        }
    }
    notices.into_iter().map(|(_, notice)| notice).collect()
}

fn medium(one: &Communication) -> Medium {
    if one.is_by("mail") || one.is_by("EMAILWRIT") {
        Medium::Mail
    } else if one.is_by("push") {
        Medium::Phone
    } else {
        Medium::Other
    }
}

fn progress(one: &Communication) -> Progress {
    let why = one.why().map(str::to_owned);
    match one.status.as_str() {
        "completed" => Progress::Sent { at: one.sent_at() },
        "in-progress" => Progress::Failing { why, next_at: one.next_at() },
        "not-done" | "stopped" if one.is_because("superseded") => Progress::Overtaken,
        "not-done" | "stopped" if one.is_because("no-channel") => Progress::NoChannel,
        "not-done" | "stopped" => Progress::GivenUp { why },
        "entered-in-error" => Progress::Overtaken,
        _ => Progress::Queued,
    }
}
