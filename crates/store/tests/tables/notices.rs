use agenda::Kind;
use outbox::Message;
use store::{Delivery, DeliveryOutcome, Notice, Route, SendingStanding};
use uuid::Uuid;

use crate::common::{
    Tables,
    examples::{
        FATIMA, JAN, PRACTICE, PRACTICE_B, account_id, agb, appointment_id, booked, content, minutes_later,
        now,
    },
    on_both,
};

fn notice(number: u128, revision: u32, kind: Kind) -> Notice {
    Notice {
        id: Uuid::from_u128(number),
        appointment: appointment_id(1),
        revision,
        kind,
        practice: agb(PRACTICE),
        account: account_id(JAN),
        before: None,
        created_at: now(),
    }
}

async fn add(tables: &Tables, notice: &Notice) -> bool {
    tables
        .tx(async |tx| {
            tables.store.add_appointment(tx, &booked(1, "xis-1")).await?;
            let added = tables.store.add_notice(tx, notice).await?;
            if added {
                tables.store.add_delivery(tx, &delivery(notice, Route::Mail)).await?;
            }
            Ok(added)
        })
        .await
}

/// Along a route, by the message in the outbox that has the notice's id.
fn delivery(notice: &Notice, route: Route) -> Delivery {
    let about = notice.appointment.uuid();
    Delivery { notice: notice.id, route, message: notice.id, about, account: notice.account }
}

async fn untold(tables: &Tables, digits: &str) -> Vec<Notice> {
    let (account, id) = (account_id(digits), appointment_id(1));
    tables.tx(async |tx| tables.store.untold(tx, account, id, Route::Mail).await).await
}

#[tokio::test]
async fn each_change_is_written_down_once_and_told_to_its_own_patient() {
    on_both(async |tables| {
        let mut all = Vec::new();
        for (number, kind) in (1..).zip(Kind::ALL) {
            let mut one = notice(number, u32::try_from(10 - number).unwrap(), kind);
            one.before = (kind == Kind::Modified).then(content);
            assert!(add(tables, &one).await);
            all.insert(0, one);
        }
        let again = Notice { id: Uuid::from_u128(99), ..all[0].clone() };
        assert!(!add(tables, &again).await);
        assert_eq!(untold(tables, JAN).await, all, "by revision");
        assert!(untold(tables, FATIMA).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a12_one_revision_may_tell_two_things() {
    on_both(async |tables| {
        let cancelled = notice(1, 2, Kind::CancelledByPractice);
        let new = Notice { account: account_id(FATIMA), ..notice(2, 2, Kind::New) };
        assert!(add(tables, &cancelled).await && add(tables, &new).await);
        assert_eq!(untold(tables, JAN).await, [cancelled]);
        assert_eq!(untold(tables, FATIMA).await, [new]);
    })
    .await;
}

#[tokio::test]
async fn a_delivery_ends_once_and_along_its_own_route_alone() {
    on_both(async |tables| {
        let (store, one, device) = (&tables.store, notice(1, 2, Kind::New), Route::Push(Uuid::from_u128(5)));
        add(tables, &one).await;
        let (account, id) = (one.account, one.appointment);
        tables.tx(async |tx| store.add_delivery(tx, &delivery(&one, device)).await).await;
        for (outcome, at) in [(DeliveryOutcome::Sent, 1), (DeliveryOutcome::Superseded, 2)] {
            tables
                .tx(async |tx| {
                    store.end_delivery(tx, account, one.id, Route::Mail, outcome, minutes_later(at)).await
                })
                .await;
        }
        assert!(untold(tables, JAN).await.is_empty());
        let by_device = tables.tx(async |tx| store.untold(tx, account, id, device).await).await;
        assert_eq!(by_device, std::slice::from_ref(&one));
        let last =
            async |route| tables.tx(async |tx| store.last_sent(tx, account, id.uuid(), route).await).await;
        assert_eq!((last(Route::Mail).await, last(device).await), (Some(minutes_later(1)), None));
        let ended = SendingStanding::Ended { outcome: DeliveryOutcome::Sent, at: minutes_later(1) };
        let sendings = tables.tx(async |tx| store.sendings_of(tx, &agb(PRACTICE), one.id).await).await;
        assert_eq!((sendings.len(), &sendings[0].route, &sendings[0].standing), (2, &Route::Mail, &ended));
    })
    .await;
}

#[tokio::test]
async fn how_far_a_delivery_is_stands_in_its_message() {
    on_both(async |tables| {
        let (store, one) = (&tables.store, notice(1, 2, Kind::New));
        add(tables, &one).await;
        let standing = async || {
            let sendings = tables.tx(async |tx| store.sendings_of(tx, &agb(PRACTICE), one.id).await).await;
            sendings[0].standing.clone()
        };
        assert!(matches!(standing().await, SendingStanding::GivenUp { .. }), "its message is gone");
        tables
            .tx(async |tx| {
                let (id, payload) = (one.id.to_string(), "{}".to_owned());
                let message =
                    Message { id, topic: "mail", lane: "lane", tenant: PRACTICE, payload, due_at: now() };
                Ok(outbox::enqueue(tx, message, now()).await?)
            })
            .await;
        assert_eq!(standing().await, SendingStanding::Queued { due_at: now() });
    })
    .await;
}

#[tokio::test]
async fn a_practice_finds_the_notices_of_its_own_appointments_newest_first() {
    on_both(async |tables| {
        let (store, first, second) =
            (&tables.store, notice(1, 2, Kind::New), notice(2, 3, Kind::CancelledByPractice));
        for one in [&first, &second] {
            add(tables, one).await;
        }
        let of = async |practice| {
            let (practice, id) = (agb(practice), appointment_id(1));
            tables.tx(async |tx| store.notices_of(tx, &practice, id).await).await
        };
        assert_eq!(of(PRACTICE).await, [second, first]);
        assert!(of(PRACTICE_B).await.is_empty());
    })
    .await;
}
