//! Files that are looked at in the portal, which the browser may show and nothing else.

use agenda::Bsn;
use store::{Attachment, MessageId, NewMessage, Recipient, Words};
use testkit::{
    Browser, FATIMA, JAN, Kit, attachment,
    files::{docx, jpeg, pdf, png},
};

use world::Clock as _;

use super::{ONE, only_message, with_files};
use crate::portal::page::text;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const CLOSED: &str = "default-src 'none'; sandbox";
const CLOSED_PDF: &str =
    "default-src 'none'; object-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A message with these files, at its path, for Jan who reads it.
async fn read_by_jan(kit: &Kit, files: &[(&str, &str, &[u8])]) -> (Browser, String) {
    let files: Vec<_> =
        files.iter().map(|(title, media_type, content)| attachment(title, media_type, content)).collect();
    assert_eq!(kit.post(ONE, &with_files(JAN, &files)).await.status, 201);
    let browser = kit.browser(JAN).await;
    let path = only_message(&browser).await;
    (browser, path)
}

/// ASVS: 3.2.1
#[tokio::test]
async fn a_picture_and_a_pdf_are_shown_as_what_they_are_and_can_do_nothing_here() {
    let files: [(&str, &str, &[u8]); 3] = [
        ("Voet één.png", "image/png", &png()),
        ("voet.jpg", "IMAGE/JPEG; q=1", &jpeg()),
        ("uitslag.pdf", "application/pdf", &pdf(0)),
    ];
    let names = ["Voet%20%C3%A9%C3%A9n.png", "voet.jpg", "uitslag.pdf"];
    let shown = [("image/png", CLOSED), ("image/jpeg", CLOSED), ("application/pdf", CLOSED_PDF)];
    for kit in Kit::on_both().await {
        let (browser, path) = read_by_jan(&kit, &files).await;
        for (number, (name, (media_type, policy))) in names.into_iter().zip(shown).enumerate() {
            let answer = browser.get(&format!("{path}/attachments/{}?view", number + 1)).await;
            assert_eq!(answer.status, 200, "{name}");
            for (header, value) in [
                ("content-type", media_type),
                ("content-security-policy", policy),
                ("x-content-type-options", "nosniff"),
                ("cache-control", "private, no-store"),
                ("cross-origin-resource-policy", "same-origin"),
                ("referrer-policy", "no-referrer"),
            ] {
                assert_eq!(answer.header(header), value, "{name}: {header}");
            }
            let disposition = answer.header("content-disposition");
            assert!(disposition.starts_with("inline; filename=\""), "{disposition}");
            assert!(disposition.ends_with(&format!("filename*=UTF-8''{name}")), "{disposition}");
        }
        assert_eq!(kit.audited("attachment").await, ["viewed"; 3]);
    }
}

#[tokio::test]
async fn the_page_shows_a_picture_opens_a_pdf_and_lets_each_file_be_kept() {
    let huge = [png(), vec![0; 500_000]].concat();
    let files: [(&str, &str, &[u8]); 4] = [
        ("voet.png", "image/png", &png()),
        ("scan.png", "image/png", &huge),
        ("uitslag.pdf", "application/pdf", &pdf(0)),
        ("brief.docx", WORD, &docx()),
    ];
    for kit in Kit::on_both().await {
        let (browser, path) = read_by_jan(&kit, &files).await;
        let page = browser.read(&path).await;
        let link = |number: u32| format!("href=\"{path}/attachments/{number}");
        for number in 1..=4 {
            assert!(page.contains(&format!("{}\" download>", link(number))), "{number}: {page}");
            assert_eq!(page.contains(&format!("{}?view\"", link(number))), number < 4, "{number}: {page}");
        }
        let pictures: Vec<&str> = page.split("<img ").skip(1).filter(|rest| rest.contains("?view")).collect();
        assert_eq!(pictures.len(), 1, "what is large costs nobody anything unasked: {page}");
        let said = format!("src=\"{path}/attachments/1?view\" alt=\"Groot bekijken: voet.png\"");
        assert!(pictures[0].starts_with(&said), "{page}");
        assert!(text(&page).contains("Openen uitslag.pdf"), "{page}");
        assert!(!text(&page).contains("Openen brief.docx"), "{page}");
        // A page that is only read has shown no file yet: the browser asks for each.
        assert!(kit.audited("attachment").await.is_empty());
    }
}

