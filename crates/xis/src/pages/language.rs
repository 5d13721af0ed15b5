use std::sync::Arc;

use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use http::HeaderMap;
use serde::Deserialize;

use crate::{locales::Language, service::Service};

/// Its own name at this end: ports do not keep cookies apart.
const COOKIE: &str = "balie_xis_lang";
/// Over https it belongs to this very host.
const SECURE_COOKIE: &str = "__Host-balie_xis_lang";

/// The language that the visitor chose, else Dutch.
pub(super) fn language(headers: &HeaderMap) -> Language {
    let jar = CookieJar::from_headers(headers);
    let chosen = jar.get(SECURE_COOKIE).or_else(|| jar.get(COOKIE));
    chosen.and_then(|cookie| Language::of_tag(cookie.value())).unwrap_or_default()
}

#[derive(Deserialize)]
pub(super) struct Switch {
    language: String,
    /// The page to come back to.
    back: String,
}

/// `POST /language`: from now on the pages speak this language.
pub(super) async fn switch(
    State(service): State<Arc<Service>>,
    jar: CookieJar,
    Form(switch): Form<Switch>,
) -> Response {
    let language = Language::of_tag(&switch.language).unwrap_or_default();
    let is_secure = service.is_https();
    let name = if is_secure { SECURE_COOKIE } else { COOKIE };
    let mut cookie = Cookie::new(name, language.words().tag);
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_secure(is_secure);
    cookie.set_same_site(SameSite::Lax);
    cookie.make_permanent();
    (jar.add(cookie), Redirect::to(own_page(&switch.back))).into_response()
}

/// The page, when it is one of ours; a link that leads elsewhere leads to the start.
pub(super) fn own_page(back: &str) -> &str {
    if oauth::is_own_path(back) { back } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_stays_on_this_site() {
        assert_eq!(own_page("/01000001/requests?x=1"), "/01000001/requests?x=1");
        for elsewhere in
            ["https://evil.example", "//evil.example", r"/\evil.example", "", "/a\r\nb", "/\t/evil.example"]
        {
            assert_eq!(own_page(elsewhere), "/", "{elsewhere:?}");
        }
    }
}
