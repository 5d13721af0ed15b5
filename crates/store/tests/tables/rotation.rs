//! Keys change while the platform works: everything is found and opened all the while, and nobody registers twice.

use std::sync::Arc;

use db::{Keys, Vault};
use futures::future::join_all;
use store::{
    AddressCheck, Contact, Device, InvitationId, MessageId, Needed, NewAccount, NewInvitation, NewMessage,
    Place, Recipient, Store, Whom, Words,
};
use uuid::Uuid;

use crate::common::{
    Tables,
    examples::{JAN, PRACTICE, account, account_id, agb, bsn, minutes_later, now},
    on_both,
};

const WAITING: &str = "999990044";

/// As `common::vault(1)` has them, and those that come.
pub(crate) fn keys(current: u8, known: &[u8], index: u8) -> Keys {
    let sealing = known.iter().map(|id| (*id, [*id; 32])).collect();
    Keys { current, sealing, index: [index; 32], audit: [3; 32].into() }
}

/// What a process holds at each step of a rotation.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    Before,
    Announced,
    Changed,
    Retired,
}

impl Step {
    fn keys(self) -> (Keys, Option<[u8; 32]>) {
        match self {
            Self::Before => (keys(1, &[1], 2), None),
            Self::Announced => (keys(1, &[1, 2], 2), Some([9; 32])),
            Self::Changed => (keys(2, &[1, 2], 9), Some([2; 32])),
            Self::Retired => (keys(2, &[2], 9), None),
        }
    }

    /// A process on the same tables.
    fn process(self, tables: &Tables) -> Store {
        let (keys, other) = self.keys();
        let vault = Vault::rotating(&keys, other.as_ref()).unwrap();
        Store::new(tables.store.db().clone(), Arc::new(vault))
    }
}

pub(crate) async fn register(store: &Store, new: &NewAccount<'_>) -> bool {
    store.tx("register", |mut tx| async move { store.add_account(&mut tx, new, now()).await }).await.unwrap()
}

/// Everything sealed and indexed anew; gives in how many bites.
pub(crate) async fn rotate(store: &Store) -> usize {
    let (mut bites, mut from) = (0, Place::default());
    while let Some(bite) = store.reseal(from).await.unwrap() {
        (bites, from) = (bites + usize::from(bite.changed > 0), bite.next);
    }
    let mut from = Place::default();
    while let Some(bite) = store.reindex(from).await.unwrap() {
        (bites, from) = (bites + usize::from(bite.changed > 0), bite.next);
    }
    bites
}

impl Tables {
    pub(crate) fn step(&self, step: Step) {
        let (keys, other) = step.keys();
        self.store.renew_keys(&keys, other.as_ref()).unwrap();
    }

    async fn write_what_waits(&self) {
        let (store, practice, nobody) = (&self.store, &agb(PRACTICE), &bsn(WAITING));
        let contact = &Contact { mail: "nobody@example.nl".to_owned(), token: "token".to_owned() };
        let words = &Words { topic: "topic".to_owned(), text: "text".to_owned() };
        let invitation = InvitationId::new(Uuid::from_u128(1));
        let message = MessageId::new(Uuid::from_u128(2));
        self.tx(async |tx| {
            let new = NewInvitation { id: invitation, practice, bsn: nobody, contact };
            store.add_invitation(tx, &new, now()).await?;
            let recipient = Recipient::Waiting(nobody);
            let new = NewMessage { id: message, practice, recipient, words, attachments: &[] };
            store.add_message(tx, &new, now()).await?;
            store.park_update(tx, practice, &"xis-1".parse().unwrap(), nobody, b"body", now()).await?;
            store.save_subscription(tx, account_id(JAN), Uuid::from_u128(3), &device(), now()).await
        })
        .await;
    }

    /// Whether everything is found and opened by who has the keys of now.
    async fn is_all_there(&self) {
        let (store, jan, waits) = (&self.store, &bsn(JAN), &bsn(WAITING));
        self.tx(async |tx| {
            let account = store.account_of(tx, jan).await?.unwrap();
            assert_eq!((account.id, account.name.as_str()), (account_id(JAN), "Jan Jansen"));
            store.add_membership(tx, account.id, &agb(PRACTICE)).await?;
            let found = store.patient_of_practice(tx, &agb(PRACTICE), &Whom::Bsn(jan.clone())).await?;
            assert_eq!(found, Some(account.id));
            let invitation = store.invitation_of_link(tx, "token").await?.unwrap();
            assert!(store.message_waits(tx, &invitation).await?);
            assert!(!store.is_invited(&invitation, &account));
            assert_eq!(store.contact(&invitation)?.unwrap().token, "token");
            let again = store.save_subscription(tx, account.id, Uuid::from_u128(4), &device(), now()).await?;
            assert_eq!(again.id, Uuid::from_u128(3), "the device is known");
            assert!(store.account_of(tx, waits).await?.is_none());
            Ok(())
        })
        .await;
    }
}

fn device() -> Device {
    let [endpoint, p256dh, auth] = ["https://push.example/1", "key", "auth"].map(str::to_owned);
    Device { endpoint, p256dh, auth, browser: None, system: None }
}

