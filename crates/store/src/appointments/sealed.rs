//! The row of an appointment: what it shows, and what only the vault opens.

use agenda::{Agb, Appointment, CancelWindow, Content, XisId};
use db::Row;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{News, SlotChoice, Stored, ties::TiesFacts};
use crate::{
    AccountId, AppointmentId, Error, Store,
    facts::{AppointmentFacts, CancelWindowFacts, ContentFacts, kind_of, kind_word, unreadable},
};

#[derive(Serialize, Deserialize)]
struct Facts {
    appointment: AppointmentFacts,
    slot: Option<SlotChoice>,
    news: Option<String>,
    before: Option<ContentFacts>,
    cancel_window: Option<CancelWindowFacts>,
    #[serde(default)]
    ties: TiesFacts,
    #[serde(default)]
    guessed_from: Option<AppointmentFacts>,
}

impl Store {
    pub(super) fn seal_facts(&self, stored: &Stored) -> Result<Vec<u8>, Error> {
        let news = stored.news.as_ref();
        let facts = Facts {
            appointment: (&stored.appointment).into(),
            slot: stored.slot.clone(),
            news: news.map(|news| kind_word(news.kind).to_owned()),
            before: news.and_then(|news| news.before.as_ref()).map(ContentFacts::from),
            cancel_window: stored.cancel_window.map(CancelWindowFacts::from),
            ties: stored.ties.into(),
            guessed_from: stored.guessed_from.as_deref().map(AppointmentFacts::from),
        };
        self.seal(&place(stored.id), &facts)
    }

    pub(super) fn open_appointment(
        &self,
        (mut stored, sealed): (Unopened, Vec<u8>),
    ) -> Result<Stored, Error> {
        let place = place(stored.id);
        let facts: Facts = self.open(&place, &sealed)?;
        let kind = facts.news.as_deref().and_then(kind_of);
        let before = facts.before.map(Content::from);
        let appointment =
            Appointment::try_from(facts.appointment).map_err(|error| unreadable(&place, &error))?;
        let guessed_from = facts.guessed_from.map(Appointment::try_from).transpose();
        let guessed_from = guessed_from.map_err(|error| unreadable(&place, &error))?.map(Box::new);
        let xis_id = stored.xis_id.take();
        let ties = facts.ties.of(stored.replaces).map_err(|error| unreadable(&place, &error))?;
        Ok(Stored {
            id: stored.id,
            practice: stored.practice,
            account: stored.account,
            xis_id,
            appointment,
            slot: facts.slot,
            cancel_window: facts.cancel_window.map(CancelWindow::from),
            news: kind.map(|kind| News { kind, before }),
            unseen: stored.unseen,
            form: stored.form,
            revision: stored.revision,
            created_at: stored.created_at,
            changed_at: stored.changed_at,
            xis_updated_at: stored.xis_updated_at,
            remind_at: stored.remind_at,
            ties,
            guessed_from,
        })
    }
}

/// The columns that are not sealed.
pub(super) struct Unopened {
    id: AppointmentId,
    practice: Agb,
    account: Option<AccountId>,
    xis_id: Option<XisId>,
    unseen: bool,
    form: Option<String>,
    revision: u32,
    created_at: Timestamp,
    changed_at: Timestamp,
    xis_updated_at: Option<Timestamp>,
    remind_at: Option<Timestamp>,
    replaces: Option<AppointmentId>,
}

pub(super) fn read(row: &Row) -> Result<(Unopened, Vec<u8>), db::Error> {
    let unopened = Unopened {
        id: row.parsed("id")?,
        practice: row.parsed("practice")?,
        account: row.parsed_optional("account")?,
        xis_id: row.parsed_optional("xis_id")?,
        unseen: row.get("unseen")?,
        form: row.optional("form")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        xis_updated_at: row.optional("xis_updated_at")?,
        remind_at: row.optional("remind_at")?,
        replaces: row.parsed_optional("replaces")?,
    };
    Ok((unopened, row.get("facts")?))
}

fn place(id: AppointmentId) -> String {
    format!("appointment.facts:{id}")
}
