use std::{convert::Infallible, pin::pin};

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use hyper::{
    Request,
    body::Incoming,
    rt::{Read, Write},
    server::conn::http2,
    service::service_fn,
};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio_util::sync::CancellationToken;

use super::{
    connection::{HEAD_BYTES, HEADERS, Patience, SIGN_OF_LIFE_EVERY, STREAMS},
    streams::OpenStreams,
};

/// Serves HTTP/2 until the other side leaves, `stop`, or a time in which nothing is asked. A head that does not arrive
/// is nothing, and so is a greeting.
pub(crate) async fn serve<A>(
    stream: impl Read + Write + Unpin + 'static,
    answer: impl Fn(Request<Incoming>) -> A,
    patience: Patience,
    stop: &CancellationToken,
) -> hyper::Result<()>
where
    A: Future<Output = Result<Response, Infallible>> + Send + 'static,
{
    let open = OpenStreams::default();
    let streams = open.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let (one, is_too_much) = (streams.one(), request.headers().len() > HEADERS);
        let answer = (!is_too_much).then(|| answer(request));
        async move {
            let response = match answer {
                Some(answer) => answer.await?,
                None => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE.into_response(),
            };
            Ok::<_, Infallible>(response.map(|body| one.until_sent(body)))
        }
    });
    let mut http = http2::Builder::new(TokioExecutor::new());
    http.timer(TokioTimer::new()).keep_alive_interval(SIGN_OF_LIFE_EVERY);
    http.max_header_list_size(HEAD_BYTES.try_into().unwrap_or(u32::MAX)).max_concurrent_streams(STREAMS);
    let mut connection = pin!(http.serve_connection(stream, service));
    tokio::select! {
        biased;
        ended = connection.as_mut() => return ended,
        () = stop.cancelled() => {}
        () = open.none_for(patience.head) => {}
    }
    connection.as_mut().graceful_shutdown();
    // What was begun is ended first; who says nothing to a goodbye is not waited for.
    tokio::select! {
        biased;
        ended = connection.as_mut() => ended,
        () = open.none_for(patience.goodbye) => Ok(()),
    }
}
