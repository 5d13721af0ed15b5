//! Reading an answer while it arrives.

use std::convert::Infallible;

use bytes::Bytes;
use tokio::task::yield_now;
use world::{Body, HttpError};

/// So much is read before others get their turn on this thread: two hundred slots, in less than a millisecond.
const PIECE_BYTES: usize = 128 * 1024;

/// Reads an answer, of which a piece came.
pub(super) trait Reading: Send {
    fn take(&mut self, piece: &[u8]);
}

/// What became of an answer's body.
pub(super) enum Taken<R> {
    /// It was read.
    Read(R),
    /// There was no reader for it.
    Whole(Bytes),
}

pub(super) async fn take<R: Reading>(mut body: Body, reader: Option<R>) -> Result<Taken<R>, HttpError> {
    let Some(mut reader) = reader else { return Ok(Taken::Whole(body.whole().await?)) };
    while let Some(part) = body.next().await? {
        for piece in part.chunks(PIECE_BYTES) {
            reader.take(piece);
            yield_now().await;
        }
    }
    Ok(Taken::Read(reader))
}

impl Reading for Infallible {
    fn take(&mut self, _: &[u8]) {
        match *self {}
    }
}
