use agenda::{Content, Difference};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::strategies::{contents, time};

/// The same content as another system might write it.
fn rewritten(content: &Content) -> Content {
    let decomposed = |text: &Option<String>| text.as_ref().map(|text| format!(" {}\r\n", text.nfd()));
    let mut other = content.clone();
    other.comment = decomposed(&content.comment);
    other.participants.reverse();
    other.categories.reverse();
    for category in &mut other.categories {
        category.display = decomposed(&category.display);
    }
    for participant in &mut other.participants {
        participant.display = decomposed(&participant.display);
    }
    other.categories.extend(other.categories.clone());
    other.start =
        time(&content.start.to_zoned(jiff::tz::offset(2).to_time_zone()).strftime("%FT%T%:z").to_string());
    other
}

proptest! {
    #[test]
    fn a7_order_zone_unicode_form_and_repetition_do_not_count(content in contents()) {
        prop_assert_eq!(content.compare(&rewritten(&content)), Difference::Same);
    }

    #[test]
    fn a7_the_difference_is_the_same_from_both_sides(one in contents(), other in contents()) {
        prop_assert_eq!(one.compare(&other), other.compare(&one));
    }

    #[test]
    fn a7_sameness_carries_over(one in contents(), other in contents()) {
        prop_assert_eq!(rewritten(&one).compare(&other), one.compare(&other));
    }

    #[test]
    fn a7_new_names_alone_are_wording(content in contents(), name in "[a-z]{1,9}") {
        let mut renamed = content.clone();
        for category in &mut renamed.categories {
            category.display = Some(name.clone());
        }
        for participant in renamed.participants.iter_mut().filter(|one| one.reference.is_some()) {
            participant.display = Some(name.clone());
        }
        prop_assert!(content.compare(&renamed) <= Difference::Wording);
    }
}
