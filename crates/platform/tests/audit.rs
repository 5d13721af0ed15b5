//! Every act leaves its line, and an act that changes nothing leaves nothing else.

mod pages;
mod strangers;

use std::time::Duration;

use platform::audit_event;
use reqwest::Method;
use serde_json::json;
use store::AuditFilter;
use testkit::{Answer, FATIMA, JAN, Kit, NOBODY, appointment, response};

use crate::portal::page::text;

const ONE: &str = "01000001";
const PUT: &str = "appointment update";

#[tokio::test]
async fn an_unchanged_update_leaves_one_line_and_nothing_else() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        xis.put(ONE, "a", &appointment("a", JAN)).await;
        let (before, stored) = (kit.rows().await, kit.appointment(JAN).await);
        for times in 1..=3 {
            let answer = xis.put(ONE, "a", &appointment("a", JAN)).await;
            assert_eq!((answer.status, answer.header("etag")), (200, "W/\"1\""));
            assert_eq!(kit.grown(&before).await, [("audit", times)]);
        }
        let still = kit.appointment(JAN).await;
        assert_eq!((still.revision, still.changed_at), (stored.revision, stored.changed_at));
        assert_eq!(kit.audited(PUT).await, ["new", "unchanged", "unchanged", "unchanged"]);
    }
}

#[tokio::test]
async fn each_change_leaves_one_line_that_names_it() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        let (mut moved, mut cancelled) = (appointment("a", JAN), appointment("a", JAN));
        moved["end"] = json!("2026-05-12T09:30:00+02:00");
        cancelled["status"] = json!("cancelled");
        for body in [&appointment("a", JAN), &moved, &cancelled, &moved] {
            xis.put(ONE, "a", body).await;
            kit.clock.turn(Duration::from_secs(1));
        }
        assert_eq!(kit.audited(PUT).await, ["new", "modified", "cancelled", "planned again"]);
    }
}

#[tokio::test]
async fn every_refusal_leaves_one_line_with_its_code_and_nothing_else() {
    for kit in Kit::on_both().await {
        let (xis, before) = (kit.caller().await, kit.rows().await);
        let mut impossible = appointment("a", JAN);
        impossible["end"] = impossible["start"].clone();
        xis.put(ONE, "a", &appointment("a", NOBODY)).await;
        xis.put(ONE, "a", &impossible).await;
        xis.put(ONE, "a", &json!({ "resourceType": "Appointment" })).await;
        xis.put(ONE, "a%20b", &appointment("a b", JAN)).await;
        Answer::to(xis.call(Method::PUT, ONE, "/Appointment/a").body("no JSON")).await;
        xis.respond(ONE, &response("a", "accepted", "")).await;
        xis.respond(ONE, &response("a", "perhaps", "")).await;
        assert_eq!(kit.grown(&before).await, [("audit", 7)]);
        let mut refused = kit.audited(PUT).await;
        refused.sort();
        assert_eq!(
            refused,
            [
                "refused: END_NOT_AFTER_START",
                "refused: ID_MALFORMED",
                "refused: PATIENT_NOT_FOUND",
                "refused: REQUIRED",
                "refused: UNREADABLE",
            ]
        );
        let responses = kit.audited("appointment response").await;
        assert_eq!(responses, ["refused: APPOINTMENT_NOT_FOUND", "refused: PARTICIPANT_STATUS"]);
    }
}

#[tokio::test]
async fn what_a_patient_looks_at_is_noted_once_in_a_while() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        let (browser, before) = (kit.browser(JAN).await, kit.rows().await);
        for _ in 0..2 {
            browser.read("/").await;
        }
        // That the list was shown, and that the news in it was seen.
        assert_eq!(kit.grown(&before).await, [("audit", 2)]);
        assert_eq!(kit.audited("appointment news").await, ["seen"]);
        let address = format!("/appointments/{}", kit.appointment(JAN).await.id);
        for page in [&address, "/preferences", "/messages"] {
            browser.read(page).await;
        }
        kit.clock.turn(Duration::from_secs(301));
        browser.read("/").await;
        assert_eq!(kit.audited("appointment list").await, ["shown", "shown"]);
        assert_eq!(kit.audited("appointment view").await, ["shown"]);
        assert_eq!(kit.audited("preferences view").await, ["shown"]);
        assert_eq!(kit.audited("message list").await, ["read"]);
    }
}

/// Whoever is kept from something leaves a line, whatever URL it was.
///
/// ASVS: 16.3.2, 16.3.3
#[tokio::test]
async fn every_refusal_by_url_leaves_one_line() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        let id = kit.appointment(JAN).await.id;
        let (fatima, xis) = (kit.browser(FATIMA).await, kit.caller().await);
        let of_jan = [
            format!("/appointments/{id}"),
            format!("/appointments/{id}/cancel"),
            format!("/appointments/{id}/calendar.ics"),
            format!("/appointments/{id}/reschedule"),
            format!("/messages/{id}"),
            format!("/messages/{id}/attachments/1"),
            "/book/09999999".to_owned(),
            "/nowhere".to_owned(),
        ];
        for path in &of_jan {
            let before = kit.rows().await;
            assert_eq!(fatima.get(path).await.status, 404, "{path}");
            assert_eq!(kit.grown(&before).await, [("audit", 1)], "{path}");
        }
        let refused = kit.audited("request").await;
        assert_eq!(refused, vec!["refused: 404"; of_jan.len()]);

        let bare = |method, path: &str| kit.http.request(method, format!("{}{path}", kit.base));
        let requests = [
            (401, bare(Method::PUT, "/fhir/r4/Appointment/a")),
            (401, bare(Method::GET, "/fhir/r4/Appointment/a/$notices").bearer_auth("x.y.z")),
            (400, xis.bare(Method::PUT, "/Appointment/a")),
            (404, xis.call(Method::GET, ONE, "/Observation")),
            (405, xis.call(Method::DELETE, ONE, "/Appointment/a")),
            (403, bare(Method::POST, "/language").header("sec-fetch-site", "cross-site")),
        ];
        for (status, request) in requests {
            let before = kit.rows().await;
            let answer = Answer::to(request).await;
            assert_eq!(answer.status, status, "{}", answer.text);
            assert_eq!(kit.grown(&before).await, [("audit", 1)], "{}", answer.text);
        }
        // Nobody in particular who looks for what is not there is kept from nothing.
        let before = kit.rows().await;
        assert_eq!(kit.visitor().get("/wp-login.php").await.status, 404);
        assert_eq!(kit.grown(&before).await, []);
    }
}

