//! What the platform reads before a patient chooses: patients, types, practitioners, agendas and slots.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::common::{EMPTY, JAN, PLAIN, benches, benches_of};

const TYPES: &str = "ValueSet/BookableAppointmentTypes";

#[tokio::test]
async fn the_patient_of_the_token_is_found_and_nobody_else() {
    for bench in benches().await {
        let search = || bench.fhir("GET", "Patient");
        let found = search().patient(JAN).send().await.resources();
        let expected = json!([{
            "resourceType": "Patient", "id": "01000001-given-0", "name": [{ "text": "Jan Jansen" }],
            "identifier": [{ "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": JAN }],
        }]);
        assert_eq!(json!(found), expected);
        assert_eq!(search().patient("999990044").send().await.resources(), [] as [Value; 0]);
        assert_eq!(search().platform().send().await.resources(), [] as [Value; 0]);
        let in_url = bench.fhir("GET", &format!("Patient?identifier={JAN}"));
        in_url.patient(JAN).send().await.expect_problem(400, "INVALID");
    }
}

#[tokio::test]
async fn types_are_listed_and_a_channel_filters_them() {
    for bench in benches().await {
        let codes = async |query: &str| {
            let set =
                bench.fhir("GET", &format!("{TYPES}{query}")).platform().send().await.expect(200).json();
            assert_eq!((&set["resourceType"], &set["status"]), (&"ValueSet".into(), &"active".into()));
            let concepts = set["compose"]["include"][0]["concept"].as_array().cloned().unwrap_or_default();
            concepts.iter().map(|concept| concept["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(codes("").await, ["consult", "dubbel", "video", "visite"]);
        for online in ["urn:balie:xis:channel|online", "online"] {
            assert_eq!(codes(&format!("?service-category={online}")).await, ["consult", "dubbel", "video"]);
        }
        for unknown in ["urn:balie:xis:channel|phone", "urn:other|online"] {
            assert_eq!(codes(&format!("?service-category={unknown}")).await, [""; 0]);
        }
        let empty = bench.fhir("GET", TYPES).practice(EMPTY).platform().send().await.expect(200).json();
        assert_eq!((&empty["expansion"]["total"], &empty["compose"]), (&json!(0), &Value::Null));
        let wrong = bench.fhir("GET", &format!("{TYPES}?service-category=|")).platform().send().await;
        wrong.expect_problem(400, "INVALID");
    }
}

#[tokio::test]
async fn c11_practitioners_and_agendas_have_the_contracts_form_and_fhirs() {
    for bench in benches().await {
        let roles = bench.fhir("GET", "PractitionerRole").platform().send().await.resources();
        assert_eq!(roles.len(), 3);
        assert_eq!(roles[0]["name"], "Dokter Jansen");
        assert_eq!(roles[0]["speciality"]["coding"][0]["code"], "huisarts");
        assert_eq!(roles[0]["specialty"], json!([roles[0]["speciality"]]));
        let agendas = bench.fhir("GET", "Schedule").platform().send().await.expect(200).json();
        let first = &agendas["entry"][0];
        assert_eq!((&first["resourceType"], &first["id"]), (&"Schedule".into(), &"01000001-jansen".into()));
        assert_eq!(first["actor"][0]["reference"], "PractitionerRole/01000001-role-jansen");
        assert_eq!(first["serviceCategory"].as_array().unwrap().len(), 4);
        for (category, count) in [("consult", 3), ("urn:balie:xis:service-category|video", 3), ("yoga", 0)] {
            let query = format!("Schedule?service-category={category}");
            assert_eq!(
                bench.fhir("GET", &query).platform().send().await.resources().len(),
                count,
                "{category}"
            );
        }
    }
}

#[tokio::test]
async fn a_slot_names_its_agenda_its_practitioner_and_its_type() {
    for bench in benches().await {
        let slots = bench.free_slots(PLAIN, "dubbel").await;
        let slot = &slots[0];
        let expected = json!({
            "resourceType": "Slot", "id": slot["id"], "status": "free",
            "start": "2026-05-11T08:00:00+02:00", "end": "2026-05-11T08:20:00+02:00",
            "schedule": { "reference": slot["schedule"]["reference"] },
            "serviceCategory": [{ "coding": [{
                "system": "urn:balie:xis:service-category", "code": "dubbel", "display": "Dubbel consult" }] }],
            "extension": [{ "url": "urn:extension:actor", "valueReference": slot["extension"][0]["valueReference"] }],
        });
        assert_eq!(*slot, expected);
        let actor = &slot["extension"][0]["valueReference"];
        assert!(actor["reference"].as_str().unwrap().starts_with("PractitionerRole/01000001-role-"));
        assert!(!actor["display"].as_str().unwrap().is_empty());
        let practitioners: BTreeSet<_> = slots.iter().map(|slot| slot["schedule"].to_string()).collect();
        assert_eq!(practitioners.len(), 3);
    }
}

#[tokio::test]
async fn c5_c6_slots_are_searched_by_day_agenda_type_and_status() {
    for bench in benches().await {
        let days = async |query: &str| {
            let slots = bench.fhir("GET", &format!("Slot?{query}")).platform().send().await.resources();
            slots.iter().map(|slot| slot["start"].as_str().unwrap()[..10].to_owned()).collect::<BTreeSet<_>>()
        };
        let week = "schedule.date=ge2026-05-12&schedule.date=le2026-05-18&service-category=consult";
        let found = days(week).await;
        assert_eq!(found.first().map(String::as_str), Some("2026-05-12"));
        assert_eq!(found.last().map(String::as_str), Some("2026-05-18"), "the last day is included");
        assert_eq!(found.len(), 5, "no weekend");
        assert_eq!(days("Schedule.date=2026-05-13").await.len(), 1);
        assert_eq!(days("schedule.date=lt2026-05-11").await.len(), 0, "the past is not offered");
        assert_eq!(days("service-category=urn:other|consult").await.len(), 0);

        let count = async |query: &str| {
            bench
                .fhir("GET", &format!("Slot?schedule.date=2026-05-12&{query}"))
                .platform()
                .send()
                .await
                .resources()
                .len()
        };
        let all = count("").await;
        let (free, busy) = (count("status=free").await, count("status=busy").await);
        assert!(free > 0 && busy > 0);
        assert_eq!((free + busy, count("status=free,busy").await), (all, all));
        let agendas = ["01000001-jansen", "Schedule/01000001-de-vries", "01000001-ozturk"];
        let mut sum = 0;
        for agenda in agendas {
            sum += count(&format!("schedule={agenda}")).await;
        }
        assert_eq!(sum, all);
    }
}

#[tokio::test]
async fn a_long_list_of_slots_comes_in_pages() {
    for bench in benches_of(14).await {
        let ids = |bundle: &Value| {
            let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
            entries
                .iter()
                .map(|entry| entry["resource"]["id"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let next = |bundle: &Value| {
            let links = bundle["link"].as_array().unwrap();
            links
                .iter()
                .find(|link| link["relation"] == "next")
                .map(|link| link["url"].as_str().unwrap().to_owned())
        };
        let mut path = Some("Slot?schedule.date=le2026-05-29&status=free".to_owned());
        let (mut pages, mut found) = (0, Vec::new());
        while let Some(query) = path {
            let bundle = bench.fhir("GET", &query).platform().send().await.expect(200).json();
            assert!(ids(&bundle).len() <= 500);
            found.extend(ids(&bundle));
            path = next(&bundle)
                .map(|url| url.strip_prefix(&format!("{}/fhir/r4/", bench.base)).unwrap().to_owned());
            pages += 1;
        }
        assert!(pages >= 2, "{pages} pages");
        let all: BTreeSet<_> = found.iter().collect();
        assert_eq!(all.len(), found.len(), "none comes twice");
        let small = bench.fhir("GET", "Slot?_count=2").platform().send().await.expect(200).json();
        assert_eq!((ids(&small).len(), next(&small).is_some()), (2, true));
        // Several begin at the same time: no page loses what the one before it had no room for.
        let whole = bench.fhir("GET", "Slot?_count=40").platform().send().await.expect(200).json();
        let (whole, mut query, mut by_threes) = (ids(&whole), "Slot?_count=3".to_owned(), Vec::new());
        while by_threes.len() < whole.len() {
            let bundle = bench.fhir("GET", &query).platform().send().await.expect(200).json();
            by_threes.extend(ids(&bundle));
            let url = next(&bundle).unwrap();
            query = url.strip_prefix(&format!("{}/fhir/r4/", bench.base)).unwrap().to_owned();
        }
        assert_eq!(by_threes[..whole.len()], whole);
    }
}

#[tokio::test]
async fn a_parameter_that_makes_no_sense_is_named() {
    for bench in benches().await {
        for (query, name) in [
            ("schedule.date=geTomorrow", "schedule.date"),
            ("schedule.date=ge2026-05-12T10:00:00", "schedule.date"),
            ("status=open", "status"),
            ("schedule=a,b", "schedule"),
            ("schedule=", "schedule"),
            ("service-category=urn:x|", "service-category"),
            ("service-category=a&service-category=b", "service-category"),
            ("_count=0", "_count"),
            ("_cursor=abc", "_cursor"),
        ] {
            let refused = bench.fhir("GET", &format!("Slot?{query}")).platform().send().await;
            let outcome = refused.expect_problem(400, "INVALID");
            assert_eq!(outcome["issue"][0]["expression"], json!([format!("http.{name}")]), "{query}");
        }
        bench.fhir("GET", "Slot?_foo=bar&_count=1").platform().send().await.expect(200);
    }
}
