/// No more of a reason is kept, in characters.
const LONGEST: usize = 500;

/// A reason as it may be stored, logged and shown: in one line, and without the words that could name somebody: mail
/// addresses, citizen numbers and phone numbers, which other machines like to repeat.
pub(crate) fn discreet(reason: &str) -> String {
    let words = reason.split_whitespace().map(|word| if names_somebody(word) { "…" } else { word });
    words.collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect()
}

fn names_somebody(word: &str) -> bool {
    let parts = || word.split(|c: char| !c.is_ascii_alphanumeric());
    word.contains('@') || parts().any(is_long_number)
}

/// Nine to eleven digits: a practice's code has eight, and no part of a UUID has so many.
fn is_long_number(part: &str) -> bool {
    (9..=11).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_name_somebody_is_left_out() {
        for (reason, kept) in [
            ("550 <jan@patient.example> unknown", "550 … unknown"),
            ("no patient with BSN 999990019\n\there", "no patient with BSN … here"),
            ("http://127.0.0.1:54321 cannot be reached", "http://127.0.0.1:54321 cannot be reached"),
            ("no end after 54 s", "no end after 54 s"),
            ("call (0612345678)", "call …"),
            (
                "appointment 00000000-0000-0000-0000-000000000007 of practice 01000001",
                "appointment 00000000-0000-0000-0000-000000000007 of practice 01000001",
            ),
        ] {
            assert_eq!(discreet(reason), kept);
        }
        assert_eq!(discreet(&"a".repeat(1000)).len(), 500);
    }
}
