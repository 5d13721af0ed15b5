use std::time::Duration;

use testkit::{JAN, Kit, Reply};

use super::{ONE, booked};

#[tokio::test]
async fn c15_the_patient_is_named_by_the_practices_own_id() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        booked(&kit, &xis, ONE, Reply::Booked("x1")).await;
        let [asked] = xis.received("GET", "Patient").try_into().unwrap();
        // By the token alone: a BSN never stands in an address.
        assert_eq!((asked.path.as_str(), asked.query().as_str()), ("/Patient", ""));
        assert_eq!(asked.claims()["bsn"], JAN.bsn);
        assert_eq!(xis.bookings()[0]["participant"][0]["actor"]["reference"], "Patient/456");
    }
}

#[tokio::test]
async fn c16_the_patients_id_is_kept_for_a_day_and_not_after_a_refusal() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let asked = || xis.received("GET", "Patient").len();
        booked(&kit, &xis, ONE, Reply::Booked("x1")).await;
        booked(&kit, &xis, ONE, Reply::Booked("x2")).await;
        assert_eq!(asked(), 1);
        kit.clock.turn(Duration::from_secs(24 * 3600));
        booked(&kit, &xis, ONE, Reply::Booked("x3")).await;
        assert_eq!(asked(), 2);
        for (times, status) in [403, 404, 422].into_iter().enumerate() {
            booked(&kit, &xis, ONE, Reply::Status(status)).await;
            booked(&kit, &xis, ONE, Reply::Status(400)).await;
            assert_eq!(asked(), 3 + times, "{status}");
        }
    }
}
