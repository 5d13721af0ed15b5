use store::{Account, Error, Language, Membership, NewAccount, Preferences, Store};

use crate::common::{
    examples::{FATIMA, JAN, PRACTICE, PRACTICE_B, account, account_id, agb, bsn, minutes_later, now},
    on_both, vault,
};

#[tokio::test]
async fn an_account_is_found_by_its_id_and_by_its_bsn() {
    on_both(async |tables| {
        let store = &tables.store;
        let by_id = tables.tx(async |tx| store.account(tx, account_id(JAN)).await).await.unwrap();
        let expected = Account {
            id: account_id(JAN),
            bsn: bsn(JAN),
            name: "Jan Jansen".to_owned(),
            mail: Some("patient@example.nl".to_owned()),
            language: Language::Dutch,
            preferences: Preferences::default(),
            unsubscribe: by_id.unsubscribe.clone(),
        };
        assert_eq!(by_id, expected);
        let by_bsn = tables.tx(async |tx| store.account_of(tx, &bsn(JAN)).await).await;
        assert_eq!(by_bsn, Some(expected));
        assert_eq!(tables.tx(async |tx| store.account_of(tx, &bsn("999990032")).await).await, None);
        assert_eq!(tables.tx(async |tx| store.account(tx, account_id("999990032")).await).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_patient_has_one_account() {
    on_both(async |tables| {
        let store = &tables.store;
        let second = NewAccount { id: account_id("1"), ..account(JAN, "Een ander") };
        assert!(!tables.tx(async |tx| store.add_account(tx, &second, now()).await).await);
        let found = tables.tx(async |tx| store.account_of(tx, &bsn(JAN)).await).await.unwrap();
        assert_eq!((found.id, found.name.as_str()), (account_id(JAN), "Jan Jansen"));
    })
    .await;
}

#[tokio::test]
async fn a_language_is_the_patients_own() {
    on_both(async |tables| {
        let store = &tables.store;
        tables.tx(async |tx| store.set_language(tx, account_id(JAN), Language::English).await).await;
        for (digits, language) in [(JAN, Language::English), (FATIMA, Language::Dutch)] {
            let found = tables.tx(async |tx| store.account(tx, account_id(digits)).await).await.unwrap();
            assert_eq!(found.language, language);
        }
    })
    .await;
}

#[tokio::test]
async fn a3_a_bsn_of_a_test_organisation_that_fails_the_proof_comes_back() {
    on_both(async |tables| {
        let store = &tables.store;
        let lenient = account("123456789", "Test");
        tables.tx(async |tx| store.add_account(tx, &lenient, now()).await).await;
        let found = tables.tx(async |tx| store.account_of(tx, &bsn("123456789")).await).await.unwrap();
        assert_eq!(found.bsn, bsn("123456789"));
    })
    .await;
}

#[tokio::test]
async fn without_the_key_nobody_is_found_and_nothing_is_shown() {
    on_both(async |tables| {
        let thief = Store::new(tables.store.db().clone(), vault(9));
        let found = tables.tx(async |tx| thief.account_of(tx, &bsn(JAN)).await).await;
        assert_eq!(found, None);
        let refusal = tables.try_tx(async |tx| thief.account(tx, account_id(JAN)).await).await.unwrap_err();
        assert!(matches!(refusal, Error::Sealed { .. }));
        let place = format!("account.bsn:{} cannot be read", account_id(JAN));
        assert!(refusal.to_string().starts_with(&place), "{refusal}");
    })
    .await;
}

#[tokio::test]
async fn a_bsn_that_was_moved_to_another_account_cannot_be_read() {
    on_both(async |tables| {
        let store = &tables.store;
        let swap =
            "update account set bsn = (select bsn from account other where other.id = $1) where id = $2";
        let (from, to) = (account_id(FATIMA), account_id(JAN));
        let swapped: Result<u64, db::Error> = tables
            .bare()
            .await
            .tx("swap", |mut tx| async move { db::sql(swap).bind(from).bind(to).execute(&mut tx).await })
            .await;
        assert_eq!(swapped.unwrap(), 1);
        let refusal = tables.try_tx(async |tx| store.account(tx, to).await).await.unwrap_err();
        assert!(matches!(refusal, Error::Sealed { .. }), "{refusal}");
    })
    .await;
}

#[tokio::test]
async fn c15_a_membership_keeps_the_id_at_its_own_practice() {
    on_both(async |tables| {
        let store = &tables.store;
        let membership = async |digits, code| {
            tables.tx(async |tx| store.membership(tx, account_id(digits), &agb(code)).await).await
        };
        tables
            .tx(async |tx| {
                for code in [PRACTICE, PRACTICE_B, PRACTICE] {
                    store.add_membership(tx, account_id(JAN), &agb(code)).await?;
                }
                let at = minutes_later(1);
                store.save_xis_patient(tx, account_id(JAN), &agb(PRACTICE), Some("patient-1"), at).await?;
                // Nobody becomes a member by this.
                store.save_xis_patient(tx, account_id(FATIMA), &agb(PRACTICE), Some("patient-2"), at).await
            })
            .await;
        let known =
            Membership { xis_patient: Some("patient-1".to_owned()), checked_at: Some(minutes_later(1)) };
        assert_eq!(membership(JAN, PRACTICE).await, Some(known));
        let unchecked = Membership { xis_patient: None, checked_at: None };
        assert_eq!(membership(JAN, PRACTICE_B).await, Some(unchecked));
        assert_eq!(membership(FATIMA, PRACTICE).await, None);

        // Being a member already changes nothing; practices come by name.
        tables.tx(async |tx| store.add_membership(tx, account_id(JAN), &agb(PRACTICE)).await).await;
        assert!(membership(JAN, PRACTICE).await.unwrap().xis_patient.is_some());
        let practices = tables.tx(async |tx| store.practices_of(tx, account_id(JAN)).await).await;
        assert_eq!(
            practices.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
            ["De Berk", "De Linde"]
        );
        assert!(tables.tx(async |tx| store.practices_of(tx, account_id(FATIMA)).await).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_a_patient_prefers_is_kept() {
    on_both(async |tables| {
        let store = &tables.store;
        let chosen = Preferences {
            by_mail: false,
            by_push: true,
            detail: 3,
            detail_messages: 2,
            remind_minutes: None,
        };
        tables.tx(async |tx| store.save_preferences(tx, account_id(JAN), &chosen).await).await;
        let preferences = async |digits| {
            tables.tx(async |tx| store.account(tx, account_id(digits)).await).await.unwrap().preferences
        };
        assert_eq!(preferences(JAN).await, chosen);
        assert_eq!(preferences(FATIMA).await, Preferences::default());
    })
    .await;
}

#[tokio::test]
async fn a_link_to_stop_reminders_finds_its_own_account_alone() {
    on_both(async |tables| {
        let store = &tables.store;
        let token = async |digits| {
            tables.tx(async |tx| store.account(tx, account_id(digits)).await).await.unwrap().unsubscribe
        };
        let (jan, fatima) = (&token(JAN).await, &token(FATIMA).await);
        assert_ne!(jan, fatima);
        let stands_in_a_path = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
        assert!([jan, fatima].iter().all(|token| token.len() >= 43 && token.chars().all(stands_in_a_path)));
        let found = tables.tx(async |tx| store.account_by_unsubscribe(tx, jan).await).await;
        assert_eq!(found, Some(account_id(JAN)));
        assert_eq!(tables.tx(async |tx| store.account_by_unsubscribe(tx, "").await).await, None);
    })
    .await;
}
