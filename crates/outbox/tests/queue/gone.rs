//! Whose process is gone, or told to stop.

use std::time::Duration;

use outbox::{
    Settings,
    Standing::{Done, Waiting},
    Verdict,
};
use tokio_util::sync::CancellationToken;

use crate::{
    common::{Queue, message, on_both, settings},
    couriers::{Clerk, Hatch},
};

/// A process that brings a parcel and is gone before it has an answer. What it had under way is as it left it.
async fn lost(queue: &Queue) {
    let process = queue.another_process().await;
    process.appear("first").await;
    let hatch = Hatch::open();
    let running = tokio::spawn(process.runner(settings(), &hatch).run(CancellationToken::new()));
    let handed = hatch.next().await;
    running.abort();
    running.await.unwrap_err();
    assert!(handed.was_dropped());
    let id = process.db.own_id().unwrap();
    process.db.close().await;
    queue.until_gone(id).await;
}

#[tokio::test]
async fn who_starts_delivers_at_once_what_a_process_that_is_gone_had_under_way() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1", "a/lane/2"]).await;
        lost(queue).await;
        queue.appear("second").await;
        let hatch = Hatch::open();
        let stop = CancellationToken::new();
        let running = tokio::spawn(queue.runner(settings(), &hatch).run(stop.clone()));
        for (id, attempt) in [("a/lane/1", 2), ("a/lane/2", 1)] {
            let handed = hatch.next().await;
            assert_eq!((handed.parcel.id.as_str(), handed.parcel.attempt), (id, attempt));
            handed.answer(Verdict::Done);
        }
        stop.cancel();
        running.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_replica_that_runs_takes_over_within_seconds() {
    on_both(async |queue| {
        if queue.is_sqlite() {
            return; // One process works on a file.
        }
        queue.appear("second").await;
        queue.enqueue(&["a/lane/1"]).await;
        let (hatch, stop) = (Hatch::open(), CancellationToken::new());
        let settings = Settings { at_once: 1, ..settings() };
        let running = tokio::spawn(queue.runner(settings, &hatch).run(stop.clone()));
        let first = hatch.next().await;
        queue.enqueue(&["a/other/1"]).await;
        lost(queue).await;
        // The runner's next look, its next call of the roll and the attempt's limit.
        queue.until_asleep(3).await;
        queue.turn(settings.roll_call.as_secs());
        first.answer(Verdict::Done);
        let taken_over = hatch.next().await;
        assert_eq!((taken_over.parcel.id.as_str(), taken_over.parcel.attempt), ("a/other/1", 2));
        stop.cancel();
        taken_over.answer(Verdict::Done);
        running.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_ends_process_after_process_waits_longer_each_time() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1"]).await;
        lost(queue).await;
        lost(queue).await;
        queue.appear("second").await;
        let clerk = Clerk::content();
        let runner = queue.runner(settings(), &clerk);
        assert_eq!(runner.drain().await.unwrap(), 0);
        queue.turn(2);
        assert_eq!(runner.drain().await.unwrap(), 1);
        assert_eq!(queue.entry("a/lane/1").await.attempts, 3);
    })
    .await;
}

#[tokio::test]
async fn what_does_not_end_when_the_runner_stops_is_given_back_and_can_be_delivered_at_once() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1", "a/lane/2", "a/other/1"]).await;
        let hatch = Hatch::open();
        let stop = CancellationToken::new();
        let running = tokio::spawn(queue.runner(settings(), &hatch).run(stop.clone()));
        let (ends, hangs) = (hatch.next().await, hatch.next().await);
        stop.cancel();
        let ended = ends.parcel.id.clone();
        ends.answer(Verdict::Done);
        queue.until_done(&ended).await;
        // The runner, until its last orders are over, and the attempt, until its limit.
        queue.until_asleep(2).await;
        queue.turn(settings().last_orders.as_secs());
        running.await.unwrap();
        assert!(hangs.was_dropped());
        let entry = queue.entry(&hangs.parcel.id).await;
        assert_eq!((entry.standing, entry.problem, entry.due_at <= queue.now()), (Waiting, None, true));
        assert_eq!(queue.runner(settings(), &Clerk::content()).drain().await.unwrap(), 2);
        assert_eq!(queue.entry(&hangs.parcel.id).await.standing, Done);
    })
    .await;
}

#[tokio::test]
async fn what_somebody_does_by_himself_is_kept_to_him_while_he_is_there() {
    on_both(async |queue| {
        let keeper = queue.another_process().await;
        keeper.appear("first").await;
        let (now, owner) = (queue.now(), keeper.db.own_id());
        let until = now + Duration::from_secs(30);
        for id in ["a/lane/1", "a/other/1"] {
            queue
                .tx(async |tx| {
                    outbox::enqueue(tx, message(id, now), now).await?;
                    outbox::keep(tx, id, owner.clone(), until).await
                })
                .await;
        }
        let clerk = Clerk::content();
        let runner = queue.runner(Settings { lease: Duration::from_secs(5), ..settings() }, &clerk);
        queue.turn(29);
        assert_eq!(runner.drain().await.unwrap(), 0);
        let id = keeper.db.own_id().unwrap();
        keeper.db.close().await;
        queue.until_gone(id).await;
        queue.appear("second").await;
        assert_eq!(runner.drain().await.unwrap(), 2);
        assert_eq!(queue.entry("a/lane/1").await.attempts, 1, "nobody had tried it");
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_too_long_is_delivered_by_others() {
    on_both(async |queue| {
        let (now, owner) = (queue.now(), Some("first".to_owned()));
        let until = now + Duration::from_secs(30);
        queue
            .tx(async |tx| {
                outbox::enqueue(tx, message("a/lane/1", now), now).await?;
                outbox::keep(tx, "a/lane/1", owner.clone(), until).await
            })
            .await;
        let clerk = Clerk::content();
        let runner = queue.runner(settings(), &clerk);
        queue.turn(30);
        assert_eq!(runner.drain().await.unwrap(), 1);
    })
    .await;
}
