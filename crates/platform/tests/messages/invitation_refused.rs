//! An invitation that cannot be followed says so kindly, and to a stranger nothing.

use std::time::Duration;

use testkit::{FATIMA, Kit, NOBODY, Rows, invitation};

use super::{ONE, link_in_mail, log_in};

async fn unchanged(kit: &Kit, before: &Rows) -> bool {
    kit.grown(before).await.into_iter().all(|(table, _)| table == "audit")
}

#[tokio::test]
async fn somebody_else_learns_nothing_and_changes_nothing() {
    for kit in Kit::on_both().await {
        kit.xis_of(ONE).await;
        kit.post(ONE, &invitation(NOBODY)).await;
        let link = link_in_mail(&kit, NOBODY).await;
        let fatima = kit.browser(FATIMA).await;
        let before = kit.rows().await;
        for answer in [fatima.get(&link).await, fatima.post(&link, &[]).await] {
            assert_eq!(answer.status, 403, "{}", answer.text);
            assert!(answer.text.contains("Deze uitnodiging is voor iemand anders"), "{}", answer.text);
            for secret in ["De Linde", NOBODY.mail, NOBODY.bsn, NOBODY.name] {
                assert!(!answer.text.contains(secret), "{secret}: {}", answer.text);
            }
        }
        assert!(unchanged(&kit, &before).await);
        assert_eq!(kit.audited("invitation").await, ["invited", "refused: another patient's"]);
        // It is still there for the one who was invited.
        let browser = log_in(&kit, NOBODY, &link).await;
        assert_eq!(browser.post(&link, &[]).await.status, 303);
    }
}

#[tokio::test]
async fn a_used_link_says_so_and_opens_nothing() {
    for kit in Kit::on_both().await {
        kit.post(ONE, &invitation(NOBODY)).await;
        let link = link_in_mail(&kit, NOBODY).await;
        let browser = log_in(&kit, NOBODY, &link).await;
        browser.post(&link, &[]).await;
        let before = kit.rows().await;
        let visitor = kit.visitor().get(&link).await;
        assert_eq!(visitor.status, 410);
        assert!(visitor.text.contains("Deze uitnodiging is al gebruikt"), "{}", visitor.text);
        assert_eq!(kit.browser(FATIMA).await.get(&link).await.status, 403);
        let again = browser.post(&link, &[]).await;
        assert_eq!((again.status, again.header("location")), (303, link.as_str()));
        let grown = kit.grown(&before).await;
        assert!(grown.iter().all(|(table, _)| ["session", "audit"].contains(table)), "{grown:?}");
    }
}

#[tokio::test]
async fn an_expired_link_says_so_and_names_whom_to_ask() {
    for kit in Kit::on_both().await {
        kit.post(ONE, &invitation(NOBODY)).await;
        let link = link_in_mail(&kit, NOBODY).await;
        kit.clock.turn(Duration::from_secs(30 * 24 * 3600));
        assert_eq!(kit.visitor().get(&link).await.status, 200);
        kit.clock.turn(Duration::from_secs(1));
        let browser = log_in(&kit, NOBODY, &link).await;
        let before = kit.rows().await;
        for browser in [kit.visitor(), browser.clone()] {
            let page = browser.get(&link).await;
            assert_eq!(page.status, 410);
            assert!(page.text.contains("Vraag Praktijk De Linde om een nieuwe"), "{}", page.text);
        }
        assert_eq!(browser.post(&link, &[]).await.status, 303);
        assert!(unchanged(&kit, &before).await);
    }
}

#[tokio::test]
async fn an_unknown_link_is_not_found() {
    for kit in Kit::on_both().await {
        for token in ["x", "7cdffea7-1da4-46d7-9827-c6e84078e7d7", "%ff", "a%2Fb"] {
            let page = kit.visitor().get(&format!("/invitations/{token}")).await;
            assert!([404, 400].contains(&page.status), "{token}: {}", page.status);
        }
        let page = kit.visitor().get("/invitations/x").await;
        assert!(page.text.contains("Deze uitnodiging kennen wij niet"), "{}", page.text);
    }
}

#[tokio::test]
async fn c16_a_practice_that_does_not_know_the_patient_is_not_added() {
    for kit in Kit::on_both().await {
        kit.xis_of(ONE).await.knows_nobody();
        kit.post(ONE, &invitation(NOBODY)).await;
        let link = link_in_mail(&kit, NOBODY).await;
        let browser = log_in(&kit, NOBODY, &link).await;
        let before = kit.rows().await;
        let page = browser.post(&link, &[]).await;
        assert_eq!(page.status, 422);
        assert!(page.text.contains("Praktijk De Linde kan u niet vinden"), "{}", page.text);
        assert!(page.text.contains("030 123 45 67"), "{}", page.text);
        assert!(unchanged(&kit, &before).await);
        // Once the practice has put that right, the link works.
        kit.xis_of(ONE).await;
        assert_eq!(browser.post(&link, &[]).await.status, 303);
    }
}

#[tokio::test]
async fn c17_a_practice_whose_system_is_down_is_added_later() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        kit.post(ONE, &invitation(NOBODY)).await;
        let link = link_in_mail(&kit, NOBODY).await;
        let browser = log_in(&kit, NOBODY, &link).await;
        xis.fails("Patient", 503);
        let before = kit.rows().await;
        assert_eq!(browser.post(&link, &[]).await.status, 503);
        assert!(unchanged(&kit, &before).await);
        assert_eq!(browser.post(&link, &[]).await.status, 303);
        assert!(kit.grown(&before).await.contains(&("membership", 1)));
    }
}

#[tokio::test]
async fn a_form_of_another_site_or_of_nobody_adds_nothing() {
    for kit in Kit::on_both().await {
        kit.post(ONE, &invitation(NOBODY)).await;
        let link = link_in_mail(&kit, NOBODY).await;
        let browser = log_in(&kit, NOBODY, &link).await;
        let before = kit.rows().await;
        let foreign = kit.http.post(format!("{}{link}", kit.base)).header("cookie", browser.cookie());
        let foreign = testkit::Answer::to(foreign.header("sec-fetch-site", "cross-site")).await;
        assert_eq!(foreign.status, 403);
        let nobody = kit.visitor().post(&link, &[]).await;
        assert_eq!((nobody.status, nobody.header("location")), (303, link.as_str()));
        assert_eq!(kit.grown(&before).await, [("audit", 1)], "the line of the refusal");
    }
}
