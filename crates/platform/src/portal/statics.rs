mod pressed;

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::Problem;

/// What pages load, within the program.
#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

/// The version of each file: the beginning of its hash.
static VERSIONS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let files =
        Files::iter().filter_map(|name| Files::get(&name).map(|file| (name.to_string(), version(&file))));
    files.collect()
});

fn version(file: &EmbeddedFile) -> String {
    file.metadata.sha256_hash().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The address of a file, which changes when the file does.
pub(crate) fn address(name: &str) -> String {
    let version = VERSIONS.get(name).map_or("none", String::as_str);
    format!("/static/{version}/{name}")
}

/// A file. One that is asked for by its own version never changes; another is newer than the page that asks.
pub(super) async fn file(
    Path((asked, name)): Path<(String, String)>,
    asking: HeaderMap,
) -> Result<Response, Problem> {
    let file = Files::get(&name).ok_or(Problem::NoSuchPage)?;
    let keep =
        if VERSIONS.get(&name) == Some(&asked) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type(&name))),
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    let Some(pressed) = pressed::for_whom(&asking, &name) else {
        return Ok((headers, file.data).into_response());
    };
    Ok((headers, [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))], pressed).into_response())
}

/// What is in a file, for one that has an address of its own.
pub(super) fn content(name: &str) -> Option<Cow<'static, [u8]>> {
    Files::get(name).map(|file| file.data)
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_an_address_with_its_version_and_a_media_type() {
        for name in Files::iter() {
            assert!(!address(&name).contains("/none/"), "{name}");
            assert_ne!(media_type(&name), "application/octet-stream", "{name}");
        }
    }
}
