//! A language that is only a folder more: here one that is made of the English one, read by the same code.

use super::*;
use crate::words::pseudo::{CODE, accented, language as pseudo_language};

#[test]
fn a_folder_more_is_a_language_more() {
    assert_eq!(languages().map(|one| one.to_string()).collect::<Vec<_>>(), ["nl", "en", CODE]);
    assert_eq!((language(CODE), language("fr")), (Some(pseudo_language()), None));
    assert_eq!(spoken("fr".parse().unwrap()), Language::Dutch, "its folder is gone");
    assert_eq!(say(pseudo_language(), "language-name", &[]), accented("English"));
    assert!(!is_right_to_left(pseudo_language()));
}

#[test]
fn its_dates_and_its_plurals_come_from_its_folder() {
    let (zone, at) = (jiff::tz::TimeZone::UTC, "2026-05-12T09:10:00Z".parse().unwrap());
    let said = crate::when::date_and_time(pseudo_language(), at, &zone);
    assert_eq!(said, accented("Tuesday 12 May 2026 at 09:10"));
    let minutes = |count: i32| say(pseudo_language(), "when-minutes", &[("minutes", Value::from(count))]);
    assert_eq!((minutes(1), minutes(2)), (accented("1 minute"), accented("2 minutes")));
}

#[test]
fn a_file_that_is_wrong_in_part_is_read_in_part_and_reported() {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let files = [file("fy/a.ftl", "one = ien\n= broken\n"), file("Frysk/a.ftl", "one = ien\n")];
    let texts = texts::Texts::of(&files);
    let frisian = "fy".parse().unwrap();
    assert_eq!(texts.say(frisian, "one", &[]).as_deref(), Some("ien"));
    assert_eq!((texts.say(frisian, "two", &[]), texts.faults.len()), (None, 2), "{:?}", texts.faults);
}
