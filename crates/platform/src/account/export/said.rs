//! How each thing is said in `my-data.json`.

use serde_json::{Value, json};
use store::{
    Account, AttachmentLabel, AuditLine, CalendarFeed, Device, Draft, Invitation, LoggedIn, Membership,
    Message, Practice, Stored, Subscription, Told,
};

use super::Enclosed;

pub(super) fn about(account: &Account, since: Option<jiff::Timestamp>) -> Value {
    let preferences = account.preferences;
    json!({
        "id": account.id.to_string(),
        "name": account.name,
        "bsn": account.bsn.expose(),
        "mail": account.mail,
        "language": account.language.code(),
        "since": since,
        "preferences": {
            "byMail": preferences.by_mail,
            "byPush": preferences.by_push,
            "detailOfAppointments": preferences.detail,
            "detailOfMessages": preferences.detail_messages,
            "remindMinutesBefore": preferences.remind_minutes,
        },
    })
}

pub(super) fn visit(stored: &Stored) -> Value {
    use agenda::State;
    let (appointment, content) = (&stored.appointment, &stored.appointment.content);
    let standing = match appointment.state {
        State::Requested { .. } => "requested",
        State::Unknown { .. } => "being checked",
        State::Pending => "waits for the practice",
        State::Booked => "booked",
        State::Cancelled { .. } => "cancelled",
        State::Declined { .. } => "declined by the practice",
        State::Failed { .. } => "not booked",
        State::Tombstone => "gone",
    };
    let with =
        content.participants.iter().filter(|one| !one.is_patient).filter_map(|one| one.display.as_deref());
    json!({
        "id": stored.id.to_string(),
        "practice": stored.practice.as_str(),
        "status": standing,
        "start": content.start,
        "end": content.end,
        "type": content.categories.iter().map(|one| json!({ "system": one.system, "code": one.code, "display": one.display }))
            .collect::<Vec<_>>(),
        "with": with.collect::<Vec<_>>(),
        "reason": appointment.reason.as_ref().map(|reason| reason.as_str()),
        "messageFromPractice": appointment.message(),
        "createdAt": stored.created_at,
        "changedAt": stored.changed_at,
    })
}

pub(super) fn written(message: &Message, labels: &[AttachmentLabel]) -> Value {
    json!({
        "practice": message.practice.as_str(),
        "at": message.created_at,
        "topic": message.words.topic,
        "text": message.words.text,
        "files": labels.iter().map(|label| path(message, label)).collect::<Vec<_>>(),
        "opened": !message.unseen,
    })
}

pub(super) fn sent(told: &Told) -> Value {
    json!({
        "about": told.about,
        "kind": told.kind.as_deref().unwrap_or("message"),
        "since": told.created_at,
        "way": if told.route == "mail" { "mail" } else { "notification" },
        "outcome": told.outcome.as_deref().unwrap_or("waits"),
        "endedAt": told.ended_at,
    })
}

pub(super) fn belongs(practice: &Practice, membership: Option<&Membership>) -> Value {
    json!({
        "agb": practice.agb.as_str(),
        "name": practice.name,
        "patientNumberThere": membership.and_then(|membership| membership.xis_patient.as_deref()),
        "checkedAt": membership.and_then(|membership| membership.checked_at),
    })
}

/// Without the link: whoever has it can show it.
pub(super) fn invited(invitation: &Invitation, mail: Option<&str>) -> Value {
    json!({ "practice": invitation.practice.as_str(), "at": invitation.created_at, "mail": mail,
            "acceptedAt": invitation.used_at })
}

/// Who did what; from where is said only of what the patient did.
pub(super) fn seen(line: &AuditLine) -> Value {
    let from = line.network.as_deref().filter(|_| line.actor_kind == "patient");
    json!({ "at": line.at, "by": line.actor_kind, "practice": line.practice, "what": line.action,
            "outcome": line.outcome, "from": from })
}

pub(super) fn chosen(practice: &str, draft: &Draft) -> Value {
    let choice = &draft.choice;
    json!({
        "practice": practice,
        "type": choice.category.as_ref().and_then(|category| category.display.as_deref()),
        "start": choice.slot.as_ref().map(|slot| slot.start),
        "reason": choice.reason,
        "changedAt": draft.changed_at,
    })
}

pub(super) fn device(subscription: &Subscription) -> Value {
    let Device { browser, system, .. } = &subscription.device;
    json!({ "browser": browser, "system": system, "since": subscription.created_at,
            "lastUsedAt": subscription.last_used_at })
}

/// Its secret is not kept.
pub(super) fn feed(feed: &CalendarFeed) -> Value {
    json!({ "madeAt": feed.made_at, "lastFetchedAt": feed.fetched_at })
}

pub(super) fn login(login: &LoggedIn) -> Value {
    json!({ "since": login.started_at, "lastUsedAt": login.used_at })
}

pub(super) fn enclosed(message: &Message, label: &AttachmentLabel) -> Enclosed {
    Enclosed { message: message.id, number: label.number, path: path(message, label) }
}

/// Under our own ids, so that no two are the same; what was sent as a name names no folder.
fn path(message: &Message, label: &AttachmentLabel) -> String {
    let name: String = label
        .name
        .chars()
        .map(|letter| if matches!(letter, '/' | '\\' | ':') { '_' } else { letter })
        .collect();
    format!("files/{}/{}-{name}", message.id, label.number)
}
