//! What the patient sees and what the practice's agenda holds are the same.

use std::collections::{BTreeMap, BTreeSet};

use db::{Db, Error, sql};
use jiff::Timestamp;

use crate::{disk::EVERYBODY, sim::Sim};

/// An appointment as one side knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Held {
    state: String,
    start: Timestamp,
    end: Timestamp,
}

/// By practice and the XIS's id.
type View = BTreeMap<(String, String), Held>;

pub(super) async fn check(sim: &Sim, platform: &Db, xis: &Db) {
    let (seen, agenda) = match (patients_see(platform).await, agenda_holds(xis).await) {
        (Ok(seen), Ok(agenda)) => (seen, agenda),
        (Err(error), _) | (_, Err(error)) => return sim.violated(format!("no view: {error}")),
    };
    let keys: BTreeSet<_> = seen.keys().chain(agenda.keys()).collect();
    for key in keys {
        let (seen, held) = (seen.get(key), agenda.get(key));
        if seen != held {
            sim.violated(format!("{key:?}: the patient sees {seen:?}, the agenda holds {held:?}"));
        }
    }
    if let Err(error) = nobody_waits(sim, platform).await {
        sim.violated(format!("no view: {error}"));
    }
    one_visit_per_wish(sim, xis).await;
}

/// What stands, to the patient.
async fn patients_see(platform: &Db) -> Result<View, Error> {
    platform
        .read("what patients see", |mut tx| async move {
            let rows =
                sql("select practice, coalesce(xis_id, 'none of ' || id) as xis_id, state, start_at, end_at
                            from appointment where state in ('pending', 'booked')")
                .of(EVERYBODY);
            let rows = rows.all(&mut tx, |row| {
                let held =
                    Held { state: row.get("state")?, start: row.get("start_at")?, end: row.get("end_at")? };
                Ok(((row.get("practice")?, row.get("xis_id")?), held))
            });
            Ok(rows.await?.into_iter().collect())
        })
        .await
}

/// What stands, to the practice, of patients who use the platform.
async fn agenda_holds(xis: &Db) -> Result<View, Error> {
    xis.read("what the agenda holds", |mut tx| async move {
        let rows =
            sql("select practice, id, case state when 'requested' then 'pending' else state end as state,
                          starts_at, ends_at
                        from appointment
                        where state in ('requested', 'booked') and patient like '%-given-%'");
        let rows = rows.all(&mut tx, |row| {
            let held =
                Held { state: row.get("state")?, start: row.get("starts_at")?, end: row.get("ends_at")? };
            Ok(((row.get("practice")?, row.get("id")?), held))
        });
        Ok(rows.await?.into_iter().collect())
    })
    .await
}

/// Every request has come to an answer.
async fn nobody_waits(sim: &Sim, platform: &Db) -> Result<(), Error> {
    let open: Vec<String> = platform
        .read("open attempts", |mut tx| async move {
            sql("select id || ' ' || state as line from appointment where state in ('requested', 'unknown')")
                .of(EVERYBODY)
                .all(&mut tx, |row| row.get("line"))
                .await
        })
        .await?;
    open.into_iter().for_each(|line| sim.violated(format!("no answer was found for {line}")));
    Ok(())
}

/// However often a form was sent, from however many devices: one wish (its words are nobody else's) is one visit.
async fn one_visit_per_wish(sim: &Sim, xis: &Db) {
    let doubled: Result<Vec<String>, Error> = xis
        .read("wishes", |mut tx| async move {
            sql("select reason from appointment
                 where reason like 'Wens %' and state in ('requested', 'booked')
                 group by reason having count(*) > 1")
            .all(&mut tx, |row| row.get("reason"))
            .await
        })
        .await;
    for reason in doubled.unwrap_or_else(|error| vec![error.to_string()]) {
        sim.violated(format!("booked more than once: {reason}"));
    }
}
