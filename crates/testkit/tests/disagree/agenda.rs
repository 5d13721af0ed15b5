//! The practice's system keeps its agenda badly.

use testkit::{FATIMA, JAN};

use crate::{
    cases::cases,
    pages::Said,
    town::{PLAIN, Town},
};

/// Both choose one slot, Jan asks first; what Fatima reads.
async fn both_want(town: &Town, rules: &str) -> Said {
    let slot = town.offered(FATIMA, PLAIN).await;
    let (browser, form) = town.choose(FATIMA, PLAIN, &slot).await;
    town.booked(JAN, PLAIN).await;
    town.arm(rules);
    let said = town.ask(&browser, PLAIN, &form).await;
    town.is_true(FATIMA, said).await;
    said
}

cases! {
    TakenStatus, a_time_that_is_taken_and_refused_as_something_else on sqlite: |town|
        {
            assert_eq!(both_want(town, "taken-status").await, Said::No);
            town.settles(FATIMA, 0).await;
            town.agree(JAN, 1).await;
        };
    TakenStatus, a_time_that_is_taken_and_answered_with_500 on sqlite: |town|
        {
            assert_eq!(both_want(town, "taken-status=500").await, Said::Checking);
            // This system has returned our identifier before, so that it does not find it says enough (C18).
            town.settles(FATIMA, 0).await;
            assert_eq!(town.claim(FATIMA).await, Said::No);
            town.agree(JAN, 1).await;
        };
    DoubleBooking, a_time_that_is_booked_twice on both: |town|
        {
            // What the practice's system says is what the patients read: it is the practice that must choose.
            assert_eq!(both_want(town, "double-booking").await, Said::Yes);
            town.settles(FATIMA, 1).await;
            town.agree(JAN, 1).await;
            assert_eq!(town.overlaps().await, 1);
        };
    OffersTaken, a_time_that_is_taken_and_offered_all_the_same on sqlite: |town|
        {
            let slot = town.offered(JAN, PLAIN).await;
            town.booked(JAN, PLAIN).await;
            town.arm("offers-taken");
            let (browser, form) = town.choose(FATIMA, PLAIN, &slot).await;
            assert_eq!(town.ask(&browser, PLAIN, &form).await, Said::No);
            town.settle(FATIMA).await;
            town.agree(JAN, 1).await;
            assert_eq!(town.overlaps().await, 0);
        };
    KeepsTime, a_cancelled_appointment_whose_time_is_not_free on sqlite: |town|
        {
            let slot = town.offered(JAN, PLAIN).await;
            town.booked(JAN, PLAIN).await;
            town.arm("keeps-time");
            assert_eq!(town.cancel(JAN).await, Said::No);
            town.settles(JAN, 0).await;
            // It is not offered, for it is not free there.
            assert_ne!(town.offered(FATIMA, PLAIN).await, slot);
        };
}

#[tokio::test]
async fn without_a_fault_one_of_two_is_booked() {
    for town in Town::sqlite().await {
        assert_eq!(both_want(&town, "").await, Said::No);
        town.agree(JAN, 1).await;
        assert_eq!((town.in_agenda(FATIMA).await.len(), town.overlaps().await), (0, 0));
    }
}
