//! Nobody is booked where somebody is: no two appointments that hold their time overlap in one agenda.

use db::{Db, Error, sql};

use crate::sim::Sim;

pub(super) async fn check(sim: &Sim, xis: &Db) {
    let overlaps: Result<Vec<String>, Error> = xis
        .read("overlaps", |mut tx| async move {
            sql("select one.id || ' and ' || other.id as both_of
                 from appointment one join appointment other on one.schedule = other.schedule
                   and one.starts_at < other.ends_at and other.starts_at < one.ends_at and one.id < other.id
                 where one.state in ('requested', 'booked') and other.state in ('requested', 'booked')")
            .all(&mut tx, |row| row.get("both_of"))
            .await
        })
        .await;
    for both in overlaps.unwrap_or_else(|error| vec![error.to_string()]) {
        sim.violated(format!("double booking: {both}"));
    }
}
