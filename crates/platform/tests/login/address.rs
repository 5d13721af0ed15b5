//! `/preferences/address`: asked at the first login, proved by a code, changed and told.

use std::time::Duration;

use testkit::{Answer, Browser, FATIMA, JAN, Kit, NOBODY};

use super::log_in;

const ASK: &str = "/preferences/address";
const CODE: &str = "/preferences/address/code";
const NEW: &str = "jan@new.example";

async fn give(browser: &Browser, address: &str) -> Answer {
    browser.post(ASK, &[("address", address)]).await
}

async fn type_in(browser: &Browser, code: &str) -> Answer {
    browser.post(CODE, &[("code", code)]).await
}

/// The code in the last mail to this address.
async fn mailed(kit: &Kit, address: &str) -> String {
    kit.drain().await;
    let mails = kit.mailbox.mails();
    let mail = mails.iter().rev().find(|mail| mail.to == address).expect("a mail with a code");
    assert_eq!(mail.subject, "Uw code voor Balie");
    let (_, after) = mail.text.split_once("Uw code: ").expect("a code");
    let code = after[..6].to_owned();
    assert!(mail.html.contains(&code), "{}", mail.html);
    code
}

fn wrong(code: &str) -> &'static str {
    if code == "000000" { "111111" } else { "000000" }
}

#[tokio::test]
async fn the_first_login_asks_for_an_address_and_a_code_proves_it() {
    for kit in Kit::on_both().await {
        let (answer, browser) = log_in(&kit, NOBODY, "/login?to=%2Fbook").await;
        let asked = answer.header("location").to_owned();
        assert_eq!(asked, "/preferences/address?to=%2Fbook");
        let page = browser.read(&asked).await;
        assert!(page.contains(r#"<a class="button quiet" href="/book">Later</a>"#), "{page}");
        let sent = browser.post(ASK, &[("address", NOBODY.mail), ("to", "/book")]).await;
        assert_eq!(sent.header("location"), "/preferences/address/code?to=%2Fbook");
        assert!(browser.read(CODE).await.contains(NOBODY.mail));
        let code = mailed(&kit, NOBODY.mail).await;
        let spaced = format!(" {} {} ", &code[..3], &code[3..]);
        let proved = browser.post(CODE, &[("code", &spaced), ("to", "/book")]).await;
        assert_eq!((proved.status, proved.header("location")), (303, "/book"));
        assert!(browser.read("/preferences").await.contains(NOBODY.mail));
        assert_eq!(kit.audited("mail address").await, ["code queued", "verified"]);
        // There was no address before: nobody else is told.
        assert_eq!((kit.drain().await, kit.mailbox.mails().len()), (0, 1));
        let (answer, _) = log_in(&kit, NOBODY, "/login?to=%2Fbook").await;
        assert_eq!(answer.header("location"), "/book");
    }
}

#[tokio::test]
async fn who_says_later_is_asked_no_more_and_reads_a_calm_word() {
    for kit in Kit::on_both().await {
        log_in(&kit, NOBODY, "/login").await;
        let (answer, browser) = log_in(&kit, NOBODY, "/login").await;
        assert_eq!(answer.header("location"), "/");
        let overview = browser.read("/").await;
        assert!(overview.contains("Wij hebben geen mailadres van u") && overview.contains(ASK), "{overview}");
        let with_address = kit.browser(JAN).await.read("/").await;
        assert!(!with_address.contains("geen mailadres"));
    }
}

#[tokio::test]
async fn a_changed_address_counts_once_it_is_proved_and_the_old_one_is_told() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        give(&browser, NEW).await;
        let code = mailed(&kit, NEW).await;
        assert!(browser.read("/preferences").await.contains(JAN.mail));
        type_in(&browser, &code).await;
        let preferences = browser.read("/preferences").await;
        assert!(preferences.contains(NEW) && !preferences.contains(JAN.mail));
        kit.drain().await;
        let mails = kit.mailbox.mails();
        let told = mails.last().unwrap();
        assert_eq!(
            (told.to.as_str(), told.subject.as_str()),
            (JAN.mail, "Uw mailadres bij Balie is gewijzigd")
        );
        assert!(!told.raw.contains(NEW), "where mail goes now is not for whoever reads the old address");
        let rows = kit.rows().await;
        // How many codes were mailed is still counted.
        assert_eq!((rows["former_address"], rows["address_check"]), (0, 1));
        assert_eq!(kit.audited("mail address").await, ["changed", "code queued"]);
    }
}

/// ASVS: 6.5.1, 6.5.5, 6.6.3
#[tokio::test]
async fn a_code_is_good_for_ten_minutes_five_tries_and_once() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        give(&browser, NEW).await;
        let code = mailed(&kit, NEW).await;
        for _ in 0..5 {
            let answer = type_in(&browser, wrong(&code)).await;
            assert!(browser.read(answer.header("location")).await.contains("<h2>"));
        }
        let over = type_in(&browser, &code).await;
        assert!(browser.read(over.header("location")).await.contains("niet meer geldig"));
        kit.clock.turn(Duration::from_secs(60));
        browser.post("/preferences/address/code/again", &[]).await;
        let second = mailed(&kit, NEW).await;
        kit.clock.turn(Duration::from_secs(10 * 60));
        type_in(&browser, &second).await;
        assert!(browser.read(CODE).await.contains("niet meer geldig"));
        browser.post("/preferences/address/code/again", &[]).await;
        let third = mailed(&kit, NEW).await;
        // An earlier code counts no more.
        type_in(&browser, &second).await;
        assert!(!browser.read("/preferences").await.contains(NEW));
        type_in(&browser, &third).await;
        assert!(browser.read("/preferences").await.contains(NEW));
        // Sent twice it does no harm.
        assert_eq!(type_in(&browser, &third).await.header("location"), "/preferences?kept=1");
    }
}

