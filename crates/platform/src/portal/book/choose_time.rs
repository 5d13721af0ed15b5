//! `/book/{agb}/time?type=&agenda=`: on which day, and at what time? With `anyone=1` in any agenda.
//!
//! Weeks of seven days are asked for, as the contract has it. Which week, which day, or near which time that was
//! gone, stands in the address; the time that is chosen is looked up again at the practice.

mod anyone;
mod day;
mod week;
mod wish;

use agenda::{Coding, Slot, Window};
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;
use store::{Choice, SlotChoice};

use self::wish::{Asked, Wish, With};
use super::{address, at_practice::AtPractice, offer, summary::Summary};
use crate::{
    app::App,
    portal::{Problem, filled::Filled},
    when,
};

/// The agenda of one type in which a time is chosen, or all of them.
struct Agenda {
    category: Coding,
    anyone: bool,
    zone: TimeZone,
    /// Where its times are chosen.
    address: String,
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    slot: Option<String>,
}

/// The days of a week, the times of a day, or what is near a time that was gone.
pub(super) async fn show(
    State(app): State<App>,
    at: AtPractice,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let window = Window::booking(app.world.now(), &at.zone());
    let Some(wish) = asked.wish(&window) else {
        return first_week_with_times(&app, &at, &asked, &window).await;
    };
    if matches!(wish, Wish::Near(_)) {
        // The patient has seen that a time is gone: it must not come back from what was read before.
        app.lines.agenda_changed(at.agb());
    }
    let Some((agenda, slots)) = load(&app, &at, &asked, &wish.searched(&window)).await? else {
        return Ok(missing(&at, &asked));
    };
    let slots = agenda.shown(slots);
    Ok(match wish {
        Wish::Week(number) => {
            let view = week::View { number, window, slots: &slots, is_first: number == 0 };
            week::page(&at, &agenda, &view)
        }
        Wish::Day(date) => day::page(&at, &agenda, date, &slots, asked.is_unanswered()),
        Wish::Near(wanted) => week::near(&at, &agenda, wanted, &slots, asked.is_unanswered()),
    })
}

/// Keeps the chosen time, if it is free still, with a new key for the form that will ask for it.
pub(super) async fn choose(
    State(app): State<App>,
    at: AtPractice,
    Query(asked): Query<Asked>,
    Filled(chosen): Filled<Chosen>,
) -> Result<Response, Problem> {
    let window = Window::booking(app.world.now(), &at.zone());
    let wish = asked.wish(&window);
    let searched = wish.map_or(window, |wish| wish.searched(&window));
    let Some((agenda, slots)) = load(&app, &at, &asked, &searched).await? else {
        return Ok(missing(&at, &asked));
    };
    let next = match (chosen.slot, wish) {
        (None, None) => agenda.address,
        (None, Some(wish)) => wish.unanswered(&agenda.address),
        (Some(id), wish) => match slots.iter().find(|slot| *slot.id == *id) {
            Some(slot) => keep(&app, &at, &agenda, slot).await?,
            None => {
                let about = wish.and_then(|wish| wish.about(&agenda.zone));
                address::gone(&agenda.address, about.unwrap_or_else(|| app.world.now()))
            }
        },
    };
    Ok(Redirect::to(&next).into_response())
}

/// Stores the time, and says which step comes next: a reason that was written for this type is kept.
async fn keep(app: &App, at: &AtPractice, agenda: &Agenda, slot: &Slot) -> Result<String, Problem> {
    let (before, category) = (at.choice(app).await?, agenda.category.clone());
    let same_type = before.category.as_ref().is_some_and(|before| before.key() == category.key());
    let has_reason = before.reason.as_deref().is_some_and(|reason| reason.parse::<agenda::Reason>().is_ok());
    let choice = Choice {
        category: Some(category),
        slot: Some(slot_choice(slot, agenda.anyone)),
        reason: before.reason,
        form: Some(app.new_id().to_string()),
    };
    at.keep(app, &choice).await?;
    // For an appointment that is moved the reason stands on the check.
    let is_complete = at.moving.is_some() || same_type && has_reason;
    Ok(if is_complete { at.check() } else { address::reason(at.agb()) })
}

fn slot_choice(slot: &Slot, anyone: bool) -> SlotChoice {
    SlotChoice {
        id: slot.id.to_string(),
        schedule: slot.hours.schedule.clone(),
        agenda: agenda_name(std::slice::from_ref(slot)).unwrap_or_default(),
        anyone,
        actor: slot.hours.actor.clone(),
        actor_display: slot.hours.actor_display.clone(),
        start: slot.start,
        end: slot.end,
    }
}

/// What the agenda of these slots is called. A number tells agendas apart in a list; alone it says nothing.
fn agenda_name(slots: &[Slot]) -> Option<String> {
    match agenda::agendas(slots).into_iter().next()?.name {
        agenda::AgendaName::Numbered(_) => None,
        name => Some(name.to_string()),
    }
}

/// The type and its free times in this window; `None` when there is no such type, or no agenda is named.
async fn load(
    app: &App,
    at: &AtPractice,
    asked: &Asked,
    window: &Window,
) -> Result<Option<(Agenda, Vec<Slot>)>, Problem> {
    let Some(with) = asked.with() else { return Ok(None) };
    let schedule = match with {
        With::Schedule(schedule) => Some(schedule),
        With::Anyone => None,
    };
    let token = &at.type_token(asked.category.as_deref());
    let found = offer::category_and_slots(app, at, token, window, schedule).await?;
    Ok(found.map(|(category, slots)| {
        let address = match schedule {
            Some(schedule) => at.times(&category, schedule),
            None => at.times_of_anyone(&category),
        };
        (Agenda { category, anyone: schedule.is_none(), zone: at.zone(), address }, slots)
    }))
}

/// The first week in which something is free, so that nobody has to turn empty pages; the first of all when
/// nothing is.
async fn first_week_with_times(
    app: &App,
    at: &AtPractice,
    asked: &Asked,
    window: &Window,
) -> Result<Response, Problem> {
    let mut first = None;
    for (number, days) in window.weeks().iter().enumerate() {
        let Some((agenda, slots)) = load(app, at, asked, days).await? else { return Ok(missing(at, asked)) };
        if !slots.is_empty() {
            let slots = agenda.shown(slots);
            let view = week::View { number, window: *window, slots: &slots, is_first: true };
            return Ok(week::page(at, &agenda, &view));
        }
        first = first.or(Some(agenda));
    }
    Ok(match first {
        Some(agenda) => week::nothing_free(at, &agenda),
        None => missing(at, asked),
    })
}

/// Back to the choice that comes before: with whom, or where nothing is offered of the type, the type.
fn missing(at: &AtPractice, asked: &Asked) -> Response {
    let token = at.type_token(asked.category.as_deref());
    let step = match asked.with() {
        None if !token.is_empty() => at.all_agendas(&offer::named(&token)),
        _ => at.start(),
    };
    Redirect::to(&step).into_response()
}

impl Agenda {
    fn summary(&self, at: &AtPractice, slots: &[Slot]) -> Summary {
        let with = if self.anyone { Some(at.shell().say("book-anyone")) } else { agenda_name(slots) };
        Summary::of_agenda(at, &self.category, with)
    }

    /// What there is to choose from: for whom any agenda will do, each time stands there once.
    fn shown(&self, slots: Vec<Slot>) -> Vec<Slot> {
        if self.anyone { anyone::each_time_once(slots) } else { slots }
    }

    fn day(&self, start: Timestamp) -> String {
        address::day(&self.address, when::date(start, &self.zone))
    }
}
