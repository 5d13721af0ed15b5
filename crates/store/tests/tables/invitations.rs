//! Invitations: found by their link, for one patient, and forgotten in time.

use store::{Contact, Invitation, InvitationId, NewInvitation};
use uuid::Uuid;

use crate::common::{
    Tables,
    examples::{FATIMA, JAN, PRACTICE, PRACTICE_B, account_id, agb, bsn, minutes_later, now},
    on_both,
};

fn id(number: u128) -> InvitationId {
    InvitationId::new(Uuid::from_u128(number))
}

fn contact(token: &str) -> Contact {
    Contact { mail: "jan@example.nl".to_owned(), token: token.to_owned() }
}

impl Tables {
    /// This practice invites Jan at that minute.
    async fn invite(&self, number: u128, practice: &str, token: &str, minute: i64) {
        let (practice, bsn, contact) = (&agb(practice), &bsn(JAN), &contact(token));
        let new = NewInvitation { id: id(number), practice, bsn, contact };
        self.tx(async |tx| self.store.add_invitation(tx, &new, minutes_later(minute)).await).await;
    }

    async fn of_link(&self, token: &str) -> Option<Invitation> {
        self.tx(async |tx| self.store.invitation_of_link(tx, token).await).await
    }
}

#[tokio::test]
async fn an_invitation_is_found_by_its_link_and_is_for_one_patient() {
    on_both(async |tables| {
        let store = &tables.store;
        tables.invite(1, PRACTICE, "linde", 0).await;
        tables.invite(2, PRACTICE_B, "berk", 0).await;
        let invitation = tables.of_link("berk").await.unwrap();
        assert_eq!((invitation.id, invitation.practice.clone()), (id(2), agb(PRACTICE_B)));
        assert_eq!(store.contact(&invitation).unwrap(), Some(contact("berk")));
        let (jan, fatima) = tables
            .tx(async |tx| {
                let jan = store.account(tx, account_id(JAN)).await?.unwrap();
                Ok((jan, store.account(tx, account_id(FATIMA)).await?.unwrap()))
            })
            .await;
        assert!(store.is_invited(&invitation, &jan) && !store.is_invited(&invitation, &fatima));
        assert_eq!(tables.of_link("eik").await, None);
        assert_eq!(tables.tx(async |tx| store.invitation(tx, id(2)).await).await, Some(invitation));
    })
    .await;
}

#[tokio::test]
async fn it_is_used_once_and_then_forgets_where_it_went() {
    on_both(async |tables| {
        let store = &tables.store;
        tables.invite(1, PRACTICE, "linde", 0).await;
        let accept = async |minute| {
            tables.tx(async |tx| store.use_invitation(tx, id(1), minutes_later(minute)).await).await
        };
        assert!(accept(1).await);
        assert!(!accept(2).await);
        let used = tables.of_link("linde").await.unwrap();
        assert_eq!((used.used_at, store.contact(&used).unwrap()), (Some(minutes_later(1)), None));
    })
    .await;
}

#[tokio::test]
async fn what_expired_forgets_where_it_went_and_goes_later() {
    on_both(async |tables| {
        let store = &tables.store;
        for (number, token) in [(1, "first"), (2, "second"), (3, "third")] {
            tables.invite(number, PRACTICE, token, i64::try_from(number).unwrap()).await;
        }
        tables.tx(async |tx| store.sweep_invitations(tx, minutes_later(3), minutes_later(2)).await).await;
        assert_eq!(tables.of_link("first").await, None);
        let kept = async |token| store.contact(&tables.of_link(token).await.unwrap()).unwrap().is_some();
        assert!(!kept("second").await && kept("third").await);
    })
    .await;
}

#[tokio::test]
async fn an_address_is_adopted_only_where_there_is_none() {
    on_both(async |tables| {
        let store = &tables.store;
        let new_id = account_id("999990056");
        let (bsn, language) = (&bsn("999990056"), store::Language::Dutch);
        let new = store::NewAccount { id: new_id, bsn, name: "Niemand", mail: None, language };
        let adopted = tables
            .tx(async |tx| {
                store.add_account(tx, &new, now()).await?;
                let [first, second] = ["a@example.nl", "b@example.nl"];
                Ok([
                    store.adopt_mail(tx, new_id, first).await?,
                    store.adopt_mail(tx, new_id, second).await?,
                    store.adopt_mail(tx, account_id(JAN), second).await?,
                ])
            })
            .await;
        assert_eq!(adopted, [true, false, false]);
        let account = tables.tx(async |tx| store.account(tx, new_id).await).await.unwrap();
        assert_eq!((account.mail.as_deref(), account.name.as_str()), (Some("a@example.nl"), "Niemand"));
    })
    .await;
}
