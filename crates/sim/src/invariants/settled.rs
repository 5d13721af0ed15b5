//! Nothing is left to do, and nothing was given up.

use db::{Db, Error, sql};

use crate::sim::Sim;

pub(super) async fn check(sim: &Sim, platform: &Db, xis: &Db) {
    for (name, db) in [("platform", platform), ("xis", xis)] {
        let left: Result<Vec<String>, Error> = db
            .read("what is left", |mut tx| async move {
                sql("select standing || ' ' || topic || ' after ' || attempts || ': ' || coalesce(problem, '') as line
                     from outbox where standing <> 'done' order by created_at, id")
                .all(&mut tx, |row| row.get("line"))
                .await
            })
            .await;
        for line in left.unwrap_or_else(|error| vec![error.to_string()]) {
            sim.violated(format!("left in the outbox of {name}: {line}"));
        }
    }
}
