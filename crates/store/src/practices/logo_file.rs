use super::Logo;

/// Pages stay light: at most 50 kB with all that they load.
const MOST_BYTES: usize = 16 * 1024;
/// More is never seen on a page.
const MOST_PIXELS: u32 = 1024;
const PNG_START: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
/// What makes a drawing do more than be looked at.
const ACTIVE: [&str; 8] =
    ["<!doctype", "<!entity", "<script", "<foreignobject", "<iframe", "<image", "javascript:", "@import"];

/// Why a file cannot be a logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LogoUnusable {
    /// It is too large.
    #[error("a logo has at most 16 kB")]
    TooLarge,
    /// It is of another kind.
    #[error("a logo is an SVG drawing with its namespace, or a PNG picture")]
    Kind,
    /// It has too many pixels, or none.
    #[error("a PNG logo is at most 1024 pixels wide and high")]
    Pixels,
    /// It does more than be looked at.
    #[error("an SVG logo may hold no script, doctype, event or style sheet, and nothing from elsewhere")]
    Active,
}

impl Logo {
    /// A file that somebody gives, if it is a picture and nothing more.
    ///
    /// # Errors
    /// When it is too large, of another kind, or could do something.
    pub fn of_file(content: Vec<u8>) -> Result<Self, LogoUnusable> {
        if content.len() > MOST_BYTES {
            return Err(LogoUnusable::TooLarge);
        }
        let media_type = if content.starts_with(PNG_START) {
            check_png(&content)?;
            "image/png"
        } else {
            check_svg(std::str::from_utf8(&content).map_err(|_| LogoUnusable::Kind)?)?;
            "image/svg+xml"
        };
        Ok(Self { media_type: media_type.to_owned(), content })
    }
}

/// Width and height stand first.
fn check_png(content: &[u8]) -> Result<(), LogoUnusable> {
    let sizes = content.get(PNG_START.len()..PNG_START.len() + 8).ok_or(LogoUnusable::Kind)?;
    let is_fit = |size: &[u8]| {
        let size = size.iter().fold(0_u32, |size, byte| size << 8 | u32::from(*byte));
        (1..=MOST_PIXELS).contains(&size)
    };
    if sizes.chunks(4).all(is_fit) { Ok(()) } else { Err(LogoUnusable::Pixels) }
}

/// The browser shows it as a picture, in which nothing runs. But its address can be opened too.
fn check_svg(text: &str) -> Result<(), LogoUnusable> {
    let text = text.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    let body = text.strip_prefix("<?xml ").unwrap_or(&text);
    let is_drawing = text.starts_with("<?xml ") || text.starts_with("<svg") || text.starts_with("<!--");
    if !is_drawing || !body.contains("<svg") || !body.contains("\"http://www.w3.org/2000/svg\"") {
        return Err(LogoUnusable::Kind);
    }
    let is_active = ACTIVE.iter().any(|word| body.contains(word)) || body.contains("<?") || has_event(body);
    if is_active || points_elsewhere(body, "href=") || points_elsewhere(body, "url(") {
        return Err(LogoUnusable::Active);
    }
    Ok(())
}

/// Whether an attribute such as `onload=` stands anywhere.
fn has_event(text: &str) -> bool {
    let starts_event = |word: &str| {
        let name = word.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric());
        word.starts_with("on") && name.trim_start().starts_with('=')
    };
    let after_space = |(at, letter): (usize, char)| {
        let ends_a_word = letter.is_whitespace() || matches!(letter, '"' | '\'' | '/');
        ends_a_word.then(|| text.get(at + letter.len_utf8()..)).flatten()
    };
    text.char_indices().filter_map(after_space).any(starts_event)
}

/// Whether anything after `mark` is not a part of the drawing itself.
fn points_elsewhere(text: &str, mark: &str) -> bool {
    // A space before the sign is allowed too: whatever is written so is not looked into, but refused.
    let spaced = mark == "href=" && text.contains("href =");
    spaced || text.split(mark).skip(1).any(|rest| !rest.trim_start_matches(['"', '\'']).starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inside: &str) -> Vec<u8> {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\">{inside}</svg>").into_bytes()
    }

    fn png(width: u32) -> Vec<u8> {
        [PNG_START, &width.to_be_bytes(), &8_u32.to_be_bytes(), &[8, 6, 0, 0, 0]].concat()
    }

    #[test]
    fn a_drawing_and_a_picture_are_taken_as_what_they_are() {
        let drawing = svg("<use href=\"#a\"/><path id=\"a\" fill=\"url(#b)\" d=\"M0 0h8\"/>");
        assert_eq!(Logo::of_file(drawing).unwrap().media_type, "image/svg+xml");
        let with_head = [b"<?xml version=\"1.0\"?>\n".to_vec(), svg("")].concat();
        assert_eq!(Logo::of_file(with_head).unwrap().media_type, "image/svg+xml");
        assert_eq!(Logo::of_file(png(34)).unwrap().media_type, "image/png");
    }

    #[test]
    fn what_does_more_than_be_looked_at_is_refused() {
        for inside in [
            "<script>x</script>",
            "<path onload=\"x\"/>",
            "<path\nonclick = 'x'/>",
            "<path d=\"\"onload=\"x\"/>",
            "<a href=\"https://evil.example\"/>",
            "<a xlink:href='javascript:x'/>",
            "<use href = \"https://evil.example\"/>",
            "<path fill=\"url(https://evil.example)\"/>",
            "<style>@import 'x'</style>",
            "<foreignObject/>",
            "<?xml-stylesheet x?>",
            "<!DOCTYPE x>",
        ] {
            assert_eq!(Logo::of_file(svg(inside)), Err(LogoUnusable::Active), "{inside}");
        }
    }

    #[test]
    fn other_kinds_and_sizes_are_refused() {
        for other in [&b"GIF89a"[..], b"<html><svg></svg></html>", b"<svg></svg>", b"\xff\xfe", b""] {
            assert_eq!(Logo::of_file(other.to_vec()), Err(LogoUnusable::Kind), "{other:?}");
        }
        assert_eq!(Logo::of_file(svg(&" ".repeat(16 * 1024))), Err(LogoUnusable::TooLarge));
        assert_eq!(
            [png(0), png(1025)].map(Logo::of_file),
            [Err(LogoUnusable::Pixels), Err(LogoUnusable::Pixels)]
        );
    }
}
