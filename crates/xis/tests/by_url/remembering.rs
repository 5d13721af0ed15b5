//! What is left behind in the tables: who did what to whose data, and no citizen number that can be read.

use db::{Db, Row, sql};

use crate::common::{APPROVING, Bench, JAN, MEHMET, PLAIN, benches, patient_id};

/// Who did what for whom with which outcome, without the demonstration data, oldest first.
async fn remembered(db: &Db) -> Vec<String> {
    let line = |row: &Row| {
        let text = |column| row.get::<String>(column);
        Ok(format!("{} {} {} {}", text("actor")?, text("action")?, text("subject")?, text("outcome")?))
    };
    let select = "select * from audit where actor <> 'seed' and action <> 'login' order by at, id";
    db.read("audit", |mut tx| async move { sql(select).all(&mut tx, line).await })
        .await
        .unwrap_or_else(|error: db::Error| panic!("{error}"))
}

async fn lines(bench: &Bench) -> Vec<String> {
    let found = remembered(&bench.tables().await).await;
    bench.clock.turn(jiff::SignedDuration::from_secs(1));
    found
}

#[tokio::test]
async fn every_act_leaves_one_row_with_actor_and_subject_apart() {
    for bench in benches().await {
        let jan = patient_id(PLAIN, JAN);
        let slot = &bench.free_slots(PLAIN, "consult").await[0];
        let booked = bench.book(PLAIN, JAN, slot).send().await.expect(201).json();
        let mut expected = vec![format!("client:platform request {jan} booked")];
        assert_eq!(lines(&bench).await, expected);

        bench.book(PLAIN, JAN, slot).send().await.expect(409);
        assert_eq!(lines(&bench).await, expected, "what was not done leaves nothing");

        let id = booked["id"].as_str().unwrap();
        bench.appointment(PLAIN, JAN, id).await;
        expected.push(format!("client:platform read {jan} found"));
        assert_eq!(lines(&bench).await, expected);

        let address = format!("/{PLAIN}/appointments/{id}");
        bench.move_to(&address, "01000001-jansen", "2026-05-13", "18:00").send().await.expect(303);
        expected.push(format!("practitioner:jansen move {jan} booked"));
        assert_eq!(lines(&bench).await, expected);

        bench.page("POST", &format!("{address}/cancel")).form(&[]).send().await.expect(303);
        expected.push(format!("practitioner:jansen cancel {jan} cancelled"));
        assert_eq!(lines(&bench).await, expected);

        bench.planned(MEHMET, "01000001-jansen", "2026-05-13", "18:00").await;
        expected.push(format!("practitioner:jansen create {MEHMET} booked"));
        assert_eq!(lines(&bench).await, expected);
    }
}

#[tokio::test]
async fn no_table_holds_a_citizen_number_that_can_be_read() {
    for bench in benches().await {
        let (address, _) = bench.requested(JAN).await;
        bench.page("POST", &format!("{address}/approve")).form(&[]).send().await.expect(303);
        bench.xis.tell_now().await.unwrap();
        bench
            .page("POST", &format!("/{APPROVING}/appointments/new"))
            .form(&[("find", JAN)])
            .send()
            .await
            .expect(200);
        let db = bench.tables().await;
        for (select, columns) in [
            ("select * from patient", &["id", "bsn_index", "name", "name_folded"][..]),
            ("select * from appointment", &["id", "patient"]),
            ("select * from audit", &["id", "actor", "action", "object", "outcome", "seal"]),
            ("select * from outbox", &["id", "lane", "payload"]),
        ] {
            let line = |row: &Row| {
                columns.iter().map(|column| row.get::<String>(column)).collect::<Result<Vec<_>, _>>()
            };
            let rows = db.read("rows", |mut tx| async move { sql(select).all(&mut tx, line).await });
            let rows = rows.await.map_err(|error: db::Error| error).unwrap();
            assert!(!rows.is_empty() && !rows.concat().iter().any(|text| text.contains(JAN)), "{select}");
        }
    }
}
