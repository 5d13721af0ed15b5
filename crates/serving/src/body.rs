use std::{io, time::Duration};

use axum::body::{Body, Bytes};
use futures::stream;
use http_body_util::BodyExt as _;
use tokio::time::{Instant, timeout_at};

/// The body of a request, which breaks off when it does not arrive in time: byte by byte is no way in.
pub(crate) fn arriving<B>(body: B, within: Duration) -> Body
where
    B: hyper::body::Body<Data = Bytes> + Send + Unpin + 'static,
    B::Error: std::error::Error + Send + Sync + 'static,
{
    if body.is_end_stream() {
        return Body::empty();
    }
    let until = Instant::now() + within;
    Body::from_stream(stream::try_unfold(body, move |mut body| async move {
        match timeout_at(until, body.frame()).await {
            // Trailers are read by nobody here, and nothing comes after them.
            Ok(Some(Ok(frame))) => Ok(frame.into_data().ok().map(|data| (data, body))),
            Ok(Some(Err(error))) => Err(io::Error::other(error)),
            Ok(None) => Ok(None),
            Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "the body took too long")),
        }
    }))
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use futures::StreamExt as _;

    use super::*;

    fn of(texts: &'static [&'static str]) -> Body {
        Body::from_stream(
            stream::iter(texts).map(|text| Ok::<_, io::Error>(Bytes::from_static(text.as_bytes()))),
        )
    }

    #[tokio::test]
    async fn a_body_is_read_as_it_was_sent() {
        let body = arriving(of(&["a", "", "bc"]), Duration::from_secs(60));
        assert_eq!(to_bytes(body, 10).await.unwrap(), "abc");
        assert_eq!(to_bytes(arriving(Body::empty(), Duration::from_secs(60)), 10).await.unwrap(), "");
    }

    #[tokio::test]
    async fn a_body_that_never_ends_breaks_off() {
        let begun = stream::iter([Ok::<_, io::Error>(Bytes::from_static(b"a"))]);
        let endless = Body::from_stream(begun.chain(stream::pending()));
        assert!(to_bytes(arriving(endless, Duration::from_millis(1)), 10).await.is_err());
    }
}
