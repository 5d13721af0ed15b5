use db::{Tx, sql};
use jiff::Timestamp;

use crate::{AppointmentId, Error, Store};

impl Store {
    /// Notes what the slot of a booking with unknown outcome looked like (C18).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_sighting(
        &self,
        tx: &mut Tx,
        appointment: AppointmentId,
        free: bool,
        now: Timestamp,
    ) -> Result<(), Error> {
        sql("insert into sighting (appointment, at, free) values ($1, $2, $3)
             on conflict (appointment, at) do update set free = excluded.free")
        .bind(appointment)
        .bind(now)
        .bind(free)
        .execute(tx)
        .await?;
        Ok(())
    }

    /// When its slot was read and whether it was free, oldest first (C18).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sightings(
        &self,
        tx: &mut Tx,
        appointment: AppointmentId,
    ) -> Result<Vec<(Timestamp, bool)>, Error> {
        let all = sql("select at, free from sighting where appointment = $1 order by at")
            .bind(appointment)
            .all(tx, |row| Ok((row.get("at")?, row.get("free")?)))
            .await?;
        Ok(all)
    }
}
