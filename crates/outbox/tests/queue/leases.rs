use outbox::{
    Standing::{Dead, Done, Waiting},
    Verdict,
};
use tokio_util::sync::CancellationToken;

use crate::{
    common::{on_both, settings},
    couriers::{Clerk, Hatch, busy, never},
};

#[tokio::test]
async fn a_lease_keeps_others_away_until_it_runs_out() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1"]).await;
        let hatch = Hatch::open();
        let crashing = tokio::spawn(queue.runner(settings(), &hatch).run(CancellationToken::new()));
        let lost = hatch.next().await;
        crashing.abort();
        crashing.await.unwrap_err();
        assert!(lost.was_dropped(), "a courier whose runner is gone goes no further");

        let clerk = Clerk::content();
        let other = queue.runner(settings(), &clerk);
        queue.turn(59);
        assert_eq!(other.drain().await.unwrap(), 0);
        queue.turn(1);
        assert_eq!(other.drain().await.unwrap(), 1);
        let entry = queue.entry("a/lane/1").await;
        assert_eq!((entry.standing, entry.attempts), (Done, 2));
    })
    .await;
}

#[tokio::test]
async fn a_late_owner_changes_nothing() {
    for late in [Verdict::Done, busy(None), never()] {
        on_both(async |queue| {
            queue.enqueue(&["a/lane/1"]).await;
            let hatch = Hatch::open();
            let first = queue.runner(settings(), &hatch);
            let first = tokio::spawn(async move { first.drain().await });
            let held = hatch.next().await;

            // To another machine, whose clock is ahead, the lease has run out.
            let ahead = queue.with_a_clock_ahead(60);
            let other_hatch = Hatch::open();
            let second = ahead.runner(settings(), &other_hatch);
            let second = tokio::spawn(async move { second.drain().await });
            let again = other_hatch.next().await;
            assert_eq!((again.parcel.id.as_str(), again.parcel.attempt), ("a/lane/1", 2));

            held.answer(late.clone());
            assert_eq!(first.await.unwrap().unwrap(), 1, "the lane is the other's now");
            let entry = queue.entry("a/lane/1").await;
            assert_eq!((entry.standing, entry.attempts, entry.problem), (Waiting, 2, None));

            again.answer(Verdict::Done);
            assert_eq!(second.await.unwrap().unwrap(), 1);
            assert_eq!(queue.entry("a/lane/1").await.standing, Done);
        })
        .await;
    }
}

#[tokio::test]
async fn an_attempt_is_cut_off_before_its_lease_ends() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1"]).await;
        let hatch = Hatch::open();
        let runner = queue.runner(settings(), &hatch);
        let drained = tokio::spawn(async move { runner.drain().await });
        let slow = hatch.next().await;
        queue.turn(54);
        assert_eq!(drained.await.unwrap().unwrap(), 1);
        assert!(slow.was_dropped());
        let entry = queue.entry("a/lane/1").await;
        assert_eq!((entry.standing, entry.problem.as_deref()), (Waiting, Some("no end after 54 s")));
        assert!(entry.due_at > queue.now());
    })
    .await;
}

#[tokio::test]
async fn what_ends_every_runner_is_given_up_after_the_attempts() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1"]).await;
        let hatch = Hatch::open();
        for attempt in 1..=5 {
            let crashing = tokio::spawn(queue.runner(settings(), &hatch).run(CancellationToken::new()));
            assert_eq!(hatch.next().await.parcel.attempt, attempt);
            crashing.abort();
            crashing.await.unwrap_err();
            queue.turn(60);
        }
        queue.runner(settings(), &hatch).drain().await.unwrap();
        let entry = queue.entry("a/lane/1").await;
        assert_eq!(entry.standing, Dead);
        assert_eq!(entry.problem.unwrap(), "given up after 5 attempts, the last without an end");
    })
    .await;
}

#[tokio::test]
async fn a_courier_that_panics_is_tried_again_and_ends_no_runner() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1", "a/other/1"]).await;
        let clerk = Clerk::new(|parcel| match (parcel.lane.as_str(), parcel.attempt) {
            ("lane", 1) => panic!("made up"),
            _ => Verdict::Done,
        });
        let runner = queue.runner(settings(), &clerk);
        assert_eq!(runner.drain().await.unwrap(), 2);
        let entry = queue.entry("a/lane/1").await;
        assert_eq!((entry.standing, entry.problem.as_deref()), (Waiting, Some("the courier panicked")));
        queue.turn(2);
        assert_eq!(runner.drain().await.unwrap(), 1);
    })
    .await;
}
