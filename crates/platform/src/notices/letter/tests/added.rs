//! Mails in a language that is only a folder more.

use super::*;
use crate::words::pseudo;

/// The words of the examples that are names.
const NAMES: [&str; 9] =
    ["Huisartsen", "Praktijk", "De", "Linde", "Lindelaan", "Utrecht", "Balie", "uuid", "https"];

#[test]
fn no_mail_has_a_word_of_another_language() {
    for (kind, detail) in Kind::ALL.into_iter().flat_map(|kind| [(kind, 1), (kind, 2), (kind, 3)]) {
        let letter = letter(kind, true, pseudo::language(), detail);
        assert!(letter.html.contains("<html lang=\"qps\">"), "{}", letter.html);
        let read = without_addresses(&format!("{}\n{}", letter.subject, letter.text));
        assert_eq!(pseudo::strange(&read, &NAMES), Vec::<&str>::new(), "{read}");
    }
}
