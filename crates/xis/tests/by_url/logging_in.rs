//! A practitioner logs in and out: who gets in, to which practices, and for how long.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::common::{APPROVING, Answer, Bench, JAN, PLAIN, benches, cookie, jansen};

/// Someone who works for the one practice alone.
fn of_one_practice() -> Value {
    json!({ "sub": "assistent-7", "name": "Bram Visser", "practices": PLAIN })
}

/// Where somebody is sent who is not logged in.
#[track_caller]
fn assert_to_login(answer: Answer, to: &str) {
    let answer = answer.expect(303);
    assert_eq!(answer.header("location"), format!("/login?to={to}"));
    assert_eq!(answer.header("cache-control"), "no-store");
}

/// ASVS: 8.3.1
#[tokio::test]
async fn no_page_opens_and_no_form_is_taken_without_a_session() {
    for bench in benches().await {
        let (address, _) = bench.requested(JAN).await;
        let escaped = address.replace('/', "%2F");
        for (path, to) in [
            ("/", "%2F"),
            ("/01000001", "%2F01000001"),
            ("/01000001/requests", "%2F01000001%2Frequests"),
            ("/01000001/theme.css", "%2F01000001%2Ftheme.css"),
            ("/01000001/appointments/new", "%2F01000001%2Fappointments%2Fnew"),
            ("/09999999", "%2F09999999"),
            (&address, &escaped),
        ] {
            assert_to_login(bench.stranger("GET", path).send().await, to);
            let forged = bench.stranger("GET", path).header("cookie", "balie_xis_session=forged");
            assert_to_login(forged.send().await, to);
            // Another host of the same site may set a name that is ours only once it is decoded.
            let decoded = bench.cookie().replacen('_', "%5F", 1);
            assert_to_login(bench.stranger("GET", path).header("cookie", &decoded).send().await, to);
        }
        for act in ["approve", "decline", "cancel", "move", "tell"] {
            let form = bench.stranger("POST", &format!("{address}/{act}")).form(&[("message", "")]);
            assert_to_login(form.send().await, "%2F");
        }
        let queue = bench.page("GET", "/01000002/requests").send().await.expect(200).text;
        assert!(queue.contains("Jan Jansen"), "it was not answered: {queue}");
        bench.stranger("GET", "/static/xis.css").send().await.expect(200);
    }
}

/// ASVS: 8.2.2
#[tokio::test]
async fn a_practice_of_others_looks_like_one_that_is_not_there() {
    for bench in benches().await {
        let (address, _) = bench.requested(JAN).await;
        bench.log_in(&of_one_practice()).await;
        assert_eq!(bench.page("GET", "/").send().await.expect(303).header("location"), "/01000001");
        let day = bench.page("GET", "/01000001/01000001-jansen/2026-05-13").send().await.expect(200).text;
        assert!(day.contains("Bram Visser") && !day.contains("Andere praktijk"), "{day}");

        let unknown = bench.page("GET", "/09999999/requests").send().await.expect(404);
        for path in ["/01000002", "/01000002/requests", "/01000002/theme.css", "/live/01000002", &address] {
            let foreign = bench.page("GET", path).send().await.expect(404);
            assert_eq!(
                (&foreign.text, foreign.headers.len()),
                (&unknown.text, unknown.headers.len()),
                "{path}"
            );
        }
        bench.page("POST", &format!("{address}/approve")).form(&[]).send().await.expect(404);
        assert_eq!(refusals(&bench).await, vec![format!("practitioner:assistent-7 {APPROVING}"); 6]);
    }
}

/// Who was refused at the pages of which practice.
async fn refusals(bench: &Bench) -> Vec<String> {
    let db = bench.tables().await;
    let lines = db.read("refusals", |mut tx| async move {
        db::sql("select actor, practice from audit where action = 'open' and outcome = 'refused'")
            .all(&mut tx, |row| {
                Ok(format!("{} {}", row.get::<String>("actor")?, row.get::<String>("practice")?))
            })
            .await
    });
    lines.await.unwrap_or_else(|error: db::Error| panic!("{error}"))
}

