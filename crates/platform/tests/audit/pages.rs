//! Every page with something of a patient leaves its line, however it is come to.

use std::time::Duration;

use testkit::{JAN, Kit, appointment};

use crate::steps;

const ONE: &str = "01000001";
const TWO: &str = "01000002";

#[tokio::test]
async fn the_visits_that_stay_when_an_account_goes_are_shown_with_a_line() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        let (browser, before) = (kit.browser(JAN).await, kit.rows().await);
        assert!(browser.read("/my-data/delete").await.contains("U hebt nog afspraken"));
        assert_eq!(kit.grown(&before).await, [("audit", 1)]);
        assert_eq!(kit.audited("appointment list").await, ["shown"]);
    }
}

#[tokio::test]
async fn a_visit_that_cannot_be_moved_online_is_shown_with_a_line() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        let (id, browser) = (kit.appointment(JAN).await.id, kit.browser(JAN).await);
        let before = kit.rows().await;
        let page = browser.read(&format!("/appointments/{id}/reschedule?closed=1")).await;
        assert!(page.contains("niet online verzetten"), "{page}");
        assert_eq!(kit.grown(&before).await, [("audit", 1)]);
        assert_eq!(kit.audited("appointment view").await, ["shown"]);
    }
}

#[tokio::test]
async fn of_which_practices_somebody_is_a_patient_is_shown_with_a_line() {
    for kit in Kit::on_both().await {
        for path in ["/practices", "/practices/add?name=linde", "/practices/01000002/remove"] {
            let browser = kit.browser(JAN).await;
            let lines = kit.audited("membership list").await.len();
            for _ in 0..2 {
                browser.read(path).await;
            }
            assert_eq!(kit.audited("membership list").await.len(), lines + 1, "{path}");
            kit.clock.turn(Duration::from_secs(301));
        }
    }
}

/// What is written for two practices is two things, though each has one draft.
#[tokio::test]
async fn the_drafts_of_two_practices_are_two_views() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        for agb in [ONE, TWO] {
            let _xis = kit.xis_of(agb).await;
            steps::choose(&browser, agb).await;
        }
        assert_eq!(kit.audited("draft view").await.len(), 2);
    }
}
