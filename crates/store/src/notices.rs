use agenda::{Agb, Content, Kind};
use db::{Row, Tx, sql};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AccountId, AppointmentId, Error, Route, Store,
    facts::{ContentFacts, kind_of, kind_word},
    wall::Scoped as _,
};

/// That a patient is to be told of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its id, the stable part of every message sent for it.
    pub id: Uuid,
    /// What changed.
    pub appointment: AppointmentId,
    /// The appointment's revision that it tells of.
    pub revision: u32,
    /// What happened.
    pub kind: Kind,
    /// The practice.
    pub practice: Agb,
    /// Who is told.
    pub account: AccountId,
    /// What it was before, where that matters.
    pub before: Option<Content>,
    /// When it happened.
    pub created_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Facts {
    before: Option<ContentFacts>,
}

impl Store {
    /// Writes down that a patient is to be told; `false` when that was written before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_notice(&self, tx: &mut Tx, notice: &Notice) -> Result<bool, Error> {
        let facts = Facts { before: notice.before.as_ref().map(ContentFacts::from) };
        let added =
            sql("insert into notice (id, appointment, revision, kind, practice, account, facts, created_at)
                         values ($1, $2, $3, $4, $5, $6, $7, $8)
                         on conflict (appointment, revision, kind) do nothing")
            .of_practice(&notice.practice)
            .of_patient(notice.account)
            .bind(notice.id.to_string())
            .bind(notice.appointment)
            .bind(notice.revision)
            .bind(kind_word(notice.kind))
            .bind(notice.practice.as_str())
            .bind(notice.account)
            .bind(self.seal(&place(notice.id), &facts)?)
            .bind(notice.created_at)
            .execute(tx)
            .await?;
        Ok(added > 0)
    }

    /// What this patient has not been told yet of an appointment along this route, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn untold(
        &self,
        tx: &mut Tx,
        account: AccountId,
        appointment: AppointmentId,
        route: Route,
    ) -> Result<Vec<Notice>, Error> {
        let rows = sql("select notice.* from notice join delivery on delivery.notice = notice.id
                        where delivery.about = $1 and delivery.account = $2 and delivery.route = $3
                          and delivery.outcome is null
                        order by notice.revision, notice.created_at")
        .of_patient(account)
        .bind(appointment)
        .bind(account)
        .bind(route.to_string())
        .all(tx, read)
        .await?;
        rows.into_iter().map(|row| self.open_notice(row)).collect()
    }

    /// Every notice of an appointment that its practice has, newest first, at most 100.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notices_of(
        &self,
        tx: &mut Tx,
        practice: &Agb,
        appointment: AppointmentId,
    ) -> Result<Vec<Notice>, Error> {
        let rows = sql("select * from notice where appointment = $1 and practice = $2
                        order by revision desc, created_at desc limit 100")
        .of_practice(practice)
        .bind(appointment)
        .bind(practice.as_str())
        .all(tx, read)
        .await?;
        rows.into_iter().map(|row| self.open_notice(row)).collect()
    }

    fn open_notice(&self, (mut notice, sealed): (Notice, Vec<u8>)) -> Result<Notice, Error> {
        let facts: Facts = self.open(&place(notice.id), &sealed)?;
        notice.before = facts.before.map(Content::from);
        Ok(notice)
    }
}

fn read(row: &Row) -> Result<(Notice, Vec<u8>), db::Error> {
    let word: String = row.get("kind")?;
    let kind = kind_of(&word).ok_or_else(|| db::Error::Column {
        column: "kind".to_owned(),
        reason: format!("{word:?} is no kind of notice"),
    })?;
    let notice = Notice {
        id: row.parsed("id")?,
        appointment: row.parsed("appointment")?,
        revision: row.get("revision")?,
        kind,
        practice: row.parsed("practice")?,
        account: row.parsed("account")?,
        before: None,
        created_at: row.get("created_at")?,
    };
    Ok((notice, row.get("facts")?))
}

fn place(id: Uuid) -> String {
    format!("notice.facts:{id}")
}
