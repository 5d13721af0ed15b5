//! A row of Jan's or of the first practice's in every table that has a fence, and none of anybody else's.

use agenda::{Decision, Kind};
use db::{Error as DatabaseError, sql};
use store::{
    Actor, AddressCheck, Attachment, AuditEntry, Choice, Contact, Delivery, Device, Entrance, Error,
    FormerAddress, InvitationId, MessageId, NewInvitation, NewMessage, Notice, Origin, ParkedResponse,
    PendingLogin, Recipient, Route, Session, SessionTokens, Tx, Words,
};
use uuid::Uuid;

use crate::common::{
    Tables,
    examples::{JAN, PRACTICE, account_id, agb, appointment_id, booked, bsn, now},
};

/// Without an account: what is his waits.
const WAITING: &str = "999990044";
const ID: Uuid = Uuid::from_u128(1);

pub(super) async fn fill(tables: &Tables) {
    assert!(tables.add(&booked(1, "xis-1")).await);
    tables
        .tx(async |tx| {
            write_patient(tables, tx).await?;
            write_devices(tables, tx).await?;
            write_visit(tables, tx).await?;
            write_messages(tables, tx).await?;
            write_what_waits(tables, tx).await?;
            write_line(tables, tx).await
        })
        .await;
    write_former_account(tables).await;
}

async fn write_patient(tables: &Tables, tx: &mut Tx) -> Result<(), Error> {
    let (store, jan, here) = (&tables.store, account_id(JAN), &agb(PRACTICE));
    store.add_membership(tx, jan, here).await?;
    let tokens = SessionTokens { access_token: "token".to_owned(), access_expires_at: now() };
    let session = Session { account: jan, tokens, started_at: now(), used_at: now() };
    store.add_session(tx, "cookie", &session).await?;
    let pending =
        PendingLogin { pending: "verifier".to_owned(), return_to: "/".to_owned(), started_at: now() };
    store.add_login(tx, "state", &pending).await?;
    store.save_draft(tx, jan, here, &Choice::default(), now()).await?;
    store.save_reschedule_draft(tx, jan, appointment_id(1), &Choice::default(), now()).await
}

async fn write_devices(tables: &Tables, tx: &mut Tx) -> Result<(), Error> {
    let (store, jan) = (&tables.store, account_id(JAN));
    let check = AddressCheck {
        id: ID,
        account: jan,
        address: "jan@new.example".to_owned(),
        asked_at: now(),
        tries: 0,
        codes: 1,
        counted_from: now(),
    };
    store.save_address_check(tx, &check).await?;
    let former = FormerAddress { account: jan, address: "jan@old.example".to_owned() };
    store.add_former_address(tx, ID, &former, now()).await?;
    let [endpoint, p256dh, auth] = ["https://push.example/1", "key", "auth"].map(str::to_owned);
    let device = Device { endpoint, p256dh, auth, browser: None, system: None };
    store.save_subscription(tx, jan, ID, &device, now()).await.map(drop)
}

async fn write_visit(tables: &Tables, tx: &mut Tx) -> Result<(), Error> {
    let (store, jan, id) = (&tables.store, account_id(JAN), appointment_id(1));
    store.add_sighting(tx, &agb(PRACTICE), id, true, now()).await?;
    let notice = Notice {
        id: ID,
        appointment: id,
        revision: 1,
        kind: Kind::Modified,
        practice: agb(PRACTICE),
        account: jan,
        before: None,
        created_at: now(),
    };
    assert!(store.add_notice(tx, &notice).await?);
    let about = id.uuid();
    store
        .add_delivery(tx, &Delivery { notice: ID, route: Route::Mail, message: ID, about, account: jan })
        .await?;
    store.renew_calendar_feed(tx, jan, (ID, "secret"), now()).await?;
    store.claim_calendar_edition(tx, jan, id, "content", now()).await.map(drop)
}

async fn write_messages(tables: &Tables, tx: &mut Tx) -> Result<(), Error> {
    let (store, practice, waiting) = (&tables.store, &agb(PRACTICE), &bsn(WAITING));
    let words = &Words { topic: "topic".to_owned(), text: "text".to_owned() };
    let [name, media_type] = ["a.pdf", "application/pdf"].map(str::to_owned);
    let attachments = &[Attachment { name, media_type, content: b"content".to_vec() }];
    for (number, recipient) in [(2, Recipient::Account(account_id(JAN))), (3, Recipient::Waiting(waiting))] {
        let id = MessageId::new(Uuid::from_u128(number));
        store.add_message(tx, &NewMessage { id, practice, recipient, words, attachments }, now()).await?;
    }
    let print = store.fingerprint("message", &[b"what was received"]);
    store.note_receipt(tx, &print, Uuid::from_u128(2), now(), now()).await.map(drop)
}

async fn write_what_waits(tables: &Tables, tx: &mut Tx) -> Result<(), Error> {
    let (store, practice, waiting) = (&tables.store, &agb(PRACTICE), &bsn(WAITING));
    let contact = &Contact { mail: "nobody@example.nl".to_owned(), token: "token".to_owned() };
    let id = InvitationId::new(ID);
    store.add_invitation(tx, &NewInvitation { id, practice, bsn: waiting, contact }, now()).await?;
    let response = ParkedResponse { decision: Decision::Accepted, comment: None };
    store.park_response(tx, practice, &"xis-2".parse().unwrap(), &response, now()).await?;
    store.park_update(tx, practice, &"xis-3".parse().unwrap(), waiting, b"body", now()).await
}

async fn write_line(tables: &Tables, tx: &mut Tx) -> Result<(), Error> {
    let (jan, here) = (account_id(JAN), agb(PRACTICE));
    let line = AuditEntry {
        id: ID,
        at: now(),
        actor: &Actor::Patient(jan),
        subject: Some(jan),
        practice: Some(&here),
        action: "appointment update",
        object: None,
        outcome: "modified",
        origin: Origin { entrance: Entrance::Portal, network: None, request: None },
    };
    tables.store.audit(tx, line).await
}

/// Of an account that is gone; here Jan's is there still.
async fn write_former_account(tables: &Tables) {
    let jan = &account_id(JAN).to_string();
    let written: Result<u64, DatabaseError> = tables
        .bare()
        .await
        .tx("a former account", |mut tx| async move {
            let text =
                "insert into former_account (id, bsn, deleted_at) select id, bsn, 0 from account where id = $1";
            sql(text).bind(jan).execute(&mut tx).await
        })
        .await;
    assert_eq!(written.unwrap(), 1);
}
