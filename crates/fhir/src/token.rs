/// A code as the value of a token search parameter: `system|code`, with FHIR's own escapes.
///
/// What a URL needs on top of that is the caller's.
#[must_use]
pub fn search_token(system: Option<&str>, code: &str) -> String {
    format!("{}|{}", escaped(system.unwrap_or_default()), escaped(code))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '|' | ',' | '$') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_joins_system_and_code_and_escapes_what_separates() {
        assert_eq!(search_token(Some("http://xis.example/cs"), "CONSULT"), "http://xis.example/cs|CONSULT");
        assert_eq!(search_token(None, "a|b,c$d\\e"), "|a\\|b\\,c\\$d\\\\e");
    }
}
