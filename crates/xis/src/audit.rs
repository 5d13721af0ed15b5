//! Who did what to whose data: one sealed row, in the transaction of the act itself.

use db::{Error, Tx, Vault, sql};
use jiff::Timestamp;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Actor {
    /// A program with a token: the platform, for a patient or for itself.
    Client(String),
    /// Who works for the practice and is logged in at its pages, by the id at the login provider.
    Practitioner(String),
    /// The practice's own program, or somebody at pages without a login.
    Desk,
    /// The demonstration data.
    Seed,
    /// Somebody of whom nothing is believed.
    Unknown,
}

/// For or about whom: a patient of this XIS, by its own id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subject(pub(crate) String);

/// One act, as it will be remembered.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    /// A new id.
    pub(crate) id: String,
    pub(crate) at: Timestamp,
    pub(crate) practice: String,
    pub(crate) actor: Actor,
}

impl Actor {
    fn text(&self) -> String {
        match self {
            Self::Client(id) => format!("client:{id}"),
            Self::Practitioner(id) => format!("practitioner:{id}"),
            Self::Desk => "desk".to_owned(),
            Self::Seed => "seed".to_owned(),
            Self::Unknown => "unknown".to_owned(),
        }
    }
}

/// Writes the act's row: what was done (`book`), to what (`Appointment/1`), with which outcome.
///
/// # Errors
/// When the database fails.
pub(crate) async fn record(
    tx: &mut Tx,
    vault: &Vault,
    act: &Act,
    subject: Option<&Subject>,
    (action, object, outcome): (&str, &str, &str),
) -> Result<(), Error> {
    let (actor, at) = (act.actor.text(), act.at.as_microsecond().to_string());
    let subject = subject.map(|subject| subject.0.as_str());
    let seal = vault.audit_seal(&[
        &act.id,
        &at,
        &act.practice,
        &actor,
        subject.unwrap_or_default(),
        action,
        object,
        outcome,
    ]);
    sql("insert into audit (id, at, practice, actor, subject, action, object, outcome, seal)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(&act.id)
    .bind(act.at)
    .bind(&act.practice)
    .bind(actor)
    .bind(subject)
    .bind(action)
    .bind(object)
    .bind(outcome)
    .bind(seal)
    .execute(tx)
    .await
    .map(drop)
}

/// Whether this actor's reading of this object is written down already for this patient, since then.
///
/// # Errors
/// When the database fails.
pub(crate) async fn has_read(
    tx: &mut Tx,
    act: &Act,
    subject: &Subject,
    object: &str,
    since: Timestamp,
) -> Result<bool, Error> {
    let found = sql("select id from audit where subject = $1 and at > $2 and practice = $3 and actor = $4
                       and action = 'read' and object = $5 limit 1")
    .bind(&subject.0)
    .bind(since)
    .bind(&act.practice)
    .bind(act.actor.text())
    .bind(object)
    .first(tx, |row| row.get::<String>("id"))
    .await?;
    Ok(found.is_some())
}

#[cfg(test)]
mod story {
    use super::*;
    use crate::test_support::{at_minute, databases, tx, vault};

    #[tokio::test]
    async fn an_act_is_remembered_with_a_seal_that_fits_it_alone() {
        let vault = &vault();
        for db in databases().await {
            let actor = Actor::Client("platform".into());
            let act = &Act { id: "1".into(), at: at_minute(0), practice: "01000001".into(), actor };
            let subject = &Subject("jan".into());
            tx!(db, tx => record(&mut tx, vault, act, Some(subject), ("book", "Appointment/7", "booked")).await);
            let row = tx!(db, tx => {
                sql("select * from audit").all(&mut tx, |row| {
                    let text = |column| row.get::<String>(column);
                    let at = row.get::<Timestamp>("at")?.as_microsecond().to_string();
                    let fields = [
                        text("id")?, at, text("practice")?, text("actor")?, text("subject")?, text("action")?,
                        text("object")?, text("outcome")?,
                    ];
                    Ok((fields, text("seal")?))
                }).await
            });
            let (mut fields, seal) = row.into_iter().next().unwrap();
            assert_eq!(
                fields[2..],
                ["01000001", "client:platform", "jan", "book", "Appointment/7", "booked"]
            );
            let sealed = |fields: &[String; 8]| vault.audit_seal(&fields.each_ref().map(String::as_str));
            assert_eq!(sealed(&fields), seal);
            fields[4] = "fatima".into();
            assert_ne!(sealed(&fields), seal);
        }
    }
}
