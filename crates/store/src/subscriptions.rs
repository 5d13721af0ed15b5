use db::{Row, Tx, sql};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{AccountId, Error, Store, wall::Scoped as _};

mod renew;

pub use renew::Renewed;

/// How many devices a patient can have; the oldest makes room.
const MOST: u32 = 10;

/// A device of a patient that shows notifications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its id, see [`Route::Push`](crate::Route::Push).
    pub id: Uuid,
    /// Where it is reached, and by what name the patient knows it.
    pub device: Device,
    /// Since when.
    pub created_at: Timestamp,
    /// When its push service last took something for it.
    pub last_used_at: Option<Timestamp>,
}

/// How a device was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscribed {
    /// The id by which it is known.
    pub id: Uuid,
    /// The patient who had it before, where that was another one.
    pub left: Option<AccountId>,
    /// The patient's oldest devices, which made room for it.
    pub made_room: Vec<Uuid>,
}

/// Where a device is reached (a `PushSubscription` of its browser), and what it is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The address at its push service. Whoever knows it can send there.
    pub endpoint: String,
    /// The public key that messages are encrypted for, base64url.
    pub p256dh: String,
    /// The secret that only the device and we know, base64url.
    pub auth: String,
    /// Such as `Firefox`.
    pub browser: Option<String>,
    /// Such as `Android`.
    pub system: Option<String>,
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Device")
            .field("browser", &self.browser)
            .field("system", &self.system)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Stores that this patient's notifications go to a device too.
    ///
    /// The same endpoint keeps its id; one that was another patient's leaves that patient and gets `new_id`, so
    /// that nothing that waits for the other goes there. Beyond ten devices the oldest goes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_subscription(
        &self,
        tx: &mut Tx,
        account: AccountId,
        new_id: Uuid,
        device: &Device,
        now: Timestamp,
    ) -> Result<Subscribed, Error> {
        let indexes = self.endpoint_indexes(&device.endpoint);
        let [index, other] = &indexes;
        self.lock_endpoints(tx, indexes.iter().collect()).await?;
        let left = sql("delete from push_subscription where endpoint_index in ($1, $2) and account <> $3
                        returning account")
        .of_bearers(&indexes)
        .bind(index)
        .bind(other)
        .bind(account)
        .first(tx, |row| row.parsed("account"))
        .await?;
        let known = sql("select id from push_subscription where endpoint_index in ($1, $2)")
            .of_bearers(&indexes)
            .bind(index)
            .bind(other)
            .first(tx, |row| row.parsed("id"))
            .await?;
        let id = known.unwrap_or(new_id);
        sql("insert into push_subscription (id, account, endpoint_index, device, created_at)
             values ($1, $2, $3, $4, $5) on conflict (id) do update set device = excluded.device")
        .of_patient(account)
        .bind(id.to_string())
        .bind(account)
        .bind(index)
        .bind(self.seal(&place(id), device)?)
        .bind(now)
        .execute(tx)
        .await?;
        let made_room = self.make_room(tx, account, id).await?;
        Ok(Subscribed { id, left, made_room })
    }

    /// The patient's devices, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn subscriptions_of(
        &self,
        tx: &mut Tx,
        account: AccountId,
    ) -> Result<Vec<Subscription>, Error> {
        let rows = sql("select * from push_subscription where account = $1 order by created_at, id")
            .of_patient(account)
            .bind(account)
            .all(tx, read)
            .await?;
        rows.into_iter().map(|row| self.open_subscription(row)).collect()
    }

    /// One of the patient's devices.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn subscription(
        &self,
        tx: &mut Tx,
        account: AccountId,
        id: Uuid,
    ) -> Result<Option<Subscription>, Error> {
        let row = sql("select * from push_subscription where account = $1 and id = $2")
            .of_patient(account)
            .bind(account)
            .bind(id.to_string())
            .first(tx, read)
            .await?;
        row.map(|row| self.open_subscription(row)).transpose()
    }

    /// Forgets one of the patient's devices; `false` when it is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_subscription(
        &self,
        tx: &mut Tx,
        account: AccountId,
        id: Uuid,
    ) -> Result<bool, Error> {
        let removed = sql("delete from push_subscription where account = $1 and id = $2")
            .of_patient(account)
            .bind(account)
            .bind(id.to_string())
            .execute(tx)
            .await?;
        Ok(removed > 0)
    }

    /// Forgets the patient's device at this endpoint, and gives the id that it had.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_subscription_at(
        &self,
        tx: &mut Tx,
        account: AccountId,
        endpoint: &str,
    ) -> Result<Option<Uuid>, Error> {
        let [index, other] = self.endpoint_indexes(endpoint);
        let removed = sql("delete from push_subscription where account = $1 and endpoint_index in ($2, $3)
                           returning id")
        .of_patient(account)
        .bind(account)
        .bind(index)
        .bind(other)
        .first(tx, |row| row.parsed("id"))
        .await?;
        Ok(removed)
    }

    /// Notes that a push service took something for this device.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn touch_subscription(
        &self,
        tx: &mut Tx,
        account: AccountId,
        id: Uuid,
        now: Timestamp,
    ) -> Result<(), Error> {
        sql("update push_subscription set last_used_at = $3 where account = $1 and id = $2")
            .of_patient(account)
            .bind(account)
            .bind(id.to_string())
            .bind(now)
            .execute_later(tx)
            .await?;
        Ok(())
    }

    /// Notes that the patient tries this device now; `false` when it is none, or was tried after `before`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_trial(
        &self,
        tx: &mut Tx,
        account: AccountId,
        id: Uuid,
        before: Timestamp,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let noted = sql("update push_subscription set tried_at = $4
                         where account = $1 and id = $2 and (tried_at is null or tried_at <= $3)")
        .of_patient(account)
        .bind(account)
        .bind(id.to_string())
        .bind(before)
        .bind(now)
        .execute(tx)
        .await?;
        Ok(noted > 0)
    }

    async fn make_room(&self, tx: &mut Tx, account: AccountId, newest: Uuid) -> Result<Vec<Uuid>, Error> {
        let gone = sql("delete from push_subscription where account = $1 and id <> $2 and id not in (
               select id from push_subscription where account = $1 and id <> $2
               order by created_at desc, id limit $3) returning id")
        .of_patient(account)
        .bind(account)
        .bind(newest.to_string())
        .bind(MOST - 1)
        .all(tx, |row| row.parsed("id"))
        .await?;
        Ok(gone)
    }

    fn open_subscription(&self, (id, sealed, times): SealedRow) -> Result<Subscription, Error> {
        let (created_at, last_used_at) = times;
        Ok(Subscription { id, device: self.open(&place(id), &sealed)?, created_at, last_used_at })
    }

    /// Under what this endpoint may stand while keys rotate; the first is the one of now.
    fn endpoint_indexes(&self, endpoint: &str) -> [String; 2] {
        self.vault.blind_indexes(ENDPOINT, endpoint)
    }
}

/// What the index of endpoints is for.
pub(crate) const ENDPOINT: &str = "push endpoint";

type SealedRow = (Uuid, Vec<u8>, (Timestamp, Option<Timestamp>));

fn read(row: &Row) -> Result<SealedRow, db::Error> {
    let times = (row.get("created_at")?, row.optional("last_used_at")?);
    Ok((row.parsed("id")?, row.get("device")?, times))
}

fn lock_key(endpoint_index: &str) -> String {
    format!("push subscription {endpoint_index}")
}

fn place(id: Uuid) -> String {
    format!("push_subscription.device:{id}")
}
