//! Whether the patient knows, in one sentence: what we told the platform and what the platform told the patient.

use jiff::Timestamp;

use super::super::{Visitor, view::moment};
use crate::{
    informed::{Informed, Medium, Outcome, informed, outcome, reminded},
    locales::{clock, fill},
    tables::Detailed,
    told::Standing,
};

/// Whether the patient knows, in words.
pub(super) struct Told {
    pub(super) class: &'static str,
    pub(super) text: String,
    /// When the patient was reminded.
    pub(super) reminded: Option<String>,
    /// Somebody's own words, for who looks after the system.
    pub(super) said: Option<String>,
    /// The message that can be sent again.
    pub(super) message: Option<String>,
}

impl Told {
    /// How it stands with telling. Asks the platform, which may take a second: not to be called in a transaction.
    pub(super) async fn of(visitor: &Visitor, found: &Detailed, standing: Standing) -> Self {
        let (words, practice) = (visitor.words(), &visitor.practice);
        match standing {
            Standing::NothingToTell => {
                as_the_platform_says(visitor, found, Self::plain("soft", words.nothing_to_tell)).await
            }
            Standing::Told { at } => {
                let knows = fill(words.told_at, &[&moment(practice, at, words)]);
                as_the_platform_says(visitor, found, Self::plain("told", knows)).await
            }
            Standing::OnItsWay => Self::plain("soft", words.on_its_way),
            Standing::Later { message, problem, next_at } => Self {
                said: Some(problem),
                message: Some(message),
                ..Self::plain("waiting", fill(words.later, &[&moment(practice, next_at, words)]))
            },
            Standing::Refused { message, trouble } => {
                let why = words.trouble(&trouble, found.patient.phone.as_deref());
                Self {
                    said: Some(fill(words.platform_said, &[&trouble.words])),
                    message: Some(message),
                    ..Self::plain("refused", format!("{}: {why}", words.not_told))
                }
            }
        }
    }

    fn plain(class: &'static str, text: impl Into<String>) -> Self {
        Self { class, text: text.into(), reminded: None, said: None, message: None }
    }
}

/// What a platform that knows of the last change says of the patient; where it says nothing, that it knows.
async fn as_the_platform_says(visitor: &Visitor, found: &Detailed, it_knows: Told) -> Told {
    match informed(&visitor.service, &visitor.practice, &found.appointment.id).await {
        Informed::NotOffered => it_knows,
        Informed::Unknown => Told::plain("soft", visitor.words().informed_unknown),
        Informed::Known(notices) => {
            let reminders = reminded(&notices);
            let reminded = (!reminders.is_empty())
                .then(|| fill(visitor.words().reminded, &[&listed(visitor, &reminders)]));
            Told { reminded, ..of_outcome(visitor, found, outcome(&notices)).unwrap_or(it_knows) }
        }
    }
}

/// None where there was nothing to tell the patient.
fn of_outcome(visitor: &Visitor, found: &Detailed, outcome: Outcome) -> Option<Told> {
    let words = visitor.words();
    let technically = |why: Option<String>| why.map(|why| fill(words.platform_said, &[&why]));
    let not_informed = |because| {
        let call = words.call(found.patient.phone.as_deref());
        Told::plain("refused", format!("{}: {because}, {call}.", words.not_informed))
    };
    Some(match outcome {
        Outcome::Nothing => return None,
        Outcome::Sent(ways) => Told::plain("told", fill(words.informed, &[&listed(visitor, &ways)])),
        Outcome::Queued => Told::plain("soft", words.informing),
        Outcome::Failing { why, next_at } => {
            let next = next_at.map(|at| fill(words.next_attempt, &[&when(visitor, at)])).unwrap_or_default();
            let text = format!("{} {next}", words.not_informed_yet);
            Told { said: technically(why), ..Told::plain("waiting", text.trim_end()) }
        }
        Outcome::NoChannel => not_informed(words.no_channel),
        Outcome::GivenUp { why } => Told { said: technically(why), ..not_informed(words.undelivered) },
    })
}

/// `per mail om 09:12 en per melding op de telefoon om 09:13`
fn listed(visitor: &Visitor, ways: &[(Medium, Option<Timestamp>)]) -> String {
    let words = visitor.words();
    let ways = ways.iter().map(|(medium, at)| {
        let by = match medium {
            Medium::Mail => words.by_mail,
            Medium::Phone => words.by_phone,
            Medium::Other => "",
        };
        let at = at.map(|at| when(visitor, at)).unwrap_or_default();
        format!("{by} {at}").trim().to_owned()
    });
    ways.collect::<Vec<_>>().join(words.and)
}

/// `om 09:12`, or `op di 12 mei om 09:12` on another day.
fn when(visitor: &Visitor, at: Timestamp) -> String {
    let (words, local) = (visitor.words(), visitor.practice.local(at));
    let time = clock(local.time());
    if local.date() == visitor.today() {
        fill(words.at_time, &[&time])
    } else {
        fill(words.on_day_at, &[&words.short_date(local.date()), &time])
    }
}
