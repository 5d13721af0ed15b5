use agenda::Decision;
use store::ParkedResponse;

use crate::common::{
    examples::{FATIMA, JAN, PRACTICE, PRACTICE_B, agb, bsn, minutes_later, now},
    on_both,
};

fn response(decision: Decision, comment: Option<&str>) -> ParkedResponse {
    ParkedResponse { decision, comment: comment.map(str::to_owned) }
}

#[tokio::test]
async fn b11_the_last_answer_to_an_appointment_waits_at_its_practice_and_is_taken_once() {
    on_both(async |tables| {
        let store = &tables.store;
        let (here, elsewhere) = (agb(PRACTICE), agb(PRACTICE_B));
        let (id, other) = ("xis-1".parse().unwrap(), "xis-2".parse().unwrap());
        let first = response(Decision::Accepted, None);
        let last = response(Decision::Declined, Some("Dan ben ik er niet"));
        tables
            .tx(async |tx| {
                for one in [&first, &last] {
                    store.park_response(tx, &here, &id, one, now()).await?;
                }
                store.park_response(tx, &elsewhere, &id, &first, now()).await
            })
            .await;
        let take = async |practice, id| {
            tables.tx(async |tx| store.take_parked_response(tx, practice, id).await).await
        };
        assert_eq!(take(&here, &other).await, None);
        assert_eq!(take(&here, &id).await, Some(last));
        assert_eq!(take(&here, &id).await, None);
        assert_eq!(take(&elsewhere, &id).await, Some(first));
    })
    .await;
}

#[tokio::test]
async fn a2_updates_wait_for_their_own_patient_and_are_taken_once_oldest_first() {
    on_both(async |tables| {
        let store = &tables.store;
        let (here, elsewhere) = (agb(PRACTICE), agb(PRACTICE_B));
        let (one, two) = ("xis-1".parse().unwrap(), "xis-2".parse().unwrap());
        let (jan, fatima) = (bsn(JAN), bsn(FATIMA));
        tables
            .tx(async |tx| {
                store.park_update(tx, &here, &one, &jan, b"late", minutes_later(3)).await?;
                store.park_update(tx, &elsewhere, &one, &jan, b"replaced", minutes_later(1)).await?;
                store.park_update(tx, &elsewhere, &one, &jan, b"early", minutes_later(2)).await?;
                store.park_update(tx, &here, &two, &fatima, b"another's", minutes_later(1)).await
            })
            .await;
        let take = async |bsn| tables.tx(async |tx| store.take_parked_updates(tx, bsn).await).await;
        let expected = [(elsewhere.clone(), b"early".to_vec()), (here.clone(), b"late".to_vec())];
        assert_eq!(take(&jan).await, expected);
        assert!(take(&jan).await.is_empty());
        assert_eq!(take(&fatima).await, [(here.clone(), b"another's".to_vec())]);
    })
    .await;
}

#[tokio::test]
async fn a12_a_parked_update_that_changes_its_patient_waits_for_the_new_one() {
    on_both(async |tables| {
        let store = &tables.store;
        let (here, id) = (agb(PRACTICE), "xis-1".parse().unwrap());
        tables
            .tx(async |tx| {
                store.park_update(tx, &here, &id, &bsn(JAN), b"jan", now()).await?;
                store.park_update(tx, &here, &id, &bsn(FATIMA), b"fatima", now()).await
            })
            .await;
        let take = async |digits| {
            let bsn = bsn(digits);
            tables.tx(async |tx| store.take_parked_updates(tx, &bsn).await).await
        };
        assert!(take(JAN).await.is_empty());
        assert_eq!(take(FATIMA).await, [(here.clone(), b"fatima".to_vec())]);
    })
    .await;
}

#[tokio::test]
async fn what_has_been_parked_too_long_is_swept() {
    on_both(async |tables| {
        let store = &tables.store;
        let (here, old, new) = (agb(PRACTICE), "old".parse().unwrap(), "new".parse().unwrap());
        let accepted = response(Decision::Accepted, None);
        tables
            .tx(async |tx| {
                for (id, minute) in [(&old, 0), (&new, 10)] {
                    let at = minutes_later(minute);
                    store.park_response(tx, &here, id, &accepted, at).await?;
                    store.park_update(tx, &here, id, &bsn(JAN), id.as_str().as_bytes(), at).await?;
                }
                store.sweep_parked(tx, minutes_later(10)).await
            })
            .await;
        let left = tables
            .tx(async |tx| {
                let gone = store.take_parked_response(tx, &here, &old).await?;
                let kept = store.take_parked_response(tx, &here, &new).await?;
                Ok((gone, kept, store.take_parked_updates(tx, &bsn(JAN)).await?))
            })
            .await;
        assert_eq!(left, (None, Some(accepted), vec![(here.clone(), b"new".to_vec())]));
    })
    .await;
}