/// ASVS: 11.2.2
#[tokio::test]
async fn everything_is_found_at_every_step_and_at_the_end_the_old_key_is_not_needed() {
    on_both(async |tables| {
        tables.write_what_waits().await;
        for step in [Step::Before, Step::Announced, Step::Changed] {
            tables.step(step);
            tables.is_all_there().await;
        }
        assert!(tables.store.needed().await.unwrap().sealed > 0);
        assert!(rotate(&tables.store).await > 0);
        assert_eq!(tables.store.needed().await.unwrap(), Needed::default());
        assert_eq!(rotate(&tables.store).await, 0, "who begins again finds nothing to do");
        tables.step(Step::Retired);
        tables.is_all_there().await;
        let (store, waits, practice) = (&tables.store, &bsn(WAITING), &agb(PRACTICE));
        tables
            .tx(async |tx| {
                assert!(store.add_account(tx, &account(WAITING, "Niemand"), now()).await?);
                let delivered = store.deliver_waiting_messages(tx, waits, account_id(WAITING)).await?;
                assert_eq!(delivered.len(), 1);
                let parked = store.take_parked_updates(tx, waits).await?;
                assert_eq!(parked, [(practice.clone(), b"body".to_vec())]);
                Ok(())
            })
            .await;
        tables.step(Step::Before);
        let jan = &bsn(JAN);
        let lost = tables.tx(async |tx| store.account_of(tx, jan).await).await;
        assert!(lost.is_none(), "the old index key finds nobody any more");
    })
    .await;
}

#[tokio::test]
async fn nobody_registers_twice_whatever_steps_two_processes_are_at() {
    on_both(async |tables| {
        let pairs = [
            (Step::Before, Step::Announced),
            (Step::Announced, Step::Announced),
            (Step::Announced, Step::Changed),
            (Step::Changed, Step::Changed),
            (Step::Changed, Step::Retired),
        ];
        let mut digits = 100_000_000;
        for (one, other) in pairs {
            let (first, second) = (one.process(tables), other.process(tables));
            for _ in 0..10 {
                digits += 2;
                let text = digits.to_string();
                let mine = account(&text, "mine");
                let theirs =
                    NewAccount { id: account_id(&(digits + 1).to_string()), name: "theirs", ..mine.clone() };
                let (a, b) = tokio::join!(register(&first, &mine), register(&second, &theirs));
                assert!(a != b, "{one:?} and {other:?} both say {a} of {text}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn who_registers_while_everything_is_sealed_anew_is_found_afterwards() {
    on_both(async |tables| {
        let many: Vec<String> = (200_000_000..200_000_230).map(|number| number.to_string()).collect();
        let (before, after) = many.split_at(210);
        let store = &tables.store;
        tables
            .tx(async |tx| {
                for digits in before {
                    store.add_account(tx, &account(digits, "Iemand"), now()).await?;
                }
                Ok(())
            })
            .await;
        tables.step(Step::Changed);
        let news: Vec<_> = after.iter().map(|digits| account(digits, "Nieuw")).collect();
        let registering = join_all(news.iter().map(|new| register(store, new)));
        let (bites, registered) = tokio::join!(rotate(store), registering);
        assert!(bites > 4 && registered.iter().all(|is_new| *is_new), "{bites} bites");
        assert_eq!(store.needed().await.unwrap(), Needed::default());
        tables.step(Step::Retired);
        for digits in &many {
            let bsn = &bsn(digits);
            let found = tables.tx(async |tx| store.account_of(tx, bsn).await).await;
            assert_eq!(found.unwrap().id, account_id(digits));
        }
    })
    .await;
}

#[tokio::test]
async fn a_repeat_is_told_by_its_fingerprint_across_the_change() {
    on_both(async |tables| {
        let receive = async |number| {
            let store = &tables.store;
            let print = store.fingerprint("message", &[b"the same"]);
            let (id, since) = (Uuid::from_u128(number), minutes_later(-1));
            tables.tx(async |tx| store.note_receipt(tx, &print, id, since, now()).await).await
        };
        assert_eq!(receive(1).await, None);
        tables.step(Step::Announced);
        assert_eq!(receive(2).await, Some(Uuid::from_u128(1)));
        tables.step(Step::Changed);
        assert_eq!(receive(3).await, Some(Uuid::from_u128(1)));
        assert_eq!(tables.store.needed().await.unwrap().oldest_receipt, Some(now()));
    })
    .await;
}

#[tokio::test]
async fn a_code_that_was_mailed_proves_the_address_across_the_change() {
    on_both(async |tables| {
        let store = &tables.store;
        let check = AddressCheck {
            id: Uuid::from_u128(1),
            account: account_id(JAN),
            address: "jan@new.example".to_owned(),
            asked_at: now(),
            tries: 0,
            codes: 1,
            counted_from: now(),
        };
        let (mailed, other) = (store.address_code(&check), "not a code");
        for step in [Step::Before, Step::Announced, Step::Changed] {
            tables.step(step);
            assert!(store.is_address_code(&check, &mailed) && !store.is_address_code(&check, other));
            assert!(store.is_address_code(&check, &store.address_code(&check)));
        }
        tables.step(Step::Retired);
        assert_ne!(store.address_code(&check), mailed);
        assert!(!store.is_address_code(&check, &mailed));
    })
    .await;
}

#[tokio::test]
async fn processes_say_which_keys_they_hold() {
    on_both(async |tables| {
        let store = &tables.store;
        tables.step(Step::Announced);
        tables.tx(async |tx| store.hold_keys(tx, now()).await).await;
        assert_eq!(store.key_holders().await.unwrap(), [], "who has not appeared holds nothing");
        store.db().appear(Uuid::from_u128(7).to_string()).await.unwrap();
        tables.tx(async |tx| store.hold_keys(tx, now()).await).await;
        let holders = store.key_holders().await.unwrap();
        assert_eq!((holders.len(), holders[0].current, &*holders[0].known), (1, 1, &[1, 2][..]));
        tables.step(Step::Changed);
        tables.tx(async |tx| store.hold_keys(tx, now()).await).await;
        assert_eq!(store.key_holders().await.unwrap()[0].current, 2);
        // Its place is taken by another: the first one is gone.
        store.db().appear(Uuid::from_u128(8).to_string()).await.unwrap();
        // The database may notice a little later.
        while !store.key_holders().await.unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
