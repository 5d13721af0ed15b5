use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA384, digest};

use crate::{Db, Error, connect::Engine, postgres, role};

/// One step of a party's tables, in the SQL that both databases understand. Never edited once released.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Steps run in this order.
    pub version: i64,
    /// What it brings, in a few words.
    pub name: &'static str,
    /// Statements, separated by semicolons.
    pub sql: &'static str,
}

impl Db {
    /// Runs the steps that have not been run, and puts the fences up; several processes may call it at once.
    ///
    /// Whoever does not own the tables finds out whether their owner has done so.
    ///
    /// # Errors
    /// When a step fails (it leaves nothing behind) or was changed since it ran; [`Error::NotMigrated`].
    pub async fn migrate(&self, steps: &[Migration]) -> Result<(), Error> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.migrate(steps.to_vec()).await,
            Engine::Postgres(postgres) if role::is_ours(postgres).await? => {
                postgres::Owner::connect(postgres).await?.migrate(steps, self.fences).await
            }
            Engine::Postgres(postgres) => postgres.see(steps, self.fences).await,
        }
    }
}

/// By which one sees whether a step was changed since it ran.
pub(crate) fn checksum(step: &Migration) -> Vec<u8> {
    digest(&SHA384, step.sql.as_bytes()).as_ref().to_vec()
}

/// The steps that have not run yet, in their order, of those that ran with these checksums by their versions.
pub(crate) fn missing<'a>(
    steps: &'a [Migration],
    applied: &BTreeMap<i64, Vec<u8>>,
) -> Result<Vec<&'a Migration>, Error> {
    if let Some(version) = applied.keys().find(|version| steps.iter().all(|step| step.version != **version)) {
        return Err(Error::Migrate(format!("step {version} ran before, and this program does not know it")));
    }
    let has_changed =
        |step: &&Migration| applied.get(&step.version).is_some_and(|before| *before != checksum(step));
    if let Some(step) = steps.iter().find(has_changed) {
        return Err(Error::Migrate(format!("step {} was changed since it ran", step.version)));
    }
    let mut missing: Vec<_> = steps.iter().filter(|step| !applied.contains_key(&step.version)).collect();
    missing.sort_by_key(|step| step.version);
    Ok(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [Migration; 2] = [
        Migration { version: 2, name: "second", sql: "select 2" },
        Migration { version: 1, name: "first", sql: "select 1" },
    ];

    fn versions(applied: &[(i64, Vec<u8>)]) -> Result<Vec<i64>, String> {
        let missing = missing(&STEPS, &applied.iter().cloned().collect());
        missing
            .map(|steps| steps.iter().map(|step| step.version).collect())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn what_has_not_run_is_run_in_order() {
        assert_eq!(versions(&[]), Ok(vec![1, 2]));
        assert_eq!(versions(&[(1, checksum(&STEPS[1]))]), Ok(vec![2]));
    }

    #[test]
    fn what_ran_otherwise_or_is_unknown_is_refused() {
        let changed = versions(&[(1, checksum(&STEPS[0]))]);
        assert_eq!(changed, Err("the migrations did not run: step 1 was changed since it ran".to_owned()));
        let unknown = versions(&[(3, Vec::new())]);
        let said = "the migrations did not run: step 3 ran before, and this program does not know it";
        assert_eq!(unknown, Err(said.to_owned()));
    }
}
