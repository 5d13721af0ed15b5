use crate::common::{
    Tables,
    examples::{PRACTICE, PRACTICE_B, agb, minutes_later, now, practice},
    on_both,
};
use store::Client;

#[tokio::test]
async fn a_practice_comes_back_with_every_setting() {
    on_both(async |tables| {
        let store = &tables.store;
        let mut added = practice("01000003", "xis-a", "De Eik");
        let settings = [
            ("approval", "on"),
            ("phone", "030 123 45 67"),
            ("xis_base_url", "https://xis.example/fhir/r4"),
            ("service_category", "urn:types|GP"),
            ("time_zone", "America/Curacao"),
            ("accent", "#0b6660"),
        ];
        for (key, value) in settings {
            added.settings.set(key, value).unwrap();
        }
        assert!(tables.tx(async |tx| store.add_practice(tx, &added, now()).await).await);
        let found = tables.tx(async |tx| store.practice(tx, &added.agb).await).await;
        assert_eq!(found.as_ref(), Some(&added));

        let again = practice("01000003", "xis-b", "Een ander");
        assert!(!tables.tx(async |tx| store.add_practice(tx, &again, now()).await).await);
        assert_eq!(tables.tx(async |tx| store.practice(tx, &added.agb).await).await, found);
    })
    .await;
}

#[tokio::test]
async fn c18_saving_a_practice_does_not_forget_that_its_xis_returns_identifiers() {
    on_both(async |tables| {
        let store = &tables.store;
        let mut changed = practice(PRACTICE, "xis-b", "De Nieuwe Linde");
        changed.settings.set("plain_organization", "on").unwrap();
        tables
            .tx(async |tx| {
                store.note_returned_identifier(tx, &agb(PRACTICE)).await?;
                store.save_practice(tx, &changed).await
            })
            .await;
        changed.returns_identifier = true;
        assert_eq!(tables.tx(async |tx| store.practice(tx, &agb(PRACTICE)).await).await, Some(changed));
        let other = tables.tx(async |tx| store.practice(tx, &agb(PRACTICE_B)).await).await.unwrap();
        assert!(!other.returns_identifier);
    })
    .await;
}

#[tokio::test]
async fn a_practice_needs_a_client_that_is_there() {
    on_both(async |tables| {
        let store = &tables.store;
        let orphan = practice("01000003", "nobody", "De Eik");
        tables.try_tx(async |tx| store.add_practice(tx, &orphan, now()).await).await.unwrap_err();
        let moved = practice(PRACTICE, "nobody", "De Linde");
        tables.try_tx(async |tx| store.save_practice(tx, &moved).await).await.unwrap_err();
        let all = tables.tx(async |tx| store.practices(tx).await).await;
        assert_eq!(all.iter().map(|one| one.client.as_str()).collect::<Vec<_>>(), ["xis-a", "xis-b"]);
    })
    .await;
}

