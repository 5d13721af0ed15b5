use serde_json::json;
use testkit::{JAN, Kit, appointment};

use super::{ONE, word};
use crate::steps;

#[tokio::test]
async fn c18_a_booking_whose_process_is_gone_is_looked_at_by_whoever_is_there_and_at_once() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let process = kit.without_push().await;
        process.store.db().appear(format!("first of {}", kit.base)).await.unwrap();
        let browser = kit.browser(JAN).await.at(&process);
        let form = steps::choose(&browser, ONE).await;
        xis.hangs("Appointment");
        let waiting = tokio::spawn(async move { steps::send(&browser, ONE, &form).await });
        xis.has_hanging(1).await;
        assert_eq!(kit.drain().await, 0, "somebody waits for the answer");
        assert_eq!(word(&kit.appointment(JAN).await), "requested");

        process.store.db().close().await;
        xis.behaves();
        let mut shown = appointment("x1", JAN);
        shown["participant"][0]["actor"] = json!({ "reference": "Patient/456", "display": "J. Jansen" });
        xis.shows(vec![shown]);
        kit.store.db().appear(format!("second of {}", kit.base)).await.unwrap();
        while word(&kit.appointment(JAN).await) == "requested" {
            // PostgreSQL sees that a connection is gone a moment after it is closed.
            kit.drain().await;
        }
        assert_eq!(word(&kit.appointment(JAN).await), "booked");
        assert_eq!(xis.bookings().len(), 1);
        waiting.abort();
    }
}
