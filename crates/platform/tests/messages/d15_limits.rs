//! How much a message may be, and how many at once (D15).

use std::io;

use bytes::Bytes;
use futures::{StreamExt as _, future::select_all, stream};
use reqwest::{Body, Method};
use serde_json::json;
use testkit::{Answer, JAN, Kit, attachment, files::pdf, invitation, message};

use super::{ONE, TWO, only_message, with_files};

#[tokio::test]
async fn d15_a_message_may_have_20_mib_and_no_more() {
    for kit in Kit::on_both().await {
        let mut large = with_files(JAN, &[attachment("a.pdf", "application/pdf", &pdf(1_000_000))]);
        large["text"] = json!("x".repeat(18 * 1024 * 1024));
        assert_eq!(kit.post(ONE, &large).await.status, 201);
        let browser = kit.browser(JAN).await;
        let page = browser.read(&only_message(&browser).await).await;
        assert!(page.contains("1 MB"), "{page}");
        large["text"] = json!("x".repeat(20 * 1024 * 1024));
        let refused = kit.post(ONE, &large).await;
        assert_eq!(refused.refusal(), (413, "TOO_LARGE".to_owned()));
        assert!(refused.text.contains("20480 KiB"), "{}", refused.text);
    }
}

#[tokio::test]
async fn d15_an_invitation_may_have_256_kib() {
    for kit in Kit::on_both().await {
        let mut body = invitation(testkit::NOBODY);
        body["text"] = json!("x".repeat(256 * 1024));
        let refused = kit.post(ONE, &body).await;
        assert_eq!(refused.refusal(), (413, "TOO_LARGE".to_owned()));
        assert!(refused.text.contains("256 KiB"), "{}", refused.text);
    }
}

#[tokio::test]
async fn d9_a_message_is_json() {
    for kit in Kit::on_both().await {
        let bare = kit.caller().await.bare(Method::POST, "/Communication");
        let bare = bare.header("x-organization-identifier", ONE).body(message(JAN, "y").to_string());
        assert_eq!(Answer::to(bare).await.refusal(), (415, "MEDIA_TYPE".to_owned()));
    }
}

#[tokio::test]
async fn d15_a_practice_that_sends_too_many_at_once_is_told_to_wait_and_the_others_are_not() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        // Three that begin and never end: the one that comes last is refused.
        let begun = || stream::iter([Ok::<_, io::Error>(Bytes::from_static(b"{"))]);
        let endless = || Body::wrap_stream(begun().chain(stream::pending()));
        let send = || tokio::spawn(Answer::to(xis.call(Method::POST, ONE, "/Communication").body(endless())));
        let (refused, _, waiting) = select_all([send(), send(), send()]).await;
        let refused = refused.unwrap();
        assert_eq!(refused.refusal(), (429, "BUSY".to_owned()));
        assert_eq!(
            (refused.header("retry-after"), refused.issue()["code"].as_str()),
            ("5", Some("throttled"))
        );
        assert_eq!(xis.post(TWO, &message(JAN, "Hallo")).await.status, 201);
        assert_eq!(xis.post(ONE, &message(JAN, "Hallo")).await.status, 429);
        waiting.iter().for_each(tokio::task::JoinHandle::abort);
        // The places are free once the platform has seen that nobody sends any more.
        while xis.post(ONE, &message(JAN, "Hallo")).await.status != 201 {}
    }
}
