use std::time::Duration;

use outbox::{Standing::Dead, Verdict};

use crate::{
    common::{Queue, message, on_both, settings},
    couriers::{Clerk, busy},
};

/// How long the message waits from now.
async fn pause(queue: &Queue) -> Duration {
    let due_at = queue.entry("a/lane/1").await.due_at;
    due_at.duration_since(queue.now()).try_into().unwrap()
}

#[tokio::test]
async fn pauses_grow_until_the_message_is_given_up_in_words() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1"]).await;
        let runner = queue.runner(settings(), &Clerk::new(|_| busy(None)));
        for longest in [2_000, 4_000, 8_000, 16_000] {
            assert_eq!(runner.drain().await.unwrap(), 1);
            let pause = pause(queue).await;
            let range = Duration::from_millis(longest * 3 / 4)..=Duration::from_millis(longest);
            assert!(range.contains(&pause), "{pause:?} is not within {range:?}");
            queue.turn(longest / 1000);
        }
        assert_eq!(runner.drain().await.unwrap(), 1);
        let entry = queue.entry("a/lane/1").await;
        assert_eq!((entry.standing, entry.attempts), (Dead, 5));
        assert_eq!(entry.problem.as_deref(), Some("given up after 5 attempts: busy"));
        queue.turn(24 * 3600);
        assert_eq!(runner.drain().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn retry_after_is_honoured() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1"]).await;
        let runner = queue.runner(settings(), &Clerk::new(|_| busy(Some(600))));
        assert_eq!(runner.drain().await.unwrap(), 1);
        assert_eq!(pause(queue).await, Duration::from_secs(600));
        queue.turn(599);
        assert_eq!(runner.drain().await.unwrap(), 0);
        queue.turn(1);
        assert_eq!(runner.drain().await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn retry_after_for_ever_is_no_longer_than_the_longest_pause() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1"]).await;
        let runner = queue.runner(settings(), &Clerk::new(|_| busy(Some(u64::MAX))));
        assert_eq!(runner.drain().await.unwrap(), 1);
        assert_eq!(pause(queue).await, settings().pauses.longest);
    })
    .await;
}

#[tokio::test]
async fn a_topic_that_nobody_delivers_here_is_left_to_a_newer_release_and_shows_as_overdue() {
    on_both(async |queue| {
        let now = queue.now();
        let strange = outbox::Message { topic: "strange", ..message("a/lane/1", now) };
        queue.tx(async |tx| outbox::enqueue(tx, strange.clone(), now).await).await;
        let runner = queue.runner(settings(), &Clerk::content());
        assert_eq!(runner.drain().await.unwrap(), 0);
        let overdue = async || queue.tx(async |tx| outbox::stuck(tx, 1, queue.now()).await).await.len();
        assert_eq!(overdue().await, 0);
        queue.turn(1);
        assert_eq!(overdue().await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_message_keeps_its_id_and_its_time_on_every_attempt() {
    on_both(async |queue| {
        let written_at = queue.now();
        queue.enqueue(&["a/lane/1"]).await;
        let clerk = Clerk::new(move |parcel| {
            let facts = (parcel.tenant.as_str(), parcel.lane.as_str(), parcel.payload.as_str());
            assert_eq!((parcel.id.as_str(), facts), ("a/lane/1", ("a", "lane", "{}")));
            assert_eq!(parcel.created_at, written_at);
            if parcel.attempt < 3 { busy(None) } else { Verdict::Done }
        });
        let runner = queue.runner(settings(), &clerk);
        for pause in [2, 4, 0] {
            assert_eq!(runner.drain().await.unwrap(), 1);
            queue.turn(pause);
        }
        let entry = queue.entry("a/lane/1").await;
        assert_eq!((entry.standing, entry.attempts), (outbox::Standing::Done, 3));
        assert_eq!(entry.problem, None, "what is done has no problem");
    })
    .await;
}
