use agenda::{Content, Kind};
use jiff::Timestamp;
use outbox::Message;
use store::{Account, AccountId, Delivery, Notice, Route, Stored, Tx};

use super::{
    payload::{About, Payload},
    routes,
};
use crate::app::App;

/// Leaves behind, in this transaction, that the patient of `stored` is to be told what happened to it: one notice,
/// and along each route one message.
///
/// `before` is what the change replaced. Says how many routes there are: none for a patient who cannot be reached (D12),
/// and when this change was written down before.
///
/// # Errors
/// When the database fails.
pub(crate) async fn tell(
    app: &App,
    tx: &mut Tx,
    (stored, patient): (&Stored, &Account),
    kind: Kind,
    before: Option<Content>,
    now: Timestamp,
) -> Result<usize, store::Error> {
    let notice = Notice {
        id: app.new_id(),
        appointment: stored.id,
        revision: stored.revision,
        kind,
        practice: stored.practice.clone(),
        account: patient.id,
        before,
        created_at: now,
    };
    if !app.store.add_notice(tx, &notice).await? {
        return Ok(0);
    }
    let routes = routes::of(app, tx, patient).await?;
    for route in &routes {
        send_along(app, tx, &notice, *route, now).await?;
    }
    Ok(routes.len())
}

async fn send_along(
    app: &App,
    tx: &mut Tx,
    notice: &Notice,
    route: Route,
    now: Timestamp,
) -> Result<(), store::Error> {
    let (message, about) = (app.new_id(), notice.appointment.uuid());
    let delivery = Delivery { notice: notice.id, route, message, about, account: notice.account };
    app.store.add_delivery(tx, &delivery).await?;
    let lane = &lane(notice.account, about, route);
    let waits = waits(notice.kind);
    // Of what has just come to be nothing was told before.
    let may_wait = waits && notice.revision > 1;
    let due_at = if may_wait { due_at(app, tx, &delivery, now).await? } else { now };
    let payload = Payload { account: notice.account.uuid(), route, about: About::Appointment(about) };
    let message = Message {
        id: message.to_string(),
        topic: routes::topic(route),
        lane,
        tenant: notice.practice.as_str(),
        payload: payload.to_json(),
        due_at,
    };
    outbox::enqueue(tx, message, now).await?;
    if !waits {
        outbox::hasten(tx, routes::topic(route), lane, now).await?;
    }
    Ok(())
}

/// What a patient is told along one route about one thing goes in this order.
pub(super) fn lane(account: AccountId, about: uuid::Uuid, route: Route) -> String {
    format!("notice:{account}:{about}:{route}")
}

/// Whether one that comes shortly after another is told together with it: a cancellation is told at once.
fn waits(kind: Kind) -> bool {
    match kind {
        Kind::New | Kind::Confirmed | Kind::Modified | Kind::PlannedAgain => true,
        Kind::Declined
        | Kind::CancelledByPractice
        | Kind::CancelledByPatient
        | Kind::Rescheduled
        | Kind::Reminder => false,
    }
}

/// At once, or when the merge window after what was told last is over.
async fn due_at(
    app: &App,
    tx: &mut Tx,
    delivery: &Delivery,
    now: Timestamp,
) -> Result<Timestamp, store::Error> {
    let window = app.config.notices.merge_window;
    if window.is_zero() {
        return Ok(now);
    }
    let last = app.store.last_sent(tx, delivery.account, delivery.about, delivery.route).await?;
    Ok(last.map_or(now, |last| (last + window).max(now)))
}
