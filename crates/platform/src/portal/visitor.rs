use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use axum_extra::extract::CookieJar;
use store::Language;

use super::spoken;
use crate::{
    Config,
    app::App,
    auth::{cookie, session::Patient},
    words,
};

/// Whoever looks at a page, logged in or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Visitor {
    pub(crate) language: Language,
}

impl Visitor {
    /// What the browser says: the language that was chosen in it, or else that it asks for, or else Dutch.
    pub(super) fn of_browser(config: &Config, headers: &HeaderMap) -> Self {
        let jar = CookieJar::from_headers(headers);
        let chosen = cookie::Name::Language.read(config, &jar).and_then(|code| words::language(&code));
        let asked = || headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok().and_then(preferred);
        Self { language: chosen.or_else(asked).unwrap_or_default() }
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let patient = <Patient as OptionalFromRequestParts<App>>::from_request_parts(parts, app).await;
        Ok(match patient {
            Ok(Some(Patient { account, .. })) => {
                spoken::patient_reads(account.language);
                Self { language: account.language }
            }
            Ok(None) | Err(_) => Self::of_browser(&app.config, &parts.headers),
        })
    }
}

/// The language that weighs most in `Accept-Language`, of those that we speak; the first of equals.
fn preferred(accepted: &str) -> Option<Language> {
    let weighed = accepted.split(',').filter_map(|range| {
        let (tag, weight) = range.split_once(";q=").unwrap_or((range, "1"));
        let (primary, _) = tag.trim().split_once('-').unwrap_or((tag.trim(), ""));
        let language = words::language(&primary.to_ascii_lowercase())?;
        let weight: f32 = weight.trim().parse().ok()?;
        (weight > 0.0).then_some((language, weight))
    });
    // `max_by` takes the last of equals.
    let all: Vec<_> = weighed.collect();
    all.into_iter().rev().max_by(|(_, one), (_, other)| one.total_cmp(other)).map(|(language, _)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_that_weighs_most_and_that_we_speak() {
        for (accepted, language) in [
            ("nl-NL,nl;q=0.9,en;q=0.8", Some(Language::Dutch)),
            ("en-GB,en;q=0.9", Some(Language::English)),
            ("de, en;q=0.5, nl;q=0.7", Some(Language::Dutch)),
            ("en, nl", Some(Language::English)),
            ("NL", Some(Language::Dutch)),
            ("nl;q=0, en;q=0.1", Some(Language::English)),
            ("qps-NL, nl;q=0.9", Some(words::pseudo::language())),
            ("de, fr", None),
            ("*", None),
            (";q=x,,", None),
        ] {
            assert_eq!(preferred(accepted), language, "{accepted}");
        }
    }
}
