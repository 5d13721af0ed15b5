//! The practitioners' pages.

use crate::common::{APPROVING, EMPTY, FATIMA, JAN, MEHMET, PLAIN, benches, patient_id, place};

const JANSEN: &str = "01000001-jansen";

#[tokio::test]
async fn every_page_protects_itself() {
    for bench in benches().await {
        for path in ["/", "/01000001/requests", "/01000001/appointments/new", "/nowhere/at/all"] {
            let answer = bench.page("GET", path).send().await;
            let policy = answer.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
            assert_eq!(
                (answer.header("x-content-type-options"), answer.header("referrer-policy")),
                ("nosniff", "no-referrer")
            );
            assert_eq!(answer.header("cache-control"), "no-store");
            assert!(!answer.text.contains(" style=") && !answer.text.contains("<style"), "{path}: inline");
        }
        for cross in ["cross-site", "same-site", "none"] {
            let form = bench.plan(MEHMET, JANSEN, "2026-05-13", "18:00").header("sec-fetch-site", cross);
            form.send().await.expect(403);
        }
        bench.plan(MEHMET, JANSEN, "2026-05-13", "18:00").without("sec-fetch-site").send().await.expect(403);
    }
}

#[tokio::test]
async fn practices_are_chosen_and_have_their_own_colour() {
    for bench in benches().await {
        let start = bench.page("GET", "/").send().await.expect(200).text;
        assert!(start.contains("De Linde") && start.contains(r#"href="/01000002""#));
        let first = bench.page("GET", "/01000001").send().await.expect(303);
        assert_eq!(first.header("location"), "/01000001/01000001-jansen/2026-05-11");
        let theme = bench.page("GET", "/01000001/theme.css").send().await.expect(200);
        assert!(
            theme.header("content-type").starts_with("text/css") && theme.text.contains("--accent: #0b6660")
        );
        for nowhere in [
            "/09999999",
            "/09999999/requests",
            "/01000001/nobody/2026-05-11",
            "/01000001/01000001-jansen/monday",
            "/01000001/01000002-van-dijk/2026-05-11",
            "/01000001/appointments/none",
            "/static/none.css",
        ] {
            let answer = bench.page("GET", nowhere).send().await.expect(404);
            assert!(answer.text.contains("Niet gevonden"), "{nowhere}");
        }
    }
}

#[tokio::test]
async fn files_are_asked_after_and_not_sent_twice() {
    for bench in benches().await {
        for (file, kind) in
            [("xis.css", "text/css"), ("xis.js", "text/javascript"), ("icon.svg", "image/svg+xml")]
        {
            let path = format!("/static/{file}");
            let answer = bench.page("GET", &path).send().await.expect(200);
            assert!(answer.header("content-type").starts_with(kind));
            bench.page("GET", &path).header("if-none-match", answer.header("etag")).send().await.expect(304);
        }
    }
}

#[tokio::test]
async fn the_language_is_switched_and_kept() {
    for bench in benches().await {
        let form =
            |back: &str| bench.page("POST", "/language").form(&[("language", "en"), ("back", back)]).send();
        let switched = form("/01000001/requests").await.expect(303);
        assert_eq!(switched.header("location"), "/01000001/requests");
        let cookie = switched.header("set-cookie");
        assert!(
            cookie.starts_with("balie_xis_lang=en;")
                && cookie.contains("HttpOnly")
                && !cookie.contains("Secure")
        );
        assert_eq!(form("https://evil.example").await.header("location"), "/");
        let (address, _) = bench.requested(JAN).await;
        let planned = bench.planned(MEHMET, JANSEN, "2026-05-13", "18:00").await;
        for (path, dutch, english) in [
            ("/", "Kies een praktijk", "Choose a practice"),
            ("/01000001/01000001-jansen/2026-05-13", "woensdag 13 mei 2026", "Wednesday 13 May 2026"),
            ("/01000002/requests", "Goedkeuren", "Approve"),
            ("/01000001/appointments/new", "Zoek een patiënt", "Find a patient"),
            (&address, "Wat de patiënt schreef", "What the patient wrote"),
            (&format!("{planned}/move"), "Afspraak verplaatsen", "Move the appointment"),
            ("/nowhere/at/all/there", "Niet gevonden", "Not found"),
        ] {
            let nl = bench.page("GET", path).send().await.text;
            let en = bench.page("GET", path).in_language("en").send().await.text;
            assert!(nl.contains(dutch) && nl.contains(r#"<html lang="nl">"#), "{path}: {nl}");
            assert!(en.contains(english) && en.contains(r#"<html lang="en">"#), "{path}: {en}");
        }
    }
}

#[tokio::test]
async fn a_day_is_a_table_of_what_is_booked_free_and_not_offered() {
    for bench in benches().await {
        bench.planned(MEHMET, JANSEN, "2026-05-13", "18:00").await;
        let day = |date: &str| bench.page("GET", &format!("/01000001/01000001-jansen/{date}")).send();
        let page = day("2026-05-13").await.expect(200).text;
        for text in [
            r#"<th scope="col">Tijd</th>"#,
            r#"<th scope="row">18:00</th>"#,
            "Mehmet Yilmaz",
            "18:00–18:10 · Consult",
            "Geboekt",
            "Vrij om 08:",
            "Niet aangeboden",
            r#"rel="prev" href="/01000001/01000001-jansen/2026-05-12""#,
            r#"rel="next" href="/01000001/01000001-jansen/2026-05-14""#,
            "Dokter De Vries",
        ] {
            assert!(page.contains(text), "{text} is not on {page}");
        }
        let sunday = day("2026-05-17").await.expect(200).text;
        assert!(sunday.contains("Op deze dag is niets gepland"));
        let jump = bench.page("GET", "/01000001/day?schedule=01000001-jansen&date=2026-05-20").send().await;
        assert_eq!(jump.header("location"), "/01000001/01000001-jansen/2026-05-20");
    }
}

#[tokio::test]
async fn an_appointment_is_planned_for_a_patient_who_is_looked_up() {
    for bench in benches().await {
        let new = "/01000001/appointments/new";
        let begin =
            bench.page("GET", &format!("{new}?schedule={JANSEN}&date=2026-05-12&time=08:00")).send().await;
        assert!(begin.expect(200).text.contains(r#"<option value="01000001-jansen" selected>"#));
        let search = |find: &str| {
            bench.page("POST", new).form(&[("find", find), ("message", "Dag!"), ("do", "show")]).send()
        };
        let found = search("haddad").await.expect(200).text;
        assert!(found.contains("Aisha Haddad") && found.contains("5 april 2001") && found.contains("Dag!"));
        assert!(search(JAN).await.expect(200).text.contains("Jan Jansen"));
        let nobody = search("xyz").await.expect(200).text;
        assert!(nobody.contains("Er is geen patiënt gevonden met “xyz”."));
        let in_address = bench.page("GET", &format!("{new}?find=haddad")).send().await.expect(200).text;
        assert!(!in_address.contains("Aisha"), "people are looked for by the form alone");

        let address = bench.planned(MEHMET, JANSEN, "2026-05-13", "18:00").await;
        let page = bench.page("GET", &address).send().await.expect(200).text;
        assert!(page.contains("woensdag 13 mei 2026") && page.contains("Neem uw medicijnen mee."), "{page}");
        let none = bench.page("GET", &format!("/{EMPTY}/appointments/new")).send().await.expect(200).text;
        assert!(none.contains("heeft geen soorten afspraken"));
    }
}

#[tokio::test]
async fn a_conflict_is_explained_and_nothing_typed_is_lost() {
    for bench in benches().await {
        bench.planned(MEHMET, JANSEN, "2026-05-13", "18:00").await;
        let plan = |patient: &str, date: &str, time: &str| bench.plan(patient, JANSEN, date, time).send();
        for (patient, date, time, status, words) in [
            (MEHMET, "2026-05-13", "18:05", 409, "Deze tijd is al bezet"),
            (MEHMET, "2026-05-11", "05:00", 409, "Deze tijd is voorbij"),
            (MEHMET, "2026-05-13", "18:31", 409, "veelvoud van vijf minuten"),
            ("nobody", "2026-05-13", "19:00", 409, "is er niet (meer)"),
            ("01000002-own-0", "2026-05-13", "19:00", 409, "is er niet (meer)"),
            ("", "2026-05-13", "19:00", 422, "Kies een patiënt."),
            (MEHMET, "", "19:00", 422, "Kies een datum en een tijd."),
            (MEHMET, "2026-05-13", "", 422, "Kies een datum en een tijd."),
        ] {
            let page = plan(patient, date, time).await.expect(status).text;
            assert!(page.contains(words), "{words} is not on {page}");
            assert!(
                page.contains("Neem uw medicijnen mee.") && page.contains(&format!(r#"value="{time}""#)),
                "{words}"
            );
        }
    }
}

#[tokio::test]
async fn an_appointment_is_moved_among_the_free_times_and_its_old_time_is_free() {
    for bench in benches().await {
        let slots = bench.free_slots(PLAIN, "consult").await;
        let (first, second) = (&slots[0], &slots[40]);
        let booked = bench.book(PLAIN, JAN, first).send().await.expect(201).json();
        let id = booked["id"].as_str().unwrap();
        let address = format!("/{PLAIN}/appointments/{id}");
        let (schedule, date, time) = place(second);
        let look = bench.page("POST", &format!("{address}/move")).form(&[
            ("schedule", &schedule),
            ("date", &date),
            ("message", "Dag!"),
            ("do", "show"),
        ]);
        let page = look.send().await.expect(200).text;
        assert!(
            page.contains(&format!(r#"type="radio" name="time" value="{time}""#)) && page.contains("Dag!"),
            "{page}"
        );
        bench.move_to(&address, &schedule, &date, &time).send().await.expect(303);
        let moved = bench.appointment(PLAIN, JAN, id).await;
        assert_eq!((&moved["start"], &moved["comment"]), (&second["start"], &"Het spijt ons.".into()));
        let free = bench.free_slots(PLAIN, "consult").await;
        assert!(free.contains(first) && !free.contains(second));

        let (schedule, date, time) = place(first);
        bench.book(PLAIN, FATIMA, first).send().await.expect(201);
        let refused = bench.move_to(&address, &schedule, &date, &time).send().await.expect(409).text;
        assert!(refused.contains("Deze tijd is al bezet") && refused.contains("Het spijt ons."), "{refused}");
        assert_eq!(bench.appointment(PLAIN, JAN, id).await["start"], second["start"], "it kept its place");
    }
}

#[tokio::test]
async fn a_request_is_answered_once() {
    for bench in benches().await {
        let (address, id) = bench.requested(JAN).await;
        let queue = bench.page("GET", "/01000002/requests").send().await.expect(200).text;
        assert!(queue.contains("Jan Jansen") && queue.contains("Al een week last van mijn knie."));
        let post = |act: &str| {
            bench.page("POST", &format!("{address}/{act}")).form(&[("message", "Kom eerder.")]).send()
        };
        post("cancel").await.expect(409);
        assert_eq!(post("decline").await.expect(303).header("location"), format!("{address}?done=declined"));
        let done = bench.page("GET", &format!("{address}?done=declined")).send().await.expect(200).text;
        assert!(done.contains("De aanvraag is afgewezen.") && done.contains("Kom eerder."));
        assert_eq!(bench.appointment(APPROVING, JAN, &id).await["status"], "cancelled");
        let refused = post("approve").await.expect(409).text;
        assert!(refused.contains("de afspraak staat op “afgewezen”"), "{refused}");
        let queue = bench.page("GET", "/01000002/requests").send().await.expect(200).text;
        assert!(queue.contains("Er zijn geen aanvragen."));
        let again = bench.requested(JAN).await;
        assert_ne!(again.1, id, "its time was given back");
    }
}

#[tokio::test]
async fn a_request_that_is_moved_is_booked() {
    for bench in benches().await {
        let (address, id) = bench.requested(JAN).await;
        let form = bench.page("GET", &format!("{address}/move")).send().await.expect(200).text;
        assert!(form.contains("keurt u hem ook goed"));
        bench.move_to(&address, "01000002-van-dijk", "2026-05-13", "18:00").send().await.expect(303);
        let moved = bench.appointment(APPROVING, JAN, &id).await;
        assert_eq!(
            (&moved["status"], &moved["start"]),
            (&"booked".into(), &"2026-05-13T18:00:00+02:00".into())
        );
        bench.xis.tell_now().await.unwrap();
        let heard = bench.platform.heard();
        assert_eq!(heard[0].line, format!("PUT /fhir/r4/Appointment/{id}"));
    }
}

#[tokio::test]
async fn a_cancelled_appointment_frees_its_time_and_cannot_be_changed() {
    for bench in benches().await {
        let slot = &bench.free_slots(PLAIN, "consult").await[0];
        let booked = bench.book(PLAIN, JAN, slot).send().await.expect(201).json();
        let address = format!("/{PLAIN}/appointments/{}", booked["id"].as_str().unwrap());
        let cancel = || {
            bench.page("POST", &format!("{address}/cancel")).form(&[("reason", "De dokter is ziek.")]).send()
        };
        cancel().await.expect(303);
        assert!(bench.free_slots(PLAIN, "consult").await.contains(slot));
        let (schedule, date, _) = place(slot);
        let day = bench.page("GET", &format!("/{PLAIN}/{schedule}/{date}")).send().await.expect(200).text;
        assert!(day.contains("Gaat niet door") && day.contains("Geannuleerd"));
        assert!(cancel().await.expect(409).text.contains("de afspraak staat op “geannuleerd”"));
        bench.move_to(&address, &schedule, &date, "18:00").send().await.expect(409);
        bench.page("GET", &format!("{address}/move")).send().await.expect(404);
        bench
            .page("GET", &format!("/{APPROVING}/appointments/{}", booked["id"].as_str().unwrap()))
            .send()
            .await
            .expect(404);
    }
}

#[tokio::test]
async fn a_patient_who_cancels_first_is_not_cancelled_again() {
    for bench in benches().await {
        let (address, id) = bench.requested(JAN).await;
        let response = serde_json::json!({
            "participantStatus": "declined", "appointment": { "reference": format!("Appointment/{id}") },
            "actor": { "reference": format!("Patient/{}", patient_id(APPROVING, JAN)) },
        });
        let sent = bench.fhir("POST", "AppointmentResponse").practice(APPROVING).patient(JAN).json(&response);
        sent.send().await.expect(201);
        let refused =
            bench.page("POST", &format!("{address}/approve")).form(&[]).send().await.expect(409).text;
        assert!(refused.contains("Iemand was u voor."), "{refused}");
    }
}
