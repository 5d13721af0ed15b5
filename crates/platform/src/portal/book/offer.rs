//! What a practice offers, read from its system.

use agenda::{Coding, Slot, Window};

use super::at_practice::AtPractice;
use crate::{app::App, portal::Problem, xis_client::Trouble};

/// The types that can be booked. None is an answer, and an error of the practice's: it is logged, and the patient
/// sees the empty state.
pub(super) async fn types(app: &App, at: &AtPractice) -> Result<Vec<Coding>, Problem> {
    let types = match at.client(app) {
        Err(Trouble::NotConfigured) => Vec::new(),
        Err(trouble) => return Err(Problem::practice_down(&at.practice, &trouble)),
        Ok(client) => client
            .appointment_types()
            .await
            .map_err(|trouble| Problem::practice_down(&at.practice, &trouble))?,
    };
    if types.is_empty() {
        tracing::error!(practice = %at.agb(), "no appointment types can be booked online: none are configured, or the practice's system has none");
    }
    Ok(types)
}

/// The type that an address names, `system|code`, if it can be booked.
pub(super) async fn category(app: &App, at: &AtPractice, token: &str) -> Result<Option<Coding>, Problem> {
    let named = named(token);
    Ok(types(app, at).await?.into_iter().find(|category| category.key() == named.key()))
}

/// The type with this token, and what there is to choose for it. Both are asked at once, but for a system in trouble: one
/// call may try whether it answers again (C17), and the other has no leave before that one is answered. Without a type
/// nothing is asked, and what is said of the times of one that is not there does not matter.
pub(super) async fn category_and_slots(
    app: &App,
    at: &AtPractice,
    token: &str,
    window: &Window,
    schedule: Option<&str>,
) -> Result<Option<(Coding, Vec<Slot>)>, Problem> {
    if token.is_empty() {
        return Ok(None);
    }
    let named = named(token);
    let (category, slots) = (category(app, at, token), slots(app, at, &named, window, schedule));
    let (category, slots) = if app.lines.is_in_trouble(at.agb()) {
        let Some(category) = category.await? else { return Ok(None) };
        (Some(category), slots.await)
    } else {
        tokio::try_join!(category, async { Ok(slots.await) })?
    };
    category.map(|category| Ok((category, slots?))).transpose()
}

/// The free times of a type, in one agenda or in all.
pub(super) async fn slots(
    app: &App,
    at: &AtPractice,
    category: &Coding,
    window: &Window,
    schedule: Option<&str>,
) -> Result<Vec<Slot>, Problem> {
    let asked = async { at.client(app)?.slots(category, window, schedule).await };
    match asked.await {
        Ok(sifted) => Ok(sifted.slots),
        Err(trouble) => Err(Problem::practice_down(&at.practice, &trouble)),
    }
}

/// The type that an address names, whether it can be booked or not.
pub(super) fn named(token: &str) -> Coding {
    let (system, code) = token.split_once('|').unwrap_or(("", token));
    Coding { system: system.to_owned(), code: code.to_owned(), display: None }
}
