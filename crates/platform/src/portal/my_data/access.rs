//! `/my-data/access`: who has looked at the patient's data, from the audit trail, in plain words.

mod words;

use std::collections::BTreeMap;

use agenda::Agb;
use askama::Template;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use jiff::tz::TimeZone;
use serde::Deserialize;
use store::{AccountId, Actor, AuditLine, AuditSpot, Language, Settings, Tx};

use crate::{
    app::App,
    audit::Audit,
    portal::{
        Problem,
        answer::page,
        reader::Reader,
        shell::{Here, Shell},
    },
    when,
};

/// Lines on one page.
const ON_A_PAGE: u32 = 50;

#[derive(Debug, Default, Deserialize)]
pub(in crate::portal) struct Asked {
    /// Where the page before this one ended.
    before: Option<String>,
    /// Whether what the patient did is listed too.
    own: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/my_data/access.html")]
struct AccessPage {
    shell: Shell,
    days: Vec<Day>,
    own: bool,
    /// Whether this is not the first page.
    is_older: bool,
    older: Option<AuditSpot>,
}

/// What happened on one day, the latest first.
#[derive(Debug, PartialEq, Eq)]
struct Day {
    date: String,
    acts: Vec<Act>,
}

/// Somebody did something, perhaps some times on end.
#[derive(Debug, PartialEq, Eq)]
struct Act {
    /// When it was last done.
    time: String,
    who: String,
    what: String,
    times: u32,
}

impl Act {
    /// "3 keer", where it was more than once.
    fn often(&self, shell: &Shell) -> Option<String> {
        let times = Some(self.times).filter(|times| *times > 1)?;
        Some(crate::words::say(shell.language, "access-times", &[("times", times.into())]))
    }
}

/// What the page is made of.
struct Known {
    lines: Vec<AuditLine>,
    /// The names of the practices in them.
    practices: BTreeMap<String, String>,
}

pub(in crate::portal) async fn show(
    State(app): State<App>,
    reader: Reader,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let before: Option<AuditSpot> = asked.before.and_then(|before| before.parse().ok());
    let (own, account) = (asked.own.is_some(), reader.id());
    let (app, spot) = (&app, before.as_ref());
    let known = app
        .store
        .read("who has looked", |mut tx| async move { load(app, &mut tx, account, own, spot).await })
        .await;
    let mut known: Known = known?;
    let has_more = known.lines.len() > ON_A_PAGE as usize;
    known.lines.truncate(ON_A_PAGE as usize);
    Audit::of(&Actor::Patient(account), "audit view")
        .subject(account)
        .shown(app, &reader.patient.session)
        .await?;
    let older = known.lines.last().filter(|_| has_more).map(AuditLine::spot);
    let shell = reader.shell(Here::Preferences);
    let days = days(&known, reader.language(), &Settings::default().zone());
    Ok(page(StatusCode::OK, &AccessPage { shell, days, own, is_older: before.is_some(), older }))
}

/// One line more than fits, to know whether there are more.
async fn load(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    own: bool,
    before: Option<&AuditSpot>,
) -> Result<Known, store::Error> {
    let lines = app.store.audit_of_patient(tx, account, own, before, ON_A_PAGE + 1).await?;
    let mut practices = BTreeMap::new();
    for code in lines.iter().filter_map(|line| line.practice.as_ref()) {
        if practices.contains_key(code) {
            continue;
        }
        let Ok(agb) = code.parse::<Agb>() else { continue };
        if let Some(practice) = app.store.practice(tx, &agb).await? {
            practices.insert(code.clone(), practice.name);
        }
    }
    Ok(Known { lines, practices })
}

/// Day by day; what the same one did again right before is said once.
fn days(known: &Known, language: Language, zone: &TimeZone) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for line in &known.lines {
        let date = when::date_in_full(language, line.at, zone);
        if days.last().is_none_or(|day| day.date != date) {
            days.push(Day { date, acts: Vec::new() });
        }
        let Some(day) = days.last_mut() else { continue };
        let (who, what) = (words::who(line, &known.practices, language), words::what(line, language));
        match day.acts.last_mut().filter(|act| act.who == who && act.what == what) {
            Some(act) => act.times += 1,
            None => day.acts.push(Act { time: when::time(language, line.at, zone), who, what, times: 1 }),
        }
    }
    days
}
