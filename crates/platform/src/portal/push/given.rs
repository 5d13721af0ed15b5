use axum::http::{HeaderMap, header::USER_AGENT};
use serde::Deserialize;
use store::Device;

use super::agent;
use crate::notices::push::{DeviceKeys, Pusher};

/// Endpoints are a few hundred characters long.
const LONGEST: usize = 2048;

/// A browser's `PushSubscription`, as its script writes it.
#[derive(Deserialize)]
pub(crate) struct Given {
    pub(super) endpoint: String,
    pub(super) keys: Keys,
}

/// The keys that messages are encrypted with.
#[derive(Deserialize)]
pub(crate) struct Keys {
    p256dh: String,
    pub(super) auth: String,
}

/// Why a subscription is not kept, as the audit trail says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotKept {
    #[error("refused: the endpoint is too long")]
    TooLong,
    #[error("refused: the endpoint may not be used: {0}")]
    Endpoint(world::NotPublic),
    #[error("refused: the keys are none")]
    Keys,
}

impl Given {
    /// The device that it speaks of, when we could send there.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn device(self, pusher: &Pusher, headers: &HeaderMap) -> Result<Device, NotKept> {
        if self.endpoint.len() > LONGEST {
            return Err(NotKept::TooLong);
        }
        pusher.check(&self.endpoint).map_err(NotKept::Endpoint)?;
        let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        let (browser, system) = agent::names(agent);
        let Self { endpoint, keys: Keys { p256dh, auth } } = self;
        let device = Device { endpoint, p256dh, auth, browser, system };
        DeviceKeys::of(&device).map_err(|_| NotKept::Keys)?;
        Ok(device)
    }
}
