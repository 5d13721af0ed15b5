//! `/practices/{agb}/theme.css`: a practice's accent, fit to be read on in light and dark.

mod colour;

use std::fmt::Write as _;

use agenda::Agb;
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};

use self::colour::Colour;
use super::Problem;
use crate::app::App;

/// What text needs against its ground (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;

/// The grounds of the style sheet, on which the accent is written as text.
struct Grounds {
    paper: Colour,
    card: Colour,
    /// How much of the accent is in its tint.
    tint: f64,
    /// Where the accent goes to become readable.
    away: Colour,
}

const LIGHT: Grounds =
    Grounds { paper: Colour(0xf6, 0xf4, 0xef), card: Colour::WHITE, tint: 0.1, away: Colour::BLACK };
const DARK: Grounds = Grounds {
    paper: Colour(0x12, 0x16, 0x1d),
    card: Colour(0x1a, 0x20, 0x29),
    tint: 0.16,
    away: Colour::WHITE,
};

/// The tokens of one accent on one set of grounds.
#[derive(Debug, PartialEq)]
struct Tokens {
    accent: Colour,
    /// Text on the accent.
    ink: Colour,
    tint: Colour,
}

/// The style sheet; without a rule in it for a practice that has no accent, or is none.
pub(super) async fn of_practice(
    State(app): State<App>,
    Path(agb): Path<String>,
) -> Result<Response, Problem> {
    let accent = match agb.parse::<Agb>() {
        Ok(agb) => accent(&app, &agb).await?,
        Err(_) => None,
    };
    let headers =
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=300")];
    Ok((headers, accent.map(css).unwrap_or_default()).into_response())
}

async fn accent(app: &App, agb: &Agb) -> Result<Option<Colour>, store::Error> {
    let practice =
        app.store.read("a practice's accent", |mut tx| async move { app.store.practice(&mut tx, agb).await });
    Ok(practice.await?.and_then(|practice| practice.settings.accent?.parse().ok()))
}

fn css(accent: Colour) -> String {
    let (light, dark) = (LIGHT.tokens(accent), DARK.tokens(accent.lit()));
    let mut css = format!(":root {{ {light} }}\n");
    // Writing to a string does not fail.
    let _ = writeln!(css, "@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}");
    css
}

impl Grounds {
    /// The accent, moved no further than it must be to be read on all grounds, and what goes with it.
    fn tokens(&self, wanted: Colour) -> Tokens {
        let steps = (0..=50).map(|step| wanted.mixed(self.away, f64::from(step) / 50.0));
        let accent = steps.clone().find(|accent| self.carries(*accent)).unwrap_or(self.away);
        let ink = if accent.contrast(Colour::WHITE) >= READABLE { Colour::WHITE } else { Colour::INK };
        Tokens { accent, ink, tint: self.tint_of(accent) }
    }

    fn carries(&self, accent: Colour) -> bool {
        [self.paper, self.card, self.tint_of(accent)]
            .iter()
            .all(|ground| accent.contrast(*ground) >= READABLE)
    }

    fn tint_of(&self, accent: Colour) -> Colour {
        self.card.mixed(accent, self.tint)
    }
}

impl std::fmt::Display for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { accent, ink, tint } = self;
        write!(f, "--accent: {accent}; --accent-ink: {ink}; --tint: {tint};")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: [&str; 9] =
        ["#0b6660", "#000000", "#ffffff", "#ffdd00", "#ff0000", "#00ff00", "#0000ff", "#808080", "#767676"];

    #[test]
    fn every_accent_can_be_read_and_read_on_in_light_and_dark() {
        for wanted in WANTED {
            for grounds in [LIGHT, DARK] {
                let Tokens { accent, ink, tint } = grounds.tokens(wanted.parse().unwrap());
                for ground in [grounds.paper, grounds.card, tint] {
                    assert!(accent.contrast(ground) >= READABLE, "{wanted}: {accent} on {ground}");
                }
                assert!(ink.contrast(accent) >= READABLE, "{wanted}: {ink} on {accent}");
            }
        }
    }

    #[test]
    fn an_accent_that_can_be_read_stays_as_it_is() {
        let wanted: Colour = "#0b6660".parse().unwrap();
        assert_eq!((LIGHT.tokens(wanted).accent, LIGHT.tokens(wanted).ink), (wanted, Colour::WHITE));
    }

    #[test]
    fn the_style_sheet_has_a_rule_for_light_and_one_for_dark() {
        let css = css("#0b6660".parse().unwrap());
        assert!(css.starts_with(":root { --accent: #0b6660; --accent-ink: #ffffff; --tint: #"), "{css}");
        assert!(css.contains("@media (prefers-color-scheme: dark) { :root { --accent: #"), "{css}");
    }
}
