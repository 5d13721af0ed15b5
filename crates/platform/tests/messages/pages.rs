//! Messages as their patient reads them.

use testkit::{FATIMA, JAN, Kit, attachment, files::pdf, message};

use super::{ONE, TWO, only_message, with_files, write};
use crate::portal::page::text;

#[tokio::test]
async fn a_message_is_shown_in_full_and_as_text() {
    for kit in Kit::on_both().await {
        let file = attachment("Uitslag één.pdf", "application/pdf", &pdf(123_456));
        let mut body = with_files(JAN, &[file]);
        body["payload"][0]["contentString"] = "Beste Jan,\r\n\r\n<b>Alles</b> is goed & wel.".into();
        assert_eq!(kit.post(ONE, &body).await.status, 201);
        let browser = kit.browser(JAN).await;
        let page = browser.read(&only_message(&browser).await).await;
        let words = text(&page);
        for expected in [
            "Uitslag bloedonderzoek",
            "Praktijk De Linde · maandag 4 mei 2026 om 10:00 uur",
            "Beste Jan, <b>Alles</b> is goed & wel.",
            "Uitslag één.pdf PDF, 124 kB",
            "U kunt hier niet antwoorden. Vragen? Bel 030 123 45 67",
        ] {
            assert!(words.contains(expected), "{expected}: {words}");
        }
        assert!(page.contains("class=\"letter written\">Beste Jan,\r\n\r\n"), "{page}");
        // The topic may be a medical word: it is no title, which a browser keeps.
        let (_, title) = page.split_once("<title>").unwrap();
        assert!(!title.split("</title>").next().unwrap().contains("bloed"), "{title}");
    }
}

#[tokio::test]
async fn the_badge_comes_with_a_message_and_goes_on_every_device_when_it_is_opened() {
    for kit in Kit::on_both().await {
        write(&kit, JAN, "Een").await;
        let (phone, laptop) = (kit.browser(JAN).await, kit.browser(JAN).await);
        for page in ["/", "/messages", "/book"] {
            assert!(phone.read(page).await.contains("aria-label=\"1 nieuw bericht\""), "{page}");
        }
        assert!(text(&phone.read("/messages").await).contains("Uitslag bloedonderzoek Nieuw"));
        let path = only_message(&phone).await;
        // Fetched in case somebody will look: not looked at.
        let ahead = kit.http.get(format!("{}{path}", kit.base)).header("cookie", phone.cookie());
        testkit::Answer::to(ahead.header("sec-purpose", "prefetch")).await;
        assert_eq!(kit.audited("message view").await, ["fetched"]);
        assert!(laptop.read("/").await.contains("1 nieuw bericht"));
        assert!(!phone.read(&path).await.contains("nieuw bericht"));
        for page in ["/", "/messages"] {
            assert!(!laptop.read(page).await.contains("nieuw bericht"), "{page}");
        }
        assert!(!text(&laptop.read("/messages").await).contains("bloedonderzoek Nieuw"));
    }
}

/// ASVS: 8.2.2
#[tokio::test]
async fn nobody_elses_message_is_shown_and_it_looks_like_none() {
    for kit in Kit::on_both().await {
        write(&kit, JAN, "Uw uitslag").await;
        let (jan, fatima) = (kit.browser(JAN).await, kit.browser(FATIMA).await);
        let path = only_message(&jan).await;
        assert!(text(&fatima.read("/messages").await).contains("U hebt nog geen berichten."));
        let foreign = fatima.get(&path).await;
        let nothing = fatima.get("/messages/00000000-0000-4000-8000-000000000000").await;
        let no_id = fatima.get("/messages/x").await;
        assert_eq!([foreign.status, nothing.status, no_id.status], [404; 3]);
        let main = |page: &str| text(page.split_once("<main").unwrap().1);
        assert_eq!(main(&foreign.text), main(&nothing.text));
        assert!(jan.read("/").await.contains("1 nieuw bericht"));
        let visitor = kit.visitor().get(&path).await;
        assert_eq!(visitor.status, 303);
        assert!(visitor.header("location").starts_with("/login?to="));
    }
}

#[tokio::test]
async fn every_look_leaves_its_line_in_the_audit_trail() {
    for kit in Kit::on_both().await {
        write(&kit, JAN, "Uw uitslag").await;
        let browser = kit.browser(JAN).await;
        let path = only_message(&browser).await;
        browser.read(&path).await;
        browser.read(&path).await;
        assert_eq!(kit.audited("message view").await, ["read", "read"]);
        assert_eq!(kit.audited("message list").await, ["read"]);
    }
}

#[tokio::test]
async fn the_newest_is_first_and_older_ones_are_a_page_further() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        for number in 1..=21 {
            let mut body = message(JAN, "Hallo");
            body["topic"]["text"] = format!("Bericht nummer {number}.").into();
            assert_eq!(xis.post(if number % 2 == 0 { ONE } else { TWO }, &body).await.status, 201);
            kit.clock.turn(std::time::Duration::from_secs(1));
        }
        let browser = kit.browser(JAN).await;
        let first = browser.read("/messages").await;
        assert!(first.contains("Bericht nummer 21.") && !first.contains("Bericht nummer 1."), "{first}");
        let newest = first.find("nummer 21.").unwrap();
        assert!(newest < first.find("nummer 2.").unwrap());
        assert!(first.contains("href=\"/messages?page=2\"") && !first.contains("Nieuwere"));
        let second = browser.read("/messages?page=2").await;
        assert!(second.contains("Bericht nummer 1.") && !second.contains("Bericht nummer 2."), "{second}");
        assert!(second.contains("href=\"/messages?page=1\"") && !second.contains("Oudere"));
        for odd in ["0", "-1", "x", "99999999999"] {
            assert_eq!(browser.get(&format!("/messages?page={odd}")).await.status, 200, "{odd}");
        }
    }
}

#[tokio::test]
async fn the_pages_speak_english_too() {
    for kit in Kit::on_both().await {
        let file = attachment("a.pdf", "application/pdf", &pdf(1_450_000));
        assert_eq!(kit.post(ONE, &with_files(JAN, &[file])).await.status, 201);
        let browser = kit.browser(JAN).await;
        browser.post("/language", &[("language", "en"), ("to", "/")]).await;
        let list = text(&browser.read("/messages").await);
        assert!(list.contains("Your messages") && list.contains("Monday 4 May 2026"), "{list}");
        let page = text(&browser.read(&only_message(&browser).await).await);
        for expected in ["Back to your messages", "Attachments", "PDF, 1.5 MB", "You cannot reply here."] {
            assert!(page.contains(expected), "{expected}: {page}");
        }
    }
}
