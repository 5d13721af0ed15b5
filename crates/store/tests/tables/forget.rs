//! A patient leaves, whatever else happens at the same moment.

use db::{Db, Error as DatabaseError, sql};
use store::{Choice, Error, MessageId, NewMessage, Recipient, Tx, Words};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::common::{
    Tables,
    examples::{FATIMA, JAN, PRACTICE, account_id, agb, minutes_later, now},
    on_both, postgres,
};

async fn forget(tables: &Tables, digits: &str) -> Result<(), Error> {
    let store = &tables.store;
    tables
        .try_tx(async |tx| {
            let account = store.account(tx, account_id(digits)).await?.unwrap();
            store.forget_account(tx, &account, now()).await
        })
        .await
}

/// A message to this patient, which is known again by `print`.
async fn write(tables: &Tables, tx: &mut Tx, digits: &str, print: &str) -> Result<Option<Uuid>, Error> {
    let (store, id) = (&tables.store, Uuid::from_u128(digits.parse().unwrap()));
    let print = [print.to_owned(), print.to_owned()];
    let earlier = store.note_receipt(tx, &print, id, minutes_later(-10), now()).await?;
    if earlier.is_none() {
        let words = &Words { topic: "Uitslag".to_owned(), text: "Goed".to_owned() };
        let (id, practice) = (MessageId::new(id), &agb(PRACTICE));
        let recipient = Recipient::Account(account_id(digits));
        store
            .add_message(tx, &NewMessage { id, practice, recipient, words, attachments: &[] }, now())
            .await?;
    }
    Ok(earlier)
}

#[tokio::test]
async fn what_came_for_who_is_gone_is_not_known_again_and_what_came_for_another_is() {
    on_both(async |tables| {
        for (digits, print) in [(JAN, "to-jan"), (FATIMA, "to-fatima")] {
            assert_eq!(tables.tx(async |tx| write(tables, tx, digits, print).await).await, None);
        }
        forget(tables, JAN).await.unwrap();
        let again = async |print: &str| {
            let print = [print.to_owned(), print.to_owned()];
            let (id, since) = (Uuid::from_u128(1), minutes_later(-10));
            tables.tx(async |tx| tables.store.note_receipt(tx, &print, id, since, now()).await).await
        };
        assert_eq!(again("to-jan").await, None);
        assert_eq!(again("to-fatima").await, Some(account_id(FATIMA).uuid()));
    })
    .await;
}

/// Whether a connection that has touched the accounts waits for another.
async fn somebody_waits(bare: &Db) -> bool {
    let found: Result<Option<i64>, DatabaseError> = bare
        .read("who waits", |mut tx| async move {
            let text = "select count(*) as n from pg_locks waiting join pg_locks held on held.pid = waiting.pid
                        where not waiting.granted and held.granted and held.relation = to_regclass('account')";
            sql(text).first(&mut tx, |row| row.get("n")).await
        })
        .await;
    found.unwrap() > Some(0)
}

/// On PostgreSQL, where two write at once.
#[tokio::test]
async fn a_draft_that_is_being_saved_goes_with_the_account() {
    let tables = postgres().await;
    let (store, bare, jan) = (&tables.store, tables.bare().await, account_id(JAN));
    let (saved, go) = (Notify::new(), Notify::new());
    let saving = tables.tx(async |tx| {
        store.save_draft(tx, jan, &agb(PRACTICE), &Choice::default(), now()).await?;
        saved.notify_one();
        go.notified().await;
        Ok(())
    });
    let forgetting = async {
        saved.notified().await;
        forget(&tables, JAN).await
    };
    let watching = async {
        while !somebody_waits(&bare).await {
            tokio::task::yield_now().await;
        }
        go.notify_one();
    };
    let ((), forgotten, ()) = tokio::join!(saving, forgetting, watching);
    forgotten.unwrap();
    let left = tables.tx(async |tx| {
        Ok((store.account(tx, jan).await?.is_some(), store.draft(tx, jan, &agb(PRACTICE)).await?.is_some()))
    });
    assert_eq!(left.await, (false, false));
}
