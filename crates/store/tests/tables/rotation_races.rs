//! What began under the keys of before and ends when the last pass is over.

use std::sync::Arc;

use db::Vault;
use store::{Needed, Store};

use crate::{
    common::{
        Tables,
        examples::{account, account_id, bsn, now},
        on_both, postgres,
    },
    rotation::{Step, keys, register, rotate},
};

const LATE: &str = "200000000";

/// Who took a number's index before its process took up the new keys, and sealed after that.
fn half_way(tables: &Tables) -> Store {
    let vault = Vault::rotating(&keys(2, &[1, 2], 2), Some(&[9; 32])).unwrap();
    Store::new(tables.store.db().clone(), Arc::new(vault))
}

async fn is_found(tables: &Tables) -> bool {
    let (store, late) = (&tables.store, &bsn(LATE));
    let found = tables.tx(async |tx| store.account_of(tx, late).await).await;
    found.is_some_and(|account| account.id == account_id(LATE))
}

#[tokio::test]
async fn an_index_of_before_that_comes_after_the_last_pass_is_found_by_another_pass_only() {
    on_both(async |tables| {
        tables.step(Step::Changed);
        rotate(&tables.store).await;
        assert!(register(&half_way(tables), &account(LATE, "Laat")).await);
        assert_eq!(tables.store.needed().await.unwrap(), Needed::default(), "a count does not tell");
        tables.step(Step::Retired);
        assert!(!is_found(tables).await, "whoever takes the key away now loses a patient");
        tables.step(Step::Changed);
        assert_eq!(rotate(&tables.store).await, 1);
        tables.step(Step::Retired);
        assert!(is_found(tables).await);
    })
    .await;
}

#[tokio::test]
async fn whoever_began_under_the_keys_of_before_is_waited_for() {
    // On SQLite one writes at a time, and a pass waits its turn.
    let tables = postgres().await;
    let (store, late) = (&tables.store, &half_way(&tables));
    let new = &account(LATE, "Laat");
    tables.step(Step::Changed);
    let moment = tables
        .tx(async |tx| {
            assert!(late.add_account(tx, new, now()).await?);
            assert!(rotate(store).await > 0, "Jan and Fatima; whoever is not there yet is not seen");
            let moment = store.moment().await?;
            assert!(!store.is_past(moment).await?);
            Ok(moment)
        })
        .await;
    // Others on the same server may have begun before it too, and end.
    while !store.is_past(moment).await.unwrap() {
        tokio::task::yield_now().await;
    }
    assert_eq!(rotate(store).await, 1);
    tables.step(Step::Retired);
    assert!(is_found(&tables).await);
}