/// ASVS: 7.2.4, 3.3.1, 3.3.4
#[tokio::test]
async fn a_login_leads_back_to_the_page_with_a_new_session_each_time() {
    for bench in benches().await {
        let back = bench.come_back(&jansen(), "/01000001/requests").await.expect(303);
        assert_eq!(back.header("location"), "/01000001/requests");
        let mut lines: Vec<_> =
            back.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap()).collect();
        lines.sort_unstable();
        let [gone, session] = lines.as_slice() else { panic!("{lines:?}") };
        assert!(gone.starts_with("balie_xis_login=;") && gone.contains("Max-Age=0"), "{gone}");
        for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(session.contains(attribute), "{session}");
        }
        assert!(!session.contains("Max-Age") && !session.contains("Domain"), "{session}");

        let first = cookie(&back, "balie_xis_session");
        assert_ne!(first, bench.cookie());
        let (state, nonce, begun) = bench.begin("/").await;
        let code = bench.tokens.code(&nonce, &jansen());
        let both = format!("{begun}; {first}");
        let again =
            bench.stranger("GET", &bench.callback(&code, &state)).header("cookie", &both).send().await;
        assert_ne!(cookie(&again.expect(303), "balie_xis_session"), first);
        assert_to_login(bench.stranger("GET", "/").header("cookie", &first).send().await, "%2F");
        bench.page("GET", "/").send().await.expect(200);

        for elsewhere in ["https://evil.example", "/%09/evil.example", "/%0a/evil.example"] {
            let back = bench.come_back(&jansen(), elsewhere).await.expect(303);
            assert_eq!(back.header("location"), "/", "{elsewhere}");
        }
        let logged_in = bench.page("GET", "/login?to=/01000001").send().await.expect(303);
        assert_eq!(logged_in.header("location"), "/01000001");
    }
}

#[tokio::test]
async fn over_https_the_cookies_belong_to_this_host_alone() {
    for bench in benches().await {
        let bench = bench.opened_with(|config| config.public_url.set_scheme("https").unwrap()).await;
        let away = bench.stranger("GET", "/login").send().await.expect(303);
        let line = away.header("set-cookie");
        assert!(line.starts_with("__Host-balie_xis_login=") && line.contains("Secure"), "{line}");
    }
}

#[tokio::test]
async fn an_answer_that_belongs_to_no_login_here_lets_nobody_in() {
    for bench in benches().await {
        let (state, nonce, begun) = bench.begin("/").await;
        let code = bench.tokens.code(&nonce, &jansen());
        let good = bench.callback(&code, &state);
        let (other_state, other_nonce, other_browser) = bench.begin("/").await;
        let other_code = bench.tokens.code(&other_nonce, &jansen());
        for (what, path, cookie, status) in [
            ("no cookie", &good, "", 400),
            ("a cookie that was changed", &good, &*begun.replace("=A", "=B"), 400),
            ("another browser", &good, &other_browser, 400),
            ("another state", &bench.callback(&code, &other_state), &begun, 400),
            ("no state", &good.replace("state=", "other="), &begun, 400),
            ("another issuer", &good.replace("iss=", "iss=https://evil.example/"), &begun, 400),
            ("no issuer", &good.replace("iss=", "other="), &begun, 400),
            ("a refusal", &good.replace("code=", "error=access_denied&other="), &begun, 400),
            ("no code", &good.replace("code=", "other="), &begun, 400),
            ("a code of another login", &bench.callback(&other_code, &state), &begun, 502),
            ("a code of nobody", &bench.callback("none", &state), &begun, 400),
        ] {
            let answer = bench.stranger("GET", path).header("cookie", cookie).send().await;
            assert_eq!(answer.status.as_u16(), status, "{what}: {answer:?}");
            assert_over(&answer, !cookie.is_empty());
            assert!(answer.text.contains("Inloggen is niet gelukt"), "{what}: {}", answer.text);
        }
        bench.clock.turn(SignedDuration::from_secs(601));
        let late = bench.stranger("GET", &good).header("cookie", &begun).send().await.expect(400);
        assert_over(&late, true);
        let twice =
            bench.stranger("GET", "/login/callback?code=a&code=b").header("cookie", &begun).send().await;
        assert_over(&twice.expect(400), true);
        let unknown = |why| format!("unknown refused: {why}");
        let [not_begun, other_login] = ["not begun in this browser", "answer to another login"].map(unknown);
        let [provider, unaccepted] = ["answer of another provider", "code not accepted"].map(unknown);
        let mut expected: [&str; 13] = [
            &*not_begun,
            &not_begun,
            &other_login,
            &other_login,
            &other_login,
            &provider,
            &provider,
            "unknown refused: by the provider or the person",
            &other_login,
            "unknown refused: ID token not accepted",
            &unaccepted,
            "unknown refused: too late",
            "unknown refused: unreadable answer",
        ];
        expected.sort_unstable();
        assert_eq!(refused_logins(&bench).await, expected);
    }
}

/// The login that this browser began is forgotten, if it began one, and no session begins.
#[track_caller]
fn assert_over(answer: &Answer, had_begun: bool) {
    let lines: Vec<_> =
        answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap()).collect();
    assert_eq!(lines.len(), usize::from(had_begun), "{lines:?}");
    let is_gone = |line: &&str| line.starts_with("balie_xis_login=;") && line.contains("Max-Age=0");
    assert!(lines.iter().all(is_gone), "{lines:?}");
}

