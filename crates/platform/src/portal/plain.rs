//! What the framework refuses in a line of plain text, and what breaks on the way, is a page for a patient as well.

use std::any::Any;

use axum::{
    extract::Request,
    http::{StatusCode, header::CONTENT_TYPE},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::Problem;

/// Around every page: an address or a form that could not be read never reached its handler, and was refused in plain text.
pub(crate) async fn refusals(request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    let status = answer.status();
    match in_words(status).filter(|_| is_plain(&answer)) {
        Some(problem) => (status, problem).into_response(),
        None => answer,
    }
}

fn is_plain(answer: &Response) -> bool {
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/plain"))
}

fn in_words(refused: StatusCode) -> Option<Problem> {
    match refused {
        // Of an address: a form that cannot be read is told by whoever reads it.
        StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND => Some(Problem::NoSuchPage),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Problem::TooLarge),
        StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::UNPROCESSABLE_ENTITY => {
            Some(Problem::UnreadableForm)
        }
        _ => None,
    }
}

/// A handler that panicked. What it said stands in the program's output, and may quote what nobody should read: not here.
pub(crate) fn broken(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a page panicked");
    Problem::Broken.into_response()
}

#[cfg(test)]
mod tests {
    use std::{convert::Infallible, future::poll_fn, task::Poll};

    use axum::body::Body;
    use tower::{Layer as _, ServiceExt as _, service_fn};
    use tower_http::catch_panic::CatchPanicLayer;

    use super::*;

    #[tokio::test]
    async fn a_page_that_panics_is_a_page_that_says_so() {
        let panics = service_fn(|_: Request| {
            poll_fn(|_| -> Poll<Result<Response, Infallible>> { panic!("with what nobody should read") })
        });
        let around = CatchPanicLayer::custom(broken).layer(panics);
        let answer = around.oneshot(Request::new(Body::empty())).await.unwrap();
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let page = axum::body::to_bytes(Body::new(answer.into_body()), usize::MAX).await.unwrap();
        let page = String::from_utf8(page.to_vec()).unwrap();
        assert!(page.contains("Er ging iets mis") && page.contains("tel:112"), "{page}");
        assert!(!page.contains("nobody should read"), "{page}");
    }
}
