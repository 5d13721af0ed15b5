//! What an open page hears without a reload.

use std::time::Duration;

use futures::StreamExt as _;
use http_body_util::BodyExt as _;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use crate::common::{APPROVING, Bench, JAN, PLAIN, benches};

/// An open page's stream of events.
struct Events(axum::body::BodyDataStream);

impl Events {
    async fn open(bench: &Bench, practice: &str) -> Self {
        let request = http::Request::get(format!("/live/{practice}"))
            .header("cookie", bench.cookie())
            .body(axum::body::Body::empty())
            .unwrap();
        let answer = bench.xis.router().oneshot(request).await.unwrap();
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self(axum::body::Body::new(answer.into_body().boxed_unsync()).into_data_stream())
    }

    /// Reads until an event of this kind, and gives its data; none when the stream ends.
    async fn next(&mut self, kind: &str) -> Option<String> {
        let wait = async {
            while let Some(Ok(bytes)) = self.0.next().await {
                let text = String::from_utf8(bytes.to_vec()).unwrap();
                if let Some((_, data)) =
                    text.split_once("data: ").filter(|_| text.contains(&format!("event: {kind}")))
                {
                    return Some(data.trim().to_owned());
                }
            }
            None
        };
        tokio::time::timeout(Duration::from_secs(20), wait).await.expect("an event in time")
    }
}

#[tokio::test]
async fn a_new_booking_is_announced_on_the_open_page_of_its_practice() {
    for bench in benches().await {
        let (mut plain, mut approving) =
            (Events::open(&bench, PLAIN).await, Events::open(&bench, APPROVING).await);
        let slot = &bench.free_slots(PLAIN, "consult").await[0];
        bench.book(PLAIN, JAN, slot).send().await.expect(201);
        plain.next("changed").await.unwrap();
        let notice: serde_json::Value = serde_json::from_str(&plain.next("booked").await.unwrap()).unwrap();
        assert_eq!(notice["text"], "Nieuwe afspraak: Jan Jansen, ma 11 mei, 08:00");
        assert!(notice["href"].as_str().unwrap().starts_with("/01000001/appointments/"));

        bench.requested(JAN).await;
        let notice = approving.next("booked").await.unwrap();
        assert!(notice.contains("Nieuwe aanvraag: Jan Jansen"), "{notice}");
    }
}

#[tokio::test]
async fn an_open_page_does_not_keep_the_program_from_stopping() {
    for bench in benches().await {
        let mut events = Events::open(&bench, PLAIN).await;
        let stop = CancellationToken::new();
        let running = tokio::spawn({
            let (xis, stop) = (bench.xis.clone(), stop.clone());
            async move { xis.run(stop).await }
        });
        stop.cancel();
        running.await.unwrap();
        assert_eq!(events.next("never").await, None);
    }
}
