//! `X-Balie-Fault`, which only a XIS that was opened for it listens to.

use serde_json::Value;
use xis::faults::Rule;

use crate::common::{Answer, Bench, JAN, PLAIN, benches};

/// Lets this bench's XIS listen to the header, as another service on the same tables.
async fn allowing() -> [Bench; 2] {
    let [sqlite, postgres] = benches().await;
    [sqlite.misbehaving().await, postgres.misbehaving().await]
}

async fn types(bench: &Bench, fault: &str) -> Answer {
    bench
        .fhir("GET", "ValueSet/BookableAppointmentTypes")
        .platform()
        .header("x-balie-fault", fault)
        .send()
        .await
}

#[tokio::test]
async fn without_the_switch_nobody_listens_to_the_header_and_nothing_can_be_armed() {
    for bench in benches().await {
        for fault in ["refuses", "no-such-fault", "slow=1h"] {
            assert_eq!(types(&bench, fault).await.status, 200, "{fault}");
        }
        let slot = bench.free_slots(PLAIN, "consult").await.remove(0);
        let twice = || bench.book(PLAIN, JAN, &slot).header("x-balie-fault", "double-booking").send();
        assert_eq!((twice().await.status.as_u16(), twice().await.status.as_u16()), (201, 409));
        assert!(bench.xis.arm("double-booking".parse::<Rule>().unwrap()).is_err());
        assert!(!bench.page("GET", "/01000001/requests").send().await.text.contains("met opzet fouten"));
    }
}

#[tokio::test]
async fn a_request_gets_the_fault_that_it_asks_for_and_the_next_does_not() {
    for bench in allowing().await {
        assert_eq!(types(&bench, "refuses=429").await.status, 429);
        let naive = types(&bench, "truncated").await;
        assert!(serde_json::from_str::<Value>(&naive.text).is_err() && naive.status == 200, "{}", naive.text);
        let unknown = types(&bench, "trunkated").await;
        assert_eq!(unknown.status, 400);
        assert_eq!(unknown.text, "X-Balie-Fault: there is no fault \"trunkated\": do you mean truncated?\n");
        bench.fhir("GET", "ValueSet/BookableAppointmentTypes").platform().send().await.expect(200).json();

        let slot = bench.free_slots(PLAIN, "consult").await.remove(0);
        bench.book(PLAIN, JAN, &slot).send().await.expect(201);
        bench.book(PLAIN, JAN, &slot).send().await.expect(409);
        bench.book(PLAIN, JAN, &slot).header("x-balie-fault", "taken-status=400").send().await.expect(400);
        bench.book(PLAIN, JAN, &slot).header("x-balie-fault", "double-booking").send().await.expect(201);
    }
}

#[tokio::test]
async fn the_pages_say_that_it_misbehaves_and_how() {
    for bench in allowing().await {
        bench.xis.arm("cut@Slot.search:2".parse().unwrap()).unwrap();
        for page in ["/", "/01000001/requests"] {
            let text = bench.page("GET", page).send().await.expect(200).text;
            assert!(text.contains("dit systeem maakt met opzet fouten.</b> cut@Slot.search:2"), "{text}");
        }
    }
}
