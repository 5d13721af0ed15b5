//! What is not delivered: listed with its reason, shown, and tried again.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use outbox::{Courier, Message, Parcel, Runner, Settings, Verdict};
use store::{Db, SCHEMA};
use world::{Clock as _, SystemClock, World};

use crate::operator::Operator;

/// Gives up the messages of lane `dead`, puts off those of lane `failing` and delivers all others.
struct Clerk;

#[async_trait::async_trait]
impl Courier for Clerk {
    async fn deliver(&self, parcel: &Parcel) -> Verdict {
        match parcel.lane.as_str() {
            "dead" => {
                Verdict::GiveUp { reason: "the mail server refuses this mail for good (code 550)".into() }
            }
            "failing" => Verdict::Retry {
                reason: "the mail server did not answer within 30 s".into(),
                after: Some(Duration::from_secs(3600)),
            },
            _ => Verdict::Done,
        }
    }
}

/// An operator whose outbox holds `ID LANE TOPIC`, each due for an hour, after everybody tried.
async fn operator_with(messages: &[&str]) -> (Operator, Db) {
    let operator = Operator::new();
    operator.succeeds(&["migrate"]);
    let db = Db::connect(&operator.database(), SCHEMA).await.unwrap();
    let now = SystemClock.now();
    for message in messages {
        let words: Vec<&str> = message.split(' ').collect();
        let [id, lane, topic] = words[..] else { panic!("{message}") };
        db.tx("leave behind", |mut tx| async move { leave(&mut tx, (id, lane, topic), now).await })
            .await
            .unwrap();
    }
    work(&db).await;
    (operator, db)
}

async fn leave(
    tx: &mut store::Tx,
    (id, lane, topic): (&str, &str, &str),
    now: Timestamp,
) -> Result<(), store::DatabaseError> {
    let hour_ago = now - Duration::from_secs(3600);
    // The payload says whom it is about, so no command may show it.
    let (id, payload) = (id.to_owned(), r#"{"account":"of-jan"}"#.to_owned());
    outbox::enqueue(tx, Message { id, topic, lane, tenant: "01000001", payload, due_at: hour_ago }, hour_ago)
        .await
}

/// Delivers everything of topic `mail` that is due.
async fn work(db: &Db) -> usize {
    let runner = Runner::new(db.clone(), World::system().unwrap(), Settings::default());
    runner.with("mail", Arc::new(Clerk)).drain().await.unwrap()
}

#[tokio::test]
async fn what_is_stuck_is_listed_with_its_reason_and_shown() {
    let messages =
        ["m1 dead mail", "m2 failing mail", "m3 elsewhere push", "m4 elsewhere push", "m5 fine mail"];
    let (operator, _db) = operator_with(&messages).await;
    let listed = operator.succeeds(&["outbox", "stuck", "--attempts", "1"]);
    let lines: Vec<Vec<&str>> = listed
        .lines()
        .map(|line| line.split("  ").filter(|cell| !cell.is_empty()).map(str::trim).collect())
        .collect();
    assert_eq!(lines[0], ["ID", "TOPIC", "PRACTICE", "STANDING", "SINCE", "ATTEMPTS", "NEXT TRY", "PROBLEM"]);
    let told: Vec<_> =
        lines[1..].iter().map(|line| (line[0], line[1], line[2], line[3], line[5], line[7])).collect();
    assert_eq!(
        told,
        [
            (
                "m1",
                "mail",
                "01000001",
                "given up",
                "1",
                "the mail server refuses this mail for good (code 550)"
            ),
            ("m2", "mail", "01000001", "failing", "1", "the mail server did not answer within 30 s"),
            ("m3", "push", "01000001", "waiting", "0", "-"),
        ],
        "m4 waits for m3, m5 is done"
    );
    assert!(!listed.contains("of-jan"), "{listed}");

    let shown = operator.succeeds(&["outbox", "show", "m3"]);
    for line in ["id = m3", "standing = waiting", "attempts = 0", "waiting behind it = 1"] {
        assert!(shown.lines().any(|shown| shown == line), "{line} is not in\n{shown}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&operator.succeeds(&["outbox", "stuck", "--json", "--overdue", "61"])).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 1, "{json}");
    assert_eq!((&json[0]["id"], &json[0]["next_try"]), (&"m1".into(), &serde_json::Value::Null));
    assert!(json[0]["ended"].as_str().unwrap().parse::<Timestamp>().is_ok());
    let one: serde_json::Value =
        serde_json::from_str(&operator.succeeds(&["outbox", "show", "m2", "--json"])).unwrap();
    assert_eq!((&one["topic"], &one["attempts"]), (&"mail".into(), &1.into()));
}

#[tokio::test]
async fn what_was_given_up_is_tried_again_with_a_line_in_the_audit_trail() {
    let messages = ["m1 dead mail", "m2 dead mail", "m3 dead mail", "m4 failing mail"];
    let (operator, db) = operator_with(&messages).await;
    assert_eq!(operator.succeeds(&["outbox", "retry", "m1", "m4"]), "2 messages are tried again now\n");
    assert_eq!(operator.succeeds(&["outbox", "stuck"]).lines().count(), 3, "m2 and m3 below their heads");
    let none = "nothing was given up, so there is nothing to try again\n";
    assert_eq!(operator.succeeds(&["outbox", "retry", "--all-dead", "--topic", "push"]), none);
    assert_eq!(
        operator.succeeds(&["outbox", "retry", "--all-dead", "--topic", "mail"]),
        "2 messages are tried again now\n"
    );
    assert_eq!(testkit::audited(&db, "outbox retry").await, ["ok"; 4]);
    assert_eq!(operator.succeeds(&["outbox", "stuck"]), "nothing is stuck\n");
    assert_eq!(work(&db).await, 4);
    assert_eq!(operator.succeeds(&["outbox", "retry", "--all-dead"]), "3 messages are tried again now\n");
    assert_eq!(operator.succeeds(&["outbox", "stuck", "--json"]), "[]\n");
}

#[tokio::test]
async fn what_cannot_be_tried_again_is_said_in_one_line_and_changes_nothing() {
    let (operator, db) = operator_with(&["m1 dead mail", "m2 fine mail"]).await;
    let cases: [(&[&str], &str); 3] = [
        (&["outbox", "show", "m9"], "there is no message \"m9\" in the outbox"),
        (&["outbox", "retry", "m1", "m9"], "there is no message \"m9\" in the outbox"),
        (&["outbox", "retry", "m1", "m2"], "message m2 is done: there is nothing to try again"),
    ];
    for (words, line) in cases {
        let said = operator.fails(words);
        assert!(said.starts_with("balie: ") && said.contains(line), "{words:?}: {said}");
    }
    let refused: [&[&str]; 4] = [
        &["outbox", "retry"],
        &["outbox", "retry", "m1", "--all-dead"],
        &["outbox", "retry", "m1", "--topic", "mail"],
        &["outbox", "stuck", "--attempts", "0"],
    ];
    for words in refused {
        let said = operator.types(words);
        assert!(!said.ok && said.err.starts_with("error: "), "{words:?}: {}", said.err);
    }
    assert_eq!(testkit::audited(&db, "outbox retry").await, Vec::<String>::new());
    assert_eq!(work(&db).await, 0);
}
