use std::{io, time::Duration};

use tokio::{
    io::{AsyncBufRead, AsyncBufReadExt as _},
    time::timeout,
};

/// A silent client is sent away after this long (RFC 5321, 4.5.3.2.7).
const PATIENCE: Duration = Duration::from_mins(5);

/// Lines from a client that may send anything, never more of one in memory than asked for.
pub(super) struct Lines<R>(R);

/// One line, or its beginning.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// With its line end, if it has one.
    pub(super) bytes: Vec<u8>,
    /// Whether the line was longer than asked for; the rest has been thrown away.
    pub(super) is_cut: bool,
    /// Whether it ends as the protocol asks, with CR LF; of a cut line too.
    pub(super) ends_with_crlf: bool,
}

impl<R: AsyncBufRead + Unpin> Lines<R> {
    pub(super) fn new(reader: R) -> Self {
        Self(reader)
    }

    /// The next line up to and with its line feed, at most `most` bytes of it; none at the end.
    ///
    /// # Errors
    /// When the connection breaks or the client takes too long.
    pub(super) async fn next(&mut self, most: usize) -> io::Result<Option<Line>> {
        timeout(PATIENCE, self.read(most)).await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
    }

    async fn read(&mut self, most: usize) -> io::Result<Option<Line>> {
        let mut line = Line { bytes: Vec::new(), is_cut: false, ends_with_crlf: false };
        let mut last_byte = 0;
        loop {
            let buffer = self.0.fill_buf().await?;
            if buffer.is_empty() {
                return Ok((!line.bytes.is_empty()).then_some(line));
            }
            let end = buffer.iter().position(|&byte| byte == b'\n');
            let text = &buffer[..end.unwrap_or(buffer.len())];
            last_byte = text.last().copied().unwrap_or(last_byte);
            let taken = end.map_or(buffer.len(), |end| end + 1);
            let room = most.saturating_sub(line.bytes.len());
            line.bytes.extend_from_slice(&buffer[..taken.min(room)]);
            line.is_cut |= taken > room;
            self.0.consume(taken);
            if end.is_some() {
                line.ends_with_crlf = last_byte == b'\r';
                return Ok(Some(line));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn all(lines: &mut Lines<impl AsyncBufRead + Unpin>) -> Vec<(String, bool, bool)> {
        let mut all = Vec::new();
        while let Some(Line { bytes, is_cut, ends_with_crlf }) = lines.next(6).await.unwrap() {
            all.push((String::from_utf8(bytes).unwrap(), is_cut, ends_with_crlf));
        }
        all
    }

    #[tokio::test]
    async fn a_line_ends_with_a_line_feed_and_a_long_one_is_cut() {
        let text = &b"NOOP\r\na\nfar too long\r\n123456\n\r\nend"[..];
        let expected = [
            ("NOOP\r\n", false, true),
            ("a\n", false, false),
            ("far to", true, true),
            ("123456", true, false),
            ("\r\n", false, true),
            ("end", false, false),
        ]
        .map(|(text, is_cut, ends_with_crlf)| (text.to_owned(), is_cut, ends_with_crlf));
        assert_eq!(all(&mut Lines::new(text)).await, expected);
        let byte_by_byte = tokio::io::BufReader::with_capacity(1, text);
        assert_eq!(all(&mut Lines::new(byte_by_byte)).await, expected);
    }
}
