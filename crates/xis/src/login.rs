//! Who may sit at the pages: practitioners who log in at an OpenID provider, for the practices that it names.

use std::{fmt, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use oauth::{Identity, LoginConfig};
use serde_json::Value;
use url::Url;
use world::Http;

use crate::{
    config::{self, Agb},
    practice::Practices,
    tables::Session,
};

/// Where the provider sends people back to.
pub(crate) const CALLBACK: &str = "/login/callback";
/// No honest id or name is longer (OpenID Connect Core, 2: 255 characters).
const LONGEST_TEXT: usize = 255;

/// The login of practitioners.
pub(crate) struct Login {
    pub(crate) provider: oauth::Login,
    settings: config::Login,
}

impl Login {
    pub(crate) fn new(settings: config::Login, public_url: &Url, http: Arc<dyn Http>) -> Self {
        let mut redirect_uri = public_url.clone();
        redirect_uri.set_path(CALLBACK);
        let config = LoginConfig {
            issuer: settings.issuer.clone(),
            client_id: settings.client_id.clone(),
            client_secret: settings.client_secret.clone(),
            redirect_uri,
            scopes: settings.scopes.clone(),
            acr_values: settings.assurance.clone(),
        };
        Self { provider: oauth::Login::new(config, http), settings }
    }

    /// The session of somebody who just logged in; `None` for who works for no practice that is served here.
    pub(crate) fn session_of(
        &self,
        identity: &Identity,
        served: &Practices,
        now: Timestamp,
    ) -> Option<Session> {
        let mut practices = codes(identity.claims.get(&self.settings.practices_claim));
        practices.retain(|agb| served.find(agb).is_some());
        if practices.is_empty() {
            return None;
        }
        let practitioner = Self::practitioner(identity);
        let name = identity.text(&self.settings.name_claim).map_or_else(|| practitioner.clone(), shortened);
        Some(Session { practitioner, name, practices, started_at: now, used_at: now })
    }

    /// What somebody who logged in is called in the audit trail.
    pub(crate) fn practitioner(identity: &Identity) -> String {
        shortened(&identity.subject)
    }

    /// When a session ends unless it is used.
    pub(crate) fn ends_at(&self, session: &Session) -> Timestamp {
        (session.used_at + self.idle()).min(session.started_at + self.longest())
    }

    /// Sessions that were last used before this are over.
    pub(crate) fn over_before(&self, now: Timestamp) -> Timestamp {
        now - self.idle()
    }

    fn idle(&self) -> SignedDuration {
        SignedDuration::from_mins(self.settings.idle_minutes.get().into())
    }

    fn longest(&self) -> SignedDuration {
        SignedDuration::from_hours(self.settings.longest_hours.get().into())
    }
}

/// The AGB codes in a claim: a list, or a text with spaces in between. What is none is left out.
fn codes(claim: Option<&Value>) -> Vec<Agb> {
    let read = |text: &str| text.split_whitespace().filter_map(|code| code.parse().ok()).collect();
    match claim {
        Some(Value::String(text)) => read(text),
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).flat_map(read).collect(),
        _ => Vec::new(),
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(LONGEST_TEXT).collect()
}

impl fmt::Debug for Login {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Login").field("settings", &self.settings).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn practices_are_read_from_a_list_or_a_text() {
        let expected: Vec<Agb> = ["01000001", "01000002"].map(|agb| agb.parse().unwrap()).into();
        for claim in [
            json!(["01000001", "01000002"]),
            json!("01000001 01000002"),
            json!(["01000001", 7, "x", "01000002"]),
        ] {
            assert_eq!(codes(Some(&claim)), expected, "{claim}");
        }
        for none in [None, Some(json!(null)), Some(json!(1_000_001)), Some(json!("")), Some(json!({}))] {
            assert_eq!(codes(none.as_ref()), []);
        }
    }
}
