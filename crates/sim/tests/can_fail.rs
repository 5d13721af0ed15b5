//! A simulation that finds nothing would be suspicious: here it must find what is wrong.

use sim::Template;

#[test]
fn a_xis_that_books_a_taken_time_is_caught() {
    let template = Template::fill();
    let caught = (1..=60).filter_map(|seed| template.run_with(seed, "double-booking").violation);
    let mut doubled = caught.filter(|violation| violation.starts_with("double booking"));
    assert!(doubled.next().is_some(), "no seed of sixty led two patients to one time");
}
