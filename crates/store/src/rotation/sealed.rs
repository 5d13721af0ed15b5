use db::{Tx, Vault, sql};

use super::place;
use crate::{
    Error,
    facts::unreadable,
    wall::{Job, Scoped as _},
};

/// A column of sealed values.
pub(super) struct Sealed {
    /// As the vault knows it: `table.column`.
    pub(super) name: &'static str,
    /// Rows after a key that another key than the one of now has sealed.
    next: &'static str,
    put: &'static str,
    count: &'static str,
    /// How many rows are taken at once.
    rows: u32,
}

/// A column of values sealed under `name:KEY` or `name:KEY:KEY`. The second byte of a sealed value is its key's id.
macro_rules! sealed {
    ($table:literal . $column:literal by $one:literal) => {
        sealed!($table . $column by $one, "''", 100)
    };
    ($table:literal . $column:literal by $one:literal, $other:literal) => {
        sealed!($table . $column by $one, $other, 100)
    };
    ($table:literal . $column:literal by $one:literal, $other:literal, $rows:literal) => {
        Sealed {
            name: concat!($table, ".", $column),
            next: concat!(
                "select ", $one, " as one, ", $other, " as other, ", $column, " as sealed from ", $table,
                " where (", $one, ", ", $other, ") > ($1, $2) and ", $column, " is not null
                   and substr(", $column, ", 2, 1) <> $3 order by one, other limit $4"
            ),
            put: concat!(
                "update ", $table, " set ", $column, " = $4 where ", $one, " = $1 and ", $other, " = $2 and ",
                $column, " = $3"
            ),
            count: concat!(
                "select count(*) as amount from ", $table, " where substr(", $column, ", 2, 1) <> $1"
            ),
            rows: $rows,
        }
    };
}

/// Everything that is sealed: a test looks at every column there is.
pub(super) const COLUMNS: &[Sealed] = &[
    sealed!("account"."bsn" by "id"),
    sealed!("account"."person" by "id"),
    sealed!("address_check"."address" by "id"),
    sealed!("former_address"."address" by "id"),
    sealed!("former_account"."bsn" by "id"),
    sealed!("session"."tokens" by "token_hash"),
    sealed!("login"."pending" by "state_hash"),
    sealed!("draft"."choice" by "account", "practice"),
    sealed!("reschedule_draft"."choice" by "appointment"),
    sealed!("appointment"."facts" by "id"),
    sealed!("notice"."facts" by "id"),
    sealed!("parked_response"."response" by "practice", "xis_id"),
    sealed!("parked_update"."body" by "practice", "xis_id"),
    sealed!("parked_update"."bsn" by "practice", "xis_id"),
    sealed!("push_subscription"."device" by "id"),
    sealed!("message"."words" by "id"),
    sealed!("message"."bsn" by "id"),
    sealed!("attachment"."label" by "message", "cast(number as text)"),
    // A file may have tens of megabytes.
    sealed!("attachment"."content" by "message", "cast(number as text)", 1),
    sealed!("invitation"."contact" by "id"),
    sealed!("invitation"."bsn" by "id"),
];

impl Sealed {
    /// Seals the rows after this one anew; gives how many, and the last of them.
    pub(super) async fn reseal(
        &self,
        vault: &Vault,
        tx: &mut Tx,
        [one, other]: &[String; 2],
    ) -> Result<(usize, Option<[String; 2]>), Error> {
        let rows = sql(self.next)
            .of_everybody(Job::Keys)
            .bind(one)
            .bind(other)
            .bind(vec![vault.current()])
            .bind(self.rows)
            .all(tx, |row| Ok(([row.get("one")?, row.get("other")?], row.get::<Vec<u8>>("sealed")?)))
            .await?;
        let mut changed = 0;
        for (key, sealed) in &rows {
            changed += self.reseal_one(vault, tx, key, sealed).await?;
        }
        Ok((changed, rows.into_iter().next_back().map(|(key, _)| key)))
    }

    /// How many rows another key than the one of now has sealed.
    pub(super) async fn left(&self, vault: &Vault, tx: &mut Tx) -> Result<u64, Error> {
        let counted = sql(self.count)
            .of_everybody(Job::Keys)
            .bind(vec![vault.current()])
            .first(tx, |row| row.get::<i64>("amount"))
            .await?;
        Ok(counted.and_then(|count| count.try_into().ok()).unwrap_or_default())
    }

    /// Changes the row as it was read: whoever wrote it meanwhile has sealed it with the key of now.
    async fn reseal_one(
        &self,
        vault: &Vault,
        tx: &mut Tx,
        key: &[String; 2],
        sealed: &[u8],
    ) -> Result<usize, Error> {
        let place = place(self.name, key);
        let anew = vault.open(&place, sealed).and_then(|secret| vault.seal(&place, &secret));
        let [one, other] = key;
        let changed = sql(self.put)
            .of_everybody(Job::Keys)
            .bind(one)
            .bind(other)
            .bind(sealed.to_vec())
            .bind(anew.map_err(|error| unreadable(&place, &error))?)
            .execute(tx)
            .await?;
        Ok(usize::from(changed > 0))
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, sync::Arc};

    use db::{Db, Keys};

    use super::*;
    use crate::{SCHEMA, Store};

    /// A picture that everybody may see.
    const NOT_SEALED: &str = "practice_logo.content";

    #[tokio::test]
    async fn every_sealed_column_is_in_the_list() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}/platform.db", folder.path().display());
        let keys = Keys { current: 1, sealing: [(1, [1; 32])].into(), index: [2; 32], audit: [3; 32].into() };
        let db = Db::connect(&url, SCHEMA).await.unwrap();
        let store = Store::new(db.clone(), Arc::new(Vault::new(&keys).unwrap()));
        store.migrate().await.unwrap();
        let columns: Result<BTreeSet<String>, db::Error> = db
            .read("columns", |mut tx| async move {
                let columns = sql("select t.name || '.' || c.name as column_name
                                   from sqlite_master t join pragma_table_info(t.name) c
                                   where t.type = 'table' and c.type in ('bytea', 'BYTEA')");
                Ok(columns.all(&mut tx, |row| row.get("column_name")).await?.into_iter().collect())
            })
            .await;
        let listed = COLUMNS.iter().map(|column| column.name.to_owned());
        let listed: BTreeSet<String> = listed.chain([NOT_SEALED.to_owned()]).collect();
        assert_eq!(columns.unwrap(), listed);
        assert!(store.needed().await.unwrap().sealed == 0);
    }
}
