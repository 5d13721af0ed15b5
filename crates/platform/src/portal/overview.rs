//! `/`: a patient's appointments, or the welcome of a visitor.

use std::collections::BTreeMap;

use agenda::Agb;
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use jiff::Timestamp;
use store::{AccountId, Actor, Language, Practice, Store, Stored, Tx};

use super::{
    Problem,
    answer::page,
    card::{Card, Group, Tied, is_for_overview},
    reader::Reader,
    seen,
    shell::{Here, Shell},
    times_said, unheard, welcome,
};
use crate::{app::App, audit::Audit};

/// More visits that are over are not listed.
const PAST: usize = 20;

#[derive(Template)]
#[template(path = "portal/overview.html")]
struct OverviewPage {
    shell: Shell,
    groups: Groups,
    times_said: String,
    /// What is said of practices whose systems are in trouble.
    unheard: Vec<String>,
    /// Whether no mail can reach the patient.
    lacks_address: bool,
    /// Whether there is nowhere yet to make an appointment.
    lacks_practice: bool,
}

/// The cards by heading.
#[derive(Debug, Default)]
struct Groups {
    upcoming: Vec<Card>,
    awaiting: Vec<Card>,
    off: Vec<Card>,
    past: Vec<Card>,
    /// Whether there were more visits than are listed.
    more_past: bool,
}

/// What is known of a patient.
struct Known {
    appointments: Vec<Stored>,
    /// The patient's own practices, and those that an appointment is at.
    practices: BTreeMap<Agb, Practice>,
    /// The only practice of the patient.
    only: Option<Practice>,
    /// Whether the patient has none.
    lacks_practice: bool,
}

pub(super) async fn show(State(app): State<App>, reader: Option<Reader>) -> Result<Response, Problem> {
    let Some(reader) = reader else { return Ok(welcome::welcome()) };
    let (account, now) = (reader.id(), app.world.now());
    let store = &app.store;
    let known = store
        .read("a patient's appointments", |mut tx| async move { Known::load(store, &mut tx, account).await });
    let known: Known = known.await.map_err(|error: store::Error| Problem::from(error))?;
    let actor = &Actor::Patient(account);
    let line = Audit::of(actor, "appointment list").subject(account);
    line.shown(&app, &reader.patient.session).await?;
    let mut shell = reader.shell(Here::Appointments);
    let zone = known.only.as_ref().map(|practice| practice.settings.zone());
    if let Some(practice) = &known.only {
        shell = shell.at(practice);
    }
    let times_said = times_said(&shell, zone.as_ref());
    let (groups, unheard) = (known.groups(reader.language(), now), known.unheard(&app, reader.language()));
    let lacks_address = reader.patient.account.mail.is_none();
    let lacks_practice = known.lacks_practice;
    let view = OverviewPage { shell, groups, times_said, unheard, lacks_address, lacks_practice };
    let answer = page(StatusCode::OK, &view);
    seen::note(&app, &reader, &known.appointments).await;
    Ok(answer)
}

impl Known {
    async fn load(store: &Store, tx: &mut Tx, account: AccountId) -> Result<Self, store::Error> {
        let appointments = store.appointments_of(tx, account).await?;
        let own = store.practices_of(tx, account).await?;
        let lacks_practice = own.is_empty();
        let only = <[Practice; 1]>::try_from(own.clone()).ok().map(|[only]| only);
        let mut practices: BTreeMap<Agb, Practice> =
            own.into_iter().map(|practice| (practice.agb.clone(), practice)).collect();
        for stored in &appointments {
            if !practices.contains_key(&stored.practice)
                && let Some(practice) = store.practice(tx, &stored.practice).await?
            {
                practices.insert(stored.practice.clone(), practice);
            }
        }
        Ok(Self { appointments, practices, only, lacks_practice })
    }

    fn unheard(&self, app: &App, language: Language) -> Vec<String> {
        let practices = self.practices.values();
        practices.filter_map(|practice| unheard::note(app, practice, &self.appointments, language)).collect()
    }

    fn groups(&self, language: Language, now: Timestamp) -> Groups {
        let shown = self.appointments.iter().filter(|stored| is_for_overview(stored, now));
        Groups::of(shown.filter_map(|stored| self.card(stored, language, now)))
    }

    fn card(&self, stored: &Stored, language: Language, now: Timestamp) -> Option<Card> {
        let practice = self.practices.get(&stored.practice);
        let card = Card::of(stored, practice, language, now)?;
        let Some(practice) = practice else { return Some(card) };
        Some(card.tied(stored, practice, Tied::among(stored, &self.appointments), language, now))
    }
}

impl Groups {
    /// From the latest visit to the first: what is over stays so, what comes is turned round.
    fn of(cards: impl Iterator<Item = Card>) -> Self {
        let mut groups = Self::default();
        for card in cards {
            groups.under(card.group).push(card);
        }
        for ahead in [&mut groups.upcoming, &mut groups.awaiting, &mut groups.off] {
            ahead.reverse();
        }
        groups.more_past = groups.past.len() > PAST;
        groups.past.truncate(PAST);
        groups
    }

    fn under(&mut self, group: Group) -> &mut Vec<Card> {
        match group {
            Group::Upcoming => &mut self.upcoming,
            Group::Awaiting => &mut self.awaiting,
            Group::Off => &mut self.off,
            Group::Past => &mut self.past,
        }
    }

    fn is_empty(&self) -> bool {
        [&self.upcoming, &self.awaiting, &self.off, &self.past].iter().all(|cards| cards.is_empty())
    }
}
