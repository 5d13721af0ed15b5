use serde::Deserialize;

/// The accent colour of a practice's pages. A name and not a number: each has a pair for light and for dark that
/// keeps the contrast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Accent {
    /// Blue-green.
    #[default]
    Teal,
    /// Deep blue.
    Blue,
    /// Purple-red.
    Plum,
    /// Dark green.
    Forest,
    /// Brown-red.
    Rust,
}

impl Accent {
    /// Accent, text on it and a light ground under it: first for light pages, then for dark ones.
    pub(crate) fn colours(self) -> [[&'static str; 3]; 2] {
        match self {
            Self::Teal => [["#0b6660", "#ffffff", "#e3f0ee"], ["#5fc7be", "#06211f", "#15302e"]],
            Self::Blue => [["#1f4fa3", "#ffffff", "#e4ebf8"], ["#93b7f5", "#0a1a36", "#182742"]],
            Self::Plum => [["#7a2a63", "#ffffff", "#f6e6f1"], ["#e3a0cd", "#2e0c24", "#3a1b31"]],
            Self::Forest => [["#2f6223", "#ffffff", "#e7f1e3"], ["#9bd08b", "#10260a", "#1d3017"]],
            Self::Rust => [["#8f3b16", "#ffffff", "#f9e9e1"], ["#f0ab87", "#331404", "#3b2114"]],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG's relative luminance of `#rrggbb`.
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_pair_can_be_read_wcag_1_4_3() {
        for accent in [Accent::Teal, Accent::Blue, Accent::Plum, Accent::Forest, Accent::Rust] {
            for ([colour, ink, tint], paper) in accent.colours().into_iter().zip(["#f6f4ef", "#12161d"]) {
                for (one, other) in [(colour, ink), (colour, tint), (colour, paper)] {
                    assert!(contrast(one, other) >= 4.5, "{accent:?}: {one} on {other}");
                }
            }
        }
    }
}
