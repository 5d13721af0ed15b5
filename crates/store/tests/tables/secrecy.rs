//! What must not be read from a stolen disk is nowhere in the files of the database.

use agenda::{Coding, Decision, Kind};
use store::{
    AddressCheck, AppointmentId, Attachment, Choice, Contact, Device, Error, FormerAddress, InvitationId,
    Language, MessageId, NewAccount, NewInvitation, NewMessage, News, Notice, ParkedResponse, PendingLogin,
    Recipient, Session, SessionTokens, Stored, Tx, Words,
};
use uuid::Uuid;

use crate::common::{
    Tables,
    examples::{FATIMA, PRACTICE, account_id, agb, bsn, content, now, practice, request},
    sqlite,
};

const BSN: &str = "111222333";
const PARKED_BSN: &str = "999990044";
/// In everything that a patient or a practice wrote, and in every name, address, token and secret.
const SECRET: &str = "Zwaluwstaart";
/// In what is no secret, to see that this test would see it.
const OPEN: &str = "Koekoeksklok";

fn secret(what: &str) -> String {
    format!("{SECRET} {what}")
}

/// ASVS: 14.2.4
#[tokio::test]
async fn no_bsn_reason_comment_name_mail_address_or_token_is_in_the_database_file() {
    let folder = tempfile::tempdir().unwrap();
    let tables = sqlite(&folder).await;
    tables
        .tx(async |tx| {
            write_patient(&tables, tx).await?;
            write_appointment(&tables, tx).await?;
            write_parked(&tables, tx).await?;
            write_messages(&tables, tx).await
        })
        .await;
    check(&folder);
    // And again when everything has moved from the log into the file itself.
    tables.store.db().close().await;
    check(&folder);
}

fn check(folder: &tempfile::TempDir) {
    let mut bytes = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        bytes.extend(std::fs::read(file.unwrap().path()).unwrap());
    }
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(OPEN), "what is open is not found: this test looks in the wrong place");
    for hidden in [BSN, PARKED_BSN, SECRET, &SECRET.to_lowercase()] {
        assert!(!holds(hidden), "{hidden} is readable");
    }
}

async fn write_patient(tables: &Tables, tx: &mut Tx) -> Result<(), Error> {
    let (store, id, here) = (&tables.store, account_id(BSN), agb(PRACTICE));
    store.add_practice(tx, &practice("01000003", "xis-a", OPEN), now()).await?;
    let (name, mail) = (secret("name"), format!("{SECRET}@example.nl"));
    let bsn = bsn(BSN);
    let new = NewAccount { id, bsn: &bsn, name: &name, mail: Some(&mail), language: Language::English };
    store.add_account(tx, &new, now()).await?;
    store.add_membership(tx, id, &here).await?;
    let tokens = SessionTokens { access_token: secret("access"), access_expires_at: now() };
    let session = Session { account: id, tokens, started_at: now(), used_at: now() };
    store.add_session(tx, &secret("cookie"), &session).await?;
    let login = PendingLogin { pending: secret("verifier"), return_to: "/".to_owned(), started_at: now() };
    store.add_login(tx, &secret("state"), &login).await?;
    let device = Device {
        endpoint: format!("https://push.example/{SECRET}"),
        p256dh: secret("public key"),
        auth: secret("auth"),
        browser: Some(secret("browser")),
        system: Some(secret("system")),
    };
    let check = AddressCheck {
        id: Uuid::from_u128(1),
        account: id,
        address: format!("{SECRET}@new.example"),
        asked_at: now(),
        tries: 0,
        codes: 1,
        counted_from: now(),
    };
    store.save_address_check(tx, &check).await?;
    let former = FormerAddress { account: id, address: format!("{SECRET}@old.example") };
    store.add_former_address(tx, Uuid::from_u128(2), &former, now()).await?;
    store.save_subscription(tx, id, Uuid::from_u128(1), &device, now()).await?;
    let display = Some(secret("type"));
    let category = Some(Coding { system: "urn:types".to_owned(), code: "CONSULT".to_owned(), display });
    let choice = Choice { category, reason: Some(secret("draft")), ..Choice::default() };
    store.save_draft(tx, id, &here, &choice, now()).await
}

async fn write_appointment(tables: &Tables, tx: &mut Tx) -> Result<(), Error> {
    let mut before = content();
    before.comment = Some(secret("former comment"));
    let mut stored = Stored { account: Some(account_id(BSN)), ..request(1) };
    stored.appointment.reason = Some(secret("reason").parse().unwrap());
    stored.appointment.answer = Some(secret("answer"));
    stored.appointment.content.comment = Some(secret("comment"));
    stored.appointment.content.participants[0].display = Some(secret("practitioner"));
    stored.news = Some(News { kind: Kind::Modified, before: Some(before.clone()) });
    tables.store.add_appointment(tx, &stored).await?;
    stored.revision = 2;
    tables.store.save_appointment(tx, &stored).await?;
    let choice = Choice { reason: Some(secret("draft of another time")), ..Choice::default() };
    tables.store.save_reschedule_draft(tx, account_id(BSN), stored.id, &choice, now()).await?;
    let notice = Notice {
        id: Uuid::from_u128(1),
        appointment: AppointmentId::new(Uuid::from_u128(1)),
        revision: 2,
        kind: Kind::Modified,
        practice: agb(PRACTICE),
        account: account_id(FATIMA),
        before: Some(before),
        created_at: now(),
    };
    tables.store.add_notice(tx, &notice).await.map(drop)
}

async fn write_messages(tables: &Tables, tx: &mut Tx) -> Result<(), Error> {
    let (store, practice, nobody) = (&tables.store, &agb(PRACTICE), &bsn(PARKED_BSN));
    let words = &Words { topic: secret("topic"), text: secret("text") };
    let file = Attachment {
        name: secret("file"),
        media_type: "application/pdf".to_owned(),
        content: secret("content").into_bytes(),
    };
    for (number, recipient) in [(1, Recipient::Account(account_id(BSN))), (2, Recipient::Waiting(nobody))] {
        let id = MessageId::new(Uuid::from_u128(number));
        let attachments = std::slice::from_ref(&file);
        let new = NewMessage { id, practice, recipient, words, attachments };
        store.add_message(tx, &new, now()).await?;
    }
    let contact = &Contact { mail: format!("{SECRET}@example.nl"), token: secret("token") };
    let id = InvitationId::new(Uuid::from_u128(1));
    store.add_invitation(tx, &NewInvitation { id, practice, bsn: nobody, contact }, now()).await?;
    let print = store.fingerprint("message", &[PARKED_BSN.as_bytes(), secret("text").as_bytes()]);
    store.note_receipt(tx, &print, id.uuid(), now(), now()).await.map(drop)
}

async fn write_parked(tables: &Tables, tx: &mut Tx) -> Result<(), Error> {
    let (store, here, id) = (&tables.store, agb(PRACTICE), "xis-1".parse().unwrap());
    let response = ParkedResponse { decision: Decision::Declined, comment: Some(secret("parked comment")) };
    store.park_response(tx, &here, &id, &response, now()).await?;
    let body = format!("{{\"bsn\":\"{PARKED_BSN}\",\"comment\":\"{}\"}}", secret("parked update"));
    store.park_update(tx, &here, &id, &bsn(PARKED_BSN), body.as_bytes(), now()).await
}
