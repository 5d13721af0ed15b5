//! Answers that come in chunks, each with its length before it, the last one empty.

use anyhow::{Context as _, bail};

/// How long the whole body is, once all of it is there.
pub(super) fn length(body: &[u8]) -> anyhow::Result<Option<usize>> {
    let mut read = 0;
    loop {
        let Some(line) = body[read..].windows(2).position(|two| two == b"\r\n") else { return Ok(None) };
        let size = size(&body[read..read + line])?;
        // The chunk stands between two ends of a line; the last one has nothing in it, and no trailers are expected.
        let end = read + line + 2 + size + 2;
        if body.len() < end {
            return Ok(None);
        }
        if &body[end - 2..end] != b"\r\n" {
            bail!("a chunk does not end where it says");
        }
        if size == 0 {
            return Ok(Some(end));
        }
        read = end;
    }
}

fn size(line: &[u8]) -> anyhow::Result<usize> {
    let text = std::str::from_utf8(line)?;
    let digits = text.split(';').next().unwrap_or_default().trim();
    usize::from_str_radix(digits, 16).with_context(|| format!("{text:?} is not the length of a chunk"))
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn a_body_in_chunks_ends_with_the_empty_one() {
        assert_eq!(length(b"0\r\n\r\n").unwrap(), Some(5));
        assert_eq!(length(b"3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\nrest").unwrap(), Some(32));
        for part in [&b""[..], b"3", b"3\r\nab", b"3\r\nabc\r\n", b"3\r\nabc\r\n0\r\n"] {
            assert_eq!(length(part).unwrap(), None, "{part:?}");
        }
        assert!(length(b"x\r\nabc\r\n").is_err() && length(b"1\r\nabc\r\n").is_err());
    }
}
