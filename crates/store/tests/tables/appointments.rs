use agenda::{Kind, State};
use store::{Error, News, Stored};

use crate::common::{
    examples::{
        FATIMA, JAN, PRACTICE, PRACTICE_B, account_id, agb, appointment_id, booked, content, minutes_later,
        request,
    },
    on_both,
};

#[tokio::test]
async fn an_appointment_comes_back_as_it_was_stored_and_to_nobody_else() {
    on_both(async |tables| {
        let store = &tables.store;
        let mut stored = request(1);
        assert!(tables.add(&stored).await);
        assert_eq!(tables.find(1).await.as_ref(), Some(&stored));

        stored.xis_id = Some("xis-1".parse().unwrap());
        stored.appointment.state = State::Pending;
        stored.appointment.content.start = minutes_later(2000);
        stored.appointment.content.end = minutes_later(2010);
        stored.news = Some(News { kind: Kind::Modified, before: Some(content()) });
        (stored.unseen, stored.revision) = (true, 2);
        (stored.changed_at, stored.xis_updated_at) = (minutes_later(1), Some(minutes_later(2)));
        tables.tx(async |tx| store.save_appointment(tx, &stored).await).await;

        let (jan, fatima, id) = (account_id(JAN), account_id(FATIMA), appointment_id(1));
        let (here, elsewhere) = (agb(PRACTICE), agb(PRACTICE_B));
        let found = tables
            .tx(async |tx| {
                let xis_id = "xis-1".parse().unwrap();
                Ok([
                    (store.appointment_of_practice(tx, &here, id).await?, true),
                    (store.appointment_of_practice(tx, &elsewhere, id).await?, false),
                    (store.appointment_by_xis_id(tx, &here, &xis_id).await?, true),
                    (store.appointment_by_xis_id(tx, &elsewhere, &xis_id).await?, false),
                    (store.appointment_of_patient(tx, jan, id).await?, true),
                    (store.appointment_of_patient(tx, fatima, id).await?, false),
                    (store.appointment_of_form(tx, jan, "form-1").await?, true),
                    (store.appointment_of_form(tx, fatima, "form-1").await?, false),
                    (store.appointments_of(tx, jan).await?.pop(), true),
                    (store.appointments_of(tx, fatima).await?.pop(), false),
                ])
            })
            .await;
        for (found, expected) in found {
            assert_eq!(found.as_ref(), expected.then_some(&stored));
        }
    })
    .await;
}

/// ASVS: 8.4.1
#[tokio::test]
async fn a15_one_xis_id_names_one_appointment_of_each_practice() {
    on_both(async |tables| {
        let store = &tables.store;
        assert!(tables.add(&booked(1, "xis-1")).await);
        assert!(!tables.add(&booked(2, "xis-1")).await);
        let mut elsewhere = booked(3, "xis-1");
        elsewhere.practice = agb(PRACTICE_B);
        assert!(tables.add(&elsewhere).await);

        assert!(tables.add(&booked(4, "xis-4")).await);
        let taken = booked(4, "xis-1");
        let refusal = tables.try_tx(async |tx| store.save_appointment(tx, &taken).await).await.unwrap_err();
        assert!(matches!(refusal, Error::Database(error) if error.is_unique_violation()));
        assert_eq!(tables.find(4).await, Some(booked(4, "xis-4")));
    })
    .await;
}

#[tokio::test]
async fn one_form_asks_for_one_appointment() {
    on_both(async |tables| {
        assert!(tables.add(&request(1)).await);
        let second_tap = Stored { form: Some("form-1".to_owned()), ..request(2) };
        assert!(!tables.add(&second_tap).await);
        assert_eq!(tables.find(2).await, None);
        // What the practice makes has no form; there may be many of those.
        assert!(tables.add(&booked(3, "xis-3")).await && tables.add(&booked(4, "xis-4")).await);
    })
    .await;
}

#[tokio::test]
async fn a_save_without_its_row_or_under_another_practice_is_refused() {
    on_both(async |tables| {
        let store = &tables.store;
        tables.add(&request(1)).await;
        let elsewhere = Stored { practice: agb(PRACTICE_B), revision: 2, ..request(1) };
        for missing in [request(2), elsewhere] {
            let refusal = tables.try_tx(async |tx| store.save_appointment(tx, &missing).await).await;
            assert!(matches!(refusal, Err(Error::Missing(_))));
        }
        assert_eq!(tables.find(1).await, Some(request(1)));
    })
    .await;
}

#[tokio::test]
async fn a_patients_appointments_come_with_the_latest_visit_first() {
    on_both(async |tables| {
        for (number, start) in [(1, 100), (2, 300), (3, 200)] {
            let mut stored = request(number);
            stored.appointment.content.start = minutes_later(start);
            tables.add(&stored).await;
        }
        let all = tables.tx(async |tx| tables.store.appointments_of(tx, account_id(JAN)).await).await;
        assert_eq!(all.iter().map(|one| one.id.uuid().as_u128()).collect::<Vec<_>>(), [2, 3, 1]);
    })
    .await;
}
