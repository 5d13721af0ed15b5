use serde_json::json;
use testkit::{JAN, Kit};

use super::ONE;

const TYPES: &str = "/book/01000001";
const EMPTY: &str = "U kunt hier nu geen afspraak maken";

#[tokio::test]
async fn c12_the_expansion_is_read_where_there_is_one_and_else_the_definition() {
    let concept = json!({ "code": "a", "display": "Uit de definitie" });
    let compose = json!({ "include": [{ "system": "urn:xis:types", "concept": [concept] }] });
    let contains = json!([
        { "system": "urn:xis:types", "code": "b", "display": "Uit de uitwerking" },
        { "system": "urn:xis:types", "code": "c", "display": "Groep", "abstract": true },
        { "system": "urn:xis:types", "code": "b", "display": "Nog eens" }
    ]);
    for kit in Kit::on_both().await {
        let (xis, browser) = (kit.xis_of(ONE).await, kit.browser(JAN).await);
        let set = json!({ "resourceType": "ValueSet", "status": "active", "compose": compose });
        xis.offers_types_as(set.clone());
        assert!(browser.read(TYPES).await.contains("Uit de definitie"));
        let mut expanded = set;
        expanded["expansion"] = json!({ "contains": contains });
        xis.offers_types_as(expanded);
        let page = browser.read(TYPES).await;
        assert!(page.contains("Uit de uitwerking") && !page.contains("Uit de definitie"), "{page}");
        assert!(!page.contains("Groep") && !page.contains("Nog eens"), "{page}");
    }
}

#[tokio::test]
async fn c12_the_practices_filter_goes_along_where_it_is_set() {
    for kit in Kit::on_both().await {
        let (xis, browser) = (kit.xis_of(ONE).await, kit.browser(JAN).await);
        browser.read(TYPES).await;
        kit.set(ONE, "service_category", "urn:xis:kinds|online").await;
        browser.read(TYPES).await;
        let asked = xis.received("GET", "ValueSet");
        assert_eq!(asked[0].path, "/ValueSet/BookableAppointmentTypes");
        assert_eq!([asked[0].query(), asked[1].query()], ["", "service-category=urn:xis:kinds|online"]);
    }
}

#[tokio::test]
async fn c12_no_types_and_no_system_are_the_empty_state() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        // Nothing configured.
        assert!(browser.read(TYPES).await.contains(EMPTY));
        let xis = kit.xis_of(ONE).await;
        xis.offers_types(&[]);
        assert!(browser.read(TYPES).await.contains(EMPTY));
        // A system that has no such set at all.
        xis.fails("ValueSet", 404);
        assert!(browser.read(TYPES).await.contains(EMPTY));
    }
}

#[tokio::test]
async fn a_system_that_fails_is_not_an_empty_set() {
    for kit in Kit::on_both().await {
        let (xis, browser) = (kit.xis_of(ONE).await, kit.browser(JAN).await);
        xis.fails("ValueSet", 500);
        let page = browser.get(TYPES).await.text;
        assert!(
            page.contains("Online plannen is even niet mogelijk") && page.contains("030 123 45 67"),
            "{page}"
        );
    }
}