#[tokio::test]
async fn nobodys_mailbox_is_filled_from_here() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        give(&browser, NEW).await;
        let soon = browser.post("/preferences/address/code/again", &[]).await;
        assert!(browser.read(soon.header("location")).await.contains("Wacht een minuut"));
        for number in 0..4 {
            assert_eq!(give(&browser, &format!("somebody-{number}@other.example")).await.status, 303);
        }
        let one_more = give(&browser, "one-more@other.example").await;
        assert!(one_more.status == 422 && one_more.text.contains("te vaak"), "{}", one_more.text);
        kit.drain().await;
        // Of the codes that nobody waits for any more none is mailed.
        assert_eq!(kit.mailbox.mails().len(), 1);
        kit.clock.turn(Duration::from_secs(60 * 60));
        assert_eq!(give(&browser_of(&kit).await, "one-more@other.example").await.status, 303);
    }
}

#[tokio::test]
async fn nobody_has_more_codes_for_naming_or_proving_an_own_address_in_between() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        let (somebody, minute) = ("somebody@other.example", Duration::from_secs(60));
        for _ in 0..3 {
            assert_eq!(give(&browser, somebody).await.status, 303);
            let code = mailed(&kit, somebody).await;
            assert_eq!(give(&browser, JAN.mail).await.header("location"), "/preferences?kept=1");
            // The code counts no more, and there is no page to type it on.
            type_in(&browser, &code).await;
            assert!(browser.get(CODE).await.header("location").starts_with(ASK));
            assert!(browser.read("/preferences").await.contains(JAN.mail));
            let soon = give(&browser, somebody).await;
            assert!(soon.status == 422 && soon.text.contains("Wacht een minuut"), "{}", soon.text);
            kit.clock.turn(minute);
        }
        for own in [NEW, JAN.mail] {
            give(&browser, own).await;
            type_in(&browser, &mailed(&kit, own).await).await;
            assert!(browser.read("/preferences").await.contains(own));
        }
        let one_more = give(&browser, somebody).await;
        assert!(one_more.status == 422 && one_more.text.contains("te vaak"), "{}", one_more.text);
        let codes = kit.mailbox.mails().iter().filter(|mail| mail.to == somebody).count();
        assert_eq!(codes, 3);
    }
}

async fn browser_of(kit: &Kit) -> Browser {
    kit.browser(JAN).await
}

#[tokio::test]
async fn nothing_is_told_of_the_addresses_of_others() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        let of_fatima = give(&browser, FATIMA.mail).await;
        let of_nobody = give(&browser, NOBODY.mail).await;
        let seen =
            |answer: &Answer| (answer.status, answer.header("location").to_owned(), answer.text.clone());
        assert_eq!(seen(&of_fatima), seen(&of_nobody));
        type_in(&browser, &mailed(&kit, NOBODY.mail).await).await;
        assert!(kit.browser(FATIMA).await.read("/preferences").await.contains(FATIMA.mail));
    }
}

#[tokio::test]
async fn what_is_no_address_is_said_and_kept_on_the_page() {
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        for typed in ["jan", "jan@localhost", ""] {
            let answer = give(&browser, typed).await;
            assert_eq!(answer.status, 422);
            assert!(answer.text.contains("Dit is geen mailadres"), "{}", answer.text);
            assert!(answer.text.contains(&format!("value=\"{typed}\"")), "{}", answer.text);
        }
        assert_eq!(give(&browser, JAN.mail).await.header("location"), "/preferences?kept=1");
        assert_eq!(kit.drain().await, 0);
    }
}

#[tokio::test]
async fn a_choice_of_language_loses_nothing_that_was_typed() {
    for kit in Kit::on_both().await {
        let (_, browser) = log_in(&kit, NOBODY, "/login?to=%2Fbook").await;
        let button = |form: &str, code: &str| {
            format!(r#"form="{form}" formnovalidate name="language" value="{code}""#)
        };
        let asked = browser.read("/preferences/address?to=%2Fbook").await;
        assert!(
            asked.contains(&button("address-form", "en")) && asked.contains(r#"<form id="address-form""#),
            "{asked}"
        );
        let half = [("address", "noor@pati"), ("to", "/book"), ("language", "en")];
        let english = browser.post(ASK, &half).await;
        assert_eq!(english.status, 200, "half an address is no mistake yet");
        assert!(english.header("set-cookie").starts_with("balie_language=en; "), "{:?}", english.headers);
        for kept in ["<html lang=\"en\">", r#"value="noor@pati""#, r#"name="to" value="/book""#] {
            assert!(english.text.contains(kept), "{kept}: {}", english.text);
        }
        assert!(kit.audited("mail address").await.is_empty());

        browser.post(ASK, &[("address", NOBODY.mail), ("to", "/book")]).await;
        let asked = browser.read("/preferences/address/code?to=%2Fbook").await;
        assert!(
            asked.contains(&button("code-form", "nl")) && asked.contains(r#"<form id="code-form""#),
            "{asked}"
        );
        for _ in 0..10 {
            let dutch = browser.post(CODE, &[("code", "123"), ("to", "/book"), ("language", "nl")]).await;
            assert_eq!(dutch.status, 200);
            for kept in ["<html lang=\"nl\">", r#"value="123""#, r#"name="to" value="/book""#] {
                assert!(dutch.text.contains(kept), "{kept}: {}", dutch.text);
            }
        }
        // None of them was a guess: the code is good still.
        let code = mailed(&kit, NOBODY.mail).await;
        let proved = browser.post(CODE, &[("code", &code), ("to", "/book")]).await;
        assert_eq!(proved.header("location"), "/book");
    }
}
