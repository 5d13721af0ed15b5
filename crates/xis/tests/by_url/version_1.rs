//! A practice that offers its agenda in version 1 of the contract.

use std::collections::BTreeSet;

use serde_json::Value;
use xis::config::ApiVersion;

use crate::common::{JAN, PLAIN, benches};

#[tokio::test]
async fn c20_d13_version_1_lists_types_and_slots_by_role_and_books_without_a_slot() {
    for bench in benches().await {
        let bench = bench.opened_with(|config| config.practices[0].api_version = ApiVersion::One).await;
        let search = |path: &str| bench.fhir("GET", path).platform().send();
        let types = search("ValueSet/BookableAppointmentTypes").await.expect(200).json();
        assert_eq!(types["resourceType"], "AppointmentType");
        let codes = types["compose"]["include"].as_array().unwrap().iter();
        let codes: Vec<_> = codes.map(|one| one["actor"]["concept"]["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["consult", "dubbel", "video"], "visite is for the desk alone");

        let wanted = "Slot?service-category=consult&schedule.date=2026-05-12\
                      &schedule.actor:PractitionerRole=01000001-role-jansen,01000001-role-ozturk";
        let slots = search(wanted).await.resources();
        let roles = slots.iter().map(|slot| slot["extension"][0]["valueReference"]["reference"].to_string());
        assert_eq!(roles.collect::<BTreeSet<_>>().len(), 2);
        assert!(slots.iter().all(|slot| slot["schedule"] == Value::Null));

        let free = slots.iter().find(|slot| slot["status"] == "free").unwrap();
        bench.book(PLAIN, JAN, free).send().await.expect(201);
        bench.book(PLAIN, JAN, free).send().await.expect(409);
    }
}
