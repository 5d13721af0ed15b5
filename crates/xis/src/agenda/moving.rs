use db::Tx;
use jiff::Timestamp;

use super::{Desk, Refusal, Steps};
use crate::{
    tables::{State, occupancy, schedules},
    told::{self, News},
};

/// Where an appointment goes.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) schedule: String,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
}

/// Moves an appointment, tells the platform and frees the old time. A request that is moved is booked by that.
///
/// The new time is taken before the old one is given back, so the appointment is never without a place.
///
/// # Errors
/// When the new time is taken or past, or the appointment takes place no more.
pub(crate) async fn move_to(
    tx: &mut Tx,
    desk: Desk<'_>,
    id: &str,
    to: &Place,
    message: Option<String>,
) -> Result<(), Refusal> {
    let steps = Steps::between(to.starts_at, to.ends_at)?;
    if to.starts_at <= desk.act.at {
        return Err(Refusal::Past);
    }
    let mut moved = desk.take_up(tx, id).await?.appointment;
    if !moved.state.holds_time() {
        return Err(Refusal::NotOpen(moved.state));
    }
    if schedules::find(tx, desk.practice.id(), &to.schedule).await?.is_none() {
        return Err(Refusal::Unknown);
    }
    if !occupancy::take(tx, &to.schedule, steps, id).await? {
        return Err(Refusal::Taken);
    }
    occupancy::free_all_but(tx, &to.schedule, steps, id).await?;
    moved.schedule.clone_from(&to.schedule);
    (moved.starts_at, moved.ends_at) = (to.starts_at, to.ends_at);
    moved.state = State::Booked;
    moved.message = message.or(moved.message);
    desk.save(tx, &mut moved, "move").await?;
    told::enqueue(tx, desk.act, &moved, News::Changed).await?;
    Ok(())
}
