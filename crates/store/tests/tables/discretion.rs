//! What is kept of patients shows itself to nobody who prints it: no number, no token, no word that was written.

use agenda::Decision;
use db::{Keys, Vault};
use store::{
    Account, AddressCheck, Attachment, Choice, Contact, Device, FormerAddress, InvitationId, Language,
    Message, MessageId, NewAccount, NewInvitation, NewMessage, ParkedResponse, Preferences, Recipient,
    Session, SessionTokens, Whom, Words,
};
use uuid::Uuid;

use crate::common::examples::{JAN, PRACTICE, account_id, agb, bsn, now, request};

const SECRET: &str = "Zwaluwstaart";

fn secret() -> String {
    SECRET.to_owned()
}

/// ASVS: 14.2.2, 16.2.5
#[test]
fn nothing_that_is_kept_shows_a_number_a_token_a_key_or_what_was_written() {
    let (number, practice) = (&bsn(JAN), &agb(PRACTICE));
    let words = &Words { topic: secret(), text: secret() };
    let contact = &Contact { mail: secret(), token: secret() };
    let tokens = SessionTokens { access_token: secret(), access_expires_at: now() };
    let device = Device { endpoint: secret(), p256dh: secret(), auth: secret(), browser: None, system: None };
    let file = Attachment {
        name: "a.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        content: secret().into(),
    };
    let mut visit = request(1);
    visit.appointment.reason = Some(SECRET.parse().unwrap());
    let account = Account {
        id: account_id(JAN),
        bsn: number.clone(),
        name: secret(),
        mail: Some(secret()),
        language: Language::Dutch,
        preferences: Preferences::default(),
        unsubscribe: secret(),
    };
    let id = account_id(JAN);
    let keys = Keys { current: 1, sealing: [(1, [77; 32])].into(), index: [77; 32], audit: [77; 32].into() };
    let check = AddressCheck {
        id: Uuid::from_u128(1),
        account: id,
        address: secret(),
        asked_at: now(),
        tries: 0,
        codes: 1,
        counted_from: now(),
    };
    let shown = [
        format!("{number:?} {:?} {:?}", Whom::Bsn(number.clone()), Recipient::Waiting(number)),
        format!("{account:?}"),
        format!(
            "{:?}",
            NewAccount { id, bsn: number, name: SECRET, mail: Some(SECRET), language: Language::Dutch }
        ),
        format!("{:?}", Session { account: id, tokens, started_at: now(), used_at: now() }),
        format!(
            "{:?}",
            NewInvitation { id: InvitationId::new(Uuid::from_u128(1)), practice, bsn: number, contact }
        ),
        format!("{device:?} {words:?} {file:?} {check:?}"),
        format!("{:?}", FormerAddress { account: id, address: secret() }),
        format!(
            "{:?}",
            Message {
                id: MessageId::new(Uuid::from_u128(1)),
                practice: practice.clone(),
                words: words.clone(),
                created_at: now(),
                unseen: true
            }
        ),
        format!(
            "{:?}",
            NewMessage {
                id: MessageId::new(Uuid::from_u128(1)),
                practice,
                recipient: Recipient::Waiting(number),
                words,
                attachments: &[file]
            }
        ),
        format!("{:?}", Choice { reason: Some(secret()), ..Choice::default() }),
        format!("{:?}", ParkedResponse { decision: Decision::Declined, comment: Some(secret()) }),
        format!("{visit:?}"),
        format!("{keys:?} {:?}", Vault::new(&keys).unwrap()),
    ];
    for text in shown {
        for hidden in [JAN, SECRET, "77, 77"] {
            assert!(!text.contains(hidden), "{hidden} is in {text}");
        }
    }
}
