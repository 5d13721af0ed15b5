use db::{Error, Row, Tx, Unsealable, Vault, sql};
use jiff::civil::Date;

use crate::Bsn;

/// How many patients a search gives at most.
const FOUND_AT_MOST: i64 = 20;
/// What the index of citizen numbers is keyed with, besides the key.
const INDEX: &str = "patient.bsn";

/// A patient of one practice. The citizen number stays sealed until somebody asks for it.
#[derive(Debug, Clone)]
pub(crate) struct Patient {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) birth_date: Option<Date>,
    pub(crate) phone: Option<String>,
    sealed_bsn: Vec<u8>,
}

/// A patient to be added.
#[derive(Debug, Clone)]
pub(crate) struct NewPatient<'a> {
    pub(crate) id: &'a str,
    pub(crate) bsn: &'a Bsn,
    pub(crate) name: &'a str,
    pub(crate) birth_date: Option<Date>,
    pub(crate) phone: Option<&'a str>,
}

/// A patient could not be stored or found.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PatientError {
    #[error(transparent)]
    Database(#[from] Error),
    #[error(transparent)]
    Unsealable(#[from] Unsealable),
}

impl Patient {
    /// The citizen number.
    ///
    /// # Errors
    /// When it was sealed with a key that is gone.
    pub(crate) fn bsn(&self, vault: &Vault) -> Result<Bsn, Unsealable> {
        vault.open_text(&place(&self.id), &self.sealed_bsn)?.parse().map_err(|_| Unsealable)
    }

    /// Reads a patient from columns that start with `patient_`, or from the table's own.
    pub(crate) fn read(row: &Row, prefix: &str) -> Result<Self, Error> {
        let column = |name: &str| format!("{prefix}{name}");
        let birth_date: Option<String> = row.optional(&column("birth_date"))?;
        Ok(Self {
            id: row.get(&column("id"))?,
            name: row.get(&column("name"))?,
            birth_date: birth_date.and_then(|date| date.parse().ok()),
            phone: row.optional(&column("phone"))?,
            sealed_bsn: row.get(&column("bsn"))?,
        })
    }
}

/// Adds a patient, unless the practice has one with this citizen number.
///
/// # Errors
/// When the database or the cipher fails.
pub(crate) async fn insert(
    tx: &mut Tx,
    vault: &Vault,
    practice: &str,
    new: &NewPatient<'_>,
) -> Result<(), PatientError> {
    sql("insert into patient (id, practice, bsn, bsn_index, name, name_folded, birth_date, phone)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing")
    .bind(new.id)
    .bind(practice)
    .bind(vault.seal(&place(new.id), new.bsn.reveal().as_bytes())?)
    .bind(vault.blind_index(INDEX, new.bsn.reveal()))
    .bind(new.name)
    .bind(new.name.to_lowercase())
    .bind(new.birth_date.map(|date| date.to_string()))
    .bind(new.phone)
    .execute(tx)
    .await?;
    Ok(())
}

/// The practice's patient with this citizen number.
///
/// # Errors
/// When the database fails.
pub(crate) async fn by_bsn(
    tx: &mut Tx,
    vault: &Vault,
    practice: &str,
    bsn: &Bsn,
) -> Result<Option<Patient>, Error> {
    sql("select * from patient where practice = $1 and bsn_index = $2")
        .bind(practice)
        .bind(vault.blind_index(INDEX, bsn.reveal()))
        .first(tx, |row| Patient::read(row, ""))
        .await
}

/// The practice's patient with this id.
///
/// # Errors
/// When the database fails.
pub(crate) async fn find(tx: &mut Tx, practice: &str, id: &str) -> Result<Option<Patient>, Error> {
    sql("select * from patient where practice = $1 and id = $2")
        .bind(practice)
        .bind(id)
        .first(tx, |row| Patient::read(row, ""))
        .await
}

/// Patients by a part of their name, or one by the whole citizen number.
///
/// # Errors
/// When the database fails.
pub(crate) async fn search(
    tx: &mut Tx,
    vault: &Vault,
    practice: &str,
    text: &str,
) -> Result<Vec<Patient>, Error> {
    let text = text.trim();
    if let Ok(bsn) = text.parse::<Bsn>() {
        return Ok(by_bsn(tx, vault, practice, &bsn).await?.into_iter().collect());
    }
    let part = text.to_lowercase().replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    sql(r"select * from patient where practice = $1 and name_folded like $2 escape '\' order by name, id limit $3")
        .bind(practice)
        .bind(format!("%{part}%"))
        .bind(FOUND_AT_MOST)
        .all(tx, |row| Patient::read(row, ""))
        .await
}

/// Where a citizen number is sealed for.
fn place(id: &str) -> String {
    format!("patient.bsn:{id}")
}

#[cfg(test)]
mod story {
    use super::*;
    use crate::test_support::{databases, tx, vault};

    #[tokio::test]
    async fn a_patient_is_found_by_number_and_by_name_and_the_number_stays_sealed() {
        let vault = &vault();
        let bsn: &Bsn = &"999990019".parse().unwrap();
        for db in databases().await {
            let jan = &NewPatient {
                id: "1",
                bsn,
                name: "Jan Jansen",
                birth_date: Some(jiff::civil::date(1970, 5, 12)),
                phone: Some("06-12345678"),
            };
            db.tx("insert", |mut tx| async move {
                insert(&mut tx, vault, "01000001", jan).await?;
                insert(&mut tx, vault, "01000001", &NewPatient { id: "2", ..jan.clone() }).await?;
                insert(&mut tx, vault, "01000002", &NewPatient { id: "3", ..jan.clone() }).await
            })
            .await
            .unwrap();
            let found = tx!(db, tx => by_bsn(&mut tx, vault, "01000001", bsn).await).unwrap();
            assert_eq!((found.id.as_str(), found.birth_date), ("1", jan.birth_date));
            assert_eq!(found.bsn(vault).unwrap(), *bsn);
            assert!(!found.sealed_bsn.windows(9).any(|bytes| bytes == b"999990019"));

            for (text, ids) in
                [("JANS", vec!["1"]), ("999990019", vec!["1"]), ("j%n", vec![]), ("piet", vec![])]
            {
                let found = tx!(db, tx => search(&mut tx, vault, "01000001", text).await);
                assert_eq!(found.into_iter().map(|patient| patient.id).collect::<Vec<_>>(), ids, "{text}");
            }
            assert!(tx!(db, tx => find(&mut tx, "01000002", "1").await).is_none());
        }
    }
}
