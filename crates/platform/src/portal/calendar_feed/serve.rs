//! `/calendar/{secret}.ics`: the visits of whoever made this address, for a calendar that looks again each hour. No
//! login; what is no secret of anybody is a page that is not there.

use std::collections::BTreeMap;

use agenda::Agb;
use aws_lc_rs::digest;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use store::{Account, AccountId, Actor, Practice, Stored, Tx};

use crate::{
    app::App,
    audit::Audit,
    notices::{FeedVisit, feed},
    portal::Problem,
};

/// So long ago a visit may have been to be in it.
const RECENT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What somebody who shows the secret may see.
struct Known {
    patient: Account,
    /// When the address was made.
    since: Timestamp,
    visits: Vec<FeedVisit>,
}

pub(super) async fn serve(
    State(app): State<App>,
    headers: HeaderMap,
    Path(file): Path<String>,
) -> Result<Response, Problem> {
    let secret = file.strip_suffix(".ics").ok_or(Problem::NoSuchPage)?;
    let (app, now) = (&app, app.world.now());
    let known: Result<_, store::Error> =
        app.store.tx("a calendar feed", |mut tx| async move { load(app, &mut tx, secret, now).await }).await;
    let Known { patient, since, visits } = known?.ok_or(Problem::NoSuchPage)?;
    let line = Audit::of(&Actor::Unknown, "appointment feed").subject(patient.id);
    line.fetched(app, (patient.id, since)).await?;
    Ok(answer(&headers, feed(app, &patient, visits)))
}

async fn load(app: &App, tx: &mut Tx, secret: &str, now: Timestamp) -> Result<Option<Known>, store::Error> {
    let Some((account, since)) = app.store.fetch_calendar_feed(tx, secret, now).await? else {
        return Ok(None);
    };
    let Some(patient) = app.store.account(tx, account).await? else { return Ok(None) };
    let all = app.store.appointments_of(tx, account).await?;
    let recent = all
        .into_iter()
        .filter(|stored| now.duration_since(stored.appointment.content.end) < RECENT)
        .collect();
    let visits = with_practices(app, tx, account, recent).await?;
    Ok(Some(Known { patient, since, visits }))
}

async fn with_practices(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    all: Vec<Stored>,
) -> Result<Vec<FeedVisit>, store::Error> {
    let mut practices: BTreeMap<Agb, Option<Practice>> = BTreeMap::new();
    let mut visits = Vec::with_capacity(all.len());
    for stored in all {
        if !practices.contains_key(&stored.practice) {
            let found = app.store.practice(tx, &stored.practice).await?;
            practices.insert(stored.practice.clone(), found);
        }
        let Some(practice) = practices.get(&stored.practice).cloned().flatten() else { continue };
        let last = app.store.calendar_edition(tx, account, stored.event()).await?;
        visits.push(FeedVisit { stored, practice, last });
    }
    Ok(visits)
}

/// Who has this text already gets none.
fn answer(asked: &HeaderMap, text: String) -> Response {
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, text.as_bytes())));
    let has_it = asked.get_all(header::IF_NONE_MATCH).iter().any(|tags| names(tags.as_bytes(), &tag));
    let said = [(header::ETAG, tag), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    if has_it {
        return (StatusCode::NOT_MODIFIED, said).into_response();
    }
    let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8; method=PUBLISH")];
    (said, kind, text).into_response()
}

/// Whether one of these tags is this one, weak or not (RFC 9110, 13.1.2).
fn names(tags: &[u8], tag: &str) -> bool {
    let tags = str::from_utf8(tags).unwrap_or_default().split(',').map(str::trim);
    { tags }.any(|one| one == "*" || one.trim_start_matches("W/") == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_that_has_the_text_is_known_by_any_of_its_tags() {
        let tag = "\"a\"";
        for (tags, has_it) in [
            ("\"a\"", true),
            ("W/\"a\"", true),
            ("\"b\", \"a\"", true),
            ("*", true),
            ("\"b\"", false),
            ("a", false),
        ] {
            assert_eq!(names(tags.as_bytes(), tag), has_it, "{tags}");
        }
    }
}
