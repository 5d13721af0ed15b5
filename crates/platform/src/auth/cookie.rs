use axum::extract::Request;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use world::keep_plain_cookies;

use crate::Config;

/// A cookie of the platform. The reference XIS uses other names, since ports do not separate cookies.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Name {
    /// Who is logged in.
    Session,
    /// Which login is under way in this browser.
    Login,
    /// The language of a visitor who is not logged in.
    Language,
}

impl Name {
    fn text(self) -> &'static str {
        match self {
            Self::Session => "balie_session",
            Self::Login => "balie_login",
            Self::Language => "balie_language",
        }
    }

    /// `__Host-` needs https: no other host and no plain connection can then set it.
    pub(crate) fn on(self, is_https: bool) -> String {
        if is_https { format!("__Host-{}", self.text()) } else { self.text().to_owned() }
    }

    pub(crate) fn read(self, config: &Config, jar: &CookieJar) -> Option<String> {
        self.read_on(config.is_https(), jar)
    }

    pub(crate) fn read_on(self, is_https: bool, jar: &CookieJar) -> Option<String> {
        jar.get(&self.on(is_https)).map(|cookie| cookie.value().to_owned())
    }

    /// The cookie with this value, for the length of the browser's session.
    pub(crate) fn with(self, config: &Config, value: String) -> Cookie<'static> {
        self.of(config.is_https(), value)
    }

    fn of(self, is_https: bool, value: String) -> Cookie<'static> {
        Cookie::build((self.on(is_https), value))
            .path("/")
            .http_only(true)
            .secure(is_https)
            .same_site(SameSite::Lax)
            .build()
    }

    /// The cookie that takes it away.
    pub(crate) fn removed(self, config: &Config) -> Cookie<'static> {
        let mut cookie = self.with(config, String::new());
        cookie.make_removal();
        cookie
    }
}

/// The request without the cookies that [`keep_plain_cookies`] takes away.
pub(crate) fn with_plain_names(mut request: Request) -> Request {
    keep_plain_cookies(request.headers_mut());
    request
}

#[cfg(test)]
mod tests;
