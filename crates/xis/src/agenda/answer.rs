use db::Tx;

use super::{Desk, Refusal};
use crate::{
    tables::{State, occupancy},
    told::{self, News},
};

/// What a practitioner says to a patient's request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Approve,
    /// Frees its time.
    Decline,
}

/// Answers a patient's request, with a message for the patient where there is one, and tells the platform.
///
/// # Errors
/// When it is no request any more, or is approved too late.
pub(crate) async fn answer(
    tx: &mut Tx,
    desk: Desk<'_>,
    id: &str,
    answer: Answer,
    message: Option<String>,
) -> Result<(), Refusal> {
    let mut answered = desk.take_up(tx, id).await?.appointment;
    if answered.state != State::Requested {
        return Err(Refusal::NotOpen(answered.state));
    }
    if answer == Answer::Approve && answered.starts_at <= desk.act.at {
        return Err(Refusal::Past);
    }
    let (state, action, news) = match answer {
        Answer::Approve => (State::Booked, "approve", News::Accepted),
        Answer::Decline => (State::Declined, "decline", News::Declined),
    };
    answered.state = state;
    answered.message = message;
    if !state.holds_time() {
        occupancy::free(tx, id).await?;
    }
    desk.save(tx, &mut answered, action).await?;
    told::enqueue(tx, desk.act, &answered, news).await?;
    Ok(())
}