/// Each line has the fields of the standard; none has a BSN.
#[tokio::test]
async fn a_line_says_who_from_where_on_whose_behalf_to_what_and_why() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        kit.browser(JAN).await.read("/").await;
        let store = &kit.store;
        let lines = store
            .tx("lines", |mut tx| async move {
                store.audit_page(&mut tx, &AuditFilter::default(), None, 100).await
            })
            .await
            .unwrap();
        let of = |action: &str| lines.iter().find(|line| line.action == action).unwrap();
        let (update, list) = (of("appointment update"), of("appointment list"));
        assert_eq!((update.actor_kind.as_str(), update.actor.as_str()), ("xis", "demo-xis"));
        assert_eq!((update.behalf.as_deref(), update.basis.as_deref()), (Some("practice"), Some("token")));
        assert_eq!(
            (update.object_type.as_deref(), update.object.as_deref()),
            (Some("Appointment"), Some("a"))
        );
        assert_eq!((list.actor_kind.as_str(), list.basis.as_deref()), ("patient", Some("session")));
        assert_eq!((list.entrance.as_deref(), update.entrance.as_deref()), (Some("portal"), Some("api")));
        assert_eq!(list.subject.as_ref(), Some(&list.actor));
        for line in [update, list] {
            assert!(line.request.is_some(), "{line:?}");
            let event = audit_event(line, &kit.base.parse().unwrap());
            assert_eq!(event["resourceType"], "AuditEvent");
            assert!(!event.to_string().contains(JAN.bsn) && !format!("{line:?}").contains(JAN.bsn));
        }
    }
}

#[tokio::test]
async fn the_trail_of_a_platform_at_work_is_sealed_and_holds() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        for id in ["a", "b", "c"] {
            xis.put(ONE, id, &appointment(id, JAN)).await;
            kit.seal_audit().await;
        }
        kit.browser(JAN).await.read("/").await;
        let head = kit.seal_audit().await.unwrap();
        assert_eq!(kit.seal_audit().await, None);
        let mut check = kit.store.check_audit(vec![head.clone()]);
        while let Some(faults) = check.next().await.unwrap() {
            assert_eq!(faults, []);
        }
        assert_eq!((check.counts().waiting, check.counts().head.as_ref()), (0, Some(&head)));
    }
}

#[tokio::test]
async fn a_patient_reads_who_has_looked_in_plain_words() {
    for kit in Kit::on_both().await {
        let (jan, fatima) = (kit.browser(JAN).await, kit.browser(FATIMA).await);
        for _ in 0..2 {
            kit.put(ONE, "a", &appointment("a", JAN)).await;
        }
        jan.read("/").await;
        let page = text(&jan.read("/my-data/access").await);
        assert!(page.contains("maandag 4 mei 2026"), "{page}");
        assert!(page.contains("heeft een afspraak voor u gemaakt"), "{page}");
        assert!(page.contains("opnieuw gestuurd"), "{page}");
        assert!(!page.contains("U hebt") && !page.contains(JAN.bsn), "{page}");
        let page = text(&jan.read("/my-data/access?own=1").await);
        assert!(page.contains("U hebt uw afspraken bekeken"), "{page}");
        assert!(page.contains("U hebt uw gegevens en instellingen bekeken"), "{page}");
        assert!(text(&fatima.read("/my-data/access").await).contains("Nog niemand"));
        assert_eq!(kit.audited("audit view").await, ["shown", "shown"]);
        let visitor = kit.visitor().get("/my-data/access").await;
        assert!(visitor.header("location").starts_with("/login"), "{}", visitor.text);
    }
}

#[tokio::test]
async fn a_long_list_is_read_page_by_page_and_a_strange_address_shows_the_newest() {
    let kit = Kit::start(testkit::Database::sqlite()).await;
    let (jan, xis) = (kit.browser(JAN).await, kit.caller().await);
    for number in 0..60 {
        let id = format!("a{number}");
        xis.put(ONE, &id, &appointment(&id, JAN)).await;
        kit.clock.turn(Duration::from_secs(1));
    }
    let first = jan.read("/my-data/access").await;
    let older = first.split("href=\"").find(|link| link.starts_with("/my-data/access?before=")).unwrap();
    let second = jan.read(older.split('"').next().unwrap()).await;
    assert!(text(&first).contains("50 keer") && text(&second).contains("10 keer"), "{first} {second}");
    assert!(!second.contains("href=\"/my-data/access?before="));
    let strange = jan.read("/my-data/access?before=%27%20or%201&own").await;
    assert!(text(&strange).contains("maandag 4 mei 2026"));
}
