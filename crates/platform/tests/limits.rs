//! How much is answered in a minute, by whoever asks (D15).

use std::time::Duration;

use platform::Limits;
use reqwest::{Method, RequestBuilder};
use serde_json::json;
use testkit::{Answer, Caller, FATIMA, JAN, Kit, NOBODY, appointment, invitation, message};

const ONE: &str = "01000001";
const TWO: &str = "01000002";

/// A request that comes from this address, by a proxy that is trusted.
fn from(request: RequestBuilder, address: &str) -> RequestBuilder {
    request.header("x-forwarded-for", address)
}

/// Status and `Retry-After` of a page, opened from an address.
async fn page(kit: &Kit, path: &str, address: &str) -> (u16, String) {
    let answer = Answer::to(from(kit.http.get(format!("{}{path}", kit.base)), address)).await;
    (answer.status, answer.header("retry-after").to_owned())
}

fn refused(seconds: &str) -> (u16, String) {
    (429, seconds.to_owned())
}

/// ASVS: 2.4.1
#[tokio::test]
async fn d15_a_client_that_asks_too_much_is_told_when_to_come_again_and_others_are_not() {
    for kit in Kit::on_both().await {
        let kit = kit.limited(Limits { client: 4, ..Limits::none() }).await;
        let xis = kit.caller().await;
        for agb in [ONE, TWO, ONE, TWO] {
            assert_eq!(xis.put(agb, "a", &appointment("a", JAN)).await.status, 200);
        }
        let answer = xis.put(ONE, "a", &appointment("a", JAN)).await;
        assert_eq!(answer.refusal(), (429, "TOO_MANY".to_owned()));
        assert_eq!((answer.header("retry-after"), &answer.issue()["code"]), ("16", &"throttled".into()));
        assert_eq!(xis.put(TWO, "a", &appointment("a", JAN)).await.status, 429);
        let other = Caller::new(&kit.base, &kit.http, "other-xis", "other-secret").await;
        assert_eq!(other.put("01000004", "a", &appointment("a", FATIMA)).await.status, 200);
        // What is refused often is written down once, and changed nothing.
        assert_eq!(kit.audited("call").await, ["refused: too many requests"]);
        kit.clock.turn(Duration::from_secs(16));
        assert_eq!(xis.put(ONE, "a", &appointment("a", JAN)).await.status, 200);
    }
}

#[tokio::test]
async fn d15_a_practice_for_which_too_much_is_asked_takes_nothing_of_another() {
    for kit in Kit::on_both().await {
        let kit = kit.limited(Limits { practice: 1, ..Limits::none() }).await;
        let xis = kit.caller().await;
        assert_eq!(xis.put(ONE, "a", &appointment("a", JAN)).await.status, 200);
        assert_eq!(xis.put(ONE, "a", &appointment("a", JAN)).await.status, 429);
        assert_eq!(xis.put(TWO, "a", &appointment("a", JAN)).await.status, 200);
    }
}

#[tokio::test]
async fn d06_and_d07_who_has_an_account_cannot_be_asked_of_everybody() {
    for kit in Kit::on_both().await {
        let kit = kit.limited(Limits { patient: 2, ..Limits::none() }).await;
        let xis = kit.caller().await;
        assert_eq!(xis.post(ONE, &invitation(NOBODY)).await.status, 201);
        assert_eq!(xis.post(ONE, &invitation(JAN)).await.status, 422);
        assert_eq!(xis.post(ONE, &invitation(JAN)).await.refusal(), (429, "TOO_MANY".to_owned()));
        let search = xis.call(Method::POST, ONE, "/Patient/_search");
        assert_eq!(Answer::to(search).await.refusal(), (429, "TOO_MANY".to_owned()));
        assert_eq!(xis.put(ONE, "a", &appointment("a", JAN)).await.status, 200);
    }
}

/// ASVS: 2.4.1
#[tokio::test]
async fn a2_d16_who_has_no_account_cannot_be_learnt_of_everybody() {
    let mut unreachable = message(NOBODY, "Uw uitslag is er.");
    unreachable["contained"][0]["telecom"] = json!([{ "system": "email", "value": "nobody" }]);
    // What began already is stored and told to nobody (A14): the quietest way to ask.
    let past = |patient| {
        let mut past = appointment("past", patient);
        past["start"] = json!("2026-05-01T09:10:00+02:00");
        past["end"] = json!("2026-05-01T09:20:00+02:00");
        past
    };
    for kit in Kit::on_both().await {
        let kit = kit.limited(Limits { stranger: 2, ..Limits::none() }).await;
        let xis = kit.caller().await;
        for _ in 0..5 {
            assert_eq!(
                xis.put(ONE, "a", &appointment("a", JAN)).await.status,
                200,
                "an account is not counted"
            );
        }
        assert_eq!(
            xis.put(ONE, "past", &past(NOBODY)).await.refusal(),
            (422, "PATIENT_NOT_FOUND".to_owned())
        );
        assert_eq!(xis.post(ONE, &unreachable).await.refusal(), (400, "MAIL_ADDRESS".to_owned()));
        let before = kit.rows().await;
        for patient in [NOBODY, JAN] {
            let answer = xis.put(ONE, "past", &past(patient)).await;
            assert_eq!(
                (answer.refusal(), answer.header("retry-after")),
                ((429, "TOO_MANY".to_owned()), "31")
            );
            assert_eq!(xis.post(ONE, &message(patient, "Dag")).await.refusal(), (429, "TOO_MANY".to_owned()));
        }
        assert_eq!(kit.grown(&before).await, [("audit", 1)], "nothing is stored, and one line says so");
        assert_eq!(kit.audited("call").await, ["refused: too many requests"]);
        assert_eq!(xis.put(TWO, "b", &appointment("b", JAN)).await.status, 200, "another practice");
        kit.clock.turn(Duration::from_secs(31));
        for _ in 0..3 {
            assert_eq!(xis.put(ONE, "a", &appointment("a", JAN)).await.status, 200);
        }
    }
}

