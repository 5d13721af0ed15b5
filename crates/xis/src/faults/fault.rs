use std::{fmt, str::FromStr, time::Duration};

use http::StatusCode;

use super::{Interaction as On, Takes};

/// Declares the faults: each with its line of help (which is its documentation), its name, what its value is, and
/// the interactions that it can strike.
macro_rules! faults {
    ($($(#[doc = $line:literal])+ $fault:ident = $name:literal, $takes:expr, $on:expr;)+) => {
        /// Something that a bad practice system does.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Fault {
            $($(#[doc = $line])+ $fault,)+
        }

        impl Fault {
            /// All of them, in the order in which they are listed.
            pub const ALL: &[Self] = &[$(Self::$fault),+];

            /// What it is called on the command line.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$fault => $name),+ }
            }

            /// What it does, in one line.
            #[must_use]
            pub fn line(self) -> &'static str {
                match self { $(Self::$fault => concat!($($line),+).trim_start()),+ }
            }

            /// What can stand behind its name.
            #[must_use]
            pub const fn takes(self) -> Takes {
                match self { $(Self::$fault => $takes),+ }
            }

            /// Where it can strike; without an interaction of its own a rule is for all of these.
            #[must_use]
            pub const fn strikes_at(self) -> &'static [On] {
                match self { $(Self::$fault => $on),+ }
            }
        }
    };
}

/// Every search that answers with a searchset.
const SEARCHES: &[On] =
    &[On::FindPatient, On::SearchRoles, On::SearchSchedules, On::SearchSlots, On::SearchAppointments];

faults! {
    /// Closes the connection before it has done anything.
    RequestLost = "request-lost", Takes::Nothing, On::ASKED;
    /// Does what is asked and closes the connection without an answer.
    AnswerLost = "answer-lost", Takes::Nothing, On::ASKED;
    /// Does what is asked and answers 500.
    ErrorAfter = "error-after", Takes::Nothing, On::ASKED;
    /// Does nothing and answers with this status (503).
    Refuses = "refuses", Takes::Status(StatusCode::SERVICE_UNAVAILABLE), On::ASKED;
    /// Does what is asked and answers so much later (5s).
    Slow = "slow", Takes::Duration(Duration::from_secs(5)), On::ASKED;
    /// Takes the request, does nothing and does not answer (for ten minutes; then it closes the connection).
    Hang = "hang", Takes::Nothing, On::ASKED;
    /// Does what is asked and closes the connection in the middle of the answer.
    Cut = "cut", Takes::Nothing, On::ASKED;
    /// Does what is asked and answers with the first half of its JSON as if that were all.
    Truncated = "truncated", Takes::Nothing, On::ASKED;
    /// Does what is asked and answers without a body.
    EmptyBody = "empty-body", Takes::Nothing, On::ASKED;
    /// Does what is asked and answers with a page for people, under the right status.
    HtmlPage = "html-page", Takes::Nothing, On::ASKED;
    /// Does what is asked and calls its JSON text/plain.
    WrongType = "wrong-type", Takes::Nothing, On::ASKED;
    /// Does what is asked and adds a field to the answer with so many lists in each other (100000).
    DeepJson = "deep-json", Takes::Count(100_000), On::ASKED;
    /// Does nothing and redirects to another host.
    Redirects = "redirects", Takes::Nothing, On::ASKED;
    /// Takes each token once: after that it answers 401 until there is a new one.
    TokenOnce = "token-once", Takes::Nothing, On::ASKED;
    /// Refuses a time that is taken with this status in place of 409 (422).
    TakenStatus = "taken-status", Takes::Status(StatusCode::UNPROCESSABLE_ENTITY), &[On::CreateAppointment];
    /// Books a time that is taken.
    DoubleBooking = "double-booking", Takes::Nothing, &[On::CreateAppointment];
    /// Shows times that are taken as free.
    OffersTaken = "offers-taken", Takes::Nothing, &[On::SearchSlots];
    /// Answers a booking with another id than the one that it keeps it under.
    OtherId = "other-id", Takes::Nothing, &[On::CreateAppointment];
    /// Drops the platform's identifier of a booking: does not return it and finds nothing by it.
    DropsIdentifier = "drops-identifier", Takes::Nothing, &[On::CreateAppointment];
    /// Does not free the time of what is cancelled.
    KeepsTime = "keeps-time", Takes::Nothing, &[On::CancelAppointment];
    /// Tells the platform of a booking (PUT) before it answers it.
    EarlyUpdate = "early-update", Takes::Nothing, &[On::CreateAppointment];
    /// Approves a booking at once, and says so (AppointmentResponse) before it answers it as not approved.
    EarlyResponse = "early-response", Takes::Nothing, &[On::CreateAppointment];
    /// After each change, tells the platform once more what was before it.
    StaleUpdate = "stale-update", Takes::Nothing, &[On::CancelAppointment, On::TellUpdate];
    /// Tells two changes in a row the newer first and the older last.
    OutOfOrder = "out-of-order", Takes::Nothing, &[On::TellUpdate];
    /// Tells each change twice at once.
    Twice = "twice", Takes::Nothing, &[On::TellUpdate];
    /// Writes times without their zone.
    NaiveTimes = "naive-times", Takes::Nothing, On::ALL;
    /// Puts resources bare into `entry`, without `resource` around them.
    BareEntries = "bare-entries", Takes::Nothing, SEARCHES;
    /// Searches as if no parameter were given.
    IgnoresParameters = "ignores-parameters", Takes::Nothing, SEARCHES;
    /// Links each page of slots to itself as the next.
    PagingLoop = "paging-loop", Takes::Nothing, &[On::SearchSlots];
    /// Links each page of slots to one more.
    EndlessPages = "endless-pages", Takes::Nothing, &[On::SearchSlots];
    /// Links a page of slots to another host.
    ForeignNext = "foreign-next", Takes::Nothing, &[On::SearchSlots];
    /// Repeats what it finds until there are so many entries (10000).
    HugeBundle = "huge-bundle", Takes::Count(10_000), SEARCHES;
    /// Has a clock that is ahead by so much, or behind (3m); for everything that it does, so it takes no interaction.
    ClockSkew = "clock-skew", Takes::Duration(Duration::from_secs(180)), &[];
}

