//! A push service that takes whatever comes. Until it is opened it accepts messages and does not answer.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use tokio::{net::TcpListener, sync::watch};

use crate::sink::Came;

pub(crate) struct PushService {
    pub(crate) origin: String,
    is_open: watch::Sender<bool>,
    came: Arc<Mutex<Vec<Came>>>,
}

impl PushService {
    /// On a free port, until this program ends.
    ///
    /// # Errors
    /// When it cannot listen.
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let (is_open, opening) = watch::channel(false);
        let came: Arc<Mutex<Vec<Came>>> = Arc::default();
        let router = Router::new().route("/push/{to}", post(take)).with_state((opening, Arc::clone(&came)));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { origin, is_open, came })
    }

    /// Lets it answer, also what it was given before, or be silent.
    pub(crate) fn set_open(&self, is_open: bool) {
        self.is_open.send_replace(is_open);
    }

    /// What came since this was last asked.
    pub(crate) fn take(&self) -> Vec<Came> {
        std::mem::take(&mut *self.came.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

type Desk = (watch::Receiver<bool>, Arc<Mutex<Vec<Came>>>);

async fn take(
    State((mut opening, came)): State<Desk>,
    Path(to): Path<String>,
    headers: HeaderMap,
) -> StatusCode {
    if opening.wait_for(|is_open| *is_open).await.is_err() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    // What it says is sealed for a device; the name under which a later one takes its place is another for each visit.
    let topic = headers.get("topic").and_then(|topic| topic.to_str().ok()).unwrap_or_default();
    let one = Came { to, id: topic.to_owned(), at: Instant::now() };
    came.lock().unwrap_or_else(PoisonError::into_inner).push(one);
    StatusCode::CREATED
}