#[tokio::test]
async fn what_no_browser_shows_by_itself_is_kept_even_where_it_was_to_be_looked_at() {
    for kit in Kit::on_both().await {
        let (browser, path) = read_by_jan(&kit, &[("brief.docx", WORD, &docx())]).await;
        let answer = browser.get(&format!("{path}/attachments/1?view")).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, WORD));
        assert!(answer.header("content-disposition").starts_with("attachment; "));
        assert_eq!(answer.header("content-security-policy"), CLOSED);
        assert_eq!(kit.audited("attachment").await, ["downloaded"]);
    }
}

/// What came in was checked, so nothing but what is in our tables can be like this.
///
/// ASVS: 3.2.1
#[tokio::test]
async fn a_page_that_is_called_a_picture_is_never_shown_and_a_pdf_that_is_called_one_is_a_pdf() {
    let page = b"<!doctype html><script>alert(document.domain)</script>".to_vec();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec();
    let called =
        |content| Attachment { name: "voet.png".to_owned(), media_type: "image/png".to_owned(), content };
    let attachments = [called(page), called(svg), called([b" ".to_vec(), png()].concat()), called(pdf(0))];
    for kit in Kit::on_both().await {
        let browser = kit.browser(JAN).await;
        let (store, attachments, now) = (&kit.store, &attachments, kit.clock.now());
        let words = &Words { topic: "Uw voet".to_owned(), text: "Kijk maar.".to_owned() };
        let written = store.tx("what no practice can send", |mut tx| async move {
            let account = store.account_of(&mut tx, &Bsn::parse(JAN.bsn).unwrap()).await?.unwrap();
            let new = NewMessage {
                id: MessageId::new(uuid::Uuid::from_u128(1)),
                practice: &ONE.parse().unwrap(),
                recipient: Recipient::Account(account.id),
                words,
                attachments,
            };
            store.add_message(&mut tx, &new, now).await
        });
        written.await.unwrap();
        let path = only_message(&browser).await;
        for number in 1..=3 {
            let answer = browser.get(&format!("{path}/attachments/{number}?view")).await;
            assert!(answer.header("content-disposition").starts_with("attachment; "), "{number}");
            assert_eq!(answer.header("content-security-policy"), CLOSED, "{number}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{number}");
        }
        let really = browser.get(&format!("{path}/attachments/4?view")).await;
        assert_eq!(really.header("content-type"), "application/pdf");
        assert_eq!(really.header("content-security-policy"), CLOSED_PDF);
        assert_eq!(kit.audited("attachment").await, ["downloaded", "downloaded", "downloaded", "viewed"]);
    }
}

/// ASVS: 8.2.2
#[tokio::test]
async fn nobody_looks_at_anothers_file() {
    for kit in Kit::on_both().await {
        let (jan, path) = read_by_jan(&kit, &[("voet.png", "image/png", &png())]).await;
        let fatima = kit.browser(FATIMA).await;
        let foreign = fatima.get(&format!("{path}/attachments/1?view")).await;
        let missing = jan.get(&format!("{path}/attachments/2?view")).await;
        assert_eq!((foreign.status, missing.status), (404, 404));
        let visitor = kit.visitor().get(&format!("{path}/attachments/1?view")).await;
        assert!(visitor.header("location").starts_with("/login"), "{}", visitor.text);
        assert!(kit.audited("attachment").await.is_empty());
    }
}

#[tokio::test]
async fn what_a_browser_fetches_ahead_nobody_looked_at() {
    for kit in Kit::on_both().await {
        let (jan, path) = read_by_jan(&kit, &[("voet.png", "image/png", &png())]).await;
        let ahead =
            kit.http.get(format!("{}{path}/attachments/1?view", kit.base)).header("cookie", jan.cookie());
        assert_eq!(testkit::Answer::to(ahead.header("sec-purpose", "prefetch")).await.status, 200);
        assert_eq!(kit.audited("attachment").await, ["fetched"]);
    }
}
