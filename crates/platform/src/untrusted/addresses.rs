//! Times, searches, and addresses that somebody else chose.

use std::sync::LazyLock;

use axum::http::HeaderMap;
use fhir::Instant;
use jiff::tz::TimeZone;
use url::Url;

use super::bodies::is_told_well;
use crate::{
    Push, VapidKey,
    auth::login,
    fhir_api::{outcome::Refused, patient_search},
    notices::push::Pusher,
    portal,
};

/// A time in a body: with an offset it is the same moment everywhere, without one it needs a zone (D11).
pub fn date(text: &[u8]) {
    let Some(read) = std::str::from_utf8(text).ok().and_then(Instant::read) else { return };
    let amsterdam = TimeZone::get("Europe/Amsterdam").expect("it is bundled");
    match read {
        Instant::Zoned(moment) => assert_eq!(read.resolve(Some(&amsterdam)), Some(moment)),
        Instant::Naive(_) => {
            assert_eq!(read.resolve(None), None);
            let _ = read.resolve(Some(&amsterdam));
        }
    }
}

/// `POST /Patient/_search`: the form, whose refusal repeats nothing of it, as it stands or as it is read.
pub fn search(form: &[u8]) {
    let sought = patient_search::read(form).map_err(Refused::from);
    if let Err(refused) = patient_search::whom(sought, false).map(drop) {
        let read = url::form_urlencoded::parse(form).flat_map(|(name, value)| [name, value]);
        let said: Vec<String> = read.map(String::from).collect();
        is_told_well(&[form, said.join("\n").as_bytes()].concat(), refused);
    }
}

/// Where somebody goes after logging in: on this site, whatever a browser makes of it.
pub fn return_path(text: &[u8]) {
    let Ok(asked) = std::str::from_utf8(text) else { return };
    let ours = Url::parse("https://balie.example/login/callback").expect("an address");
    let led = ours.join(&login::local_path(Some(asked))).expect("a path on this site is an address");
    assert_eq!(led.origin(), ours.origin(), "{asked:?} leads elsewhere");
}

/// `POST /push/subscriptions`: an endpoint that is kept is https, at a name or a public address, on its own port.
pub fn push_subscription(body: &[u8]) {
    static PUSHER: LazyLock<Pusher> = LazyLock::new(|| {
        let key = VapidKey::from_text("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw").expect("a key");
        let subject = "mailto:beheer@balie.example".to_owned();
        Pusher::new(&Push { key, subject, allow: Vec::new() }).expect("it can be set up")
    });
    let Ok(given) = serde_json::from_slice::<portal::Given>(body) else { return };
    if let Ok(device) = given.device(&PUSHER, &HeaderMap::new()) {
        let endpoint = Url::parse(&device.endpoint).expect("an address that is kept");
        assert_eq!((endpoint.scheme(), endpoint.port(), endpoint.username()), ("https", None, ""));
    }
}
