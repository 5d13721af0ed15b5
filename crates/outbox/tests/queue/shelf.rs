//! What was given up, put back, or is done.

use outbox::{
    Standing::{Dead, Done},
    Verdict, retry, stuck, sweep,
};

use crate::{
    common::{message, on_both, settings},
    couriers::{Clerk, busy, never},
};

#[tokio::test]
async fn retry_gives_what_was_given_up_a_new_first_attempt_before_what_stands_behind_it() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1", "a/lane/2"]).await;
        let clerk = Clerk::new(|parcel| match parcel.id.as_str() {
            "a/lane/1" => never(),
            _ => busy(None),
        });
        queue.runner(settings(), &clerk).drain().await.unwrap();
        assert_eq!(queue.entry("a/lane/1").await.standing, Dead);

        queue.turn(1);
        let put_back = queue.tx(async |tx| retry(tx, "a/lane/1", queue.now()).await).await;
        assert!(put_back);
        queue.turn(1);
        let content = Clerk::new(|parcel| {
            assert_eq!(parcel.attempt, if parcel.id == "a/lane/1" { 1 } else { 2 });
            Verdict::Done
        });
        queue.runner(settings(), &content).drain().await.unwrap();
        assert_eq!(content.seen(), ["a/lane/1", "a/lane/2"]);
        assert_eq!(queue.entry("a/lane/1").await.standing, Done);
    })
    .await;
}

#[tokio::test]
async fn retry_finds_nothing_in_what_is_done_or_unknown() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1"]).await;
        queue.runner(settings(), &Clerk::content()).drain().await.unwrap();
        for id in ["a/lane/1", "a/lane/none"] {
            assert!(!queue.tx(async |tx| retry(tx, id, queue.now()).await).await);
        }
        assert_eq!(queue.entry("a/lane/1").await.standing, Done);
    })
    .await;
}

#[tokio::test]
async fn retry_shortens_a_pause() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1"]).await;
        let runner = queue.runner(settings(), &Clerk::new(|_| busy(Some(3600))));
        runner.drain().await.unwrap();
        assert!(queue.tx(async |tx| retry(tx, "a/lane/1", queue.now()).await).await);
        assert_eq!(runner.drain().await.unwrap(), 1);
        assert_eq!(queue.entry("a/lane/1").await.attempts, 1);
    })
    .await;
}

#[tokio::test]
async fn stuck_shows_what_was_given_up_and_what_was_tried_often_oldest_first() {
    on_both(async |queue| {
        for id in ["a/dead/1", "b/tried/1", "c/done/1", "d/fresh/1"] {
            queue.enqueue(&[id]).await;
            queue.turn(1);
        }
        let clerk = Clerk::new(|parcel| match parcel.lane.as_str() {
            "dead" => never(),
            "done" => Verdict::Done,
            "tried" => busy(None),
            _ => busy(Some(3600)),
        });
        let runner = queue.runner(settings(), &clerk);
        for pause in [2, 4, 0] {
            runner.drain().await.unwrap();
            queue.turn(pause);
        }
        let ids = async |attempts| {
            let entries = queue.tx(async |tx| stuck(tx, attempts, queue.now()).await).await;
            entries.into_iter().map(|entry| entry.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(3).await, ["a/dead/1", "b/tried/1"]);
        assert_eq!(ids(4).await, ["a/dead/1"]);
    })
    .await;
}

#[tokio::test]
async fn sweep_removes_what_was_done_long_ago_a_thousand_at_a_time_and_nothing_else() {
    on_both(async |queue| {
        let now = queue.now();
        let many: Vec<_> = (0..1001).map(|number| format!("a/lane{}/{number}", number % 7)).collect();
        queue
            .tx(async |tx| {
                for id in &many {
                    outbox::enqueue(tx, message(id, now), now).await?;
                }
                db::sql("update outbox set standing = 'done', ended_at = $1").bind(now).execute(tx).await
            })
            .await;
        queue.enqueue(&["a/dead/1", "a/waiting/1"]).await;
        let clerk = Clerk::new(|parcel| if parcel.lane == "dead" { never() } else { busy(Some(3600)) });
        queue.runner(settings(), &clerk).drain().await.unwrap();
        queue.turn(60);
        queue.enqueue(&["a/fresh/1"]).await;
        queue.runner(settings(), &Clerk::content()).drain().await.unwrap();

        let mut removed = Vec::new();
        for _ in 0..3 {
            removed.push(queue.tx(async |tx| sweep(tx, queue.now()).await).await);
        }
        assert_eq!(removed, [1000, 1, 0]);
        assert_eq!(queue.rows().await, 3);
        queue.enqueue(&["a/lane0/again"]).await;
        assert_eq!(queue.runner(settings(), &Clerk::content()).drain().await.unwrap(), 1);
    })
    .await;
}