/// No fault has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no fault {given:?}: do you mean {nearest}?")]
pub struct NoSuchFault {
    given: String,
    nearest: &'static str,
}

impl FromStr for Fault {
    type Err = NoSuchFault;

    fn from_str(text: &str) -> Result<Self, NoSuchFault> {
        Self::ALL.iter().copied().find(|fault| fault.name() == text).ok_or_else(|| NoSuchFault {
            given: text.to_owned(),
            nearest: nearest(text, Self::ALL.iter().map(|fault| fault.name())),
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The name that takes the fewest changed letters.
pub(super) fn nearest(text: &str, names: impl Iterator<Item = &'static str>) -> &'static str {
    names.min_by_key(|name| distance(text, name)).unwrap_or_default()
}

/// How many letters must be put in, taken out or changed.
fn distance(one: &str, other: &str) -> usize {
    let mut costs: Vec<usize> = (0..=other.chars().count()).collect();
    for (row, letter) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut costs[0], row + 1);
        for (column, wanted) in other.chars().enumerate() {
            let change = diagonal + usize::from(letter != wanted);
            diagonal = costs[column + 1];
            costs[column + 1] = change.min(diagonal + 1).min(costs[column] + 1);
        }
    }
    costs.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_a_name_of_its_own_and_one_line_and_strikes_somewhere() {
        for fault in Fault::ALL {
            assert_eq!(fault.name().parse(), Ok(*fault));
            let line = fault.line();
            assert!(line.ends_with('.') && !line.contains('\n') && line.len() < 120, "{line}");
            assert_eq!(fault.strikes_at().is_empty(), *fault == Fault::ClockSkew, "{fault}");
        }
        assert!(Fault::ALL.len() >= 20);
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_nearest() {
        let said = |text: &str| text.parse::<Fault>().unwrap_err().to_string();
        assert_eq!(said("awnser-lost"), r#"there is no fault "awnser-lost": do you mean answer-lost?"#);
        assert_eq!(
            said("doublebooking"),
            r#"there is no fault "doublebooking": do you mean double-booking?"#
        );
    }
}
