//! The spelling in which nearly every time comes in, `2026-04-10T09:00:00.000+02:00`, read in a few steps: a search result
//! has ten thousand of them.

use jiff::tz::Offset;
use jiff::{Timestamp, civil};

const DATE_AND_CLOCK: usize = "2026-04-10T09:00:00".len();

/// The moment, where it is written as `YYYY-MM-DDTHH:MM:SS`, perhaps with three decimals, and `Z` or `+HH:MM`. `None` for
/// every other spelling, which may be a time all the same.
pub(super) fn read(text: &str) -> Option<Timestamp> {
    let (wall, rest) = text.as_bytes().split_at_checked(DATE_AND_CLOCK)?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', hour @ .., b':', s1, s2] = wall else {
        return None;
    };
    let [h1, h2, b':', n1, n2] = hour else { return None };
    let (millis, rest) = match rest {
        [b'.', one, two, three, rest @ ..] => (number(&[*one, *two, *three])?, rest),
        rest => (0, rest),
    };
    let (year, month, day) = (number(&[*y1, *y2, *y3, *y4])?, number(&[*m1, *m2])?, number(&[*d1, *d2])?);
    let (hour, minute, second) = (number(&[*h1, *h2])?, number(&[*n1, *n2])?, number(&[*s1, *s2])?);
    let small = |number: i16| i8::try_from(number).ok();
    let date = civil::Date::new(year, small(month)?, small(day)?).ok()?;
    let nanos = i32::from(millis) * 1_000_000;
    let time = civil::Time::new(small(hour)?, small(minute)?, small(second)?, nanos).ok()?;
    offset(rest)?.to_timestamp(date.to_datetime(time)).ok()
}

fn offset(text: &[u8]) -> Option<Offset> {
    let [sign, h1, h2, b':', m1, m2] = text else { return (text == b"Z").then_some(Offset::UTC) };
    let (hours, minutes) = (number(&[*h1, *h2])?, number(&[*m1, *m2])?);
    let seconds = (i32::from(hours) * 60 + i32::from(minutes)) * 60;
    if hours > 23 || minutes > 59 {
        return None;
    }
    match sign {
        b'+' => Offset::from_seconds(seconds).ok(),
        b'-' => Offset::from_seconds(-seconds).ok(),
        _ => None,
    }
}

/// Up to four digits, and nothing else.
fn number(digits: &[u8]) -> Option<i16> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i16::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Instant;

    #[test]
    fn the_usual_spellings_are_read_here() {
        for text in ["2026-04-10T09:00:00Z", "2026-04-10T11:00:00.123+02:00", "2024-02-29T23:59:59-00:30"] {
            assert_eq!(read(text), text.parse().ok(), "{text}");
            assert!(read(text).is_some(), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn what_is_read_here_is_read_the_same_by_the_rules_for_all(
            text in "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{3})?(Z|[-+][0-2][0-9]:[0-6][0-9])",
        ) {
            if let Some(moment) = read(&text) {
                prop_assert_eq!(Some(Instant::Zoned(moment)), Instant::read_any(&text), "{}", text);
            }
        }

        #[test]
        fn one_other_character_never_makes_it_another_time(
            place in 0_usize..29,
            other in any::<char>(),
        ) {
            let mut text: Vec<char> = "2026-04-10T11:00:00.123+02:00".chars().collect();
            text[place] = other;
            let text: String = text.into_iter().collect();
            if let Some(moment) = read(&text) {
                prop_assert_eq!(Some(Instant::Zoned(moment)), Instant::read_any(&text), "{}", text);
            }
        }
    }
}
