use std::{
    pin::Pin,
    task::{Context, Poll, Waker},
};

/// A request that is on its way, whose answer can be waited for later.
///
/// The driver sends a request when it is polled for the first time: that is done here, so that requests go in the order
/// in which they are made.
pub(super) struct Sent<T> {
    request: Pin<Box<dyn Future<Output = T> + Send>>,
    answer: Option<T>,
}

impl<T> Sent<T> {
    pub(super) fn of(request: impl Future<Output = T> + Send + 'static) -> Self {
        let mut request: Pin<Box<dyn Future<Output = T> + Send>> = Box::pin(request);
        let answer = match request.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => Some(answer),
            Poll::Pending => None,
        };
        Self { request, answer }
    }

    pub(super) async fn answer(self) -> T {
        match self.answer {
            Some(answer) => answer,
            None => self.request.await,
        }
    }
}
