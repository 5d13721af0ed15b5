//! Demonstration data, the same from the same seed: practitioners, appointment types, offered times for
//! the weeks ahead, patients and some appointments. What is there already stays; a later day adds what is new since.

mod days;
mod dice;
mod roster;

use db::{Tx, Unsealable};
use jiff::civil::Date;

use crate::{
    Bsn, Xis,
    agenda::{Refusal, Steps},
    audit::{self, Actor, Subject},
    config::Agb,
    practice::Practice,
    tables::{
        Appointment, Origin, State, appointments, occupancy,
        patients::{self, NewPatient, PatientError},
        schedules, slots, types,
    },
};
use days::{Taken, working_days};

/// Which data.
#[derive(Debug, Clone)]
pub struct Demo {
    /// Patients who are to be found at practices by their own citizen number.
    pub people: Vec<Person>,
    /// Practices that have nothing to book.
    pub without_types: Vec<Agb>,
    /// What all that looks like chance comes from.
    pub seed: u64,
    /// The first day that gets times.
    pub today: Date,
    /// How many days after it get times as well.
    pub days_ahead: u16,
}

/// A patient.
#[derive(Debug, Clone)]
pub struct Person {
    /// The citizen number.
    pub bsn: Bsn,
    /// Given name and family name.
    pub name: String,
    /// When they were born.
    pub birth_date: Option<Date>,
    /// Their telephone number.
    pub phone: Option<String>,
    /// The practices that know them.
    pub practices: Vec<Agb>,
}

/// Why the data could not be stored.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The cipher failed.
    #[error(transparent)]
    Unsealable(#[from] Unsealable),
    /// The plan of the days contradicts itself.
    #[error("the demonstration data contradicts itself: {0}")]
    Contradiction(String),
}

/// Stores the data of every practice that is served; doing it again changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn demo(xis: &Xis, demo: &Demo) -> Result<(), SeedError> {
    for (number, practice) in xis.0.practices.all().enumerate() {
        xis.0
            .db
            .tx("seed a practice", |mut tx| async move { seed(&mut tx, xis, demo, practice, number).await })
            .await?;
    }
    Ok(())
}

async fn seed(
    tx: &mut Tx,
    xis: &Xis,
    demo: &Demo,
    practice: &Practice,
    number: usize,
) -> Result<(), SeedError> {
    let roster = roster::schedules(practice.id(), number);
    for (place, schedule) in (1..).zip(&roster) {
        schedules::insert(tx, practice.id(), place, schedule).await?;
    }
    add_people(tx, xis, demo, practice).await?;
    if demo.without_types.contains(&practice.settings.agb) {
        return Ok(());
    }
    for (place, kind) in (1..).zip(roster::types()) {
        types::insert(tx, practice.id(), place, &kind).await?;
    }
    for schedule in &roster {
        let known = slots::last_day(tx, &schedule.id).await?;
        let new: Vec<Date> = working_days(demo.today, demo.days_ahead)
            .filter(|day| known.is_none_or(|known| *day > known))
            .collect();
        let offered: Vec<_> = new.iter().flat_map(|day| days::slots(practice, &schedule.id, *day)).collect();
        slots::insert(tx, practice.id(), &offered).await?;
        for day in new {
            for taken in days::taken(practice, &schedule.id, day, demo.seed) {
                add_appointment(tx, xis, practice, &schedule.id, taken).await?;
            }
        }
    }
    Ok(())
}

/// The people who are given, and the practice's own, who are nobody's users.
async fn add_people(tx: &mut Tx, xis: &Xis, demo: &Demo, practice: &Practice) -> Result<(), SeedError> {
    let given = demo.people.iter().filter(|person| person.practices.contains(&practice.settings.agb));
    for (number, person) in given.enumerate() {
        let id = format!("{}-given-{number}", practice.id());
        add_person(tx, xis, practice, &id, person).await?;
    }
    for (number, person) in roster::people().iter().enumerate() {
        add_person(tx, xis, practice, &own_patient(practice, number), person).await?;
    }
    Ok(())
}

async fn add_person(
    tx: &mut Tx,
    xis: &Xis,
    practice: &Practice,
    id: &str,
    person: &Person,
) -> Result<(), PatientError> {
    let (name, phone) = (person.name.as_str(), person.phone.as_deref());
    let new = NewPatient { id, bsn: &person.bsn, name, birth_date: person.birth_date, phone };
    patients::insert(tx, &xis.0.vault, practice.id(), &new).await
}

/// The id of one of the practice's own patients.
fn own_patient(practice: &Practice, number: usize) -> String {
    format!("{}-own-{number}", practice.id())
}

/// An appointment of one of the practice's own patients.
async fn add_appointment(
    tx: &mut Tx,
    xis: &Xis,
    practice: &Practice,
    schedule: &str,
    taken: Taken,
) -> Result<(), SeedError> {
    let act = xis.0.act(practice, Actor::Seed);
    let new = Appointment {
        id: taken.id,
        practice: practice.id().to_owned(),
        schedule: schedule.to_owned(),
        patient: own_patient(practice, taken.patient),
        category: taken.category,
        state: State::Booked,
        starts_at: taken.starts_at,
        ends_at: taken.ends_at,
        reason: None,
        message: None,
        ended_because: None,
        identifier: None,
        made_by: Origin::Practice,
        version: 1,
        told: 1,
        created_at: act.at,
        changed_at: act.at,
    };
    let steps = Steps::between(new.starts_at, new.ends_at)
        .map_err(|refusal: Refusal| SeedError::Contradiction(refusal.to_string()))?;
    appointments::insert(tx, &new).await?;
    if !occupancy::take(tx, schedule, steps, &new.id).await? {
        return Err(SeedError::Contradiction(format!("{} overlaps another", new.id)));
    }
    let object = format!("Appointment/{}", new.id);
    let what = ("create", object.as_str(), new.state.name());
    audit::record(tx, &xis.0.vault, &act, Some(&Subject(new.patient)), what).await?;
    Ok(())
}

impl From<PatientError> for SeedError {
    fn from(error: PatientError) -> Self {
        match error {
            PatientError::Database(error) => Self::Database(error),
            PatientError::Unsealable(error) => Self::Unsealable(error),
        }
    }
}
