//! What becomes of a message after an attempt.

use std::time::Duration;

use db::{Db, Error, sql};
use jiff::Timestamp;

use crate::{Pauses, SETTLED, Verdict, claim::Claim, discreet::discreet};

/// Where an attempt leaves its message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum After {
    Done,
    Dead(String),
    Again { problem: String, pause: Duration },
}

/// What a verdict on attempt number `attempt` leads to.
///
/// A receiver's wish to wait longer is honoured as far as the longest pause: nothing is put off for ever.
pub(crate) fn after(verdict: Verdict, attempt: u32, pauses: &Pauses, chance: u8) -> After {
    match verdict {
        Verdict::Done => After::Done,
        Verdict::GiveUp { reason } => After::Dead(discreet(&reason)),
        Verdict::Retry { reason, after: wish } => match pauses.after(attempt, chance) {
            Some(pause) => {
                let wish = wish.unwrap_or_default().min(pauses.longest);
                After::Again { problem: discreet(&reason), pause: pause.max(wish) }
            }
            None => After::Dead(discreet(&format!("given up after {attempt} attempts: {reason}"))),
        },
    }
}

/// Stores what became of a claimed message, unless the claim was lost: then its new owner will.
///
/// The lane's next message needs no signal of its own: this runner looks again when an attempt ends, the others
/// poll.
pub(crate) async fn settle(
    db: &Db,
    topic: &str,
    claim: &Claim,
    after: &After,
    now: Timestamp,
) -> Result<(), Error> {
    let (standing, problem, due_at) = match after {
        After::Done => ("done", None, now),
        After::Dead(problem) => ("dead", Some(problem), now),
        After::Again { problem, pause } => ("waiting", Some(problem), now + *pause),
    };
    let id = &claim.parcel.id;
    let settled = db
        .tx("settle a message", |mut tx| async move {
            tx.signal(SETTLED).await;
            sql("update outbox set standing = $1, problem = $2, due_at = $3, owner = null, leased_until = null,
                        ended_at = case when $1 = 'waiting' then null else $4 end
                 where id = $5 and fence = $6")
                .bind(standing)
                .bind(problem.cloned())
                .bind(due_at)
                .bind(now)
                .bind(id)
                .bind(claim.fence)
                .execute(&mut tx)
                .await
        })
        .await?;
    if settled == 0 {
        tracing::warn!(id, topic, "an attempt outlived its lease; another runner has the message");
    } else if let After::Dead(problem) = after {
        tracing::warn!(id, topic, problem, "a message was given up");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retry(after: Option<u64>) -> Verdict {
        Verdict::Retry { reason: "busy".to_owned(), after: after.map(Duration::from_secs) }
    }

    fn pause(verdict: Verdict) -> u64 {
        match after(verdict, 1, &Pauses::default(), 0) {
            After::Again { pause, .. } => pause.as_secs(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_wish_to_wait_is_honoured_between_our_own_pause_and_the_longest() {
        assert_eq!(pause(retry(None)), 2);
        assert_eq!(pause(retry(Some(1))), 2);
        assert_eq!(pause(retry(Some(120))), 120);
        assert_eq!(pause(retry(Some(u64::MAX))), 4 * 3600);
    }

    #[test]
    fn the_last_attempt_is_the_last_whatever_the_wish() {
        let given_up = after(retry(Some(60)), 20, &Pauses::default(), 0);
        assert_eq!(given_up, After::Dead("given up after 20 attempts: busy".to_owned()));
    }
}
