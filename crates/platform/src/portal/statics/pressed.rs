use std::{collections::HashMap, io::Write as _, sync::LazyLock};

use axum::http::{HeaderMap, header};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};

use super::Files;

/// Each file as it travels in fewer bytes (gzip, RFC 9110 section 8.4.1.3), where it does.
static PRESSED: LazyLock<HashMap<String, Bytes>> = LazyLock::new(|| {
    let pressed = |name: &str| press(&Files::get(name)?.data);
    Files::iter().filter_map(|name| Some((name.to_string(), pressed(&name)?))).collect()
});

/// A file with fewer bytes, for a browser that can open it.
pub(super) fn for_whom(headers: &HeaderMap, name: &str) -> Option<Bytes> {
    if takes_gzip(headers) { PRESSED.get(name).cloned() } else { None }
}

/// `None` where that saves less than a tenth.
fn press(data: &[u8]) -> Option<Bytes> {
    let mut pressing = GzEncoder::new(Vec::new(), Compression::best());
    pressing.write_all(data).ok()?;
    let pressed = pressing.finish().ok()?;
    (pressed.len() < data.len() / 10 * 9).then(|| pressed.into())
}

/// Whether `Accept-Encoding` names gzip and does not rule it out (RFC 9110 section 12.5.3).
fn takes_gzip(headers: &HeaderMap) -> bool {
    let said = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    said.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case("gzip") && weight.is_some_and(|weight| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use axum::http::HeaderValue;
    use flate2::read::GzDecoder;

    use super::*;

    fn asking(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))])
    }

    #[test]
    fn a_file_comes_out_as_it_went_in() {
        let pressed = for_whom(&asking("gzip, deflate, br"), "look.css").unwrap();
        let mut opened = Vec::new();
        GzDecoder::new(&*pressed).read_to_end(&mut opened).unwrap();
        assert_eq!(opened, &*Files::get("look.css").unwrap().data);
        assert!(pressed.len() * 3 < opened.len());
    }

    #[test]
    fn a_browser_that_cannot_open_it_gets_it_whole() {
        for value in ["", "br", "gzip;q=0", "gzip; q=0.0", "identity", "xgzip"] {
            assert_eq!(for_whom(&asking(value), "look.css"), None, "{value}");
        }
        assert!(for_whom(&asking("br, GZIP; q=0.5"), "look.css").is_some());
    }

    #[test]
    fn what_gets_no_smaller_is_left_as_it_is() {
        let pressed = press(&[b'-'; 500]).unwrap();
        assert_eq!(press(&pressed), None);
        assert_eq!(press(b""), None);
    }
}
