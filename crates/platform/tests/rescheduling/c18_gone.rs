use testkit::{Kit, Reply};

use super::{MOVED, Visit};

#[tokio::test]
async fn c18_a_move_whose_process_is_gone_between_the_two_is_finished_by_whoever_is_there_and_at_once() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        let process = kit.without_push().await;
        process.store.db().appear(format!("first of {}", kit.base)).await.unwrap();
        let browser = visit.browser.at(&process);
        let form = visit.chooses(&browser, "s2").await;
        visit.xis.answers(Reply::Booked("new"));
        visit.xis.hangs("AppointmentResponse");
        let address = visit.step("/check");
        let waiting = tokio::spawn(async move {
            browser.post(&address, &[("form", &form), ("reason", "Pijn in mijn knie")]).await
        });
        visit.xis.has_hanging(1).await;
        assert_eq!(kit.drain().await, 0, "somebody waits for the answer");
        assert_eq!(visit.stand().await, ("cancelling", vec!["booked"]));

        process.store.db().close().await;
        visit.xis.behaves();
        kit.store.db().appear(format!("second of {}", kit.base)).await.unwrap();
        while visit.stand().await.0 == "cancelling" {
            // PostgreSQL sees that a connection is gone a moment after it is closed.
            kit.drain().await;
        }
        assert_eq!(visit.stand().await, ("cancelled by the patient", vec!["booked"]));
        assert_eq!(visit.mails().await, [MOVED]);
        waiting.abort();
    }
}
