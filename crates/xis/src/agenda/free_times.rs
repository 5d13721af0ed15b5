use db::{Error, Tx};
use jiff::{SignedDuration, Timestamp};

use super::{Desk, Steps};
use crate::tables::{occupancy, slots};

/// When an appointment of this length can start on this day, at the times that the schedule offers.
///
/// The time that `moving` holds counts as free: it is the one that moves.
///
/// # Errors
/// When the database fails.
pub(crate) async fn free_times(
    tx: &mut Tx,
    desk: Desk<'_>,
    schedule: &str,
    day: jiff::civil::Date,
    minutes: u32,
    moving: Option<&str>,
) -> Result<Vec<Timestamp>, Error> {
    let mut starts: Vec<Timestamp> =
        slots::of_days(tx, schedule, day, day).await?.into_iter().map(|slot| slot.starts_at).collect();
    starts.dedup();
    let (Some(first), Some(last)) = (starts.first(), starts.last()) else { return Ok(Vec::new()) };
    let length = SignedDuration::from_mins(minutes.into());
    let taken = occupancy::taken(tx, schedule, Steps::covering(*first, *last + length), moving).await?;
    let is_free = |start: &Timestamp| {
        *start > desk.act.at
            && Steps::covering(*start, *start + length)
                .into_iter()
                .all(|step| taken.binary_search(&step).is_err())
    };
    Ok(starts.into_iter().filter(is_free).collect())
}
