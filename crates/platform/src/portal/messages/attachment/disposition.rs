use std::fmt::Write as _;

/// The name twice: in ASCII for who knows no better, and as it is (RFC 6266, RFC 5987).
pub(super) fn disposition(manner: &str, name: &str) -> String {
    let plain: String = name.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).collect();
    let mut exact = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            exact.push(byte.into());
        } else {
            // Writing to a text does not fail.
            let _ = write!(exact, "%{byte:02X}");
        }
    }
    format!("{manner}; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

fn is_plain(letter: char) -> bool {
    (letter.is_ascii_graphic() || letter == ' ') && !matches!(letter, '"' | '\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_twice_and_ends_no_header() {
        assert_eq!(
            disposition("inline", "Uitslag één.pdf"),
            "inline; filename=\"Uitslag __n.pdf\"; filename*=UTF-8''Uitslag%20%C3%A9%C3%A9n.pdf"
        );
        let odd = disposition("attachment", "a\"b\\c\r\nX: y;é'.pdf");
        assert!(!odd.contains(['\r', '\n', '\\', 'é']) && odd.matches('"').count() == 2, "{odd}");
        assert!(odd.ends_with("a%22b%5Cc%0D%0AX%3A%20y%3B%C3%A9%27.pdf"), "{odd}");
    }
}
