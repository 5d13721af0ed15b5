use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::tz::TimeZone;
use store::{Language, Subscription};
use uuid::Uuid;

use crate::{
    app::App,
    portal::{Problem, reader::Reader},
    when,
    words::say,
};

/// The part of the preferences that is about notifications; its words are in `portal/push.html`.
#[derive(Debug)]
pub(in crate::portal) struct Devices {
    /// What the browser must be told to subscribe.
    pub(in crate::portal) key: String,
    pub(in crate::portal) all: Vec<Known>,
    /// Whether the patient wants no notifications at all.
    pub(in crate::portal) is_silent: bool,
    /// What became of a trial, in words.
    pub(in crate::portal) tried: Option<String>,
}

/// A device in the list.
#[derive(Debug)]
pub(in crate::portal) struct Known {
    pub(in crate::portal) id: Uuid,
    /// "Firefox op Android".
    pub(in crate::portal) name: String,
    pub(in crate::portal) since: String,
    pub(in crate::portal) used: Option<String>,
    /// Hash of the endpoint, by which a script finds its own device in the list.
    pub(in crate::portal) mark: String,
}

impl Devices {
    /// The reader's devices; none where notifications are off. `tried` is what the address says of a trial.
    ///
    /// # Errors
    /// When the database fails.
    pub(in crate::portal) async fn read(
        app: &App,
        reader: &Reader,
        tried: Option<&str>,
    ) -> Result<Option<Self>, Problem> {
        let Some(pusher) = &app.pusher else { return Ok(None) };
        let (store, account, language) = (&app.store, reader.id(), reader.language());
        let all: Vec<Subscription> = store
            .read(
                "a patient's devices",
                |mut tx| async move { store.subscriptions_of(&mut tx, account).await },
            )
            .await?;
        let all = all.iter().map(|device| Known::of(device, language)).collect();
        let is_silent = !reader.patient.account.preferences.by_push;
        Ok(Some(Self {
            is_silent,
            key: pusher.public_key(),
            all,
            tried: tried.and_then(|word| tried_words(language, word)),
        }))
    }
}

impl Known {
    fn of(subscription: &Subscription, language: Language) -> Self {
        let device = &subscription.device;
        // It happened to the patient and not at a practice: Dutch time.
        let zone = TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC);
        let date = |key, at| {
            let date = when::date_in_full(language, at, &zone);
            say(language, key, &[("date", date.into())])
        };
        Self {
            id: subscription.id,
            name: name(language, device.browser.as_deref(), device.system.as_deref()),
            since: date("push-since", subscription.created_at),
            used: subscription.last_used_at.map(|at| date("push-used", at)),
            mark: URL_SAFE_NO_PAD.encode(digest(&SHA256, device.endpoint.as_bytes())),
        }
    }
}

fn name(language: Language, browser: Option<&str>, system: Option<&str>) -> String {
    match (browser, system) {
        (Some(browser), Some(system)) => {
            say(language, "push-device", &[("browser", browser.into()), ("system", system.into())])
        }
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => say(language, "push-device-unknown", &[]),
    }
}

fn tried_words(language: Language, word: &str) -> Option<String> {
    let key = match word {
        "sent" => "push-tried-sent",
        "gone" => "push-tried-gone",
        "too-soon" => "push-tried-too-soon",
        "not-now" => "push-tried-not-now",
        _ => return None,
    };
    Some(say(language, key, &[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_has_a_name_whatever_is_known_of_it() {
        for (browser, system, dutch, english) in [
            (Some("Firefox"), Some("Android"), "Firefox op Android", "Firefox on Android"),
            (Some("Firefox"), None, "Firefox", "Firefox"),
            (None, Some("Windows"), "Windows", "Windows"),
            (None, None, "Onbekend apparaat", "Unknown device"),
        ] {
            assert_eq!(name(Language::Dutch, browser, system), dutch);
            assert_eq!(name(Language::English, browser, system), english);
        }
    }
}
