//! What stands in the agenda, and whether the patient was told that.

use agenda::State;
use db::sql;
use jiff::Timestamp;
use testkit::Patient;

use crate::{
    pages::Said,
    town::{APPROVING, PLAIN, Town, id_at},
};

/// An appointment that stands: start, end, and whether it is approved.
pub(crate) type Standing = (Timestamp, Timestamp, bool);

impl Town {
    /// What stands in the agenda for this patient.
    pub(crate) async fn in_agenda(&self, who: Patient) -> Vec<Standing> {
        let (one, other) = (&id_at(PLAIN, who), &id_at(APPROVING, who));
        let found: Result<Vec<(Timestamp, Timestamp, String)>, db::Error> = self
            .agenda
            .read("agenda", |mut tx| async move {
                sql("select starts_at, ends_at, state from appointment
                     where patient in ($1, $2) and state in ('requested', 'booked') order by starts_at")
                .bind(one)
                .bind(other)
                .all(&mut tx, |row| Ok((row.get("starts_at")?, row.get("ends_at")?, row.get("state")?)))
                .await
            })
            .await;
        found.unwrap().into_iter().map(|(start, end, state)| (start, end, state == "booked")).collect()
    }

    /// How many pairs of appointments overlap in an agenda.
    pub(crate) async fn overlaps(&self) -> i64 {
        let found: Result<Option<i64>, db::Error> = self
            .agenda
            .read("overlaps", |mut tx| async move {
                sql("select count(*) as n from appointment a join appointment b
                       on a.schedule = b.schedule and a.id < b.id
                      and a.starts_at < b.ends_at and b.starts_at < a.ends_at
                     where a.state in ('requested', 'booked') and b.state in ('requested', 'booked')")
                .first(&mut tx, |row| row.get("n"))
                .await
            })
            .await;
        found.unwrap().unwrap_or_default()
    }

    /// What stands for this patient in the patient's own eyes.
    pub(crate) async fn in_portal(&self, who: Patient) -> Vec<Standing> {
        let mut standing: Vec<Standing> = self
            .kit
            .appointments(who)
            .await
            .iter()
            .filter(|stored| matches!(stored.appointment.state, State::Booked | State::Pending))
            .map(|stored| {
                let content = &stored.appointment.content;
                (content.start, content.end, stored.appointment.state == State::Booked)
            })
            .collect();
        standing.sort_unstable();
        standing
    }

    /// A claim that is made now must be true now.
    pub(crate) async fn is_true(&self, who: Patient, said: Said) {
        let standing = self.in_agenda(who).await;
        match said {
            Said::Yes => {
                assert!(standing.iter().any(|(_, _, approved)| *approved), "a false yes: {standing:?}");
            }
            Said::Asked => assert!(standing.iter().any(|(_, _, approved)| !approved), "a false request"),
            Said::No => assert_eq!(standing, [], "a false no"),
            Said::Checking => {}
        }
    }

    /// Lets the practice's system behave, delivers everything, and lets time pass until nothing is open; each claim
    /// on the way is true.
    pub(crate) async fn settle(&self, who: Patient) {
        self.xis.disarm();
        for _ in 0..30 {
            let sent = self.kit.drain().await + self.xis.tell_now().await.unwrap();
            let open = self.kit.appointments(who).await.iter().any(|stored| {
                matches!(stored.appointment.state, State::Requested { .. } | State::Unknown { .. })
                    || stored.appointment.is_cancelling()
            });
            self.is_true(who, self.claim(who).await).await;
            if sent == 0 && !open {
                return;
            }
            self.turn(61);
        }
    }

    /// Patient and agenda say the same, the last mail too, and the patient is booked this often.
    pub(crate) async fn agree(&self, who: Patient, count: usize) {
        let standing = self.in_agenda(who).await;
        assert_eq!(standing, self.in_portal(who).await, "agenda against patient");
        assert_eq!(standing.len(), count, "{standing:?}");
        self.is_true(who, self.claim(who).await).await;
        let mails = self.kit.mailbox.mails();
        let subjects: Vec<_> =
            mails.iter().filter(|mail| mail.to == who.mail).map(|mail| &mail.subject).collect();
        let confirmed = subjects.iter().filter(|subject| subject.contains("is bevestigd")).count();
        assert!(confirmed <= 1, "confirmed once: {subjects:?}");
        let says_off =
            subjects.last().map(|subject| subject.contains("geannuleerd") || subject.contains("niet gelukt"));
        assert_ne!(says_off, Some(count > 0), "the last mail is not true: {subjects:?}");
    }

    /// Settles, and then patient and agenda agree.
    pub(crate) async fn settles(&self, who: Patient, count: usize) {
        self.settle(who).await;
        self.agree(who, count).await;
    }
}
