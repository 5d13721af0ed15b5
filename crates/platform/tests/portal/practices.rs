//! The practices of a patient: adding one that knows the patient (C16), and taking one off the list.

use testkit::{JAN, Kit, appointment};

const ONE: &str = "01000001";
const FOUR: &str = "01000004";

#[tokio::test]
async fn c16_a_practice_that_knows_the_patient_is_found_by_name_or_code_and_added() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(FOUR).await;
        let browser = kit.browser(JAN).await;
        let own = browser.read("/practices").await;
        assert!(own.contains("Praktijk De Linde") && !own.contains("Van Dijk"), "{own}");
        for sought in ["van+dijk", "VAN", "dijk+v%C3%A0n", FOUR] {
            let found = browser.read(&format!("/practices/add?name={sought}")).await;
            assert!(
                found.contains("Huisarts Van Dijk") && found.contains("/practices/01000004/add"),
                "{found}"
            );
        }
        assert!(xis.received("GET", "Patient").is_empty(), "looking asks nobody");
        let added = browser.post("/practices/01000004/add", &[]).await;
        assert_eq!((added.status, added.header("location")), (303, "/practices?added=01000004"));
        let call = &xis.received("GET", "Patient")[0];
        assert!(!call.path.contains(JAN.bsn) && !call.path.contains("identifier"), "{}", call.path);
        let own = browser.read(added.header("location")).await;
        assert!(own.contains("Huisarts Van Dijk is toegevoegd"), "{own}");
        assert!(browser.read("/book/01000004").await.contains("Consult"));
        assert_eq!(kit.audited("membership").await, ["added"]);
        // A double tap adds nothing.
        assert_eq!(browser.post("/practices/01000004/add", &[]).await.status, 303);
        assert!(browser.read("/practices/add?name=dijk").await.contains("staat al in uw lijst"));
    }
}

#[tokio::test]
async fn c16_a_practice_that_does_not_know_the_patient_is_not_added_and_can_be_called() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(FOUR).await;
        xis.knows_nobody();
        let browser = kit.browser(JAN).await;
        let answer = browser.post("/practices/01000004/add", &[]).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("Huisarts Van Dijk kan u niet vinden"), "{}", answer.text);
        assert!(answer.text.contains("tel:0301234567"), "{}", answer.text);
        assert_eq!(browser.get("/book/01000004").await.status, 404);
        assert_eq!(kit.audited("membership").await, ["refused: not known at the practice"]);
    }
}

#[tokio::test]
async fn c17_a_practice_whose_system_is_down_is_said_to_be_so_with_its_number() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(FOUR).await;
        xis.fails("Patient", 500);
        let browser = kit.browser(JAN).await;
        let answer = browser.post("/practices/01000004/add", &[]).await;
        assert_eq!(answer.status, 503);
        assert!(answer.text.contains("Online plannen is even niet mogelijk"), "{}", answer.text);
        assert!(answer.text.contains("tel:0301234567"), "{}", answer.text);
        assert!(!browser.read("/practices").await.contains("Van Dijk"));
    }
}

#[tokio::test]
async fn a_search_is_text_and_finds_no_practice_without_a_system() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        let _xis = kit.xis_of(FOUR).await;
        for sought in ["%25", "_", "%5C", "%27%3B+drop+table+practice", "De+Linde"] {
            let page = browser.read(&format!("/practices/add?name={sought}")).await;
            assert!(page.contains("Wij vonden geen praktijk"), "{sought}: {page}");
        }
        let page = browser.read("/practices/add?name=%3Cscript%3E").await;
        assert!(!page.contains("<script>") && page.contains("Wij vonden geen praktijk"), "{page}");
        assert_eq!(browser.post("/practices/99999999/add", &[]).await.status, 404);
    }
}

#[tokio::test]
async fn a_practice_leaves_the_list_unless_a_visit_is_ahead_there() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        let refused = browser.post("/practices/01000001/remove", &[]).await;
        assert_eq!(refused.status, 409);
        assert!(refused.text.contains("Zeg de afspraak eerst af"), "{}", refused.text);
        assert!(
            browser.read("/practices/01000002/remove").await.contains("Huisartsen aan de Vecht verwijderen?")
        );
        let removed = browser.post("/practices/01000002/remove", &[]).await;
        assert_eq!((removed.status, removed.header("location")), (303, "/practices?removed=1"));
        let own = browser.read("/practices?removed=1").await;
        assert!(own.contains("staat niet meer in uw lijst") && !own.contains("Vecht"), "{own}");
        assert_eq!(browser.post("/practices/01000002/remove", &[]).await.status, 404);
        assert_eq!(kit.audited("membership end").await, ["ended", "refused: a visit is ahead"]);
    }
}

#[tokio::test]
async fn the_pages_speak_english_and_only_to_who_is_logged_in() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        browser.post("/language", &[("language", "en")]).await;
        assert!(browser.read("/practices").await.contains("Your practices"));
        assert!(browser.read("/practices/add").await.contains("Which practice do you want to add?"));
        for path in ["/practices", "/practices/add", "/practices/01000001/remove"] {
            assert_eq!(kit.visitor().get(path).await.status, 303, "{path}");
        }
    }
}
