use agenda::{Kind, State};
use serde_json::json;
use testkit::{FATIMA, JAN, Kit, NOBODY, appointment};

use super::ONE;

#[tokio::test]
async fn a12_another_bsn_is_cancelled_for_the_one_and_new_for_the_other() {
    for kit in Kit::on_both().await {
        let (xis, mut jans) = (kit.caller().await, appointment("a", JAN));
        jans["comment"] = json!("Alleen voor Jan");
        xis.put(ONE, "a", &jans).await;
        let before = kit.rows().await;
        let mut fatimas = appointment("a", FATIMA);
        fatimas["comment"] = json!("Alleen voor Fatima");
        assert_eq!(xis.put(ONE, "a", &fatimas).await.status, 200);
        assert_eq!(
            kit.grown(&before).await,
            [("appointment", 1), ("audit", 2), ("delivery", 2), ("notice", 2), ("outbox", 2)]
        );
        let (jan, fatima) = (kit.appointment(JAN).await, kit.appointment(FATIMA).await);
        assert!(matches!(jan.appointment.state, State::Cancelled { .. }));
        assert_eq!(jan.news.unwrap().kind, Kind::CancelledByPractice);
        assert_eq!((fatima.appointment.state, fatima.news.unwrap().kind), (State::Booked, Kind::New));
        // Nothing of the one is ever shown to the other.
        let jan = kit.browser(JAN).await.read(&format!("/appointments/{}", jan.id)).await;
        assert!(jan.contains("Alleen voor Jan") && !jan.contains("Fatima"), "{jan}");
        let fatimas_page = format!("/appointments/{}", fatima.id);
        assert_eq!(kit.browser(JAN).await.get(&fatimas_page).await.status, 404);
        let fatima = kit.browser(FATIMA).await.read(&fatimas_page).await;
        assert!(fatima.contains("Alleen voor Fatima") && !fatima.contains("voor Jan"), "{fatima}");
    }
}

#[tokio::test]
async fn a12_a_bsn_without_an_account_still_cancels_for_the_former_patient() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        let answer = kit.put(ONE, "a", &appointment("a", NOBODY)).await;
        assert_eq!(answer.refusal(), (422, "PATIENT_NOT_FOUND".to_owned()));
        assert!(matches!(kit.appointment(JAN).await.appointment.state, State::Cancelled { .. }));
        // And back again: new for Jan, whose first one stays cancelled.
        assert_eq!(kit.put(ONE, "a", &appointment("a", JAN)).await.status, 200);
        let states = kit.appointments(JAN).await.into_iter().map(|stored| stored.appointment.state);
        assert_eq!(states.filter(|state| *state == State::Booked).count(), 1);
    }
}