#[tokio::test]
async fn d2_a_client_manages_its_own_practices_only() {
    on_both(async |tables| {
        let store = &tables.store;
        let third = practice("01000003", "xis-a", "De Eik");
        tables.tx(async |tx| store.add_practice(tx, &third, now()).await).await;
        for (client, expected) in
            [("xis-a", &[PRACTICE, "01000003"][..]), ("xis-b", &[PRACTICE_B]), ("xis", &[])]
        {
            let found = tables.tx(async |tx| store.practices_of_client(tx, client).await).await;
            let codes: Vec<_> = found.iter().map(|one| one.agb.as_str()).collect();
            assert_eq!(codes, expected, "{client}");
            for code in [PRACTICE, PRACTICE_B, "01000003", "09999999"] {
                let found =
                    tables.tx(async |tx| store.practice_of_client(tx, client, &agb(code)).await).await;
                assert_eq!(found.is_some(), expected.contains(&code), "{client} {code}");
            }
        }
        assert_eq!(tables.tx(async |tx| store.practice(tx, &agb("09999999")).await).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_client_is_revoked_once_and_comes_back_with_a_new_secret() {
    on_both(async |tables| {
        let store = &tables.store;
        let client = async || tables.tx(async |tx| store.client(tx, "xis-a").await).await.unwrap();
        let revoke =
            async |id| tables.tx(async |tx| store.revoke_client(tx, id, minutes_later(1)).await).await;
        assert!(revoke("xis-a").await);
        assert!(!revoke("xis-a").await && !revoke("nobody").await);
        let managed = tables.tx(async |tx| store.practice_of_client(tx, "xis-a", &agb(PRACTICE)).await).await;
        assert_eq!(managed, None);
        assert_eq!(client().await.revoked_at, Some(minutes_later(1)));

        tables.tx(async |tx| store.save_client(tx, "xis-a", "new hash", minutes_later(2)).await).await;
        let back = client().await;
        assert_eq!(
            (back.secret_hash.as_deref(), back.created_at, back.revoked_at),
            (Some("new hash"), now(), None)
        );
        for_good(tables).await;
        let all = tables.tx(async |tx| store.clients(tx).await).await;
        assert_eq!(all.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["xis-a", "xis-b"]);
        assert_eq!(tables.tx(async |tx| store.client(tx, "nobody").await).await, None);
    })
    .await;
}

/// With a secret and a key it is revoked: neither comes back with the other, nor where both were left by a version that
/// kept them.
async fn for_good(tables: &Tables) {
    let store = &tables.store;
    let keep = |client: Client| (client.secret_hash, client.keys, client.revoked_at);
    let client = async || keep(tables.tx(async |tx| store.client(tx, "xis-a").await).await.unwrap());
    for is_kept in [false, true] {
        for is_secret_new in [false, true] {
            tables.tx(async |tx| store.save_client(tx, "xis-a", "new hash", now()).await).await;
            tables.tx(async |tx| store.save_client_keys(tx, "xis-a", "{}", now()).await).await;
            assert_eq!(client().await, (Some("new hash".into()), Some("{}".into()), None));
            tables.tx(async |tx| store.revoke_client(tx, "xis-a", now()).await).await;
            assert_eq!(client().await, (None, None, Some(now())));
            if is_kept {
                let text = "update xis_client set secret_hash = 'new hash', keys = '{}' where id = 'xis-a'";
                tables.tx(async |tx| Ok(db::sql(text).execute(tx).await?)).await;
            }
            if is_secret_new {
                tables.tx(async |tx| store.save_client(tx, "xis-a", "newer", now()).await).await;
                assert_eq!(client().await, (Some("newer".into()), None, None));
            } else {
                tables.tx(async |tx| store.save_client_keys(tx, "xis-a", "{ }", now()).await).await;
                assert_eq!(client().await, (None, Some("{ }".into()), None));
            }
        }
    }
}

#[tokio::test]
async fn a_client_can_sign_instead_of_having_a_secret() {
    on_both(async |tables| {
        let store = &tables.store;
        let client = async |id| tables.tx(async |tx| store.client(tx, id).await).await.unwrap();
        tables.tx(async |tx| store.save_client_keys(tx, "signs", "{}", now()).await).await;
        assert_eq!(
            (client("signs").await.secret_hash, client("signs").await.keys),
            (None, Some("{}".into()))
        );

        let before = client("xis-a").await;
        tables.tx(async |tx| store.save_client_keys(tx, "xis-a", "{}", now()).await).await;
        assert_eq!(client("xis-a").await, Client { keys: Some("{}".into()), ..before });
        tables.tx(async |tx| store.drop_client_secret(tx, "xis-a").await).await;
        assert_eq!(client("xis-a").await.secret_hash, None);
    })
    .await;
}

#[tokio::test]
async fn an_assertion_is_used_once_and_forgotten_when_it_is_too_old_anyway() {
    on_both(async |tables| {
        let store = &tables.store;
        let uses = async |client, id, forget_at, now| {
            tables.tx(async |tx| store.use_assertion(tx, client, (id, forget_at), now).await).await
        };
        assert!(uses("xis-a", "one", minutes_later(6), now()).await);
        assert!(!uses("xis-a", "one", minutes_later(6), now()).await);
        assert!(uses("xis-b", "one", minutes_later(6), now()).await, "another client's id is another");
        // A process whose clock is a minute ahead does not forget it for the others.
        assert!(uses("xis-a", "two", minutes_later(13), minutes_later(7)).await);
        assert!(!uses("xis-a", "one", minutes_later(9), minutes_later(6)).await);
        assert!(uses("xis-a", "one", minutes_later(13), minutes_later(8)).await, "it is forgotten by then");
    })
    .await;
}
