use agenda::Agb;
use db::{Tx, sql};
use jiff::Timestamp;

use super::{AuditLine, seal};
use crate::{
    AccountId, Error, Store,
    wall::{Job, Scoped as _},
};

/// Which lines of the trail are wanted: all of these.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
    /// At this practice.
    pub practice: Option<Agb>,
    /// Of this patient.
    pub patient: Option<AccountId>,
}

/// Where somebody is who reads the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditSpot {
    at: Timestamp,
    id: String,
    place: i64,
}

impl AuditLine {
    /// Where this line is.
    #[must_use]
    pub fn spot(&self) -> AuditSpot {
        AuditSpot { at: self.at, id: self.id.clone(), place: self.place }
    }
}

/// As it stands in an address: `1778745600000000-ID`.
impl std::fmt::Display for AuditSpot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.at.as_microsecond(), self.id)
    }
}

impl std::str::FromStr for AuditSpot {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, id) = text.split_once('-').ok_or(())?;
        let at = at.parse().ok().and_then(|at| Timestamp::from_microsecond(at).ok()).ok_or(())?;
        let id = id.parse::<uuid::Uuid>().map_err(drop)?.to_string();
        Ok(Self { at, id, place: 0 })
    }
}

impl Store {
    /// The lines of the trail in the order in which they were written, some after `after`; memory holds no more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_page(
        &self,
        tx: &mut Tx,
        filter: &AuditFilter,
        after: Option<&AuditSpot>,
        at_most: u32,
    ) -> Result<Vec<AuditLine>, Error> {
        let begin = match (after, filter.from) {
            (Some(after), _) => after.place,
            (None, Some(from)) => first_place(tx, from).await?,
            (None, None) => 0,
        };
        // An absent filter is the empty text: no practice and no patient is called so.
        let text = "select * from audit
                    where place >= $1 and (place > $1 or id > $2) and at >= $3 and at < $4
                      and ($5 = '' or practice = $5) and ($6 = '' or subject = $6)
                    order by place, id limit $7";
        sql(text)
            .of_everybody(Job::Audit)
            .bind(begin)
            .bind(after.map(|after| after.id.clone()).unwrap_or_default())
            .bind(filter.from.unwrap_or(Timestamp::MIN))
            .bind(filter.to.unwrap_or(Timestamp::MAX))
            .bind(filter.practice.as_ref().map_or("", Agb::as_str))
            .bind(filter.patient.map(|patient| patient.to_string()).unwrap_or_default())
            .bind(at_most)
            .all(tx, AuditLine::read)
            .await
            .map_err(Error::from)
    }

    /// Who did what to this patient's data, the newest first, before `before`; what the patient did himself only where
    /// `own` says so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_of_patient(
        &self,
        tx: &mut Tx,
        account: AccountId,
        own: bool,
        before: Option<&AuditSpot>,
        at_most: u32,
    ) -> Result<Vec<AuditLine>, Error> {
        let text = "select * from audit
                    where subject = $1 and (at < $2 or (at = $2 and id < $3)) and (actor_kind <> 'patient' or $4 = 1)
                    order by at desc, id desc limit $5";
        sql(text)
            .of_patient(account)
            .bind(account)
            .bind(before.map_or(Timestamp::MAX, |before| before.at))
            .bind(before.map(|before| before.id.clone()).unwrap_or_default())
            .bind(own)
            .bind(at_most)
            .all(tx, AuditLine::read)
            .await
            .map_err(Error::from)
    }
}

/// Nothing that was written at `from` or later is below this place: a batch is chained after its lines were written.
async fn first_place(tx: &mut Tx, from: Timestamp) -> Result<i64, Error> {
    let text = "select min(low) as place from audit_seal where newest_at >= $1";
    let found: Option<Option<i64>> = sql(text).bind(from).first(tx, |row| row.optional("place")).await?;
    match found.flatten() {
        Some(place) => Ok(place),
        None => Ok(seal::link(tx).await?.high),
    }
}
