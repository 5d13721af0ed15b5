use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing,
};
use serde_json::Value;
use tokio::net::TcpListener;

mod phone;
mod token;

pub use phone::Phone;

/// A push service on loopback: it checks what push services check, and answers as it is told. What it took can be
/// read, for it has the devices' keys too.
#[derive(Debug, Clone)]
pub struct PushService {
    origin: String,
    state: Arc<Mutex<Held>>,
}

#[derive(Debug)]
struct Held {
    phones: BTreeMap<String, Phone>,
    pushes: Vec<Push>,
    answer: (u16, Option<&'static str>),
}

/// What was sent to a device, whatever it was answered.
#[derive(Debug, Clone)]
pub struct Push {
    /// The device's name.
    pub phone: String,
    /// What the service worker would read.
    pub data: Value,
    /// `TTL`, in seconds.
    pub ttl_seconds: u32,
    /// `Topic`.
    pub topic: String,
    /// `Urgency`.
    pub urgency: String,
    /// What the sender's token says.
    pub claims: Value,
    /// The bytes as they came.
    pub body: Vec<u8>,
}

impl PushService {
    /// One that takes everything.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let held = Held { phones: BTreeMap::new(), pushes: Vec::new(), answer: (201, None) };
        let service = Self { origin, state: Arc::new(Mutex::new(held)) };
        let router = Router::new().route("/push/{name}", routing::post(take)).with_state(service.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        service
    }

    /// Where it listens, such as `http://127.0.0.1:1234`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// A device that subscribes here under this name.
    pub fn phone(&self, name: &str) -> Phone {
        let phone = Phone::new(format!("{}/push/{name}", self.origin));
        self.state.lock().unwrap().phones.insert(name.to_owned(), phone.clone());
        phone
    }

    /// What it says from now on to what it could take.
    pub fn answer(&self, status: u16, retry_after: Option<&'static str>) {
        self.state.lock().unwrap().answer = (status, retry_after);
    }

    /// Everything that was sent, oldest first.
    #[must_use]
    pub fn pushes(&self) -> Vec<Push> {
        self.state.lock().unwrap().pushes.clone()
    }
}

async fn take(
    State(service): State<PushService>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut held = service.state.lock().unwrap();
    let Some(phone) = held.phones.get(&name).cloned() else { return StatusCode::NOT_FOUND.into_response() };
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some(claims) = token::claims(text("authorization"), &service.origin) else {
        return StatusCode::FORBIDDEN.into_response();
    };
    let (Ok(ttl_seconds), "aes128gcm") = (text("ttl").parse(), text("content-encoding")) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    if text("topic").len() > 32 {
        return StatusCode::BAD_REQUEST.into_response();
    }
    if body.len() > 4096 {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let (topic, urgency) = (text("topic").to_owned(), text("urgency").to_owned());
    let data = serde_json::from_slice(&phone.read(&body)).unwrap();
    let push = Push { phone: name, data, ttl_seconds, topic, urgency, claims, body: body.to_vec() };
    held.pushes.push(push);
    let (status, retry_after) = held.answer;
    let mut answer = StatusCode::from_u16(status).unwrap().into_response();
    if let Some(after) = retry_after {
        answer.headers_mut().insert(header::RETRY_AFTER, after.parse().unwrap());
    }
    answer
}
