//! For any sequence of updates: what the patient was told last is what the XIS holds.

use agenda::Bsn;
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use serde_json::{Value, json};
use testkit::{JAN, Kit, appointment};

const ONE: &str = "01000001";
/// Sequences on each database.
const STORIES: usize = 40;

/// What a XIS says of an appointment, or a moment at which notices go out.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Booked { day: u8, comment: bool },
    Cancelled,
    GoesOut,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        5 => (12_u8..15, any::<bool>()).prop_map(|(day, comment)| Step::Booked { day, comment }),
        2 => Just(Step::Cancelled),
        3 => Just(Step::GoesOut),
    ];
    proptest::collection::vec(step, 1..9)
}

/// What the XIS holds after a sequence.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    day: u8,
    comment: bool,
    cancelled: bool,
}

fn body(id: &str, held: Held) -> Value {
    let mut body = appointment(id, JAN);
    let Held { day, comment, cancelled } = held;
    (body["start"], body["end"]) =
        (json!(format!("2026-05-{day}T09:10:00+02:00")), json!(format!("2026-05-{day}T09:20:00+02:00")));
    body["status"] = json!(if cancelled { "cancelled" } else { "booked" });
    if comment {
        body["comment"] = json!("Neem uw pasje mee");
    }
    body
}

/// Tells the platform and lets notices go out as the steps say; at the end all of them do.
async fn play(kit: &Kit, id: &str, steps: &[Step]) -> Held {
    let (xis, mut held) = (kit.caller().await, Held { day: 12, ..Held::default() });
    xis.put(ONE, id, &body(id, held)).await;
    for step in steps {
        match *step {
            Step::Booked { day, comment } => held = Held { day, comment, cancelled: false },
            Step::Cancelled => held.cancelled = true,
            Step::GoesOut => {
                kit.drain().await;
                continue;
            }
        }
        assert_eq!(xis.put(ONE, id, &body(id, held)).await.status, 200);
    }
    kit.drain().await;
    held
}

/// The subjects of the mails about this appointment, oldest first.
async fn told(kit: &Kit, id: &str) -> Vec<String> {
    let (store, bsn) = (&kit.store, &Bsn::parse(JAN.bsn).unwrap());
    let (practice, xis_id) = (&ONE.parse().unwrap(), &id.parse().unwrap());
    let stored = store
        .read("appointment", |mut tx| async move {
            let account = store.account_of(&mut tx, bsn).await?.unwrap();
            let stored = store.appointment_by_xis_id(&mut tx, practice, xis_id).await?.unwrap();
            assert_eq!(stored.account, Some(account.id));
            Ok::<_, store::Error>(stored)
        })
        .await
        .unwrap();
    let link = format!("/appointments/{}", stored.id);
    let mails = kit.mailbox.mails().into_iter().filter(|mail| mail.text.contains(&link));
    mails.map(|mail| mail.subject).collect()
}

#[tokio::test]
async fn what_was_told_last_is_what_the_xis_holds() {
    for kit in Kit::on_both().await {
        let mut runner = TestRunner::deterministic();
        for number in 0..STORIES {
            let (id, steps) = (format!("story-{number}"), steps().new_tree(&mut runner).unwrap().current());
            let held = play(&kit, &id, &steps).await;
            let told = told(&kit, &id).await;
            let last = told.last().map(String::as_str).unwrap_or_default();
            if held.cancelled {
                // Booked and cancelled before the first notice went out: there is nothing that a patient must unlearn,
                // but for the page that may have shown it.
                assert!(last.ends_with("is geannuleerd"), "{steps:?}: {told:?}");
            } else {
                let date = format!("{} mei 2026 om 09:10 uur", held.day);
                assert!(last.contains(&date) && !last.contains("geannuleerd"), "{steps:?}: {told:?}");
            }
            let twice = told.windows(2).find(|pair| pair[0] == pair[1] && !pair[0].contains("gewijzigd"));
            assert!(twice.is_none(), "{steps:?}: {told:?}");
        }
    }
}
