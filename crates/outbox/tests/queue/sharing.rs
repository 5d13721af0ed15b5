use std::collections::HashSet;

use outbox::{Settings, Standing::Done, Verdict};
use tokio_util::sync::CancellationToken;

use crate::{
    common::{Queue, on_both, settings},
    couriers::Hatch,
};

/// Messages of three tenants in thirty lanes.
async fn fill(queue: &Queue) -> HashSet<String> {
    let ids: Vec<_> = (0..200).map(|number| format!("{}/lane{}/{number}", number % 3, number % 30)).collect();
    queue
        .tx(async |tx| {
            for id in &ids {
                queue.enqueue_in(tx, id).await?;
            }
            Ok(())
        })
        .await;
    ids.into_iter().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_runners_share_the_work_and_deliver_each_message_once() {
    on_both(async |queue| {
        let mut expected = fill(queue).await;
        let hatch = Hatch::open();
        let stop = CancellationToken::new();
        let settings = Settings { at_once: 8, ..settings() };
        let running = [(); 2].map(|()| tokio::spawn(queue.runner(settings, &hatch).run(stop.clone())));
        // Both fill their places before the first is answered: the work is shared.
        let mut under_way = Vec::new();
        for _ in 0..16 {
            under_way.push(hatch.next().await);
        }
        for round in 0..200 {
            let handed = if round < 16 { under_way.remove(0) } else { hatch.next().await };
            assert!(expected.remove(&handed.parcel.id), "{} came twice", handed.parcel.id);
            assert_eq!(handed.parcel.attempt, 1);
            handed.answer(Verdict::Done);
        }
        assert!(expected.is_empty());
        stop.cancel();
        for one in running {
            one.await.unwrap();
        }
        assert!(hatch.is_empty().await);
        for lane in 0..30 {
            let entries = queue.of_lane(&format!("lane{lane}")).await;
            assert!(entries.iter().all(|entry| entry.standing == Done));
            let ended: Vec<_> = entries.iter().map(|entry| entry.ended_at).collect();
            assert!(ended.is_sorted());
        }
    })
    .await;
}
