use agenda::{Agb, Bsn};
use db::{MIGRATION, Row, TOKEN_HASH, Tx, sql, token_hash};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Account, Error, InvitationId, Store,
    accounts::BSN,
    facts::unreadable,
    wall::{Job, Scoped as _},
};

/// That a practice asked a patient to come here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Who asked.
    pub practice: Agb,
    /// When.
    pub created_at: Timestamp,
    /// When the patient accepted.
    pub used_at: Option<Timestamp>,
    /// Whom, as the blind index of the BSN.
    bsn_index: String,
    /// The same, sealed.
    bsn: Option<Vec<u8>>,
    contact: Option<Vec<u8>>,
}

/// An invitation to be kept. `Debug` hides for whom.
#[derive(Clone, Copy)]
pub struct NewInvitation<'a> {
    /// Its id.
    pub id: InvitationId,
    /// Who asks.
    pub practice: &'a Agb,
    /// Whom.
    pub bsn: &'a Bsn,
    /// Where, and with which link.
    pub contact: &'a Contact,
}

impl std::fmt::Debug for NewInvitation<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewInvitation").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Where an invitation goes and what its link carries. `Debug` hides both.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The mail address.
    pub mail: String,
    /// The token in the link: random, found by its hash, sealed here for the mail that is written later.
    pub token: String,
}

impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(..)")
    }
}

impl Store {
    /// Keeps an invitation.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_invitation(
        &self,
        tx: &mut Tx,
        new: &NewInvitation<'_>,
        now: Timestamp,
    ) -> Result<(), Error> {
        sql("insert into invitation (id, practice, bsn_index, token_hash, contact, created_at, bsn)
             values ($1, $2, $3, $4, $5, $6, $7)")
        .of_practice(new.practice)
        .bind(new.id)
        .bind(new.practice.as_str())
        .bind(self.bsn_index(new.bsn))
        .bind(token_hash(&new.contact.token))
        .bind(self.seal(&place(new.id), new.contact)?)
        .bind(now)
        .bind(self.seal_bsn(&bsn_place(new.id), new.bsn)?)
        .execute_later(tx)
        .await?;
        Ok(())
    }

    /// The invitation with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invitation(&self, tx: &mut Tx, id: InvitationId) -> Result<Option<Invitation>, Error> {
        let found = sql("select * from invitation where id = $1").of_bearer(&id.to_string()).bind(id);
        Ok(found.first(tx, read).await?)
    }

    /// The invitation whose link carries this token, used and expired ones too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invitation_of_link(&self, tx: &mut Tx, token: &str) -> Result<Option<Invitation>, Error> {
        let hash = &token_hash(token);
        let found = sql("select * from invitation where token_hash = $1").of_bearer(hash).bind(hash);
        Ok(found.first(tx, read).await?)
    }

    /// Those of a patient, used and expired ones too, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invitations_of(&self, tx: &mut Tx, bsn: &Bsn) -> Result<Vec<Invitation>, Error> {
        let indexes = self.bsn_indexes(bsn);
        let [index, other] = &indexes;
        let found = sql("select * from invitation where bsn_index in ($1, $2) order by created_at, id")
            .of_bearers(&indexes)
            .bind(index)
            .bind(other);
        Ok(found.all(tx, read).await?)
    }

    /// Whether this patient is the one who was invited.
    #[must_use]
    pub fn is_invited(&self, invitation: &Invitation, patient: &Account) -> bool {
        self.bsn_indexes(&patient.bsn).contains(&invitation.bsn_index)
    }

    /// Whether a message of who invited waits for the patient to register (D16).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn message_waits(&self, tx: &mut Tx, invitation: &Invitation) -> Result<bool, Error> {
        let indexes = self.indexes_of(invitation)?;
        let [index, other] = &indexes;
        let found = sql("select 1 as one from message where bsn_index in ($1, $2) and practice = $3 limit 1")
            .of_bearers(&indexes)
            .bind(index)
            .bind(other)
            .bind(invitation.practice.as_str())
            .first(tx, |row| row.get::<i64>("one"))
            .await?;
        Ok(found.is_some())
    }

    /// Where an invitation goes, unless it was used or has expired.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn contact(&self, invitation: &Invitation) -> Result<Option<Contact>, Error> {
        let sealed = invitation.contact.as_ref();
        sealed.map(|sealed| self.open(&place(invitation.id), sealed)).transpose()
    }

    /// Notes that an invitation was accepted and forgets where it went; `false` when it was accepted before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_invitation(&self, tx: &mut Tx, id: InvitationId, now: Timestamp) -> Result<bool, Error> {
        let used =
            sql("update invitation set used_at = $2, contact = null where id = $1 and used_at is null")
                .of_bearer(&id.to_string())
                .bind(id)
                .bind(now)
                .execute(tx)
                .await?;
        Ok(used > 0)
    }

    /// Forgets where the invitations from before `expired` went, and removes those from before `forgotten`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep_invitations(
        &self,
        tx: &mut Tx,
        expired: Timestamp,
        forgotten: Timestamp,
    ) -> Result<(), Error> {
        sql("update invitation set contact = null where created_at < $1 and contact is not null")
            .of_everybody(Job::Sweep)
            .bind(expired)
            .execute(tx)
            .await?;
        sql("delete from invitation where created_at < $1")
            .of_everybody(Job::Sweep)
            .bind(forgotten)
            .execute_later(tx)
            .await?;
        Ok(())
    }

    /// Under what the BSN of who was invited may stand elsewhere.
    fn indexes_of(&self, invitation: &Invitation) -> Result<[String; 2], Error> {
        let Some(sealed) = &invitation.bsn else {
            return Ok([invitation.bsn_index.clone(), invitation.bsn_index.clone()]);
        };
        let place = bsn_place(invitation.id);
        let bsn = self.vault.open_text(&place, sealed).map_err(|error| unreadable(&place, &error))?;
        Ok(self.vault.blind_indexes(BSN, &bsn))
    }

    /// Gives the links of invitations from before there were unkeyed hashes theirs.
    pub(crate) async fn fill_token_hashes(&self, tx: &mut Tx) -> Result<(), Error> {
        let keyed = sql("select * from invitation where contact is not null and token_hash not like $1")
            .of(MIGRATION)
            .bind(format!("{TOKEN_HASH}%"))
            .all(tx, read)
            .await?;
        for invitation in keyed {
            let Some(contact) = self.contact(&invitation)? else { continue };
            sql("update invitation set token_hash = $2 where id = $1")
                .of(MIGRATION)
                .bind(invitation.id)
                .bind(token_hash(&contact.token))
                .execute(tx)
                .await?;
        }
        Ok(())
    }
}

fn read(row: &Row) -> Result<Invitation, db::Error> {
    Ok(Invitation {
        id: row.parsed("id")?,
        practice: row.parsed("practice")?,
        created_at: row.get("created_at")?,
        used_at: row.optional("used_at")?,
        bsn_index: row.get("bsn_index")?,
        bsn: row.optional("bsn")?,
        contact: row.optional("contact")?,
    })
}

fn bsn_place(id: InvitationId) -> String {
    format!("invitation.bsn:{id}")
}

fn place(id: InvitationId) -> String {
    format!("invitation.contact:{id}")
}
