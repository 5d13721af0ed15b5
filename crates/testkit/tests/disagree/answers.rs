//! The answer to a booking or a cancellation does not come, or not as it should.

use testkit::JAN;
use xis::faults::Fault;

use crate::{
    cases::cases,
    pages::Said,
    town::{APPROVING, PLAIN, Town},
};

/// Books while the practice's system does this: what the patient reads at first, and whether it is booked in the end.
async fn books(town: &Town, rules: &str, read: Said, count: usize) {
    books_at(town, PLAIN, rules, read, count).await;
}

async fn books_at(town: &Town, agb: &str, rules: &str, read: Said, count: usize) {
    let said = town.book(JAN, agb, rules).await;
    assert_eq!(said, read);
    town.is_true(JAN, said).await;
    town.settles(JAN, count).await;
}

/// Cancels while the practice's system does this; it is cancelled in the end.
async fn cancels(town: &Town, rules: &str, read: Said) {
    town.booked(JAN, PLAIN).await;
    town.arm(rules);
    let said = town.cancel(JAN).await;
    assert_eq!(said, read);
    town.is_true(JAN, said).await;
    town.settles(JAN, 0).await;
}

cases! {
    RequestLost, a_booking_that_never_arrives on sqlite: |town|
        books(town, "request-lost@Appointment.create:1", Said::Checking, 0).await;
    RequestLost, a_cancellation_that_never_arrives on sqlite: |town|
        cancels(town, "request-lost@AppointmentResponse.create:1", Said::Checking).await;
    AnswerLost, a_booking_whose_answer_is_lost on both: |town|
        books(town, "answer-lost@Appointment.create:1", Said::Checking, 1).await;
    AnswerLost, a_cancellation_whose_answer_is_lost on sqlite: |town|
        cancels(town, "answer-lost@AppointmentResponse.create:1", Said::Checking).await;
    AnswerLost, a_booking_whose_answer_is_lost_and_the_looking_for_it_too on sqlite: |town|
        {
            town.book(JAN, PLAIN, "answer-lost@Appointment.create:1 answer-lost@Appointment.search").await;
            for _ in 0..4 {
                town.turn(61);
                town.kit.drain().await;
                assert_eq!(town.claim(JAN).await, Said::Checking);
            }
            town.settles(JAN, 1).await;
        };
    ErrorAfter, a_booking_that_is_done_and_answered_with_500 on sqlite: |town|
        books(town, "error-after@Appointment.create:1", Said::Checking, 1).await;
    ErrorAfter, a_cancellation_that_is_done_and_answered_with_500 on sqlite: |town|
        cancels(town, "error-after@AppointmentResponse.create:1", Said::Checking).await;
    Refuses, a_booking_while_the_system_is_down on sqlite: |town|
        books(town, "refuses@Appointment.create:1", Said::Checking, 0).await;
    Refuses, a_booking_that_is_refused on sqlite: |town|
        books(town, "refuses=403@Appointment.create:1", Said::No, 0).await;
    Refuses, a_cancellation_that_is_refused on sqlite: |town|
        {
            town.booked(JAN, PLAIN).await;
            town.arm("refuses=422@AppointmentResponse.create");
            assert_eq!(town.cancel(JAN).await, Said::Yes, "B8: it stands");
            town.settles(JAN, 1).await;
        };
    Slow, a_booking_that_is_answered_later_than_the_patient_waits on sqlite: |town|
        {
            let said = town.book_late(JAN, PLAIN, Fault::Slow, "slow=10s@Appointment.create:1").await;
            assert_eq!(said, Said::Checking);
            town.settles(JAN, 1).await;
        };
    Hang, a_booking_that_is_never_answered on sqlite: |town|
        {
            let said = town.book_late(JAN, PLAIN, Fault::Hang, "hang@Appointment.create:1").await;
            assert_eq!(said, Said::Checking);
            town.turn(600);
            town.settles(JAN, 0).await;
        };
    Cut, a_booking_whose_answer_is_cut_off on sqlite: |town|
        books(town, "cut@Appointment.create:1", Said::Checking, 1).await;
    Truncated, a_booking_whose_answer_is_half_of_its_json on sqlite: |town|
        books(town, "truncated@Appointment.create:1", Said::Yes, 1).await;
    EmptyBody, a_booking_whose_answer_has_no_body on sqlite: |town|
        books(town, "empty-body@Appointment.create:1", Said::Yes, 1).await;
    EmptyBody, a_request_whose_answer_has_no_body on sqlite: |town|
        books_at(town, APPROVING, "empty-body@Appointment.create:1", Said::Asked, 1).await;
    HtmlPage, a_booking_whose_answer_is_a_page on sqlite: |town|
        books(town, "html-page@Appointment.create:1", Said::Checking, 1).await;
    WrongType, a_booking_whose_answer_has_another_type on sqlite: |town|
        books(town, "wrong-type@Appointment.create:1", Said::Yes, 1).await;
    DeepJson, a_booking_whose_answer_is_very_deep on sqlite: |town|
        books(town, "deep-json@Appointment.create:1", Said::Yes, 1).await;
    Redirects, a_booking_that_is_redirected on sqlite: |town|
        books(town, "redirects@Appointment.create:1", Said::Checking, 0).await;
    TokenOnce, a_booking_with_a_token_that_was_used on sqlite: |town|
        books(town, "token-once:3", Said::Yes, 1).await;
    NaiveTimes, a_booking_whose_answer_has_no_zone on sqlite: |town|
        books(town, "naive-times@Appointment.create:1", Said::Yes, 1).await;
}
