//! Every page that shows a patient leaves a line in the audit trail about that patient (NEN 7513).

use db::{Statement, sql};

use crate::common::{Bench, JAN, MEHMET, PLAIN, benches, jansen, patient_id};

const DAY: &str = "/01000001/01000001-jansen/2026-05-13";
const DAY_READ: &str = "Schedule/01000001-jansen/2026-05-13";

/// About whom a line says that the practitioner read this, in order.
async fn readers(bench: &Bench, object: &str) -> Vec<String> {
    let read = || {
        sql("select subject from audit where actor = 'practitioner:jansen' and practice = $1
                      and action = 'read' and outcome = 'shown' and object = $2 order by subject")
    };
    texts(bench, || read().bind(PLAIN).bind(object)).await
}

/// Who stands in Dokter Jansen's agenda of Wednesday 13 May, or waits for an answer of the practice.
async fn standing(bench: &Bench) -> Vec<String> {
    let (from, until) = ("2026-05-12T22:00:00Z", "2026-05-13T22:00:00Z");
    let (from, until): (jiff::Timestamp, jiff::Timestamp) = (from.parse().unwrap(), until.parse().unwrap());
    let shown = || {
        sql("select distinct patient as subject from appointment where practice = $1 and (state = 'requested'
                       or (schedule = '01000001-jansen' and starts_at >= $2 and starts_at < $3)) order by 1")
    };
    texts(bench, || shown().bind(PLAIN).bind(from).bind(until)).await
}

async fn texts(bench: &Bench, select: impl Fn() -> Statement + Sync) -> Vec<String> {
    let select = &select;
    let tables = bench.tables().await;
    let found = tables.read("subjects", |mut tx| async move {
        select().all(&mut tx, |row| row.get::<String>("subject")).await
    });
    found.await.map_err(|error: db::Error| error).unwrap()
}

#[tokio::test]
async fn a_day_leaves_a_line_for_each_patient_on_it_and_an_open_page_only_for_who_came_since() {
    for bench in benches().await {
        bench.planned(MEHMET, "01000001-jansen", "2026-05-13", "18:00").await;
        let mut expected = standing(&bench).await;
        assert!(expected.contains(&MEHMET.to_owned()), "{}: {expected:?}", bench.database);
        bench.page("GET", DAY).send().await.expect(200);
        assert_eq!(readers(&bench, DAY_READ).await, expected, "{}", bench.database);

        let refresh = async || bench.page("GET", DAY).header("balie-unasked", "1").send().await.expect(200);
        refresh().await;
        assert_eq!(readers(&bench, DAY_READ).await, expected, "the same reading goes on");

        let newcomer = patient_id(PLAIN, JAN);
        let is_new = !expected.contains(&newcomer);
        bench.planned(&newcomer, "01000001-jansen", "2026-05-13", "18:30").await;
        refresh().await;
        expected.extend(is_new.then_some(newcomer));
        expected.sort();
        assert_eq!(readers(&bench, DAY_READ).await, expected, "who came since is read of too");

        bench.clock.turn(jiff::SignedDuration::from_secs(2 * 60 * 60));
        bench.log_in(&jansen()).await;
        refresh().await;
        assert_eq!(readers(&bench, DAY_READ).await.len(), 2 * expected.len(), "an hour is one reading");
    }
}

#[tokio::test]
async fn whoever_is_looked_for_or_looked_at_is_read_of() {
    for bench in benches().await {
        let found = bench.page("POST", "/01000001/appointments/new").form(&[("find", "Mehmet Yilmaz")]);
        found.send().await.expect(200);
        assert_eq!(readers(&bench, "patients").await, [MEHMET]);

        let address = bench.planned(MEHMET, "01000001-jansen", "2026-05-13", "18:00").await;
        let object = format!("Appointment/{}", address.rsplit('/').next().unwrap());
        for path in [address.clone(), format!("{address}/move")] {
            bench.page("GET", &path).send().await.expect(200);
        }
        assert_eq!(readers(&bench, &object).await, [MEHMET, MEHMET]);

        let nobody = bench.page("POST", "/01000001/appointments/new").form(&[("find", "Niemand")]);
        nobody.send().await.expect(200);
        assert_eq!(readers(&bench, "patients").await, [MEHMET], "who is not found is not read of");
    }
}
