//! From tables without fences, without a chain over the audit trail, and with keyed hashes of tokens.

use std::time::Duration;

use agenda::{Bsn, State};
use db::{Statement, Tx, sql};
use jiff::Timestamp;
use uuid::Uuid;

use super::{Place, SERVICE, vault};
use crate::{Actor, AuditEntry, Error, Language, NewAccount, Origin, Store, Vault};

/// The last step before.
const LAST: i64 = 13;

const JAN: &str = "00000000-0000-0000-0000-000000000001";
const JANS_BSN: &str = "999990019";
/// Of who has no account yet.
const WAITING_BSN: &str = "999990044";
const VISIT: &str = "00000000-0000-0000-0000-000000000002";
const MESSAGE: &str = "00000000-0000-0000-0000-000000000003";
const WAITING_MESSAGE: &str = "00000000-0000-0000-0000-000000000004";
const INVITATION: &str = "00000000-0000-0000-0000-000000000005";
const COOKIE: &str = "a cookie";
const TOKEN: &str = "a token in a link";

const PERSON: &str = r#"{"name":"Jan Jansen","mail":"jan@example.nl"}"#;
const FACTS: &str = r#"{"appointment":{"content":{"start":"2026-05-13T08:00:00Z","end":"2026-05-13T08:10:00Z",
    "categories":[{"system":"urn:types","code":"CONSULT","display":"Consult"}],
    "participants":[{"reference":"PractitionerRole/1","display":"Dokter Jansen","is_patient":false}],
    "comment":"Kom nuchter"},"reason":null,"state":{"state":"booked"},"settled":false,"answer":null,
    "cancellation":null},"slot":null,"news":"new","before":null,"cancel_window":null,
    "ties":{"how_far":null,"gives_way_to":null,"event":null},"guessed_from":null}"#;
const WORDS: &str = r#"{"topic":"Uitslag","text":"Belt u ons even"}"#;
const CONTACT: &str = r#"{"mail":"piet@example.nl","token":"a token in a link"}"#;
const TOKENS: &str =
    r#"{"access_token":"access","access_expires_at":"2026-05-12T09:00:00Z","id_token":"identity"}"#;

