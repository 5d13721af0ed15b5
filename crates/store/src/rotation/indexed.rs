use db::{Tx, Vault, sql};
use jiff::Timestamp;
use serde::Deserialize;

use super::place;
use crate::{
    Error,
    accounts::BSN,
    facts::unreadable,
    subscriptions::ENDPOINT,
    wall::{Job, Scoped as _},
};

/// How many rows are taken at once.
const ROWS: u32 = 100;

/// A column of blind indexes, with the sealed secret that each stands for.
pub(super) struct Indexed {
    /// `table.column` of the index.
    pub(super) name: &'static str,
    /// `table.column` of the secret.
    secret: &'static str,
    /// What the index is for.
    purpose: &'static str,
    /// The secret, from what is sealed.
    read: fn(&[u8]) -> Option<String>,
    next: &'static str,
    put: &'static str,
    /// Indexes without a secret.
    count: &'static str,
}

macro_rules! indexed {
    ($table:literal . $index:literal of $secret:literal by $one:literal, $other:literal: $purpose:expr, $read:expr) => {
        Indexed {
            name: concat!($table, ".", $index),
            secret: concat!($table, ".", $secret),
            purpose: $purpose,
            read: $read,
            next: concat!(
                "select ",
                $one,
                " as one, ",
                $other,
                " as other, ",
                $index,
                " as tag, ",
                $secret,
                " as sealed from ",
                $table,
                " where (",
                $one,
                ", ",
                $other,
                ") > ($1, $2) and ",
                $index,
                " is not null and ",
                $secret,
                " is not null order by one, other limit $3"
            ),
            put: concat!(
                "update ",
                $table,
                " set ",
                $index,
                " = $4 where ",
                $one,
                " = $1 and ",
                $other,
                " = $2 and ",
                $index,
                " = $3"
            ),
            count: concat!(
                "select count(*) as amount from ",
                $table,
                " where ",
                $index,
                " is not null and ",
                $secret,
                " is null"
            ),
        }
    };
}

pub(super) const COLUMNS: &[Indexed] = &[
    indexed!("account"."bsn_index" of "bsn" by "id", "''": BSN, text),
    indexed!("message"."bsn_index" of "bsn" by "id", "''": BSN, text),
    indexed!("invitation"."bsn_index" of "bsn" by "id", "''": BSN, text),
    indexed!("parked_update"."bsn_index" of "bsn" by "practice", "xis_id": BSN, text),
    indexed!("push_subscription"."endpoint_index" of "device" by "id", "''": ENDPOINT, endpoint),
];

/// A row: its key, its index, its sealed secret.
type Tagged = ([String; 2], String, Vec<u8>);

impl Indexed {
    /// Indexes the rows after this one anew; gives how many, and the last that was looked at.
    pub(super) async fn reindex(
        &self,
        vault: &Vault,
        tx: &mut Tx,
        [one, other]: &[String; 2],
    ) -> Result<(usize, Option<[String; 2]>), Error> {
        let rows: Vec<Tagged> = sql(self.next)
            .of_everybody(Job::Keys)
            .bind(one)
            .bind(other)
            .bind(ROWS)
            .all(tx, |row| Ok(([row.get("one")?, row.get("other")?], row.get("tag")?, row.get("sealed")?)))
            .await?;
        let mut changed = 0;
        for row in &rows {
            changed += self.reindex_one(vault, tx, row).await?;
        }
        Ok((changed, rows.into_iter().next_back().map(|(key, ..)| key)))
    }

    async fn reindex_one(
        &self,
        vault: &Vault,
        tx: &mut Tx,
        (key, tag, sealed): &Tagged,
    ) -> Result<usize, Error> {
        let place = place(self.secret, key);
        let secret = vault.open(&place, sealed).map_err(|error| unreadable(&place, &error))?;
        let secret = (self.read)(&secret).ok_or_else(|| unreadable(&place, &"not what was written there"))?;
        let anew = vault.blind_index(self.purpose, &secret);
        if anew == *tag {
            return Ok(0);
        }
        let [one, other] = key;
        let changed = sql(self.put)
            .of_everybody(Job::Keys)
            .bind(one)
            .bind(other)
            .bind(tag)
            .bind(anew)
            .execute(tx)
            .await?;
        Ok(usize::from(changed > 0))
    }

    /// How many rows are found by their index alone, whatever key it was made with.
    pub(super) async fn left(&self, tx: &mut Tx) -> Result<u64, Error> {
        let counted =
            sql(self.count).of_everybody(Job::Keys).first(tx, |row| row.get::<i64>("amount")).await?;
        Ok(counted.and_then(|count| count.try_into().ok()).unwrap_or_default())
    }
}

/// When the oldest thing was received whose repeat is told by its fingerprint.
pub(super) async fn oldest_receipt(tx: &mut Tx) -> Result<Option<Timestamp>, Error> {
    let oldest = sql("select min(received_at) as oldest from receipt")
        .of_everybody(Job::Keys)
        .first(tx, |row| row.optional("oldest"))
        .await?;
    Ok(oldest.flatten())
}

fn text(secret: &[u8]) -> Option<String> {
    String::from_utf8(secret.to_vec()).ok()
}

/// What of a device its index stands for.
fn endpoint(device: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Reached {
        endpoint: String,
    }
    serde_json::from_slice(device).ok().map(|Reached { endpoint }| endpoint)
}
