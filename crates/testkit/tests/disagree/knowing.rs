//! The practice's system knows a booking by something else than the platform does.

use testkit::{FATIMA, JAN};

use crate::{
    cases::cases,
    pages::Said,
    town::{PLAIN, Town},
};

/// A booking whose answer was lost and that cannot be found: the patient is asked to call, and then the practice acts.
async fn cannot_be_found(town: &Town) {
    let said = town.book(JAN, PLAIN, "drops-identifier answer-lost@Appointment.create:1").await;
    assert_eq!(said, Said::Checking);
    town.settle(JAN).await;
    // The time is gone, and nothing says whose it is (C18): no yes and no no, and nothing was asked again.
    assert_eq!((town.claim(JAN).await, town.in_agenda(JAN).await.len()), (Said::Checking, 1));
    assert_eq!(town.kit.given_up().await.len(), 1, "the operator sees it");
    town.call_off(&town.page_of(JAN).await).await;
    town.settles(JAN, 0).await;
}

cases! {
    OtherId, an_answer_with_another_id_than_it_is_kept_under on sqlite: |town|
        {
            assert_eq!(town.book(JAN, PLAIN, "other-id").await, Said::Yes);
            town.settles(JAN, 1).await;
            town.move_to(&town.page_of(JAN).await, "11:40").await;
            town.settles(JAN, 1).await;
            assert_eq!(town.cancel(JAN).await, Said::No, "the real id is known now");
            town.settles(JAN, 0).await;
        };
    DropsIdentifier, a_booking_without_our_identifier on sqlite: |town|
        {
            assert_eq!(town.book(JAN, PLAIN, "drops-identifier").await, Said::Yes);
            town.settles(JAN, 1).await;
        };
    DropsIdentifier, a_booking_that_cannot_be_found_again on sqlite: |town| cannot_be_found(town).await;
    DropsIdentifier, a_booking_that_never_arrived_at_a_system_that_drops_identifiers on sqlite: |town|
        {
            town.book(FATIMA, PLAIN, "drops-identifier").await;
            assert_eq!(town.book(JAN, PLAIN, "request-lost@Appointment.create:1").await, Said::Checking);
            town.settles(JAN, 0).await;
            town.agree(FATIMA, 1).await;
        };
    IgnoresParameters, a_search_that_finds_what_others_booked on sqlite: |town|
        {
            town.booked(FATIMA, PLAIN).await;
            town.arm("ignores-parameters@Appointment.search:2");
            assert_eq!(town.book(JAN, PLAIN, "request-lost@Appointment.create:1").await, Said::Checking);
            for _ in 0..3 {
                town.turn(61);
                town.kit.drain().await;
                town.is_true(JAN, town.claim(JAN).await).await;
            }
            town.settles(JAN, 0).await;
            town.agree(FATIMA, 1).await;
        };
}
