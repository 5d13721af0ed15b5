//! The second wall: whose rows each statement may touch, whatever its text says.
//!
//! Each statement on a table below names one [`Scope`]. PostgreSQL then shows it the rows of that scope and takes no others
//! from it (row-level security, forced on the owner too). On SQLite a statement that names none is refused, and whose rows the
//! others touch is not looked at.
//!
//! A new table gets a line here, unless its rows belong to nobody: `store/tests/tables/wall.rs` looks at every table there is
//! and lists those. They are who the practices and their systems are, the seals over the audit trail, and the queue, which
//! holds ids and no words and whose runner claims for everybody.

use agenda::Agb;
use db::{Fence, Statement};

use crate::AccountId;

/// Whose rows a statement touches.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Scope<'a> {
    /// Those of a practice.
    Practice(&'a Agb),
    /// Those of a patient.
    Patient(AccountId),
    /// The one found by something that only its bearer knows, or by a keyed hash of it.
    Bearer(&'a str),
    /// The same, found by either of two hashes: its key may be changing.
    Bearers(&'a [String]),
    /// Those found so, which become a patient's.
    BearersBecome(&'a [String], AccountId),
    /// Those found so that are a practice's too.
    BearersAt(&'a Agb, &'a [String]),
    /// Lines about no patient and no practice.
    Nobody,
    /// What the platform does for everybody.
    Job(Job),
}

/// The named exceptions: what the platform does for everybody at once. Which tables each may touch stands in [`WALL`].
#[derive(Debug, Clone, Copy)]
pub(crate) enum Job {
    /// Finds the visits of which it is time to remind.
    Remind,
    /// Removes what has been kept long enough.
    Sweep,
    /// Reads the audit trail as a whole.
    Audit,
    /// Seals and indexes anew what stands under a key that goes.
    Keys,
}

/// The word of no row.
const NO_ROW: &str = "no-row";

impl Scope<'_> {
    fn words(self) -> String {
        match self {
            Self::Practice(agb) => format!("practice:{agb}"),
            Self::Patient(account) => format!("patient:{account}"),
            Self::Bearer(key) => bearer(key),
            Self::Bearers(keys) => bearers(keys),
            Self::BearersBecome(keys, account) => format!("{} patient:{account}", bearers(keys)),
            Self::BearersAt(agb, keys) => format!("{} practice:{agb}", bearers(keys)),
            Self::Nobody => "nobody".to_owned(),
            Self::Job(job) => job.word().to_owned(),
        }
    }
}

fn bearers(keys: &[String]) -> String {
    let words: Vec<_> = keys.iter().map(|key| bearer(key)).collect();
    words.join(" ")
}

/// One word, whatever somebody says to bear: what would be two, or none, is a word of no row.
fn bearer(key: &str) -> String {
    let is_word =
        !key.is_empty() && !key.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    if is_word { format!("bearer:{key}") } else { NO_ROW.to_owned() }
}

impl Job {
    const fn word(self) -> &'static str {
        match self {
            Self::Remind => "job:remind",
            Self::Sweep => "job:sweep",
            Self::Audit => "job:audit",
            Self::Keys => "job:keys",
        }
    }
}

/// Says whose rows a statement touches.
pub(crate) trait Scoped {
    /// In which scope it runs; where several are given, any of them will do.
    fn within(self, scope: Scope<'_>) -> Self;
    /// [`Scope::Practice`].
    fn of_practice(self, practice: &Agb) -> Self;
    /// [`Scope::Patient`].
    fn of_patient(self, account: AccountId) -> Self;
    /// [`Scope::Bearer`].
    fn of_bearer(self, key: &str) -> Self;
    /// [`Scope::Bearers`].
    fn of_bearers(self, keys: &[String]) -> Self;
    /// [`Scope::Job`].
    fn of_everybody(self, job: Job) -> Self;
}

impl Scoped for Statement {
    fn within(self, scope: Scope<'_>) -> Self {
        self.of(scope.words())
    }

    fn of_practice(self, practice: &Agb) -> Self {
        self.within(Scope::Practice(practice))
    }

    fn of_patient(self, account: AccountId) -> Self {
        self.within(Scope::Patient(account))
    }

    fn of_bearer(self, key: &str) -> Self {
        self.within(Scope::Bearer(key))
    }

    fn of_bearers(self, keys: &[String]) -> Self {
        self.within(Scope::Bearers(keys))
    }

    fn of_everybody(self, job: Job) -> Self {
        self.within(Scope::Job(job))
    }
}

/// The words of a row, by its column.
macro_rules! of {
    (practice $column:literal) => {
        concat!("'practice:' || ", $column)
    };
    (patient $column:literal) => {
        concat!("'patient:' || ", $column)
    };
    (bearer $column:literal) => {
        concat!("'bearer:' || ", $column)
    };
}

/// One line of the wall: a table, whose its rows are (or, after `=>`, which rows of another table let them through), and
/// which jobs may touch all of them.
macro_rules! fence {
    ($table:literal: $($whose:ident $column:literal),* $(=> $through:literal)? $(; $($job:ident)+)?) => {
        Fence {
            table: $table,
            words: &[$(of!($whose $column)),*],
            through: fence!(@through $($through)?),
            everything: &[$($(Job::$job.word()),+)?],
        }
    };
    (@through) => { None };
    (@through $through:literal) => { Some($through) };
}

/// The tables whose rows belong to somebody.
pub(crate) const WALL: &[Fence] = &[
    fence!("account": patient "id", bearer "bsn_index", bearer "unsubscribe"; Keys),
    fence!("membership": patient "account", practice "practice"),
    fence!("session": patient "account", bearer "token_hash"; Sweep Keys),
    fence!("address_check": patient "account"; Sweep Keys),
    fence!("former_address": patient "account", bearer "id"; Sweep Keys),
    fence!("login": bearer "state_hash"; Sweep Keys),
    fence!("draft": patient "account"; Sweep Keys),
    fence!("reschedule_draft": patient "account"; Sweep Keys),
    fence!("appointment": patient "account", practice "practice"; Remind Keys),
    fence!("sighting": => "exists (select 1 from appointment where appointment.id = sighting.appointment)"),
    fence!("parked_response": practice "practice"; Sweep Keys),
    fence!("parked_update": practice "practice", bearer "bsn_index"; Sweep Keys),
    fence!("notice": patient "account", practice "practice"; Keys),
    fence!("delivery": patient "account"
        => "exists (select 1 from notice where notice.id = delivery.notice)
              or exists (select 1 from message where message.id = delivery.notice)"),
    fence!("push_subscription": patient "account", bearer "endpoint_index"; Keys),
    fence!("message": patient "account", practice "practice", bearer "bsn_index"; Sweep Keys),
    fence!("attachment": => "exists (select 1 from message where message.id = attachment.message)"; Keys),
    fence!("invitation": practice "practice", bearer "bsn_index", bearer "token_hash", bearer "id"; Sweep Keys),
    fence!("receipt": bearer "fingerprint"
        => "exists (select 1 from message where message.id = receipt.id)
              or exists (select 1 from invitation where invitation.id = receipt.id)"; Sweep Keys),
    fence!("calendar_edition": patient "account"),
    fence!("calendar_feed": patient "account", bearer "secret_hash"),
    fence!("former_account": patient "id"; Sweep Keys),
    Fence {
        table: "audit",
        words: &[
            of!(patient "subject"),
            of!(practice "practice"),
            "case when subject is null and practice is null then 'nobody' end",
        ],
        through: None,
        everything: &[Job::Audit.word()],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_says_to_bear_is_one_word_and_never_a_job() {
        assert_eq!(Scope::Bearer("aGFzaA==").words(), "bearer:aGFzaA==");
        for key in ["x job:keys", "x\tjob:keys", "job:keys\n", "x\u{a0}y", "x\0", " ", ""] {
            assert_eq!(Scope::Bearer(key).words(), "no-row", "{key:?}");
            let keys = ["one", key].map(str::to_owned);
            assert_eq!(Scope::Bearers(&keys).words(), "bearer:one no-row", "{key:?}");
        }
    }
}
