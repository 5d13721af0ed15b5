//! Where the mail with an invitation leads, for whoever was invited.

use agenda::Bsn;
use store::{Account, Error, Membership};
use testkit::{JAN, Kit, NOBODY, Patient, invitation};

use super::{ONE, link_in_mail, log_in};

async fn account(kit: &Kit, patient: Patient) -> (Account, Option<Membership>) {
    let (store, bsn) = (&kit.store, &Bsn::parse(patient.bsn).unwrap());
    let found: Result<_, Error> = store
        .read("account", |mut tx| async move {
            let account = store.account_of(&mut tx, bsn).await?.unwrap();
            let membership = store.membership(&mut tx, account.id, &ONE.parse().unwrap()).await?;
            Ok((account, membership))
        })
        .await;
    found.unwrap()
}

#[tokio::test]
async fn c16_who_was_invited_logs_in_adds_the_practice_and_is_mailed_there() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        kit.post(ONE, &invitation(NOBODY)).await;
        let link = link_in_mail(&kit, NOBODY).await;
        let page = kit.visitor().read(&link).await;
        assert!(page.contains("Praktijk De Linde nodigt u uit"), "{page}");
        assert!(page.contains(&format!("href=\"/login?to={link}\"")), "{page}");
        assert!(!page.contains(NOBODY.mail) && !page.contains(NOBODY.bsn));
        let browser = log_in(&kit, NOBODY, &link).await;
        let page = browser.read(&link).await;
        assert!(page.contains("Wilt u Praktijk De Linde toevoegen?") && page.contains(NOBODY.mail), "{page}");
        // Looking changes nothing.
        let (before, membership) = account(&kit, NOBODY).await;
        assert_eq!((before.mail, membership), (None, None));
        let added = browser.post(&link, &[]).await;
        assert_eq!((added.status, added.header("location")), (303, link.as_str()));
        assert_eq!(xis.received("GET", "Patient").len(), 1);
        let (after, membership) = account(&kit, NOBODY).await;
        assert_eq!(after.mail.as_deref(), Some(NOBODY.mail));
        let membership = membership.unwrap();
        assert_eq!(membership.xis_patient.as_deref(), Some("456"));
        assert!(membership.checked_at.is_some());
        let page = browser.read(&link).await;
        assert!(
            page.contains("Praktijk De Linde is toegevoegd") && page.contains("/book/01000001"),
            "{page}"
        );
        assert!(browser.read("/book/01000001").await.contains("Consult"));
        assert_eq!(kit.audited("invitation").await, ["accepted, with its mail address", "invited"]);
    }
}

#[tokio::test]
async fn an_address_that_the_patient_has_stays() {
    for kit in Kit::on_both().await {
        let other = testkit::Caller::new(&kit.base, &kit.http, "other-xis", "other-secret").await;
        let mut body = invitation(JAN);
        body["telecom"][0]["value"] = "anders@patient.example".into();
        assert_eq!(other.post("01000004", &body).await.status, 201);
        let to = Patient { mail: "anders@patient.example", ..JAN };
        let link = link_in_mail(&kit, to).await;
        let browser = kit.browser(JAN).await;
        let page = browser.read(&link).await;
        assert!(page.contains("Huisarts Van Dijk") && !page.contains("anders@"), "{page}");
        assert_eq!(browser.post(&link, &[]).await.status, 303);
        assert_eq!(account(&kit, JAN).await.0.mail.as_deref(), Some(JAN.mail));
        assert!(browser.read("/book").await.contains("Huisarts Van Dijk"));
        assert_eq!(kit.audited("invitation").await, ["accepted", "invited"]);
    }
}

#[tokio::test]
async fn a_double_tap_adds_it_once() {
    for kit in Kit::on_both().await {
        kit.post(ONE, &invitation(NOBODY)).await;
        let link = link_in_mail(&kit, NOBODY).await;
        let browser = log_in(&kit, NOBODY, &link).await;
        let (one, two) = tokio::join!(browser.post(&link, &[]), browser.post(&link, &[]));
        assert_eq!((one.status, two.status), (303, 303));
        assert_eq!(kit.audited("invitation").await, ["accepted, with its mail address", "invited"]);
    }
}

#[tokio::test]
async fn the_page_speaks_english_too() {
    for kit in Kit::on_both().await {
        kit.post(ONE, &invitation(NOBODY)).await;
        let link = link_in_mail(&kit, NOBODY).await;
        let request = kit.http.get(format!("{}{link}", kit.base)).header("accept-language", "en");
        let page = testkit::Answer::to(request).await.text;
        assert!(page.contains("Praktijk De Linde invites you") && page.contains("lang=\"en\""), "{page}");
    }
}
