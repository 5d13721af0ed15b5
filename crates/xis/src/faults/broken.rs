//! Answers that break off.

use axum::{body::Body, response::Response};
use bytes::Bytes;
use futures::stream;

/// No answer: the server closes a connection whose body fails before anything of it was written.
pub(super) fn unanswered() -> Response {
    let nothing = stream::once(async { Err::<Bytes, _>(std::io::Error::other("closed on purpose")) });
    Response::new(Body::from_stream(nothing))
}

/// The first half of the body, and then the end of the connection.
pub(super) fn half(bytes: &Bytes) -> Body {
    let first = bytes.slice(..bytes.len() / 2);
    let parts = stream::unfold(Some(first), |part| async {
        match part {
            Some(first) => Some((Ok(first), None)),
            None => {
                // Lets the server write the first half before it hears of the end.
                tokio::task::yield_now().await;
                Some((Err(std::io::Error::other("cut on purpose")), None))
            }
        }
    });
    Body::from_stream(parts)
}
