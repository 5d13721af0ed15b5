use agenda::{Agb, Bsn, Decision, XisId};
use db::{Tx, sql};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Store,
    wall::{Job, Scoped as _},
};

/// An answer that came before the id that it speaks of was known (B11). `Debug` hides what was written.
#[derive(Clone, PartialEq, Eq)]
pub struct ParkedResponse {
    /// What the practice decided.
    pub decision: Decision,
    /// What it wrote.
    pub comment: Option<String>,
}

impl std::fmt::Debug for ParkedResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParkedResponse").field("decision", &self.decision).finish_non_exhaustive()
    }
}

#[derive(Serialize, Deserialize)]
struct ResponseFacts {
    accepted: bool,
    comment: Option<String>,
}

impl Store {
    /// Keeps an answer until its appointment is known; a later answer to the same replaces it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn park_response(
        &self,
        tx: &mut Tx,
        practice: &Agb,
        xis_id: &XisId,
        response: &ParkedResponse,
        now: Timestamp,
    ) -> Result<(), Error> {
        let facts = ResponseFacts {
            accepted: response.decision == Decision::Accepted,
            comment: response.comment.clone(),
        };
        sql("insert into parked_response (practice, xis_id, response, received_at) values ($1, $2, $3, $4)
             on conflict (practice, xis_id)
             do update set response = excluded.response, received_at = excluded.received_at")
        .of_practice(practice)
        .bind(practice.as_str())
        .bind(xis_id.as_str())
        .bind(self.seal(&response_place(practice, xis_id), &facts)?)
        .bind(now)
        .execute_later(tx)
        .await?;
        Ok(())
    }

    /// Takes the answer that waits for this appointment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_parked_response(
        &self,
        tx: &mut Tx,
        practice: &Agb,
        xis_id: &XisId,
    ) -> Result<Option<ParkedResponse>, Error> {
        let row = sql("delete from parked_response where practice = $1 and xis_id = $2 returning response")
            .of_practice(practice)
            .bind(practice.as_str())
            .bind(xis_id.as_str())
            .first(tx, |row| row.get::<Vec<u8>>("response"))
            .await?;
        row.map(|sealed| {
            let facts: ResponseFacts = self.open(&response_place(practice, xis_id), &sealed)?;
            let decision = if facts.accepted { Decision::Accepted } else { Decision::Declined };
            Ok(ParkedResponse { decision, comment: facts.comment })
        })
        .transpose()
    }

    /// Keeps the body of an update for a patient without an account (A2, setting); a later one replaces it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn park_update(
        &self,
        tx: &mut Tx,
        practice: &Agb,
        xis_id: &XisId,
        bsn: &Bsn,
        body: &[u8],
        now: Timestamp,
    ) -> Result<(), Error> {
        let place = update_place(practice, xis_id);
        let sealed =
            self.vault.seal(&place, body).map_err(|error| crate::facts::unreadable(&place, &error))?;
        sql("insert into parked_update (practice, xis_id, bsn_index, body, received_at, bsn)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (practice, xis_id) do update
             set bsn_index = excluded.bsn_index, bsn = excluded.bsn, body = excluded.body,
                 received_at = excluded.received_at")
        .of_practice(practice)
        .bind(practice.as_str())
        .bind(xis_id.as_str())
        .bind(self.bsn_index(bsn))
        .bind(sealed)
        .bind(now)
        .bind(self.seal_bsn(&bsn_place(practice, xis_id), bsn)?)
        .execute_later(tx)
        .await?;
        Ok(())
    }

    /// Takes the updates that waited for this patient, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_parked_updates(&self, tx: &mut Tx, bsn: &Bsn) -> Result<Vec<(Agb, Vec<u8>)>, Error> {
        let indexes = self.bsn_indexes(bsn);
        let [index, other] = &indexes;
        let mut rows = sql("delete from parked_update where bsn_index in ($1, $2) returning *")
            .of_bearers(&indexes)
            .bind(index)
            .bind(other)
            .all(tx, |row| {
                let practice: Agb = row.parsed("practice")?;
                let xis_id: XisId = row.parsed("xis_id")?;
                Ok((row.get::<Timestamp>("received_at")?, practice, xis_id, row.get::<Vec<u8>>("body")?))
            })
            .await?;
        rows.sort_by_key(|(received_at, ..)| *received_at);
        rows.into_iter()
            .map(|(_, practice, xis_id, sealed)| {
                let place = update_place(&practice, &xis_id);
                let body = self
                    .vault
                    .open(&place, &sealed)
                    .map_err(|error| crate::facts::unreadable(&place, &error))?;
                Ok((practice, body))
            })
            .collect()
    }

    /// Removes what has been parked since before this time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep_parked(&self, tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
        for text in [
            "delete from parked_update where received_at < $1",
            "delete from parked_response where received_at < $1",
        ] {
            sql(text).of_everybody(Job::Sweep).bind(before).execute(tx).await?;
        }
        Ok(())
    }
}

fn response_place(practice: &Agb, xis_id: &XisId) -> String {
    format!("parked_response.response:{practice}:{xis_id}")
}

fn bsn_place(practice: &Agb, xis_id: &XisId) -> String {
    format!("parked_update.bsn:{practice}:{xis_id}")
}

fn update_place(practice: &Agb, xis_id: &XisId) -> String {
    format!("parked_update.body:{practice}:{xis_id}")
}
