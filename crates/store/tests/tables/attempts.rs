//! From an attempt without an XIS id to news that was seen.

use agenda::{Kind, State};
use store::{News, Stored};

use crate::common::{
    examples::{
        FATIMA, JAN, PRACTICE, PRACTICE_B, account_id, agb, appointment_id, booked, content, minutes_later,
        now, request,
    },
    on_both,
};

#[tokio::test]
async fn a1_a_tombstone_has_an_xis_id_and_no_patient_and_makes_way_for_an_appointment() {
    on_both(async |tables| {
        let store = &tables.store;
        let mut tombstone = Stored { account: None, ..booked(1, "xis-1") };
        tombstone.appointment.state = State::Tombstone;
        assert!(tables.add(&tombstone).await && tables.add(&booked(2, "xis-2")).await);
        assert_eq!(tables.find(1).await, Some(tombstone));
        let of_jan = tables.tx(async |tx| store.appointments_of(tx, account_id(JAN)).await).await;
        assert_eq!(of_jan, [booked(2, "xis-2")]);

        assert!(!tables.add(&booked(3, "xis-1")).await);
        for number in [1, 2] {
            tables
                .tx(async |tx| store.remove_tombstone(tx, &agb(PRACTICE), appointment_id(number)).await)
                .await;
        }
        assert!(tables.add(&booked(3, "xis-1")).await);
        assert!(tables.find(2).await.is_some(), "only a tombstone is removed");
    })
    .await;
}

#[tokio::test]
async fn news_is_seen_in_one_revision_by_its_own_patient() {
    on_both(async |tables| {
        let store = &tables.store;
        let news = Some(News { kind: Kind::New, before: None });
        for number in [1, 2] {
            let unseen = Stored { news: news.clone(), unseen: true, revision: 3, ..request(number) };
            tables.add(&unseen).await;
        }
        let (jan, fatima, id) = (account_id(JAN), account_id(FATIMA), appointment_id(1));
        for (who, revision, left) in [(fatima, 3, 2), (jan, 2, 2), (jan, 4, 2), (jan, 3, 1), (jan, 3, 1)] {
            tables.tx(async |tx| store.mark_seen(tx, who, id, revision).await).await;
            assert_eq!(tables.tx(async |tx| store.unseen_of(tx, jan).await).await, left);
        }
        assert_eq!(tables.tx(async |tx| store.unseen_of(tx, fatima).await).await, 0);
        assert!(!tables.find(1).await.unwrap().unseen);
        assert_eq!(tables.find(1).await.unwrap().news, news, "what was seen is still shown");
    })
    .await;
}

#[tokio::test]
async fn a11_b11_an_attempt_is_open_until_its_xis_id_is_surely_known_or_it_failed() {
    on_both(async |tables| {
        let store = &tables.store;
        let (here, jan, start) = (agb(PRACTICE), account_id(JAN), content().start);
        let since = now();
        let states = [
            State::Requested { at: since, approval: false },
            State::Unknown { at: since, since, approval: true },
            State::Failed { why: agenda::Failure::SlotGone, at: since },
        ];
        for (number, state) in (1..).zip(states) {
            let mut attempt =
                Stored { created_at: minutes_later(number), ..request(number.unsigned_abs().into()) };
            attempt.appointment.state = state;
            tables.add(&attempt).await;
        }
        tables.add(&booked(4, "xis-4")).await;
        let guessed_from = Some(Box::new(request(7).appointment));
        let guess = Stored { guessed_from, created_at: minutes_later(10), ..booked(7, "xis-7") };
        tables.add(&guess).await;
        tables.add(&Stored { practice: agb(PRACTICE_B), ..request(5) }).await;
        let anothers =
            Stored { account: Some(account_id(FATIMA)), created_at: minutes_later(9), ..request(6) };
        tables.add(&anothers).await;

        let ids = |found: Vec<Stored>| found.iter().map(|one| one.id.uuid().as_u128()).collect::<Vec<_>>();
        let open = tables.tx(async |tx| store.open_attempts(tx, &here).await).await;
        assert_eq!(ids(open), [1, 2, 6, 7]);
        let at =
            async |start| ids(tables.tx(async |tx| store.attempts_at(tx, &here, jan, start).await).await);
        assert_eq!(at(start).await, [1, 2, 3]);
        assert!(at(minutes_later(1)).await.is_empty());
    })
    .await;
}
