use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use http::{StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use store::Device;
use url::Url;
use world::{Allowed, Chance, GuardedClient, Http as _, Limits, NotPublic, Outgoing};

use super::{
    encryption::{DeviceKeys, Fresh, PADDED, encrypt},
    error::PushError,
    vapid::{Unsigned, VapidKey},
};
use crate::Push;

/// A push service has little to say.
const LIMITS: Limits = Limits { timeout: Duration::from_secs(10), body_bytes: 16 * 1024 };

/// How long a push service may know us by one token; at most 24 hours (RFC 8292, 2).
const TOKEN: SignedDuration = SignedDuration::from_hours(2);
/// A token is used again while it is good for so long.
const TOKEN_LEFT: SignedDuration = SignedDuration::from_hours(1);
/// For how many push services a token is kept: there are few, but anybody can name others.
const TOKENS: usize = 100;

/// Sends to devices through their push services.
pub(crate) struct Pusher {
    client: GuardedClient,
    key: VapidKey,
    subject: String,
    /// What `Authorization` says to each origin, and until when.
    tokens: Mutex<HashMap<String, (String, Timestamp)>>,
}

/// A message for one device, before it is encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    /// JSON, as the service worker reads it.
    pub(super) text: String,
    /// A later message under this name takes the place of an earlier one that was not fetched.
    pub(super) topic: String,
    /// How long the push service keeps it for a device that is off.
    pub(super) keep_seconds: u32,
    /// Whether it is worth waking a phone that saves its battery.
    pub(super) urgent: bool,
}

impl Pusher {
    /// # Errors
    /// In words, when the configuration cannot be used or TLS cannot be set up.
    pub(crate) fn new(push: &Push) -> Result<Self, String> {
        let subject: Url = push.subject.parse().map_err(|error| format!("the subject: {error}"))?;
        let is_mail = subject.scheme() == "mailto" && subject.path().contains('@');
        if !is_mail && subject.scheme() != "https" {
            return Err(
                "the subject must be a mailto: or https: address where push services can ask".to_owned()
            );
        }
        if let Some(other) = push.allow.iter().find(|allowed| !allowed.has_host() || allowed.path() != "/") {
            return Err(format!("{other} is no origin, such as http://127.0.0.1:9000"));
        }
        // Addresses from browsers: what the operator allows XISs to have is nothing to them.
        let outgoing =
            Outgoing { allow: push.allow.iter().map(Allowed::origin).collect(), ..Outgoing::default() };
        let client = GuardedClient::on_standard_port(&outgoing).map_err(|error| error.to_string())?;
        let (key, subject) = (push.key.clone(), push.subject.clone());
        Ok(Self { client, key, subject, tokens: Mutex::default() })
    }

    /// What a browser must be told to subscribe, in base64url.
    pub(crate) fn public_key(&self) -> String {
        self.key.public()
    }

    /// Whether an endpoint is one that we would send to.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn check(&self, endpoint: &str) -> Result<(), NotPublic> {
        let url: Url = endpoint.parse().map_err(|_| NotPublic::Scheme)?;
        self.client.check(&url)
    }

    /// Encrypts a message for a device and hands it to the device's push service.
    ///
    /// # Errors
    /// When the push service did not take it.
    pub(super) async fn send(
        &self,
        chance: &dyn Chance,
        to: &Device,
        message: &Message,
        now: Timestamp,
    ) -> Result<(), PushError> {
        let url: Url = to.endpoint.parse().map_err(|_| PushError::Forbidden(NotPublic::Scheme))?;
        let body = encrypt(message.text.as_bytes(), &DeviceKeys::of(to)?, &fresh(chance), PADDED)?;
        let request = http::Request::post(url.as_str())
            .header(header::AUTHORIZATION, self.authorization(&url.origin().ascii_serialization(), now)?)
            .header(header::CONTENT_ENCODING, "aes128gcm")
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header("ttl", message.keep_seconds)
            .header("topic", &message.topic)
            .header("urgency", if message.urgent { "high" } else { "normal" })
            .body(Bytes::from(body))
            .map_err(|_| PushError::Forbidden(NotPublic::Scheme))?;
        let answer = self.client.send(request, LIMITS).await?;
        match answer.status() {
            StatusCode::OK | StatusCode::CREATED | StatusCode::ACCEPTED => Ok(()),
            status => Err(PushError::of(status, answer.headers(), now)),
        }
    }

    /// Signed anew when the token that is kept for this push service is about to end.
    fn authorization(&self, origin: &str, now: Timestamp) -> Result<String, Unsigned> {
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        let is_good = |until: &Timestamp| *until - TOKEN_LEFT > now;
        if let Some((known, _)) = tokens.get(origin).filter(|(_, until)| is_good(until)) {
            return Ok(known.clone());
        }
        let until = now + TOKEN;
        let signed = self.key.authorization(origin, &self.subject, until)?;
        tokens.retain(|_, (_, until)| is_good(until));
        if tokens.len() < TOKENS {
            tokens.insert(origin.to_owned(), (signed.clone(), until));
        }
        Ok(signed)
    }
}

impl std::fmt::Debug for Pusher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pusher").field("key", &self.key).finish_non_exhaustive()
    }
}

fn fresh(chance: &dyn Chance) -> Fresh {
    let mut fresh = Fresh { private: [0; 32], salt: [0; 16] };
    chance.fill(&mut fresh.private);
    chance.fill(&mut fresh.salt);
    fresh
}
