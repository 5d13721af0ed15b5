//! What a patient looks for is not answered, or answered with too much or something else.

use testkit::JAN;
use xis::faults::Fault;

use crate::{
    cases::cases,
    pages::{Said, title},
    patient::thursday,
    town::{PLAIN, Town},
};

/// The pages on which a patient chooses, while the practice's system does this: each says that it cannot be done now, and
/// what the patient has can be read all the same. Then all is well, and the patient books.
async fn cannot_be_chosen(town: &Town, rules: &str) {
    let browser = town.kit.browser(JAN).await;
    town.arm(rules);
    let page = browser.get(&thursday(PLAIN)).await;
    assert_eq!(
        (page.status, title(&page.text)),
        (503, "Online plannen is even niet mogelijk"),
        "{}",
        page.text
    );
    browser.read("/").await;
    all_is_well(town).await;
}

/// The patient books while the practice's system does this, and sees nothing of it.
async fn does_no_harm(town: &Town, rules: &str) {
    town.arm(rules);
    town.booked(JAN, PLAIN).await;
    town.settles(JAN, 1).await;
}

async fn all_is_well(town: &Town) {
    town.xis.disarm();
    // Where the platform has stopped asking for a while, it tries with one small call whether it can go on (C17).
    town.turn(60);
    town.kit.browser(JAN).await.get(&format!("/book/{PLAIN}")).await;
    town.booked(JAN, PLAIN).await;
    town.settles(JAN, 1).await;
}

cases! {
    Hang, times_that_never_come on sqlite: |town|
        {
            let browser = town.kit.browser(JAN).await;
            town.arm("hang@Slot.search:1");
            let impatient = async {
                town.struck(Fault::Hang, 0).await;
                town.turn(3);
            };
            let times = thursday(PLAIN);
            let (page, ()) = tokio::join!(browser.get(&times), impatient);
            assert_eq!((page.status, title(&page.text)), (503, "Online plannen is even niet mogelijk"));
            all_is_well(town).await;
        };
    RequestLost, a_search_that_never_arrives on sqlite: |town|
        cannot_be_chosen(town, "request-lost@Slot.search").await;
    Refuses, a_search_while_the_system_is_down on sqlite: |town|
        cannot_be_chosen(town, "refuses").await;
    Cut, times_that_are_cut_off on sqlite: |town| cannot_be_chosen(town, "cut@Slot.search").await;
    Truncated, times_of_half_the_json on sqlite: |town| cannot_be_chosen(town, "truncated@Slot.search").await;
    EmptyBody, times_without_a_body on sqlite: |town| cannot_be_chosen(town, "empty-body@Slot.search").await;
    HtmlPage, times_that_are_a_page on sqlite: |town| cannot_be_chosen(town, "html-page@Slot.search").await;
    DeepJson, answers_that_are_very_deep on sqlite: |town| does_no_harm(town, "deep-json").await;
    Redirects, times_that_are_elsewhere on sqlite: |town| cannot_be_chosen(town, "redirects@Slot.search").await;
    PagingLoop, pages_that_go_round on sqlite: |town| cannot_be_chosen(town, "paging-loop").await;
    EndlessPages, pages_without_end on sqlite: |town| cannot_be_chosen(town, "endless-pages").await;
    ForeignNext, pages_that_lead_to_another_host on sqlite: |town| cannot_be_chosen(town, "foreign-next").await;
    HugeBundle, ten_thousand_times on sqlite: |town| does_no_harm(town, "huge-bundle@Slot.search:1").await;
    BareEntries, entries_that_are_not_wrapped on sqlite: |town| does_no_harm(town, "bare-entries").await;
    IgnoresParameters, times_of_every_kind_and_day on sqlite: |town| does_no_harm(town, "ignores-parameters").await;
    TokenOnce, every_token_for_one_call on sqlite: |town| does_no_harm(town, "token-once").await;
    ClockSkew, a_clock_that_is_ahead on sqlite: |town| does_no_harm(town, "clock-skew").await;
    ClockSkew, a_clock_that_is_a_little_behind on sqlite: |town| does_no_harm(town, "clock-skew=-20s").await;
    ClockSkew, a_clock_that_is_so_far_behind_that_no_token_is_good_yet on sqlite: |town|
        cannot_be_chosen(town, "clock-skew=-3m").await;
    NaiveTimes, times_without_a_zone_from_a_system_that_is_known_for_it on sqlite: |town|
        {
            town.kit.set(PLAIN, "naive_times", "on").await;
            does_no_harm(town, "naive-times").await;
        };
    NaiveTimes, times_without_a_zone on sqlite: |town|
        {
            // No time can be told, so none is offered; that there are none would be a false no.
            cannot_be_chosen(town, "naive-times@Slot.search").await;
        };
}

#[tokio::test]
async fn a_wrong_type_is_an_answer_that_can_be_used_or_a_clear_page() {
    for town in Town::sqlite().await {
        town.arm("wrong-type@Slot.search");
        let page = town.kit.browser(JAN).await.get(&thursday(PLAIN)).await;
        let is_clear = page.status == 503 && title(&page.text) == "Online plannen is even niet mogelijk";
        assert!(page.status == 200 || is_clear, "{}", page.text);
        all_is_well(&town).await;
        assert_eq!(town.claim(JAN).await, Said::Yes);
    }
}
