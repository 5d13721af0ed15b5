use http::{HeaderMap, HeaderValue, header};

/// Takes cookies away whose name says something else once it is decoded, as who reads them does. Any host of the same
/// site may set `%5F_Host-x`, and a browser keeps only `__Host-x` for us alone.
pub fn keep_plain_cookies(headers: &mut HeaderMap) {
    let sent = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let all: Vec<&str> = sent.flat_map(|value| value.split(';')).collect();
    let plain: Vec<&str> = all.iter().copied().filter(|cookie| has_plain_name(cookie)).collect();
    if plain.len() == all.len() {
        return;
    }
    match HeaderValue::from_str(&plain.join(";")) {
        Ok(value) => drop(headers.insert(header::COOKIE, value)),
        Err(_) => drop(headers.remove(header::COOKIE)),
    }
}

fn has_plain_name(cookie: &str) -> bool {
    cookie.split_once('=').is_none_or(|(name, _)| !name.contains('%'))
}
