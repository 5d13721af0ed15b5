use db::{Tx, sql};
use uuid::Uuid;

use super::{Device, read};
use crate::{AccountId, Error, Store, wall::Scoped as _};

/// How a device was renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renewed {
    /// Whose it is.
    pub account: AccountId,
    /// The id that it has and had.
    pub id: Uuid,
    /// The device that had the new endpoint before, where there was one, and whose it was.
    pub replaced: Option<(AccountId, Uuid)>,
}

impl Store {
    /// Puts `device` in the place of the one at `endpoint`, as its browser asks when it changes the endpoint
    /// itself. It keeps its id, so what waits for it goes to the new endpoint.
    ///
    /// No patient is logged in then: the permission is `auth`, which only the device and we know. `None`
    /// when there is no such device, or it has another secret.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn renew_subscription(
        &self,
        tx: &mut Tx,
        endpoint: &str,
        auth: &str,
        device: &Device,
    ) -> Result<Option<Renewed>, Error> {
        let (former, new) = (self.endpoint_indexes(endpoint), self.endpoint_indexes(&device.endpoint));
        let [index, other] = &former;
        self.lock_endpoints(tx, former.iter().chain(&new).collect()).await?;
        let row = sql("select * from push_subscription where endpoint_index in ($1, $2)")
            .of_bearers(&former)
            .bind(index)
            .bind(other)
            .first(tx, |row| Ok((row.parsed::<AccountId>("account")?, read(row)?)))
            .await?;
        let Some((account, row)) = row else { return Ok(None) };
        let known = self.open_subscription(row)?;
        if !self.is_same_secret(&known.device.auth, auth) {
            return Ok(None);
        }
        let [index, other] = &new;
        let replaced = sql("delete from push_subscription where endpoint_index in ($1, $2) and id <> $3
                            returning account, id")
        .of_bearers(&new)
        .bind(index)
        .bind(other)
        .bind(known.id.to_string())
        .first(tx, |row| Ok((row.parsed("account")?, row.parsed("id")?)))
        .await?;
        sql("update push_subscription set endpoint_index = $2, device = $3 where id = $1")
            .of_patient(account)
            .bind(known.id.to_string())
            .bind(index)
            .bind(self.seal(&super::place(known.id), device)?)
            .execute(tx)
            .await?;
        Ok(Some(Renewed { account, id: known.id, replaced }))
    }

    /// In one order, so that two that renew at once do not wait for each other.
    pub(super) async fn lock_endpoints(&self, tx: &mut Tx, mut indexes: Vec<&String>) -> Result<(), Error> {
        indexes.sort();
        indexes.dedup();
        for index in indexes {
            tx.lock(&super::lock_key(index)).await?;
        }
        Ok(())
    }

    /// The name under which a push service keeps only the latest message about one thing (an appointment) for one
    /// device: 32 characters that tell nothing of either to who lacks our key.
    #[must_use]
    pub fn push_topic(&self, subscription: Uuid, about: Uuid) -> String {
        let name = self.vault.blind_index("push topic", &format!("{subscription} {about}"));
        // 24 of the 32 bytes, in the letters of base64url.
        name.chars()
            .take(32)
            .map(|letter| match letter {
                '+' => '-',
                '/' => '_',
                letter => letter,
            })
            .collect()
    }

    /// Compared by their tags, so that the time it takes tells nothing of the secret.
    fn is_same_secret(&self, known: &str, given: &str) -> bool {
        let tag = |secret| self.vault.blind_index("push secret", secret);
        tag(known) == tag(given)
    }
}
