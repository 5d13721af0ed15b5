//! What practices write: kept sealed, read by its patient alone, waiting for one who has yet to register (D16).

use store::{Attachment, Message, MessageId, NewMessage, Recipient, Words};
use uuid::Uuid;

use crate::common::{
    Tables,
    examples::{FATIMA, JAN, PRACTICE, account_id, agb, bsn, minutes_later, now},
    on_both,
};

/// Has no account.
const NOBODY: &str = "999990056";

fn id(number: u128) -> MessageId {
    MessageId::new(Uuid::from_u128(number))
}

fn words(topic: &str) -> Words {
    Words { topic: topic.to_owned(), text: format!("{topic}.\n\nTot ziens.") }
}

fn files() -> Vec<Attachment> {
    let file = |name: &str, content: &[u8]| Attachment {
        name: name.to_owned(),
        media_type: "application/pdf".to_owned(),
        content: content.to_vec(),
    };
    vec![file("één.pdf", b"%PDF-1"), file("twee.pdf", &[0, 255, 10])]
}

impl Tables {
    /// Practice 1 writes message `number` at that minute.
    async fn write(&self, number: u128, recipient: Recipient<'_>, attachments: &[Attachment]) {
        let (practice, words) = (&agb(PRACTICE), &words(&number.to_string()));
        let new = NewMessage { id: id(number), practice, recipient, words, attachments };
        let at = minutes_later(i64::try_from(number).unwrap());
        self.tx(async |tx| self.store.add_message(tx, &new, at).await).await;
    }

    async fn messages(&self, digits: &str) -> Vec<Message> {
        self.tx(async |tx| self.store.messages_of(tx, account_id(digits), 0, 10).await).await
    }
}

fn numbers(messages: &[Message]) -> Vec<u128> {
    messages.iter().map(|message| message.id.uuid().as_u128()).collect()
}

#[tokio::test]
async fn a_message_is_read_back_as_it_was_written_with_its_files() {
    on_both(async |tables| {
        let (store, jan) = (&tables.store, account_id(JAN));
        tables.write(1, Recipient::Account(jan), &files()).await;
        let (message, labels, second) = tables
            .tx(async |tx| {
                let message = store.message_of_patient(tx, jan, id(1)).await?.unwrap();
                let labels = store.attachment_labels(tx, jan, id(1)).await?;
                Ok((message, labels, store.attachment_of_patient(tx, jan, id(1), 2).await?))
            })
            .await;
        let expected = (agb(PRACTICE), words("1"), minutes_later(1), true);
        assert_eq!((message.practice, message.words, message.created_at, message.unseen), expected);
        let labels: Vec<_> =
            labels.iter().map(|label| (label.number, label.name.as_str(), label.bytes)).collect();
        assert_eq!(labels, [(1, "één.pdf", 6), (2, "twee.pdf", 3)]);
        assert_eq!(second, files().pop());
    })
    .await;
}

#[tokio::test]
async fn nobody_elses_message_or_file_is_found() {
    on_both(async |tables| {
        let store = &tables.store;
        tables.write(1, Recipient::Account(account_id(JAN)), &files()).await;
        let other = account_id(FATIMA);
        let found = tables
            .tx(async |tx| {
                store.mark_message_seen(tx, other, id(1), now()).await?;
                let message = store.message_of_patient(tx, other, id(1)).await?;
                let labels = store.attachment_labels(tx, other, id(1)).await?;
                let file = store.attachment_of_patient(tx, other, id(1), 1).await?;
                Ok((message, labels.len(), file, store.unseen_messages_of(tx, other).await?))
            })
            .await;
        assert_eq!(found, (None, 0, None, 0));
        assert!(tables.messages(FATIMA).await.is_empty());
        assert!(tables.messages(JAN).await[0].unseen);
    })
    .await;
}

#[tokio::test]
async fn messages_come_newest_first_in_pages_and_are_unseen_until_opened() {
    on_both(async |tables| {
        let (store, jan) = (&tables.store, account_id(JAN));
        for number in 1..=5 {
            tables.write(number, Recipient::Account(jan), &[]).await;
        }
        let page = async |skipped| tables.tx(async |tx| store.messages_of(tx, jan, skipped, 2).await).await;
        assert_eq!(numbers(&page(0).await), [5, 4]);
        assert_eq!(numbers(&page(2).await), [3, 2]);
        assert_eq!(numbers(&page(4).await), [1]);
        let unseen = tables
            .tx(async |tx| {
                store.mark_message_seen(tx, jan, id(5), now()).await?;
                store.mark_message_seen(tx, jan, id(5), minutes_later(1)).await?;
                store.unseen_messages_of(tx, jan).await
            })
            .await;
        assert_eq!(unseen, 4);
        assert_eq!(page(0).await.iter().map(|message| message.unseen).collect::<Vec<_>>(), [false, true]);
    })
    .await;
}

#[tokio::test]
async fn d16_what_waits_is_nobodys_until_its_patient_registers() {
    on_both(async |tables| {
        let store = &tables.store;
        let nobody = bsn(NOBODY);
        tables.write(2, Recipient::Waiting(&nobody), &files()).await;
        tables.write(1, Recipient::Waiting(&nobody), &[]).await;
        tables.write(3, Recipient::Waiting(&bsn("999990044")), &[]).await;
        assert!(tables.messages(JAN).await.is_empty());
        // Whoever registers: here an account that is there already.
        let jan = account_id(JAN);
        let delivered = tables.tx(async |tx| store.deliver_waiting_messages(tx, &nobody, jan).await).await;
        assert_eq!(delivered, [(id(1), agb(PRACTICE)), (id(2), agb(PRACTICE))]);
        assert_eq!(numbers(&tables.messages(JAN).await), [2, 1]);
        let labels = tables.tx(async |tx| store.attachment_labels(tx, jan, id(2)).await).await;
        assert_eq!(labels.len(), 2);
        let again = tables.tx(async |tx| store.deliver_waiting_messages(tx, &nobody, jan).await).await;
        assert!(again.is_empty());
    })
    .await;
}

#[tokio::test]
async fn d16_what_waited_too_long_is_swept_and_what_arrived_stays() {
    on_both(async |tables| {
        let (store, nobody) = (&tables.store, bsn(NOBODY));
        tables.write(1, Recipient::Waiting(&nobody), &files()).await;
        tables.write(2, Recipient::Account(account_id(JAN)), &files()).await;
        tables.write(3, Recipient::Waiting(&nobody), &files()).await;
        let left = tables
            .tx(async |tx| {
                store.sweep_waiting_messages(tx, minutes_later(3)).await?;
                store.deliver_waiting_messages(tx, &nobody, account_id(FATIMA)).await
            })
            .await;
        assert_eq!(left, [(id(3), agb(PRACTICE))]);
        assert_eq!(numbers(&tables.messages(JAN).await), [2]);
    })
    .await;
}
