use std::collections::BTreeSet;

use store::{AddressCheck, FormerAddress};
use uuid::Uuid;

use crate::common::{
    examples::{FATIMA, JAN, account_id, minutes_later, now},
    on_both,
};

fn check(number: u128, digits: &str) -> AddressCheck {
    AddressCheck {
        id: Uuid::from_u128(number),
        account: account_id(digits),
        address: "jan@new.example".to_owned(),
        asked_at: now(),
        tries: 0,
        codes: 1,
        counted_from: now(),
    }
}

#[tokio::test]
async fn a_patient_has_one_address_to_prove_at_a_time() {
    on_both(async |tables| {
        let store = &tables.store;
        let of = async |digits| tables.tx(async |tx| store.address_check(tx, account_id(digits)).await).await;
        let second = AddressCheck { tries: 2, codes: 3, asked_at: minutes_later(1), ..check(2, JAN) };
        tables
            .tx(async |tx| {
                store.save_address_check(tx, &check(1, JAN)).await?;
                store.save_address_check(tx, &check(3, FATIMA)).await?;
                store.save_address_check(tx, &second).await
            })
            .await;
        assert_eq!(of(JAN).await, Some(second));
        assert_eq!(of(FATIMA).await, Some(check(3, FATIMA)));
        tables.tx(async |tx| store.save_address_check(tx, &check(3, FATIMA).closed()).await).await;
        let closed = of(FATIMA).await.unwrap();
        assert!(closed.is_closed() && closed == check(3, FATIMA).closed(), "{closed:?}");
        tables.tx(async |tx| store.sweep_addresses(tx, minutes_later(1)).await).await;
        assert!(of(FATIMA).await.is_none() && of(JAN).await.is_some_and(|check| !check.is_closed()));
    })
    .await;
}

/// ASVS: 6.5.4, 6.6.2
#[tokio::test]
async fn a_code_has_six_digits_and_belongs_to_one_check_of_one_address() {
    on_both(async |tables| {
        let code = |check: &AddressCheck| tables.store.address_code(check);
        let codes: BTreeSet<String> = (1..=100).map(|number| code(&check(number, JAN))).collect();
        assert!(codes.len() > 98, "{codes:?}");
        assert!(codes.iter().all(|code| code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())));
        assert_eq!(code(&check(1, JAN)), code(&AddressCheck { tries: 4, ..check(1, JAN) }));
        let elsewhere = AddressCheck { address: "jan@other.example".to_owned(), ..check(1, JAN) };
        assert_ne!(code(&check(1, JAN)), code(&elsewhere));
    })
    .await;
}

#[tokio::test]
async fn a_changed_address_is_where_mail_goes_and_the_former_one_is_known_until_it_was_told() {
    on_both(async |tables| {
        let (store, id) = (&tables.store, Uuid::from_u128(7));
        let former = tables
            .tx(async |tx| store.change_mail(tx, account_id(JAN), "jan@new.example").await)
            .await
            .unwrap();
        let account = tables.tx(async |tx| store.account(tx, account_id(JAN)).await).await.unwrap();
        assert_eq!(account.mail.as_deref(), Some("jan@new.example"));
        assert_eq!(account.name, "Jan Jansen");
        let left = FormerAddress { account: account.id, address: former };
        tables.tx(async |tx| store.add_former_address(tx, id, &left, now()).await).await;
        let of = async || tables.tx(async |tx| store.former_address(tx, id).await).await;
        assert_eq!(of().await, Some(left));
        tables.tx(async |tx| store.end_former_address(tx, id).await).await;
        assert_eq!(of().await, None);
    })
    .await;
}
