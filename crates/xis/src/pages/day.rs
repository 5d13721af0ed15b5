use askama::Template;
use axum::{
    extract::{Path, Query},
    response::{IntoResponse as _, Redirect, Response},
};
use db::Tx;
use jiff::civil::Date;
use serde::Deserialize;

use super::{
    Frame, PageProblem, Section, Visitor,
    problem::drawn,
    reading,
    view::{AppointmentView, times_of, view},
};
use crate::{
    agenda::{Cell, Column, Line, lines},
    locales::{clock, fill},
    tables::{Detailed, Schedule, State, appointments, schedules, slots},
    told::{Standing, standing},
};

#[derive(Template)]
#[template(path = "day.html")]
struct Page {
    frame: Frame,
    schedule: Schedule,
    day: Date,
    practitioners: Vec<Tab>,
    previous: String,
    today: String,
    next: String,
    is_today: bool,
    lines: Vec<LineView>,
    /// What was to be on this day and does not take place.
    called_off: Vec<AppointmentView>,
    requests: Vec<AppointmentView>,
}

/// An agenda to switch to, on the same day.
struct Tab {
    name: String,
    id: String,
    href: String,
    is_current: bool,
}

/// One line of the table.
struct LineView {
    time: String,
    cells: Vec<CellView>,
}

enum CellView {
    Held { appointment: Box<AppointmentView>, lines: usize, is_untold: bool },
    Free { href: String, label: String },
    Shut,
}

/// `GET /{agb}`: the first agenda, today.
pub(super) async fn first(visitor: Visitor) -> Result<Response, PageProblem> {
    let practice = visitor.practice.id();
    let all =
        visitor.service.db.read("agendas", |mut tx| async move { schedules::all(&mut tx, practice).await });
    let all = all.await.map_err(|error: db::Error| visitor.failed(&error))?;
    let first = all.first().ok_or_else(|| visitor.not_found())?;
    Ok(Redirect::to(&address(&visitor, &first.id, visitor.today())).into_response())
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    schedule: String,
    date: Date,
}

/// `GET /{agb}/day?schedule=…&date=…`: the form that jumps to a day.
pub(super) async fn find(visitor: Visitor, Query(wanted): Query<Wanted>) -> Redirect {
    Redirect::to(&address(&visitor, &wanted.schedule, wanted.date))
}

/// `GET /{agb}/{schedule}/{date}`: one agenda on one day.
pub(super) async fn show(
    visitor: Visitor,
    Path((_, schedule, day)): Path<(String, String, String)>,
) -> Result<Response, PageProblem> {
    let day: Date = day.parse().map_err(|_| visitor.not_found())?;
    let (visitor, schedule) = (&visitor, schedule.as_str());
    let page = visitor
        .service
        .db
        .tx("a day", |mut tx| async move { page(&mut tx, visitor, schedule, day).await })
        .await
        .map_err(|error: db::Error| visitor.failed(&error))?;
    drawn(visitor.language, &page.ok_or_else(|| visitor.not_found())?)
}

async fn page(tx: &mut Tx, visitor: &Visitor, id: &str, day: Date) -> Result<Option<Page>, db::Error> {
    let (practice, words) = (&visitor.practice, visitor.words());
    let all = schedules::all(tx, practice.id()).await?;
    let Some(schedule) = all.iter().find(|schedule| schedule.id == id).cloned() else { return Ok(None) };
    let (Ok(yesterday), Ok(tomorrow)) = (day.yesterday(), day.tomorrow()) else { return Ok(None) };
    let bounds = (practice.start_of(day), practice.start_of(tomorrow));
    let (booked, requests) = (
        appointments::between(tx, practice.id(), id, bounds).await?,
        appointments::requested(tx, practice.id()).await?,
    );
    let patients = booked.iter().chain(&requests).map(|shown| shown.patient.id.as_str()).collect();
    reading::note(tx, visitor, &format!("Schedule/{id}/{day}"), patients).await?;
    let (held, called_off): (Vec<Detailed>, Vec<Detailed>) =
        booked.into_iter().partition(|shown| shown.appointment.state.holds_time());
    let mut column = Column { held: Vec::new(), offered: Vec::new() };
    for shown in held {
        let (from, until) = times_of(&shown, practice);
        let is_untold = is_untold(tx, &shown).await?;
        column.held.push((from, until, (Box::new(view(&shown, practice, words)), is_untold)));
    }
    for slot in slots::of_days(tx, id, day, day).await? {
        column.offered.push((practice.local(slot.starts_at).time(), practice.local(slot.ends_at).time()));
    }
    let title = format!("{}, {}", schedule.practitioner.name, words.long_date(day));
    let today = visitor.today();
    Ok(Some(Page {
        frame: visitor.frame(tx, Section::Agenda, title).await?,
        day,
        practitioners: all.into_iter().map(|other| tab(visitor, other, id, day)).collect(),
        previous: address(visitor, id, yesterday),
        today: address(visitor, id, today),
        next: address(visitor, id, tomorrow),
        is_today: day == today,
        lines: lines(&[column]).into_iter().map(|line| line_view(visitor, id, day, line)).collect(),
        called_off: called_off.iter().map(|shown| view(shown, practice, words)).collect(),
        requests: requests.iter().map(|shown| view(shown, practice, words)).collect(),
        schedule,
    }))
}

/// Whether the platform refused to hear of its present state.
async fn is_untold(tx: &mut Tx, shown: &Detailed) -> Result<bool, db::Error> {
    let stored = &shown.appointment;
    let may_be = stored.told < stored.version && stored.state != State::Requested;
    Ok(may_be && matches!(standing(tx, stored).await?, Standing::Refused { .. }))
}

fn tab(visitor: &Visitor, schedule: Schedule, current: &str, day: Date) -> Tab {
    Tab {
        href: address(visitor, &schedule.id, day),
        is_current: schedule.id == current,
        name: schedule.practitioner.name,
        id: schedule.id,
    }
}

fn line_view(
    visitor: &Visitor,
    schedule: &str,
    day: Date,
    line: Line<(Box<AppointmentView>, bool)>,
) -> LineView {
    let time = clock(line.time);
    let cell = |cell| match cell {
        Cell::Held { what: (appointment, is_untold), lines } => {
            CellView::Held { appointment, lines, is_untold }
        }
        Cell::Free => CellView::Free {
            href: format!(
                "/{}/appointments/new?schedule={schedule}&date={day}&time={time}",
                visitor.practice.id()
            ),
            label: fill(visitor.words().free_at, &[&time]),
        },
        Cell::Shut => CellView::Shut,
    };
    LineView { cells: line.cells.into_iter().flatten().map(cell).collect(), time }
}

/// The address of an agenda's day.
pub(super) fn address(visitor: &Visitor, schedule: &str, day: Date) -> String {
    format!("/{}/{schedule}/{day}", visitor.practice.id())
}
