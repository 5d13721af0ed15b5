use db::{Error, Row, Tx, sql};

/// An agenda and the practitioner whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Schedule {
    pub(crate) id: String,
    pub(crate) practitioner: Practitioner,
}

/// Somebody in a role at the practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Practitioner {
    /// The id of the PractitionerRole.
    pub(crate) role: String,
    pub(crate) name: String,
    /// The practitioner's own AGB code.
    pub(crate) agb: String,
    pub(crate) specialty: Specialty,
}

/// What a practitioner does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Specialty {
    pub(crate) code: String,
    pub(crate) display: String,
}

impl Specialty {
    /// The system of its codes.
    pub(crate) const SYSTEM: &'static str = "urn:balie:xis:specialty";
}

/// The practice's agendas, in its own order.
///
/// # Errors
/// When the database fails.
pub(crate) async fn all(tx: &mut Tx, practice: &str) -> Result<Vec<Schedule>, Error> {
    sql("select s.id, r.id as role, r.name, r.agb, r.specialty_code, r.specialty_display
         from schedule s join practitioner_role r on r.id = s.role where s.practice = $1 order by s.place, s.id")
    .bind(practice)
    .all(tx, read)
    .await
}

/// The agenda with this id, when it is the practice's.
///
/// # Errors
/// When the database fails.
pub(crate) async fn find(tx: &mut Tx, practice: &str, id: &str) -> Result<Option<Schedule>, Error> {
    Ok(all(tx, practice).await?.into_iter().find(|schedule| schedule.id == id))
}

/// Adds an agenda and its practitioner, unless they are there.
///
/// # Errors
/// When the database fails.
pub(crate) async fn insert(tx: &mut Tx, practice: &str, place: u32, added: &Schedule) -> Result<(), Error> {
    let practitioner = &added.practitioner;
    sql("insert into practitioner_role (id, practice, name, agb, specialty_code, specialty_display)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing")
    .bind(&practitioner.role)
    .bind(practice)
    .bind(&practitioner.name)
    .bind(&practitioner.agb)
    .bind(&practitioner.specialty.code)
    .bind(&practitioner.specialty.display)
    .execute(tx)
    .await?;
    sql("insert into schedule (id, practice, role, place) values ($1, $2, $3, $4) on conflict do nothing")
        .bind(&added.id)
        .bind(practice)
        .bind(&practitioner.role)
        .bind(place)
        .execute(tx)
        .await
        .map(drop)
}

fn read(row: &Row) -> Result<Schedule, Error> {
    Ok(Schedule {
        id: row.get("id")?,
        practitioner: Practitioner {
            role: row.get("role")?,
            name: row.get("name")?,
            agb: row.get("agb")?,
            specialty: Specialty { code: row.get("specialty_code")?, display: row.get("specialty_display")? },
        },
    })
}

#[cfg(test)]
mod story {
    use super::*;
    use crate::test_support::{databases, schedule, tx};

    #[tokio::test]
    async fn an_agenda_is_found_at_its_own_practice_only() {
        for db in databases().await {
            let (jansen, vries) = (&schedule("jansen"), &schedule("vries"));
            tx!(db, tx => {
                insert(&mut tx, "01000001", 2, jansen).await?;
                insert(&mut tx, "01000001", 1, vries).await?;
                insert(&mut tx, "01000001", 1, jansen).await
            });
            assert_eq!(tx!(db, tx => all(&mut tx, "01000001").await), [vries.clone(), jansen.clone()]);
            assert_eq!(tx!(db, tx => find(&mut tx, "01000001", "jansen").await).as_ref(), Some(jansen));
            assert_eq!(tx!(db, tx => find(&mut tx, "01000002", "jansen").await), None);
        }
    }
}
