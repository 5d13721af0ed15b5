use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use oauth::TokenUnavailable;
use tokio::sync::OwnedSemaphorePermit;
use world::{HttpError, World};

use super::{
    Trouble,
    breaker::{Health, Leave},
    line::Line,
};

/// Whoever gives up waiting for an answer after this long does so because of the wait.
const LONG: SignedDuration = SignedDuration::from_secs(1);

/// Leave and place for one call. Dropped without an [end](Self::end), it was given up by whoever waited.
pub(super) struct Pass {
    line: Arc<Line>,
    world: World,
    begun_at: Timestamp,
    /// None once it has ended.
    leave: Option<Leave>,
    _place: OwnedSemaphorePermit,
}

impl Pass {
    pub(super) fn new(line: Arc<Line>, world: World, leave: Leave, place: OwnedSemaphorePermit) -> Self {
        let begun_at = world.now();
        Self { line, world, begun_at, leave: Some(leave), _place: place }
    }

    /// The call has ended, with this answer or without.
    pub(super) fn end<B>(mut self, answer: &Result<http::Response<B>, Trouble>) {
        let Some(leave) = self.leave.take() else { return };
        let now = self.world.now();
        match answer {
            Ok(answer) if answer.status().is_server_error() => {
                self.line.ended(leave, Health::Fails, now, format_args!("it answers {}", answer.status()));
            }
            Ok(_) => self.line.ended(leave, Health::Answers, now, ""),
            Err(trouble) => self.line.ended(leave, health(trouble), now, trouble),
        }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let Some(leave) = self.leave.take() else { return };
        let now = self.world.now();
        let waited = now.duration_since(self.begun_at);
        let health = if waited >= LONG { Health::Hangs } else { Health::Unknown };
        self.line.ended(leave, health, now, format_args!("nobody waited longer than {waited:#}"));
    }
}

/// What a trouble says of the health of the practice's system. A token endpoint that is down keeps us from it as surely;
/// one that refuses does not.
fn health(trouble: &Trouble) -> Health {
    match trouble {
        Trouble::Slow { .. } | Trouble::TooLate => Health::Hangs,
        Trouble::NoToken(TokenUnavailable::Troubled(_) | TokenUnavailable::Unreachable(_))
        | Trouble::Http(
            HttpError::Unreachable { .. } | HttpError::Unanswered { .. } | HttpError::TooLarge { .. },
        ) => Health::Fails,
        _ => Health::Unknown,
    }
}
