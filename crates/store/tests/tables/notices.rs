use agenda::Kind;
use store::{Notice, NoticeOutcome};
use uuid::Uuid;

use crate::common::{
    Tables,
    examples::{FATIMA, JAN, PRACTICE, account_id, agb, appointment_id, booked, content, minutes_later, now},
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
            tables.store.add_notice(tx, notice).await
        })
        .await
}

async fn untold(tables: &Tables, digits: &str) -> Vec<Notice> {
    let (account, id) = (account_id(digits), appointment_id(1));
    tables.tx(async |tx| tables.store.untold(tx, account, id).await).await
}

#[tokio::test]
async fn each_change_is_written_down_once_and_told_to_its_own_patient() {
    on_both(async |tables| {
        let kinds = [
            Kind::New,
            Kind::Confirmed,
            Kind::Declined,
            Kind::Modified,
            Kind::PlannedAgain,
            Kind::CancelledByPractice,
        ];
        let mut all = Vec::new();
        for (number, kind) in (1..).zip(kinds) {
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
async fn a_notice_ends_once() {
    on_both(async |tables| {
        let store = &tables.store;
        let words = ["told", "superseded", "no_channel"];
        let outcomes = [NoticeOutcome::Told, NoticeOutcome::Superseded, NoticeOutcome::NoChannel];
        for (number, (outcome, word)) in (1..).zip(outcomes.into_iter().zip(words)) {
            let id = Uuid::from_u128(number);
            add(tables, &notice(number, u32::try_from(number).unwrap(), Kind::Modified)).await;
            let late = outcomes[usize::try_from(number % 3).unwrap()];
            let ended = tables
                .tx(async |tx| {
                    store.end_notice(tx, id, outcome, minutes_later(1)).await?;
                    store.end_notice(tx, id, late, minutes_later(2)).await?;
                    let text = "select outcome, ended_at from notice where id = $1";
                    let ended = db::sql(text).bind(id.to_string());
                    let ended =
                        ended.first(tx, |row| Ok((row.get("outcome")?, row.get("ended_at")?))).await?;
                    Ok(ended.unwrap())
                })
                .await;
            assert_eq!(ended, (word.to_owned(), minutes_later(1)));
        }
        assert!(untold(tables, JAN).await.is_empty());
    })
    .await;
}
