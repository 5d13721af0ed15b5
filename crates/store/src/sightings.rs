use agenda::Agb;
use db::{Tx, sql};
use jiff::Timestamp;

use crate::{AppointmentId, Error, Store, wall::Scoped as _};

impl Store {
    /// Notes what the slot of a practice's booking with unknown outcome looked like (C18).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_sighting(
        &self,
        tx: &mut Tx,
        practice: &Agb,
        appointment: AppointmentId,
        free: bool,
        now: Timestamp,
    ) -> Result<(), Error> {
        sql("insert into sighting (appointment, at, free) values ($1, $2, $3)
             on conflict (appointment, at) do update set free = excluded.free")
        .of_practice(practice)
        .bind(appointment)
        .bind(now)
        .bind(free)
        .execute_later(tx)
        .await?;
        Ok(())
    }

    /// When the slot of a practice's booking was read and whether it was free, oldest first (C18).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sightings(
        &self,
        tx: &mut Tx,
        practice: &Agb,
        appointment: AppointmentId,
    ) -> Result<Vec<(Timestamp, bool)>, Error> {
        let all =
            sql("select at, free from sighting join appointment on appointment.id = sighting.appointment
                       where sighting.appointment = $1 and appointment.practice = $2 order by at")
            .of_practice(practice)
            .bind(appointment)
            .bind(practice.as_str())
            .all(tx, |row| Ok((row.get("at")?, row.get("free")?)))
            .await?;
        Ok(all)
    }
}
