//! The practice's system tells of its agenda too early, twice, or what is not true any more.

use testkit::JAN;

use crate::{
    cases::cases,
    pages::Said,
    town::{APPROVING, PLAIN, Town},
};

/// Lets the practice's system tell all it has to tell, as it is.
async fn tell(town: &Town) {
    for _ in 0..3 {
        town.xis.tell_now().await.unwrap();
        town.kit.drain().await;
        town.turn(5);
    }
}

cases! {
    EarlyUpdate, an_update_before_the_answer on sqlite: |town|
        {
            assert_eq!(town.book(JAN, PLAIN, "early-update").await, Said::Yes);
            town.settles(JAN, 1).await;
        };
    EarlyUpdate, an_update_before_an_answer_that_is_lost on both: |town|
        {
            let said = town.book(JAN, PLAIN, "early-update answer-lost@Appointment.create:1").await;
            town.is_true(JAN, said).await;
            town.settles(JAN, 1).await;
        };
    EarlyUpdate, an_update_before_the_answer_without_our_identifier on sqlite: |town|
        {
            assert_eq!(town.book(JAN, PLAIN, "early-update drops-identifier").await, Said::Yes);
            town.settles(JAN, 1).await;
        };
    EarlyResponse, an_approval_before_the_answer on both: |town|
        {
            let said = town.book(JAN, APPROVING, "early-response").await;
            town.is_true(JAN, said).await;
            town.settles(JAN, 1).await;
            assert_eq!(town.claim(JAN).await, Said::Yes);
        };
    StaleUpdate, a_booking_that_is_told_again_after_its_patient_cancelled on both: |town|
        {
            town.booked(JAN, PLAIN).await;
            town.arm("stale-update:1");
            assert_eq!(town.cancel(JAN).await, Said::No);
            tell(town).await;
            assert_eq!(town.claim(JAN).await, Said::No, "A9: a stale echo");
            town.settles(JAN, 0).await;
        };
    StaleUpdate, an_old_time_that_is_told_again_after_a_move on sqlite: |town|
        {
            town.kit.set(PLAIN, "ignore_older_updates", "on").await;
            let address = town.plan(JAN, "11:40").await;
            tell(town).await;
            town.turn(60);
            town.arm("stale-update");
            town.move_to(&address, "11:50").await;
            tell(town).await;
            town.settles(JAN, 1).await;
        };
    OutOfOrder, a_move_that_is_told_before_what_was_moved on sqlite: |town|
        {
            town.kit.set(PLAIN, "ignore_older_updates", "on").await;
            town.arm("out-of-order");
            let address = town.plan(JAN, "11:40").await;
            town.turn(60);
            town.move_to(&address, "11:50").await;
            tell(town).await;
            town.settles(JAN, 1).await;
        };
    Twice, a_new_appointment_that_is_told_twice_at_once on both: |town|
        {
            town.arm("twice");
            let address = town.plan(JAN, "11:40").await;
            tell(town).await;
            town.agree(JAN, 1).await;
            town.call_off(&address).await;
            town.settles(JAN, 0).await;
        };
    NaiveTimes, an_update_without_a_zone on sqlite: |town|
        {
            town.arm("naive-times@Appointment.update");
            let address = town.plan(JAN, "11:40").await;
            tell(town).await;
            assert_eq!(town.in_portal(JAN).await, [], "D11: refused, and nothing guessed");
            // The practice reads in its own system that the patient was not told; what it does next is told in full.
            town.xis.disarm();
            town.move_to(&address, "11:50").await;
            town.settles(JAN, 1).await;
        };
}
