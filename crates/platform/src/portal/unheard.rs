//! A practice whose system is in trouble: what is known of it stays readable, and says from when it is (C17).

use store::{Language, Practice, Stored};

use crate::{app::App, when, words::say};

/// What to say of this practice above its patient's appointments; nothing while its system answers.
///
/// What is shown is as new as the last answer of the practice's system. Where this process has not heard any, it is as
/// new as the newest of what is shown.
pub(super) fn note<'a>(
    app: &App,
    practice: &Practice,
    shown: impl IntoIterator<Item = &'a Stored>,
    language: Language,
) -> Option<String> {
    if !app.lines.is_in_trouble(&practice.agb) {
        return None;
    }
    let changed = shown.into_iter().filter(|stored| stored.practice == practice.agb);
    let newest = changed.map(|stored| stored.changed_at).max()?;
    let updated_at = app.lines.answered_at(&practice.agb).unwrap_or(newest);
    let zone = practice.settings.zone();
    let name = ("practice", practice.name.as_str().into());
    Some(if when::date(updated_at, &zone) == when::date(app.world.now(), &zone) {
        say(language, "unheard-today", &[name, ("time", when::time(language, updated_at, &zone).into())])
    } else {
        let moment = when::date_and_time(language, updated_at, &zone);
        say(language, "unheard-before", &[name, ("moment", moment.into())])
    })
}
