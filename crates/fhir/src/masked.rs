/// How many digits in a row are taken for a BSN (some lose their leading zero).
const DIGITS_IN_ONE_PIECE: usize = 8;
/// How many when spaces, dots or dashes stand between them; one more, so that a date stays readable.
const DIGITS_IN_PIECES: usize = 9;

/// The text with every number that could be a BSN taken out, however it is grouped.
pub(crate) fn masked(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, from_digits) = rest.split_at(start);
        let (number, after) = from_digits.split_at(number_length(from_digits));
        masked.push_str(before);
        masked.push_str(if could_be_bsn(number) { "[number]" } else { number });
        rest = after;
    }
    masked + rest
}

/// How many bytes of `text`, which starts with a digit, are digits with at most one separator between two of them.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_digit);
    let is_separator = |index: usize| matches!(bytes.get(index), Some(b' ' | b'.' | b'-'));
    let mut length = 0;
    while is_digit(length) || (is_separator(length) && is_digit(length + 1)) {
        length += 1;
    }
    length
}

fn could_be_bsn(number: &str) -> bool {
    let pieces = || number.split(|letter: char| !letter.is_ascii_digit()).map(str::len);
    pieces().sum::<usize>() >= DIGITS_IN_PIECES || pieces().any(|length| length >= DIGITS_IN_ONE_PIECE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_could_be_a_bsn_is_taken_out() {
        for text in
            ["999990019", "99999001", "999 990 019", "9999.90.019", "999-990-019", "2026-04-10 999990019"]
        {
            assert_eq!(masked(&format!("patient {text}.")), "patient [number].", "{text}");
        }
        assert_eq!(masked("bsn=999990019,999990020é"), "bsn=[number],[number]é");
    }

    #[test]
    fn dates_ids_and_words_stay() {
        for text in ["2026-04-10T09:00:00Z", "slot 1234567 is taken", "HTTP 409 - 17 - é", ""] {
            assert_eq!(masked(text), text);
        }
    }
}
