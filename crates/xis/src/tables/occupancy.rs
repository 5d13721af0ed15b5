//! Who holds which five-minute step of which schedule: the constraint that makes double booking impossible.

use db::{Error, Tx, sql};

use crate::agenda::Steps;

/// Takes every step for the appointment; false when one of them is another's. Steps that it holds already stay.
///
/// A caller that gets false must undo its transaction: some steps may have been taken.
///
/// # Errors
/// When the database fails.
pub(crate) async fn take(
    tx: &mut Tx,
    schedule: &str,
    steps: Steps,
    appointment: &str,
) -> Result<bool, Error> {
    // From early to late, everywhere: two that want each other's steps wait in one order and never in a ring.
    for step in steps {
        let taken = sql("insert into occupancy (schedule, step, appointment) values ($1, $2, $3)
                         on conflict (schedule, step) do update set appointment = excluded.appointment
                         where occupancy.appointment = excluded.appointment")
        .bind(schedule)
        .bind(step)
        .bind(appointment)
        .execute(tx)
        .await?;
        if taken == 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Gives back whatever the appointment holds.
///
/// # Errors
/// When the database fails.
pub(crate) async fn free(tx: &mut Tx, appointment: &str) -> Result<(), Error> {
    sql("delete from occupancy where appointment = $1").bind(appointment).execute(tx).await.map(drop)
}

/// Gives back what the appointment holds besides these steps.
///
/// # Errors
/// When the database fails.
pub(crate) async fn free_all_but(
    tx: &mut Tx,
    schedule: &str,
    steps: Steps,
    appointment: &str,
) -> Result<(), Error> {
    sql("delete from occupancy where appointment = $1 and not (schedule = $2 and step >= $3 and step < $4)")
        .bind(appointment)
        .bind(schedule)
        .bind(steps.first)
        .bind(steps.until)
        .execute(tx)
        .await
        .map(drop)
}

/// The steps of a schedule in this range that somebody other than `except` holds, early to late.
///
/// # Errors
/// When the database fails.
pub(crate) async fn taken(
    tx: &mut Tx,
    schedule: &str,
    range: Steps,
    except: Option<&str>,
) -> Result<Vec<i64>, Error> {
    sql("select step from occupancy
         where schedule = $1 and step >= $2 and step < $3 and appointment <> coalesce($4, '') order by step")
    .bind(schedule)
    .bind(range.first)
    .bind(range.until)
    .bind(except)
    .all(tx, |row| row.get("step"))
    .await
}

#[cfg(test)]
mod story {
    use super::*;
    use crate::test_support::{appointment, databases, tx};

    const ALL: Steps = Steps { first: 0, until: 100 };

    #[tokio::test]
    async fn each_step_has_one_owner_until_it_is_given_back() {
        for db in databases().await {
            appointment(&db, "first").await;
            appointment(&db, "second").await;
            let steps = Steps { first: 10, until: 14 };
            assert!(tx!(db, tx => take(&mut tx, "jansen", steps, "first").await));
            assert!(tx!(db, tx => take(&mut tx, "jansen", steps, "first").await), "its own steps stay");
            let overlapping = Steps { first: 13, until: 15 };
            assert!(!tx!(db, tx => take(&mut tx, "jansen", overlapping, "second").await));
            assert!(tx!(db, tx => take(&mut tx, "vries", overlapping, "second").await), "another schedule");

            let kept = Steps { first: 12, until: 14 };
            tx!(db, tx => free_all_but(&mut tx, "jansen", kept, "first").await);
            assert_eq!(tx!(db, tx => taken(&mut tx, "jansen", ALL, None).await), [12, 13]);
            assert_eq!(tx!(db, tx => taken(&mut tx, "jansen", ALL, Some("first")).await), [0; 0]);
            tx!(db, tx => free(&mut tx, "first").await);
            assert_eq!(tx!(db, tx => taken(&mut tx, "jansen", ALL, None).await), [0; 0]);
        }
    }
}
