use db::{Error, Row, Tx, sql};
use jiff::Timestamp;

use crate::tables::{Appointment, Detailed, Identifier, Patient};

/// How many appointments a list holds at most.
const LISTED_AT_MOST: i64 = 500;

/// Every select below starts with this.
macro_rules! detailed {
    ($rest:literal) => {
        sql(concat!(
            "select a.*, p.name as patient_name, p.birth_date as patient_birth_date, p.phone as patient_phone,
                    p.id as patient_id, p.bsn as patient_bsn, r.id as role, r.name as practitioner,
                    r.agb as practitioner_agb, t.display as category_display
             from appointment a
             join patient p on p.id = a.patient
             join schedule s on s.id = a.schedule
             join practitioner_role r on r.id = s.role
             join appointment_type t on t.practice = a.practice and t.code = a.category ",
            $rest
        ))
    };
}

/// The queue in which the news of an appointment goes out; also the lock that its changes take.
pub(crate) fn lane(id: &str) -> String {
    format!("appointment:{id}")
}

/// Adds an appointment; false when the practice has one with its identifier.
///
/// # Errors
/// When the database fails.
pub(crate) async fn insert(tx: &mut Tx, new: &Appointment) -> Result<bool, Error> {
    let added = sql("insert into appointment (id, practice, schedule, patient, category, state, starts_at, ends_at,
                       reason, message, ended_because, identifier_system, identifier_value, made_by, version, told,
                       created_at, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
         on conflict (practice, identifier_system, identifier_value) do nothing")
    .bind(&new.id)
    .bind(&new.practice)
    .bind(&new.schedule)
    .bind(&new.patient)
    .bind(&new.category)
    .bind(new.state.name())
    .bind(new.starts_at)
    .bind(new.ends_at)
    .bind(new.reason.clone())
    .bind(new.message.clone())
    .bind(new.ended_because.clone())
    .bind(new.identifier.as_ref().map(|identifier| identifier.system.clone()))
    .bind(new.identifier.as_ref().map(|identifier| identifier.value.clone()))
    .bind(new.made_by.name())
    .bind(new.version)
    .bind(new.told)
    .bind(new.created_at)
    .bind(new.changed_at)
    .execute(tx)
    .await?;
    Ok(added > 0)
}

/// Stores what may change of an appointment.
///
/// # Errors
/// When the database fails.
pub(crate) async fn update(tx: &mut Tx, changed: &Appointment) -> Result<(), Error> {
    sql("update appointment set schedule = $2, state = $3, starts_at = $4, ends_at = $5, message = $6,
                ended_because = $7, version = $8, told = $9, changed_at = $10 where id = $1")
    .bind(&changed.id)
    .bind(&changed.schedule)
    .bind(changed.state.name())
    .bind(changed.starts_at)
    .bind(changed.ends_at)
    .bind(changed.message.clone())
    .bind(changed.ended_because.clone())
    .bind(changed.version)
    .bind(changed.told)
    .bind(changed.changed_at)
    .execute(tx)
    .await
    .map(drop)
}

/// Notes that the platform knows this version.
///
/// # Errors
/// When the database fails.
pub(crate) async fn set_told(tx: &mut Tx, id: &str, version: u32) -> Result<(), Error> {
    sql("update appointment set told = $2 where id = $1 and told < $2")
        .bind(id)
        .bind(version)
        .execute(tx)
        .await
        .map(drop)
}

/// The practice's appointment with this id.
///
/// # Errors
/// When the database fails.
pub(crate) async fn find(tx: &mut Tx, practice: &str, id: &str) -> Result<Option<Detailed>, Error> {
    detailed!("where a.practice = $1 and a.id = $2").bind(practice).bind(id).first(tx, read_detailed).await
}

/// The practice's appointment with this id, for one who will change it: nobody else does until the end of this
/// transaction.
///
/// # Errors
/// When the database fails.
pub(crate) async fn find_to_change(tx: &mut Tx, practice: &str, id: &str) -> Result<Option<Detailed>, Error> {
    tx.lock(&lane(id)).await?;
    find(tx, practice, id).await
}

/// The practice's appointments with this identifier; without a system, whatever the system.
///
/// # Errors
/// When the database fails.
pub(crate) async fn by_identifier(
    tx: &mut Tx,
    practice: &str,
    system: Option<&str>,
    value: &str,
) -> Result<Vec<Detailed>, Error> {
    detailed!(
        "where a.practice = $1 and a.identifier_value = $2 and ($3 is null or a.identifier_system = $3)
         order by a.created_at, a.id"
    )
    .bind(practice)
    .bind(value)
    .bind(system)
    .all(tx, read_detailed)
    .await
}

/// What a schedule holds in this time, by start, whatever its state.
///
/// # Errors
/// When the database fails.
pub(crate) async fn between(
    tx: &mut Tx,
    practice: &str,
    schedule: &str,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Detailed>, Error> {
    detailed!(
        "where a.practice = $1 and a.schedule = $2 and a.ends_at > $3 and a.starts_at < $4
         order by a.starts_at, a.created_at, a.id limit $5"
    )
    .bind(practice)
    .bind(schedule)
    .bind(from)
    .bind(until)
    .bind(LISTED_AT_MOST)
    .all(tx, read_detailed)
    .await
}

/// What patients of this practice ask for, those who have waited longest first.
///
/// # Errors
/// When the database fails.
pub(crate) async fn requested(tx: &mut Tx, practice: &str) -> Result<Vec<Detailed>, Error> {
    detailed!("where a.practice = $1 and a.state = 'requested' order by a.created_at, a.id limit $2")
        .bind(practice)
        .bind(LISTED_AT_MOST)
        .all(tx, read_detailed)
        .await
}

/// How many requests of patients wait for an answer.
///
/// # Errors
/// When the database fails.
pub(crate) async fn count_requested(tx: &mut Tx, practice: &str) -> Result<u32, Error> {
    let count = sql("select count(*) as count from appointment where practice = $1 and state = 'requested'")
        .bind(practice)
        .first(tx, |row| row.get("count"))
        .await?;
    Ok(count.unwrap_or_default())
}

/// What patients of this practice booked or asked for since then.
///
/// # Errors
/// When the database fails.
pub(crate) async fn made_by_patients_since(
    tx: &mut Tx,
    practice: &str,
    since: Timestamp,
) -> Result<Vec<Detailed>, Error> {
    detailed!(
        "where a.practice = $1 and a.created_at >= $2 and a.made_by = 'patient'
           and a.state in ('requested', 'booked')
         order by a.created_at, a.id limit $3"
    )
    .bind(practice)
    .bind(since)
    .bind(LISTED_AT_MOST)
    .all(tx, read_detailed)
    .await
}

fn read_detailed(row: &Row) -> Result<Detailed, Error> {
    Ok(Detailed {
        appointment: read(row)?,
        patient: Patient::read(row, "patient_")?,
        role: row.get("role")?,
        practitioner: row.get("practitioner")?,
        practitioner_agb: row.get("practitioner_agb")?,
        category_display: row.get("category_display")?,
    })
}

fn read(row: &Row) -> Result<Appointment, Error> {
    let value: Option<String> = row.optional("identifier_value")?;
    let system: Option<String> = row.optional("identifier_system")?;
    Ok(Appointment {
        id: row.get("id")?,
        practice: row.get("practice")?,
        schedule: row.get("schedule")?,
        patient: row.get("patient")?,
        category: row.get("category")?,
        state: row.parsed("state")?,
        starts_at: row.get("starts_at")?,
        ends_at: row.get("ends_at")?,
        reason: row.optional("reason")?,
        message: row.optional("message")?,
        ended_because: row.optional("ended_because")?,
        identifier: value.map(|value| Identifier { system: system.unwrap_or_default(), value }),
        made_by: row.parsed("made_by")?,
        version: row.get("version")?,
        told: row.get("told")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
    })
}

#[cfg(test)]
mod story {
    use super::*;
    use crate::tables::State;
    use crate::test_support::{a_consult, at_minute, databases, practice_data, tx};

    #[tokio::test]
    async fn an_appointment_is_stored_found_changed_and_told() {
        for db in databases().await {
            practice_data(&db).await;
            let identifier = Identifier { system: "urn:p".into(), value: "7".into() };
            let first = &Appointment { identifier: Some(identifier), ..a_consult("first", 0, 10) };
            assert!(tx!(db, tx => insert(&mut tx, first).await));
            let again = &Appointment { id: "again".into(), ..first.clone() };
            assert!(!tx!(db, tx => insert(&mut tx, again).await), "its identifier is there");
            let plain = &a_consult("plain", 10, 20);
            assert!(tx!(db, tx => insert(&mut tx, plain).await), "many may be without an identifier");

            let found = tx!(db, tx => find(&mut tx, "01000001", "first").await).unwrap();
            assert_eq!(found.appointment, *first);
            assert_eq!((found.patient.name.as_str(), found.practitioner.as_str()), ("Jan Jansen", "jansen"));
            assert!(tx!(db, tx => find(&mut tx, "01000002", "first").await).is_none());
            for (system, count) in [(Some("urn:p"), 1), (None, 1), (Some("urn:q"), 0)] {
                let found = tx!(db, tx => by_identifier(&mut tx, "01000001", system, "7").await);
                assert_eq!(found.len(), count, "{system:?}");
            }

            let moved = &Appointment {
                state: State::Booked,
                starts_at: at_minute(30),
                ends_at: at_minute(40),
                message: Some("Tot dan.".into()),
                version: 2,
                ..first.clone()
            };
            tx!(db, tx => update(&mut tx, moved).await);
            tx!(db, tx => set_told(&mut tx, "first", 2).await);
            tx!(db, tx => set_told(&mut tx, "first", 1).await);
            let found = tx!(db, tx => find_to_change(&mut tx, "01000001", "first").await).unwrap();
            assert_eq!(found.appointment, Appointment { told: 2, ..moved.clone() });

            let ids =
                |found: Vec<Detailed>| found.into_iter().map(|it| it.appointment.id).collect::<Vec<_>>();
            let day = (at_minute(0), at_minute(35));
            assert_eq!(
                ids(tx!(db, tx => between(&mut tx, "01000001", "jansen", day).await)),
                ["plain", "first"]
            );
            assert_eq!(ids(tx!(db, tx => requested(&mut tx, "01000001").await)), ["plain"]);
            assert_eq!(tx!(db, tx => count_requested(&mut tx, "01000001").await), 1);
            assert_eq!(tx!(db, tx => count_requested(&mut tx, "01000002").await), 0);
            let since = at_minute(0);
            let news = tx!(db, tx => made_by_patients_since(&mut tx, "01000001", since).await);
            assert_eq!(ids(news), ["first", "plain"]);
        }
    }
}
