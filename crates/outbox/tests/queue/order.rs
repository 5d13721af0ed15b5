use outbox::Standing::{Dead, Done, Waiting};

use crate::{
    common::{message, on_both, settings},
    couriers::{Clerk, Hatch, busy, never},
};

#[tokio::test]
async fn a_lane_is_delivered_in_order_and_one_lane_never_holds_up_another() {
    on_both(async |queue| {
        queue.enqueue(&["a/slow/1", "a/slow/2", "a/quick/1", "a/quick/2"]).await;
        let clerk = Clerk::new(|parcel| {
            if parcel.id == "a/slow/1" && parcel.attempt == 1 { busy(None) } else { outbox::Verdict::Done }
        });
        let runner = queue.runner(settings(), &clerk);
        assert_eq!(runner.drain().await.unwrap(), 3);
        assert_eq!(clerk.seen(), ["a/slow/1", "a/quick/1", "a/quick/2"]);
        assert_eq!(queue.entry("a/slow/2").await.standing, Waiting);
        queue.turn(2);
        assert_eq!(runner.drain().await.unwrap(), 2);
        assert_eq!(clerk.seen(), ["a/slow/1", "a/slow/2"]);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_was_given_up_does_not_hold_up_its_lane() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1", "a/lane/2"]).await;
        let clerk =
            Clerk::new(|parcel| if parcel.id == "a/lane/1" { never() } else { outbox::Verdict::Done });
        assert_eq!(queue.runner(settings(), &clerk).drain().await.unwrap(), 2);
        let lane = queue.of_lane("lane").await;
        let standings: Vec<_> = lane.iter().map(|entry| entry.standing).collect();
        assert_eq!(standings, [Dead, Done]);
        assert_eq!(lane[0].problem.as_deref(), Some("nobody lives there"));
        assert_eq!((lane[0].ended_at, lane[1].problem.as_deref()), (Some(queue.now()), None));
    })
    .await;
}

#[tokio::test]
async fn a_message_and_its_lane_wait_until_it_is_due() {
    on_both(async |queue| {
        let now = queue.now();
        let due_at = now + std::time::Duration::from_secs(60);
        queue.tx(async |tx| outbox::enqueue(tx, message("a/lane/1", due_at), now).await).await;
        queue.enqueue(&["a/lane/2"]).await;
        let clerk = Clerk::content();
        let runner = queue.runner(settings(), &clerk);
        queue.turn(59);
        assert_eq!(runner.drain().await.unwrap(), 0);
        queue.turn(1);
        assert_eq!(runner.drain().await.unwrap(), 2);
        assert_eq!(clerk.seen(), ["a/lane/1", "a/lane/2"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn transactions_that_write_to_one_lane_at_once_each_take_a_place() {
    on_both(async |queue| {
        let writers = (0..50).map(|number| {
            let (db, now) = (queue.db.clone(), queue.now());
            tokio::spawn(async move {
                let id = &format!("a/lane/{number}");
                db.tx(
                    "enqueue",
                    |mut tx| async move { outbox::enqueue(&mut tx, message(id, now), now).await },
                )
                .await
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap().unwrap();
        }
        let expected: Vec<_> = queue.of_lane("lane").await.into_iter().map(|entry| entry.id).collect();
        assert_eq!(expected.len(), 50);
        let clerk = Clerk::content();
        queue.runner(settings(), &clerk).drain().await.unwrap();
        assert_eq!(clerk.seen(), expected);
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_fails_leaves_no_message_behind() {
    on_both(async |queue| {
        let refused: Result<(), db::Error> = queue
            .db
            .tx("refused", |mut tx| async move {
                queue.enqueue_in(&mut tx, "a/lane/1").await?;
                Err(db::Error::Address("made up".to_owned()))
            })
            .await;
        assert!(refused.is_err());
        assert_eq!(queue.rows().await, 0);
    })
    .await;
}

#[tokio::test]
async fn one_lane_has_one_message_under_way_even_when_a_former_one_is_put_back() {
    on_both(async |queue| {
        queue.enqueue(&["a/lane/1"]).await;
        queue.runner(settings(), &Clerk::new(|_| never())).drain().await.unwrap();
        queue.enqueue(&["a/lane/2"]).await;
        let hatch = Hatch::open();
        let runner = queue.runner(settings(), &hatch);
        let story = async {
            let second = hatch.next().await;
            queue.tx(async |tx| outbox::retry(tx, "a/lane/1", queue.now()).await).await;
            let clerk = Clerk::content();
            let rival = queue.runner(settings(), &clerk);
            assert_eq!(rival.drain().await.unwrap(), 0, "the lane is under way");
            second.answer(outbox::Verdict::Done);
            let first = hatch.next().await;
            assert_eq!((first.parcel.id.as_str(), first.parcel.attempt), ("a/lane/1", 1));
            first.answer(outbox::Verdict::Done);
        };
        let (drained, ()) = tokio::join!(runner.drain(), story);
        assert_eq!(drained.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_waits_in_a_lane_can_be_brought_forward() {
    on_both(async |queue| {
        let now = queue.now();
        let later = |id: &'static str| outbox::Message {
            due_at: now + std::time::Duration::from_secs(180),
            ..message(id, now)
        };
        for id in ["a/lane/1", "a/other/1"] {
            queue.tx(async |tx| outbox::enqueue(tx, later(id), now).await).await;
        }
        queue.enqueue(&["a/lane/2"]).await;
        let clerk = Clerk::content();
        let runner = queue.runner(settings(), &clerk);
        assert_eq!(runner.drain().await.unwrap(), 0, "the first of the lane is not due");
        queue.tx(async |tx| outbox::hasten(tx, "news", "lane", now).await).await;
        assert_eq!(runner.drain().await.unwrap(), 2);
        assert_eq!(clerk.seen(), ["a/lane/1", "a/lane/2"]);
        assert_eq!(queue.entry("a/other/1").await.standing, Waiting);
    })
    .await;
}
