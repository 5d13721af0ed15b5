/// Whether this is a path on the site that is asked, and nothing that a browser could read as an address elsewhere: what
/// may stand in a login's way back.
#[must_use]
pub fn is_own_path(text: &str) -> bool {
    text.starts_with('/')
        && !text.starts_with("//")
        // A browser leaves out tabs and line ends, and reads a backslash as a slash.
        && !text.contains(|letter: char| letter == '\\' || letter.is_control())
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::is_own_path;

    #[test]
    fn a_path_leads_to_this_site_whatever_a_browser_makes_of_it() {
        let here = Url::parse("https://balie.example/login/callback").unwrap();
        for path in ["/", "/practices/01000001/book?week=2", "/a//b", "/%09/evil.example", "/é"] {
            assert!(is_own_path(path), "{path}");
            assert_eq!(here.join(path).unwrap().origin(), here.origin(), "{path}");
        }
    }

    /// ASVS: 3.7.2
    #[test]
    fn what_leads_elsewhere_is_no_path_of_ours() {
        for elsewhere in ["", "evil", "https://evil.example", "//evil.example", "/\\evil.example", "/\0/x"] {
            assert!(!is_own_path(elsewhere), "{elsewhere:?}");
        }
        for letter in ('\0'..'\u{20}').chain(['\u{7f}', '\u{85}']) {
            assert!(!is_own_path(&format!("/{letter}/evil.example")), "{letter:?}");
        }
    }
}
