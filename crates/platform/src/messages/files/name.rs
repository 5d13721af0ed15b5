use super::FileType;

/// Longer names break some systems, and no page shows them well.
const CHARACTERS: usize = 100;
/// For a file whose name has nothing that can be kept.
const NAMELESS: &str = "document";

/// The title as the name of a file of this type: no folders, nothing unseen, and an ending that says what it is.
pub(crate) fn safe_name(title: &str, file_type: FileType) -> String {
    let kept: String = title.chars().filter(|letter| !is_unseen(*letter)).map(replaced).collect();
    let name = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(['.', ' ', '-']);
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if is_ending(ending, file_type) => (stem, ending),
        // `report.pdf.exe` must not open as a program.
        _ => (name, file_type.extensions()[0]),
    };
    let stem: String = stem.chars().take(CHARACTERS).collect();
    let stem = stem.trim_matches(['.', ' ', '-']);
    format!("{}.{ending}", if stem.is_empty() { NAMELESS } else { stem })
}

fn is_ending(ending: &str, file_type: FileType) -> bool {
    file_type.extensions().iter().any(|extension| extension.eq_ignore_ascii_case(ending))
}

/// What separates folders, or means something to a shell or a header.
fn replaced(letter: char) -> char {
    if matches!(letter, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%') { '-' } else { letter }
}

/// Control characters but white space, and what changes the direction or width of the letters around it.
fn is_unseen(letter: char) -> bool {
    (letter.is_control() && !letter.is_whitespace())
        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_name_stays_as_it_is() {
        for title in ["Uitslag bloed 12 mei.pdf", "één.PDF", "a.b.pdf", "检查.pdf"] {
            assert_eq!(safe_name(title, FileType::Pdf), title);
        }
        assert_eq!(safe_name("foto.jpeg", FileType::Jpeg), "foto.jpeg");
    }

    #[test]
    fn no_name_leads_elsewhere_or_hides_what_it_is() {
        for (title, name) in [
            ("../../etc/passwd", "etc-passwd.pdf"),
            ("C:\\Windows\\uitslag.pdf", "C--Windows-uitslag.pdf"),
            ("uitslag.pdf.exe", "uitslag.pdf.exe.pdf"),
            ("uitslag\u{202E}fdp.exe", "uitslagfdp.exe.pdf"),
            ("uitslag.pdf\r\nSet-Cookie: a=b", "uitslag.pdf Set-Cookie- a=b.pdf"),
            (".htaccess", "htaccess.pdf"),
            ("\"; rm *", "; rm.pdf"),
            ("uitslag.pdf. ", "uitslag.pdf"),
            ("...", "document.pdf"),
            (".pdf", "pdf.pdf"),
            ("  ", "document.pdf"),
            ("uitslag", "uitslag.pdf"),
        ] {
            assert_eq!(safe_name(title, FileType::Pdf), name, "{title:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = safe_name(&format!("{}.docx", "é".repeat(500)), FileType::Docx);
        assert_eq!(name, format!("{}.docx", "é".repeat(100)));
    }
}