/// The audit trail: actor, subject, practice, act, object and outcome.
type Line = ([&'static str; 2], [Option<&'static str>; 2], &'static str, Option<&'static str>, &'static str);
const LINES: [Line; 3] = [
    (["patient", JAN], [Some(JAN), None], "login", None, "ok"),
    (["xis", "xis"], [Some(JAN), Some("01000001")], "appointment update", Some("a"), "new"),
    (["unknown", ""], [None, None], "token", None, "refused: invalid_client"),
];

fn now() -> Timestamp {
    "2026-05-12T08:00:00Z".parse().unwrap()
}

/// What was stored then, in the form of then.
fn rows(vault: &Vault) -> Vec<Statement> {
    let seal = |place: String, text: &str| vault.seal(&place, text.as_bytes()).unwrap();
    let index = |purpose: &str, text: &str| vault.blind_index(purpose, text);
    let session = index("session", COOKIE);
    let rows = [
        sql("insert into xis_client (id, secret_hash, created_at) values ('xis', 'hash', 0)"),
        sql("insert into practice (agb, client, name, settings, returns_identifier, created_at)
             values ('01000001', 'xis', 'De Linde', '{}', 0, 0)"),
        sql("insert into account (id, bsn_index, bsn, person, language, detail, created_at, unsubscribe)
             values ($1, $2, $3, $4, 'nl', 2, 0, 'stop')")
        .bind(JAN)
        .bind(index("bsn", JANS_BSN))
        .bind(seal(format!("account.bsn:{JAN}"), JANS_BSN))
        .bind(seal(format!("account.person:{JAN}"), PERSON)),
        sql("insert into membership (account, practice) values ($1, '01000001')").bind(JAN),
        sql("insert into session (token_hash, account, tokens, started_at, used_at) values ($1, $2, $3, 0, 0)")
            .bind(&session)
            .bind(JAN)
            .bind(seal(format!("session.tokens:{session}"), TOKENS)),
        sql("insert into appointment (id, practice, account, xis_id, state, start_at, end_at, facts, revision, unseen,
                                      created_at, changed_at)
             values ($1, '01000001', $2, 'a', 'booked', 1778659200000000, 1778659800000000, $3, 1, 1, 0, 0)")
        .bind(VISIT)
        .bind(JAN)
        .bind(seal(format!("appointment.facts:{VISIT}"), FACTS)),
        sql("insert into message (id, practice, account, words, created_at) values ($1, '01000001', $2, $3, 0)")
            .bind(MESSAGE)
            .bind(JAN)
            .bind(seal(format!("message.words:{MESSAGE}"), WORDS)),
        sql("insert into message (id, practice, bsn_index, words, created_at) values ($1, '01000001', $2, $3, 0)")
            .bind(WAITING_MESSAGE)
            .bind(index("bsn", WAITING_BSN))
            .bind(seal(format!("message.words:{WAITING_MESSAGE}"), WORDS)),
        sql("insert into invitation (id, practice, bsn_index, token_hash, contact, created_at)
             values ($1, '01000001', $2, $3, $4, 0)")
        .bind(INVITATION)
        .bind(index("bsn", WAITING_BSN))
        .bind(index("invitation", TOKEN))
        .bind(seal(format!("invitation.contact:{INVITATION}"), CONTACT)),
    ];
    rows.into_iter().chain(LINES.into_iter().zip(0..).map(|line| audit_line(vault, line))).collect()
}

fn audit_line(
    vault: &Vault,
    ((actor, [subject, practice], action, object, outcome), number): (Line, i64),
) -> Statement {
    let (id, at) = (Uuid::from_u64_pair(0, number.unsigned_abs()).to_string(), number.to_string());
    let marked = |field: Option<&str>| field.map_or_else(|| "-".to_owned(), |field| format!("+{field}"));
    let seal = vault.audit_seal(&[
        &id,
        &at,
        actor[0],
        actor[1],
        &marked(subject),
        &marked(practice),
        action,
        &marked(object),
        outcome,
    ]);
    sql("insert into audit (id, at, actor_kind, actor, subject, practice, action, object, outcome, seal)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(id)
    .bind(number)
    .bind(actor[0])
    .bind(actor[1])
    .bind(subject)
    .bind(practice)
    .bind(action)
    .bind(object)
    .bind(outcome)
    .bind(seal)
}

/// Whoever was logged in is not any more; everything else is there for the service, which does not own the tables.
#[tokio::test]
async fn what_was_kept_before_there_were_fences_and_batches_is_read_and_the_trail_holds() {
    for place in Place::on_both() {
        let vault = &vault();
        place.fill(LAST, || rows(vault)).await;
        place.upgraded().await.db().close().await;
        let store = &Store::new(place.opened_by(SERVICE).await, vault.clone());
        store.migrate().await.unwrap();
        let read: Result<(), Error> =
            store.tx("after", |mut tx| async move { is_there(store, &mut tx).await }).await;
        read.unwrap();
        trail_holds(store).await;
    }
}

async fn is_there(store: &Store, tx: &mut Tx) -> Result<(), Error> {
    let bsn = |digits| Bsn::parse_lenient(digits).unwrap();
    let jan = store.account_of(tx, &bsn(JANS_BSN)).await?.unwrap();
    assert_eq!((jan.id.to_string().as_str(), jan.name.as_str()), (JAN, "Jan Jansen"));
    assert_eq!((jan.mail.as_deref(), jan.unsubscribe.as_str()), (Some("jan@example.nl"), "stop"));
    let visits = store.appointments_of(tx, jan.id).await?;
    let [visit] = &visits[..] else { panic!("{visits:?}") };
    assert_eq!((visit.id.to_string().as_str(), &visit.appointment.state), (VISIT, &State::Booked));
    assert_eq!(visit.appointment.content.comment.as_deref(), Some("Kom nuchter"));
    let messages = store.messages_of(tx, jan.id, 0, 10).await?;
    assert_eq!((messages.len(), messages[0].words.topic.as_str()), (1, "Uitslag"));
    assert_eq!(store.session(tx, COOKIE).await?, None);

    // Who was invited finds the link, and the message that waits.
    let invitation = store.invitation_of_link(tx, TOKEN).await?.unwrap();
    assert_eq!(store.contact(&invitation)?.unwrap().mail, "piet@example.nl");
    assert!(store.message_waits(tx, &invitation).await?);
    let (id, bsn) = (crate::AccountId::new(Uuid::from_u128(9)), &bsn(WAITING_BSN));
    let piet = NewAccount { id, bsn, name: "Piet", mail: None, language: Language::Dutch };
    assert!(store.add_account(tx, &piet, now()).await?);
    assert!(store.is_invited(&invitation, &store.account(tx, id).await?.unwrap()));
    assert_eq!(store.deliver_waiting_messages(tx, bsn, id).await?.len(), 1);
    Ok(())
}

/// What was there is chained with what comes.
async fn trail_holds(store: &Store) {
    let changed: Result<u64, Error> = store
        .tx("change", |mut tx| async move {
            Ok(sql("update audit set outcome = 'ok'").of("job:audit").execute(&mut tx).await?)
        })
        .await;
    assert!(changed.is_err(), "{changed:?}");
    let added: Result<(), Error> = store
        .tx("add", |mut tx| async move {
            let entry = AuditEntry {
                id: Uuid::from_u128(8),
                at: now(),
                actor: &Actor::Platform("test"),
                subject: None,
                practice: None,
                action: "audit sweep",
                object: None,
                outcome: "0 lines",
                origin: Origin::default(),
            };
            store.audit(&mut tx, entry).await
        })
        .await;
    added.unwrap();
    let sealing = async {
        let mut sealed = 0;
        while sealed < 4 {
            sealed += store.seal_audit(now()).await.unwrap().map_or(0, |batch| batch.lines);
            tokio::task::yield_now().await;
        }
        sealed
    };
    assert_eq!(tokio::time::timeout(Duration::from_secs(60), sealing).await.unwrap(), 4);
    let mut check = store.check_audit(Vec::new());
    while let Some(faults) = check.next().await.unwrap() {
        assert_eq!(faults, []);
    }
    assert_eq!((check.counts().lines, check.counts().waiting), (4, 0));
}
