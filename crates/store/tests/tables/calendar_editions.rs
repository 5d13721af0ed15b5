use store::CalendarEdition;

use crate::common::{
    Tables,
    examples::{FATIMA, JAN, account_id, appointment_id, booked, minutes_later},
    on_both,
};

async fn claim(tables: &Tables, digits: &str, number: u128, content: &str, minute: i64) -> (u32, i64) {
    let (account, id, now) = (account_id(digits), appointment_id(number), minutes_later(minute));
    let claimed =
        tables.tx(async |tx| tables.store.claim_calendar_edition(tx, account, id, content, now).await).await;
    (claimed.sequence, claimed.made_at.duration_since(minutes_later(0)).as_mins())
}

async fn last(tables: &Tables, digits: &str, number: u128) -> Option<CalendarEdition> {
    let (account, id) = (account_id(digits), appointment_id(number));
    tables.tx(async |tx| tables.store.calendar_edition(tx, account, id).await).await
}

#[tokio::test]
async fn a_calendar_gets_a_next_edition_for_another_content_and_the_same_for_a_repeat() {
    on_both(async |tables| {
        for number in [1, 2] {
            assert!(tables.add(&booked(number, &format!("xis-{number}"))).await);
        }
        assert_eq!(last(tables, JAN, 1).await, None);
        assert_eq!(claim(tables, JAN, 1, "dinsdag", 1).await, (0, 1));
        assert_eq!(claim(tables, JAN, 1, "dinsdag", 2).await, (0, 1), "a repeat is the same to the letter");
        assert_eq!(claim(tables, JAN, 1, "woensdag", 3).await, (1, 3));
        assert_eq!(claim(tables, JAN, 1, "dinsdag", 4).await, (2, 4), "back again is another change");
        assert_eq!(last(tables, JAN, 1).await.unwrap().sequence, 2);
        // Another appointment, and another patient, count for themselves.
        assert_eq!(claim(tables, JAN, 2, "dinsdag", 5).await, (0, 5));
        assert_eq!(claim(tables, FATIMA, 1, "dinsdag", 6).await, (0, 6));
        assert_eq!(last(tables, JAN, 1).await.unwrap().sequence, 2);
    })
    .await;
}

#[tokio::test]
async fn a_claim_that_does_not_commit_leaves_no_trace() {
    on_both(async |tables| {
        assert!(tables.add(&booked(1, "xis-1")).await);
        assert_eq!(claim(tables, JAN, 1, "dinsdag", 1).await, (0, 1));
        let (account, id) = (account_id(JAN), appointment_id(1));
        let failed = tables
            .try_tx(async |tx| {
                let now = minutes_later(2);
                tables.store.claim_calendar_edition(tx, account, id, "woensdag", now).await?;
                Err::<(), _>(store::Error::Missing("what the test takes away"))
            })
            .await;
        assert!(failed.is_err());
        assert_eq!(last(tables, JAN, 1).await.unwrap().sequence, 0);
    })
    .await;
}