/// Who was refused a login and why, sorted.
async fn refused_logins(bench: &Bench) -> Vec<String> {
    let db = bench.tables().await;
    let lines = db.read("refused logins", |mut tx| async move {
        db::sql("select actor, outcome from audit where action = 'login' and outcome <> 'begun'")
            .all(&mut tx, |row| {
                Ok(format!("{} {}", row.get::<String>("actor")?, row.get::<String>("outcome")?))
            })
            .await
    });
    let mut lines = lines.await.unwrap_or_else(|error: db::Error| panic!("{error}"));
    lines.sort_unstable();
    lines
}

/// ASVS: 6.8.4, 16.3.1
#[tokio::test]
async fn who_works_nowhere_here_or_logged_in_too_lightly_does_not_get_in() {
    for bench in benches().await {
        for practices in [json!([]), json!(null), json!(["09999999"]), json!(1_000_001), json!("01000001x")] {
            let stranger = json!({ "sub": "stranger", "name": "Nobody", "practices": practices });
            let answer = bench.come_back(&stranger, "/").await.expect(403);
            assert!(
                answer.text.contains("U werkt volgens de inlogdienst niet bij een praktijk"),
                "{practices}"
            );
            assert_over(&answer, true);
        }
        assert_eq!(refused_logins(&bench).await, ["practitioner:stranger refused: no practice here"; 5]);
        let strict = bench
            .opened_with(|config| config.login.as_mut().unwrap().assurance = vec!["high".to_owned()])
            .await;
        let person = |acr: Value| json!({ "sub": "jansen", "practices": PLAIN, "acr": acr });
        for low in [json!(null), json!("low"), json!("")] {
            let answer = strict.come_back(&person(low), "/").await.expect(403);
            assert!(answer.text.contains("sterkere manier van inloggen"), "{}", answer.text);
            assert_over(&answer, true);
        }
        assert_eq!(refused_logins(&strict).await[5..], ["unknown refused: low assurance"; 3]);
        strict.come_back(&person(json!("high")), "/").await.expect(303);
    }
}

/// ASVS: 7.3.1, 7.3.2
#[tokio::test]
async fn a_session_ends_half_an_hour_after_its_last_use_and_twelve_hours_after_it_began() {
    for bench in benches().await {
        let open = || bench.page("GET", "/01000001/requests");
        let turn = |minutes| bench.clock.turn(SignedDuration::from_mins(minutes));
        for _ in 0..3 {
            turn(29);
            open().send().await.expect(200);
        }
        // A page that follows the agenda by itself is not in use.
        for _ in 0..2 {
            turn(10);
            open().header("balie-unasked", "1").send().await.expect(200);
        }
        turn(10);
        assert_to_login(open().send().await, "%2F01000001%2Frequests");

        bench.log_in(&jansen()).await;
        for _ in 0..24 {
            turn(29);
            open().send().await.expect(200);
        }
        turn(24);
        assert_to_login(open().send().await, "%2F01000001%2Frequests");
        assert!(bench.page("GET", "/live/01000001").send().await.expect(200).text.contains("event: ended"));
    }
}

/// ASVS: 7.4.1
#[tokio::test]
async fn logging_out_ends_the_session_here_and_leads_to_the_provider() {
    for bench in benches().await {
        let out = || bench.page("POST", "/logout");
        for site in ["cross-site", "same-site", "none"] {
            out().header("sec-fetch-site", site).send().await.expect(403);
        }
        let gone = out().send().await.expect(303);
        assert_eq!(gone.header("location"), "/logged-out");
        assert!(gone.header("set-cookie").starts_with("balie_xis_session=;"));
        assert_to_login(bench.page("GET", "/").send().await, "%2F");
        out().send().await.expect(303);
        let page = bench.stranger("GET", "/logged-out?to=/01000001/requests").send().await.expect(200).text;
        assert!(
            page.contains("U bent uitgelogd") && page.contains("/login?to=%2F01000001%2Frequests"),
            "{page}"
        );
        let page = bench.stranger("GET", "/logged-out?to=//evil.example").send().await.expect(200).text;
        assert!(!page.contains("evil"), "{page}");
    }
}

#[tokio::test]
async fn pages_without_a_login_are_open_only_when_the_configuration_says_so() {
    for bench in benches().await {
        let open = |config: &mut xis::Config| (config.login, config.without_login) = (None, true);
        let bench = bench.opened_with(open).await;
        bench.stranger("GET", "/01000001/requests").send().await.expect(200);
        let start = bench.stranger("GET", "/").send().await.expect(200).text;
        assert!(!start.contains("Uitloggen"), "{start}");
        assert_eq!(bench.stranger("GET", "/login").send().await.expect(303).header("location"), "/");
    }
}
