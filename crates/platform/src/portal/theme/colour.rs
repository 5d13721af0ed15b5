use std::{fmt, str::FromStr};

/// A colour of the screen (sRGB).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

impl Colour {
    pub(super) const WHITE: Self = Self(0xff, 0xff, 0xff);
    pub(super) const BLACK: Self = Self(0, 0, 0);
    /// Text on light colours.
    pub(super) const INK: Self = Self(0x0c, 0x11, 0x18);

    /// This colour with `part` (0 to 1) of the other in it.
    pub(super) fn mixed(self, other: Self, part: f64) -> Self {
        let mix = |one: u8, other: u8| byte(f64::from(one) * (1.0 - part) + f64::from(other) * part);
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// The same hue as a dark page needs it: bright, and a little pale. White alone would wash it out.
    pub(super) fn lit(self) -> Self {
        const BRIGHT: f64 = 180.0;
        let brightest = f64::from(self.0.max(self.1).max(self.2));
        let factor = if brightest > 0.0 { (BRIGHT / brightest).max(1.0) } else { 1.0 };
        Self(scaled(self.0, factor), scaled(self.1, factor), scaled(self.2, factor)).mixed(Self::WHITE, 0.3)
    }

    /// How well one is read on the other, from 1 to 21 (WCAG 2.2).
    pub(super) fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |byte: u8| {
            let part = f64::from(byte) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

fn scaled(channel: u8, factor: f64) -> u8 {
    byte(f64::from(channel) * factor)
}

/// The nearest byte; a cast from a float stops at the ends.
fn byte(value: f64) -> u8 {
    value.round() as u8
}

/// The text is no `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotAColour;

impl FromStr for Colour {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or(NotAColour)?;
        let number = u32::from_str_radix(digits, 16).map_err(|_| NotAColour)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self(red, green, blue))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_and_written_back() {
        assert_eq!("#0b6660".parse(), Ok(Colour(0x0b, 0x66, 0x60)));
        assert_eq!(Colour(0x0b, 0x66, 0x60).to_string(), "#0b6660");
        for text in ["", "#fff", "0b6660", "#0b66 0", "#gggggg", "#0b66600"] {
            assert_eq!(text.parse::<Colour>(), Err(NotAColour), "{text}");
        }
    }

    #[test]
    fn a_lit_colour_keeps_its_hue_and_black_becomes_grey() {
        assert_eq!(Colour(0x0b, 0x66, 0x60).lit().to_string(), "#5acbc3");
        assert_eq!(Colour::BLACK.lit().to_string(), "#4d4d4d");
        assert_eq!(Colour::WHITE.lit(), Colour::WHITE);
    }

    #[test]
    fn contrast_goes_from_one_to_twenty_one() {
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 0.01);
        assert!((Colour::WHITE.contrast(Colour::WHITE) - 1.0).abs() < 0.01);
        // The example that everybody knows: the lightest grey that can be read on white.
        assert!((Colour(0x76, 0x76, 0x76).contrast(Colour::WHITE) - 4.54).abs() < 0.01);
    }
}
