use agenda::Coding;
use store::{Choice, Draft, PendingLogin, Session, SessionTokens};

use crate::common::{
    examples::{FATIMA, JAN, PRACTICE, PRACTICE_B, account_id, agb, minutes_later, now, request},
    on_both,
};

pub(crate) fn session(digits: &str) -> Session {
    let tokens = SessionTokens { access_token: "access".to_owned(), access_expires_at: minutes_later(5) };
    Session { account: account_id(digits), tokens, started_at: now(), used_at: now() }
}

/// ASVS: 7.2.1, 7.2.2
#[tokio::test]
async fn a_session_lives_behind_its_own_cookie_until_it_ends() {
    on_both(async |tables| {
        let store = &tables.store;
        let of = async |cookie| tables.tx(async |tx| store.session(tx, cookie).await).await;
        tables
            .tx(async |tx| {
                store.add_session(tx, "cookie-1", &session(JAN)).await?;
                store.add_session(tx, "cookie-2", &session(FATIMA)).await?;
                store.touch_session(tx, "cookie-1", minutes_later(3)).await
            })
            .await;
        assert_eq!(of("cookie-1").await, Some(Session { used_at: minutes_later(3), ..session(JAN) }));
        assert_eq!(of("cookie-2").await, Some(session(FATIMA)));
        assert_eq!(of("cookie").await, None);

        tables.tx(async |tx| store.end_session(tx, "cookie-1").await).await;
        assert_eq!(of("cookie-1").await, None);
        assert_eq!(of("cookie-2").await, Some(session(FATIMA)));
    })
    .await;
}

#[tokio::test]
async fn sessions_are_swept_by_their_last_use() {
    on_both(async |tables| {
        let store = &tables.store;
        tables
            .tx(async |tx| {
                store.add_session(tx, "idle", &session(JAN)).await?;
                store.add_session(tx, "used", &session(JAN)).await?;
                store.touch_session(tx, "used", minutes_later(10)).await?;
                store.sweep_sessions(tx, minutes_later(10)).await
            })
            .await;
        assert!(tables.tx(async |tx| store.session(tx, "idle").await).await.is_none());
        assert!(tables.tx(async |tx| store.session(tx, "used").await).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_login_comes_back_once_and_not_after_it_was_swept() {
    on_both(async |tables| {
        let store = &tables.store;
        let login = |minute| PendingLogin {
            pending: ("nonce".to_owned(), "verifier".to_owned()),
            return_to: "/afspraken".to_owned(),
            started_at: minutes_later(minute),
        };
        let take = async |state| {
            let taken = tables.tx(async |tx| store.take_login::<(String, String)>(tx, state).await).await;
            taken.map(|login| (login.pending.1, login.return_to, login.started_at))
        };
        tables
            .tx(async |tx| {
                store.add_login(tx, "old", &login(0)).await?;
                store.add_login(tx, "new", &login(10)).await?;
                store.sweep_logins(tx, minutes_later(10)).await
            })
            .await;
        assert_eq!(take("old").await, None);
        let expected = ("verifier".to_owned(), "/afspraken".to_owned(), minutes_later(10));
        assert_eq!(take("new").await, Some(expected));
        assert_eq!(take("new").await, None, "a state is used once");
    })
    .await;
}

#[tokio::test]
async fn a_draft_belongs_to_one_patient_at_one_practice() {
    on_both(async |tables| {
        let store = &tables.store;
        let category = Coding { system: "urn:types".to_owned(), code: "CONSULT".to_owned(), display: None };
        let choice = Choice {
            category: Some(category),
            slot: request(1).slot,
            reason: Some("  as it was typed \n".to_owned()),
            form: Some("form-1".to_owned()),
        };
        let of = async |digits, code| {
            tables.tx(async |tx| store.draft(tx, account_id(digits), &agb(code)).await).await
        };
        let save = async |choice: &Choice, at| {
            tables
                .tx(async |tx| store.save_draft(tx, account_id(JAN), &agb(PRACTICE), choice, at).await)
                .await;
        };
        save(&Choice::default(), now()).await;
        assert_eq!(of(JAN, PRACTICE).await, Some(Draft { choice: Choice::default(), changed_at: now() }));
        save(&choice, minutes_later(1)).await;
        let draft = Draft { choice: choice.clone(), changed_at: minutes_later(1) };
        assert_eq!(of(JAN, PRACTICE).await, Some(draft));
        assert_eq!(of(JAN, PRACTICE_B).await, None);
        assert_eq!(of(FATIMA, PRACTICE).await, None);

        tables.tx(async |tx| store.drop_draft(tx, account_id(FATIMA), &agb(PRACTICE)).await).await;
        tables.tx(async |tx| store.sweep_drafts(tx, minutes_later(1)).await).await;
        assert!(of(JAN, PRACTICE).await.is_some());
        tables.tx(async |tx| store.drop_draft(tx, account_id(JAN), &agb(PRACTICE)).await).await;
        assert_eq!(of(JAN, PRACTICE).await, None);
        save(&choice, minutes_later(1)).await;
        tables.tx(async |tx| store.sweep_drafts(tx, minutes_later(2)).await).await;
        assert_eq!(of(JAN, PRACTICE).await, None);
    })
    .await;
}
