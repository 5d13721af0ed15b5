use outbox::{Settings, Verdict};
use tokio_util::sync::CancellationToken;

use crate::{
    common::{Queue, message, on_both, settings},
    couriers::{Hatch, busy},
};

/// One transaction with this many messages of tenant `a`, each in a lane of its own.
async fn backlog(queue: &Queue, size: u32) {
    let now = queue.now();
    let ids: Vec<_> = (0..size).map(|number| format!("a/lane{number}/1")).collect();
    queue
        .tx(async |tx| {
            for id in &ids {
                outbox::enqueue(tx, message(id, now), now).await?;
            }
            Ok(())
        })
        .await;
}

#[tokio::test]
async fn a_backlog_of_one_tenant_holds_up_nobody_else() {
    on_both(async |queue| {
        backlog(queue, 20).await;
        let hatch = Hatch::open();
        let stop = CancellationToken::new();
        let settings = Settings { at_once: 2, ..settings() };
        let running = tokio::spawn(queue.runner(settings, &hatch).run(stop.clone()));
        // Both places are taken by the backlog when another tenant's message comes.
        let (first, second) = (hatch.next().await, hatch.next().await);
        queue.turn(1);
        queue.enqueue(&["b/lane/1"]).await;
        first.answer(Verdict::Done);
        let other = hatch.next().await;
        assert_eq!(other.parcel.id, "b/lane/1");
        stop.cancel();
        second.answer(Verdict::Done);
        other.answer(Verdict::Done);
        running.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_backlog_larger_than_a_look_hides_nobody_else() {
    on_both(async |queue| {
        backlog(queue, 600).await;
        queue.turn(1);
        queue.enqueue(&["b/lane/1", "b/lane/2", "c/lane_c/1"]).await;
        let hatch = Hatch::open();
        let stop = CancellationToken::new();
        let settings = Settings { at_once: 4, ..settings() };
        let running = tokio::spawn(queue.runner(settings, &hatch).run(stop.clone()));
        let mut handed = Vec::new();
        for _ in 0..4 {
            handed.push(hatch.next().await);
        }
        stop.cancel();
        let mut tenants: Vec<_> = handed.iter().map(|one| one.parcel.tenant.clone()).collect();
        tenants.sort_unstable();
        assert_eq!(tenants, ["a", "a", "b", "c"]);
        for one in handed {
            one.answer(busy(None));
        }
        running.await.unwrap();
    })
    .await;
}
