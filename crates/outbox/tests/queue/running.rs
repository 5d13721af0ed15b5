use std::time::Duration;

use outbox::{
    Settings,
    Standing::{Done, Waiting},
    Verdict,
};
use tokio_util::sync::CancellationToken;

use crate::{
    common::{on_both, settings},
    couriers::{Clerk, Hatch, busy},
};

#[tokio::test]
async fn a_commit_wakes_the_runner_at_once() {
    on_both(async |queue| {
        let hatch = Hatch::open();
        let stop = CancellationToken::new();
        // Its poll is a day away and the clock stands still: only the signal can wake it.
        let running = tokio::spawn(queue.runner(settings(), &hatch).run(stop.clone()));
        for id in ["a/lane/1", "a/lane/2", "a/other/1"] {
            queue.enqueue(&[id]).await;
            let handed = hatch.next().await;
            assert_eq!(handed.parcel.id, id);
            handed.answer(Verdict::Done);
        }
        stop.cancel();
        running.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_next_of_a_lane_goes_as_soon_as_the_one_before_it_is_done() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1", "a/lane/2", "a/lane/3"]).await;
        let hatch = Hatch::open();
        let stop = CancellationToken::new();
        let running = tokio::spawn(queue.runner(settings(), &hatch).run(stop.clone()));
        for id in ["a/lane/1", "a/lane/2", "a/lane/3"] {
            let handed = hatch.next().await;
            assert_eq!(handed.parcel.id, id);
            assert!(hatch.is_empty().await, "one of a lane at a time");
            handed.answer(Verdict::Done);
        }
        stop.cancel();
        running.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_comes_due_without_a_signal_is_found_by_looking() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1"]).await;
        queue.runner(settings(), &Clerk::new(|_| busy(Some(60)))).drain().await.unwrap();
        queue.enqueue(&["a/other/1"]).await;
        let hatch = Hatch::open();
        let stop = CancellationToken::new();
        let settings =
            Settings { poll: Duration::from_secs(30), lease: Duration::from_secs(600), ..settings() };
        let running = tokio::spawn(queue.runner(settings, &hatch).run(stop.clone()));
        let other = hatch.next().await;
        // The runner, until its next look and its next call of the roll, and the attempt, until its limit.
        queue.until_asleep(3).await;
        queue.turn(60);
        let again = hatch.next().await;
        assert_eq!((again.parcel.id.as_str(), again.parcel.attempt), ("a/lane/1", 2));
        stop.cancel();
        again.answer(Verdict::Done);
        other.answer(Verdict::Done);
        running.await.unwrap();
        assert_eq!(queue.entry("a/lane/1").await.standing, Done);
    })
    .await;
}

#[tokio::test]
async fn stopping_finishes_what_is_under_way_and_starts_nothing_more() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1", "a/lane/2"]).await;
        let hatch = Hatch::open();
        let stop = CancellationToken::new();
        let running = tokio::spawn(queue.runner(settings(), &hatch).run(stop.clone()));
        let first = hatch.next().await;
        stop.cancel();
        queue.enqueue(&["a/other/1"]).await;
        first.answer(Verdict::Done);
        running.await.unwrap();
        assert!(hatch.is_empty().await);
        assert_eq!(queue.entry("a/lane/1").await.standing, Done);
        for id in ["a/lane/2", "a/other/1"] {
            let entry = queue.entry(id).await;
            assert_eq!((entry.standing, entry.attempts), (Waiting, 0), "{id}");
        }
        // Nothing is left claimed: whoever comes next need not wait for a lease.
        assert_eq!(queue.runner(settings(), &Clerk::content()).drain().await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn no_more_are_under_way_at_once_than_there_are_places() {
    on_both(async |queue| {
        let ids: Vec<_> = (0..9).map(|number| format!("a/lane{number}/1")).collect();
        queue.enqueue(&ids.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let hatch = Hatch::open();
        let stop = CancellationToken::new();
        let settings = Settings { at_once: 3, ..settings() };
        let running = tokio::spawn(queue.runner(settings, &hatch).run(stop.clone()));
        let mut under_way = Vec::new();
        for _ in 0..3 {
            under_way.push(hatch.next().await);
        }
        let claimed = async |tx: &mut db::Tx| {
            let text = "select count(*) as claimed from outbox where leased_until is not null";
            db::sql(text).first(tx, |row| row.get::<u32>("claimed")).await
        };
        assert_eq!(queue.tx(claimed).await, Some(3), "what has no place is not claimed");
        stop.cancel();
        for one in under_way {
            one.answer(Verdict::Done);
        }
        running.await.unwrap();
        assert!(hatch.is_empty().await);
    })
    .await;
}
