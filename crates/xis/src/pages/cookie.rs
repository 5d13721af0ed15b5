use axum::extract::Request;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use world::keep_plain_cookies;

use crate::service::Service;

/// A cookie of these pages, under a name of this end: ports do not keep cookies apart.
#[derive(Debug, Clone, Copy)]
pub(super) enum Name {
    /// Who is logged in.
    Session,
    /// The login that is under way in this browser, sealed.
    Login,
}

impl Name {
    /// `__Host-` needs https: no other host and no plain connection can then set it.
    fn on(self, service: &Service) -> &'static str {
        match (self, service.is_https()) {
            (Self::Session, true) => "__Host-balie_xis_session",
            (Self::Session, false) => "balie_xis_session",
            (Self::Login, true) => "__Host-balie_xis_login",
            (Self::Login, false) => "balie_xis_login",
        }
    }

    pub(super) fn read(self, service: &Service, jar: &CookieJar) -> Option<String> {
        jar.get(self.on(service)).map(|cookie| cookie.value().to_owned())
    }

    /// The cookie with this value, for as long as the browser is open.
    pub(super) fn with(self, service: &Service, value: String) -> Cookie<'static> {
        Cookie::build((self.on(service), value))
            .path("/")
            .http_only(true)
            .secure(service.is_https())
            .same_site(SameSite::Lax)
            .build()
    }

    /// The cookie that takes it away.
    pub(super) fn removed(self, service: &Service) -> Cookie<'static> {
        let mut cookie = self.with(service, String::new());
        cookie.make_removal();
        cookie
    }
}

/// The request without the cookies that [`keep_plain_cookies`] takes away.
pub(super) async fn with_plain_names(mut request: Request) -> Request {
    keep_plain_cookies(request.headers_mut());
    request
}
