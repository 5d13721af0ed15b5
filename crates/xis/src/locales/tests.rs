use jiff::civil::date;

use super::*;

mod plain;

#[test]
fn dates_are_written_out_in_both_languages() {
    let day = date(2026, 5, 12);
    let (nl, en) = (Language::Dutch.words(), Language::English.words());
    assert_eq!(
        (nl.long_date(day), en.long_date(day)),
        ("dinsdag 12 mei 2026".into(), "Tuesday 12 May 2026".into())
    );
    assert_eq!((nl.short_date(day), en.short_date(day)), ("di 12 mei".into(), "Tue 12 May".into()));
    assert_eq!(nl.birth_date(date(1970, 12, 1)), "1 december 1970");
}

#[test]
fn a_gap_is_filled_in_order() {
    assert_eq!(fill("{} om {}", &["vandaag", "08:10"]), "vandaag om 08:10");
    assert_eq!(fill("geen", &["x"]), "geen");
    assert_eq!(fill("{}!", &[]), "!");
}

#[test]
fn who_cannot_be_told_is_to_be_called() {
    let trouble = Trouble { kind: TroubleKind::NoAccount, words: "422".into() };
    let words = Language::Dutch.words();
    assert_eq!(words.trouble(&trouble, Some("06 1")), "deze patiënt heeft geen account, bel 06 1.");
    assert!(words.trouble(&trouble, None).ends_with("geen telefoonnummer bekend."));
}
