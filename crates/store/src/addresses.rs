//! The mail addresses of patients: one that is to be proved, the one that mail goes to, and one that was left.

mod former;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use db::{Row, Tx, sql};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    AccountId, Error, Store,
    wall::{Job, Scoped as _},
};

pub use former::FormerAddress;

/// A mail address that a patient gave and has yet to prove. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct AddressCheck {
    /// Another for each code that is sent.
    pub id: Uuid,
    /// Whose address it is said to be.
    pub account: AccountId,
    /// The address.
    pub address: String,
    /// When this code was asked for.
    pub asked_at: Timestamp,
    /// Wrong codes so far; [`CLOSED`](Self::CLOSED) when there is nothing to prove any more.
    pub tries: u32,
    /// How many codes were asked for since [`counted_from`](Self::counted_from).
    pub codes: u32,
    /// From when codes are counted.
    pub counted_from: Timestamp,
}

impl AddressCheck {
    /// More tries than anybody has.
    pub const CLOSED: u32 = u32::MAX;

    /// With nothing left to prove. How many codes were mailed, and when the last was, is still known: whoever begins
    /// again has no more of them for it.
    #[must_use]
    pub fn closed(self) -> Self {
        Self { tries: Self::CLOSED, ..self }
    }

    /// Whether there is nothing left to prove.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.tries == Self::CLOSED
    }
}

impl std::fmt::Debug for AddressCheck {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { id, tries, codes, .. } = self;
        f.debug_struct("AddressCheck")
            .field("id", id)
            .field("tries", tries)
            .field("codes", codes)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Keeps what is to be proved, in place of what the same patient had to prove before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_address_check(&self, tx: &mut Tx, check: &AddressCheck) -> Result<(), Error> {
        sql("insert into address_check (account, id, address, asked_at, tries, codes, counted_from)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (account) do update set id = excluded.id, address = excluded.address,
               asked_at = excluded.asked_at, tries = excluded.tries, codes = excluded.codes,
               counted_from = excluded.counted_from")
        .of_patient(check.account)
        .bind(check.account)
        .bind(check.id.to_string())
        .bind(self.seal(&place(check.id), &check.address)?)
        .bind(check.asked_at)
        .bind(check.tries)
        .bind(check.codes)
        .bind(check.counted_from)
        .execute_later(tx)
        .await?;
        Ok(())
    }

    /// What this patient has to prove, or had to, however old.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn address_check(
        &self,
        tx: &mut Tx,
        account: AccountId,
    ) -> Result<Option<AddressCheck>, Error> {
        let found = sql("select * from address_check where account = $1").of_patient(account).bind(account);
        let row = found.first(tx, read).await?;
        row.map(|(check, sealed)| {
            let address = self.open(&place(check.id), &sealed)?;
            Ok(AddressCheck { address, ..check })
        })
        .transpose()
    }

    /// The six digits that prove this address. They are kept nowhere: without the key nobody finds them.
    #[must_use]
    pub fn address_code(&self, check: &AddressCheck) -> String {
        let [code, _] = self.address_codes(check);
        code
    }

    /// Whether these are the digits that prove this address. While keys rotate, a code that was mailed under the other
    /// key is as good.
    #[must_use]
    pub fn is_address_code(&self, check: &AddressCheck, digits: &str) -> bool {
        self.address_codes(check).iter().any(|code| code == digits)
    }

    fn address_codes(&self, check: &AddressCheck) -> [String; 2] {
        let secret = format!("{} {}", check.id, check.address);
        self.vault.blind_indexes("address code", &secret).map(|index| six_digits(&index))
    }

    /// Forgets what nobody proved, and addresses that were left, since before this time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep_addresses(&self, tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
        for text in
            ["delete from address_check where asked_at < $1", "delete from former_address where left_at < $1"]
        {
            sql(text).of_everybody(Job::Sweep).bind(before).execute(tx).await?;
        }
        Ok(())
    }
}

fn six_digits(index: &str) -> String {
    let bytes = STANDARD.decode(index).unwrap_or_default();
    let number = bytes.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{:06}", number % 1_000_000)
}

/// All but the address, and the address as it is sealed.
fn read(row: &Row) -> Result<(AddressCheck, Vec<u8>), db::Error> {
    let check = AddressCheck {
        id: row.parsed("id")?,
        account: row.parsed("account")?,
        address: String::new(),
        asked_at: row.get("asked_at")?,
        tries: row.get("tries")?,
        codes: row.get("codes")?,
        counted_from: row.get("counted_from")?,
    };
    Ok((check, row.get("address")?))
}

fn place(id: Uuid) -> String {
    format!("address_check.address:{id}")
}
