use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::{sync::watch, time::timeout};

/// The requests on one connection that are not answered to the end.
#[derive(Debug, Clone, Default)]
pub(crate) struct OpenStreams(Arc<watch::Sender<usize>>);

/// One of them, as long as it lives.
#[derive(Debug)]
pub(crate) struct OpenStream(OpenStreams);

impl OpenStreams {
    /// One more.
    pub(crate) fn one(&self) -> OpenStream {
        self.0.send_modify(|open| *open += 1);
        OpenStream(self.clone())
    }

    /// Returns once there was none for so long.
    pub(crate) async fn none_for(&self, time: Duration) {
        let mut open = self.0.subscribe();
        loop {
            let is_none = *open.borrow_and_update() == 0;
            if is_none {
                if timeout(time, open.changed()).await.is_err() {
                    return;
                }
            } else {
                // It cannot fail: the sender is ours.
                let _ = open.changed().await;
            }
        }
    }
}

impl OpenStream {
    /// It is open until this body, the answer's, has gone.
    pub(crate) fn until_sent(self, body: Body) -> Body {
        Body::new(Sent { body, _stream: self })
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.0.send_modify(|open| *open -= 1);
    }
}

struct Sent {
    body: Body,
    _stream: OpenStream,
}

impl HttpBody for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    /// Whether there is none, told by another clock that goes more slowly.
    async fn comes_to_rest(open: &OpenStreams) -> bool {
        let other = OpenStreams::default();
        tokio::select! {
            biased;
            () = open.none_for(Duration::from_millis(1)) => true,
            () = other.none_for(Duration::from_millis(20)) => false,
        }
    }

    #[tokio::test]
    async fn a_connection_is_at_rest_when_every_answer_has_gone() {
        let open = OpenStreams::default();
        assert!(comes_to_rest(&open).await);
        let (one, other) = (open.one(), open.one());
        assert!(!comes_to_rest(&open).await);
        let body = one.until_sent(Body::from("answer"));
        drop(other);
        assert!(!comes_to_rest(&open).await, "an answer is still being sent");
        assert_eq!(body.size_hint().exact(), Some(6));
        assert_eq!(to_bytes(body, 10).await.unwrap(), "answer");
        assert!(comes_to_rest(&open).await);
    }
}
