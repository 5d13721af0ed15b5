use db::{Error, Row, Tx, sql};

/// Something to make an appointment for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AppointmentType {
    pub(crate) code: String,
    pub(crate) display: String,
    /// How long it takes when nobody says otherwise.
    pub(crate) minutes: u32,
    /// Where it may be booked besides the desk.
    pub(crate) channel: Option<String>,
}

impl AppointmentType {
    /// The system of its codes.
    pub(crate) const SYSTEM: &'static str = "urn:balie:xis:service-category";
    /// The system of channels: the filter of the appointment types.
    pub(crate) const CHANNELS: &'static str = "urn:balie:xis:channel";
    /// The channel of what patients may book themselves.
    pub(crate) const ONLINE: &'static str = "online";
}

/// The practice's types, in its own order.
///
/// # Errors
/// When the database fails.
pub(crate) async fn all(tx: &mut Tx, practice: &str) -> Result<Vec<AppointmentType>, Error> {
    sql("select * from appointment_type where practice = $1 order by place")
        .bind(practice)
        .all(tx, read)
        .await
}

/// Adds a type at this place of the practice's list, unless it is there.
///
/// # Errors
/// When the database fails.
pub(crate) async fn insert(
    tx: &mut Tx,
    practice: &str,
    place: u32,
    added: &AppointmentType,
) -> Result<(), Error> {
    sql("insert into appointment_type (practice, code, display, minutes, channel, place)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing")
    .bind(practice)
    .bind(&added.code)
    .bind(&added.display)
    .bind(added.minutes)
    .bind(added.channel.clone())
    .bind(place)
    .execute(tx)
    .await
    .map(drop)
}

fn read(row: &Row) -> Result<AppointmentType, Error> {
    Ok(AppointmentType {
        code: row.get("code")?,
        display: row.get("display")?,
        minutes: row.get("minutes")?,
        channel: row.optional("channel")?,
    })
}

#[cfg(test)]
mod story {
    use super::*;
    use crate::test_support::{databases, tx};

    #[tokio::test]
    async fn a_practice_lists_its_own_types_in_order() {
        for db in databases().await {
            let consult = AppointmentType {
                code: "consult".into(),
                display: "Consult".into(),
                minutes: 10,
                channel: Some(AppointmentType::ONLINE.into()),
            };
            let visit = AppointmentType { code: "visit".into(), channel: None, ..consult.clone() };
            let (consult, visit) = (&consult, &visit);
            tx!(db, tx => {
                insert(&mut tx, "01000001", 2, visit).await?;
                insert(&mut tx, "01000001", 1, consult).await?;
                insert(&mut tx, "01000002", 1, visit).await?;
                insert(&mut tx, "01000001", 3, consult).await
            });
            assert_eq!(tx!(db, tx => all(&mut tx, "01000001").await), [consult.clone(), visit.clone()]);
            assert_eq!(tx!(db, tx => all(&mut tx, "01000002").await), std::slice::from_ref(visit));
            assert_eq!(tx!(db, tx => all(&mut tx, "01000003").await), []);
        }
    }
}