#[tokio::test]
async fn d15_an_address_that_asks_too_much_gets_a_page_that_says_so() {
    let [kit, _] = Kit::on_both().await;
    let kit = kit.limited(Limits { address: 3, ..Limits::none() }).await;
    for _ in 0..3 {
        assert_eq!(page(&kit, "/", "192.0.2.7").await.0, 200);
    }
    assert_eq!(page(&kit, "/", "192.0.2.7").await, refused("21"));
    // What pages load is not counted, whoever is in front of us is believed, and this machine is not limited.
    assert_eq!(page(&kit, "/static/latest/look.css", "192.0.2.7").await.0, 200);
    assert_eq!(page(&kit, "/", "192.0.2.7, 192.0.2.8").await.0, 200);
    assert_eq!(page(&kit, "/", "127.0.0.1").await.0, 200);
    let answer = Answer::to(from(kit.http.get(format!("{}/book", kit.base)), "192.0.2.7")).await;
    assert!(answer.text.contains("Even wachten alstublieft"), "{}", answer.text);
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
    let api = from(kit.http.get(format!("{}/fhir/r4/metadata", kit.base)), "192.0.2.7");
    assert_eq!(Answer::to(api).await.refusal(), (429, "TOO_MANY".to_owned()));
}

#[tokio::test]
async fn a_household_with_many_addresses_is_one() {
    let [kit, _] = Kit::on_both().await;
    let kit = kit.limited(Limits { address: 1, ..Limits::none() }).await;
    assert_eq!(page(&kit, "/", "2001:db8:1:2::1").await.0, 200);
    assert_eq!(page(&kit, "/", "2001:db8:1:2:3::9").await.0, 429);
    assert_eq!(page(&kit, "/", "2001:db8:1:3::1").await.0, 200);
}

/// ASVS: 6.3.1
#[tokio::test]
async fn logins_invitations_and_tokens_have_stricter_limits() {
    let [kit, _] = Kit::on_both().await;
    let limits = Limits { login: 2, invitation: 1, token: 1, ..Limits::none() };
    let kit = kit.limited(limits).await;
    for path in ["/login", "/login/callback?state=x"] {
        assert_ne!(page(&kit, path, "192.0.2.7").await.0, 429);
    }
    assert_eq!(page(&kit, "/login", "192.0.2.7").await, refused("31"));
    assert_eq!(page(&kit, "/invitations/guess", "192.0.2.7").await.0, 404);
    assert_eq!(page(&kit, "/invitations/another", "192.0.2.7").await.0, 429);
    assert_eq!(page(&kit, "/", "192.0.2.7").await.0, 200);
    let ask = || kit.http.post(format!("{}/oauth2/token", kit.base)).basic_auth("demo-xis", Some("guess"));
    let ask = || from(ask().body("grant_type=client_credentials"), "192.0.2.7");
    assert_ne!(Answer::to(ask()).await.status, 429);
    let answer = Answer::to(ask()).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "61"));
    assert_eq!(answer.json()["error"], "temporarily_unavailable");
}

#[tokio::test]
async fn a_session_that_asks_too_much_takes_nothing_of_another() {
    let [kit, _] = Kit::on_both().await;
    let kit = kit.limited(Limits { session: 2, ..Limits::none() }).await;
    let (jan, fatima) = (kit.browser(JAN).await, kit.browser(FATIMA).await);
    for _ in 0..2 {
        jan.read("/").await;
    }
    assert_eq!(jan.get("/").await.status, 429);
    fatima.read("/").await;
    kit.clock.turn(Duration::from_secs(60));
    jan.read("/").await;
}

#[tokio::test]
async fn nobody_honest_meets_a_limit() {
    let usual = Limits::default();
    // A page each second for a whole minute, from each of a hundred patients in one waiting room.
    assert!(usual.session >= 60 && usual.address >= 100 * 60);
    // A vendor with a thousand practices that tells of one change in a second each.
    assert!(usual.client >= 60 * 1_000 && usual.practice >= 60);
    // A large practice that tells in ten minutes of all visits of a day, of patients most of whom have no account.
    assert!(usual.stranger * 10 >= 5_000);
}

/// ASVS: 1.5.2
#[tokio::test]
async fn a_body_that_is_deeply_nested_is_refused_and_harms_nobody() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let deep = open.repeat(20_000) + "1" + &close.repeat(20_000);
            for body in [
                deep.clone(),
                format!(r#"{{"resourceType":"Appointment","id":"a","participant":{deep}}}"#),
                format!(r#"{{"resourceType":"Appointment","id":"a","unknown":{deep}}}"#),
            ] {
                let answer = Answer::to(xis.call(Method::PUT, ONE, "/Appointment/a").body(body)).await;
                assert_eq!(answer.status, 400, "{}", answer.text);
            }
        }
        assert_eq!(xis.put(ONE, "a", &appointment("a", JAN)).await.status, 200);
    }
}
