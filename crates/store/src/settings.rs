mod api_version;
mod cancel_hours;
mod planning;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What can be chosen per practice. The ids name the decision that a setting belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Base address of the practice's XIS, such as `https://xis.example/fhir/r4`. Without it nothing can be
    /// booked online and the patient sees the empty state.
    pub xis_base_url: Option<String>,
    /// Which version of the contract the XIS speaks, 1 or 2 (D13).
    pub api_version: u32,
    /// Token endpoint for calls to the XIS (D4). Empty: the endpoint of the login provider.
    pub xis_token_endpoint: Option<String>,
    /// The platform's id at that endpoint (D4). Empty: its id at the login provider.
    pub xis_client_id: Option<String>,
    /// Prove there by a signed JWT who the platform is (RFC 7523), not by the secret of the login provider (D4). An
    /// endpoint elsewhere never sees that secret.
    pub xis_signed_requests: bool,
    /// Audience asked for in those tokens (D4). Empty: the XIS's base address.
    pub xis_audience: Option<String>,
    /// Scope asked for in those tokens (D4).
    pub xis_scope: Option<String>,
    /// Claim in which the XIS's tokens carry the BSN (D4). Told to the authorization server by its operator.
    pub xis_bsn_claim: String,
    /// Only appointment types of this `system|code` are offered (ValueSet's `service-category`).
    pub service_category: Option<String>,
    /// Phone number that patients read.
    pub phone: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// Time zone of the practice's agenda (C6).
    pub time_zone: String,
    /// Accent colour of the practice's pages, `#rrggbb`.
    pub accent: Option<String>,
    /// What the practice's logo shows, for whoever does not see it. `balie practice logo` sets it with the file; without
    /// it no logo is shown.
    pub logo_text: Option<String>,
    /// The practice approves requests by hand (C3).
    pub approval: bool,
    /// Keep appointments of patients without an account for 30 days instead of refusing them (A2).
    pub park_unknown_patients: bool,
    /// Accept BSNs that fail the 11-proof: for test organisations (A3).
    pub lenient_bsn: bool,
    /// Accept `arrived`, `checked-in`, `fulfilled`, `noshow` and `entered-in-error` (A13).
    pub visit_statuses: bool,
    /// Ignore an update whose `meta.lastUpdated` is older than the one before (A16).
    pub ignore_older_updates: bool,
    /// Send `AppointmentResponse.actor` in FHIR's form instead of the contract's (B1).
    pub fhir_actor: bool,
    /// Without `X-Organization-Identifier`, take the only practice of the token's client (B4).
    pub organization_from_token: bool,
    /// Read an appointment at the XIS as `/Appointment/ID` instead of `?id=` (C4).
    pub appointment_by_path: bool,
    /// Search slots with a client token, so that patients can share the answer (C19).
    pub shared_search: bool,
    /// Send `X-Organization-Identifier` as the bare AGB code (D1).
    pub plain_organization: bool,
    /// Read times without an offset as the practice's time instead of refusing them (D11).
    pub naive_times: bool,
    /// Until how many hours before the start patients may cancel online, where the XIS does not say (B10).
    pub cancel_until_hours: u32,
    /// The same for some types of appointment, by code: `CODE=48,OTHER=2` (B10).
    pub cancel_until_hours_by_type: Option<String>,
    /// Nothing can be booked online before this date and time on the practice's clock: `2026-12-01T08:00`.
    pub online_from: Option<String>,
    /// What patients read first who choose one of these types, by code, in Dutch or another language:
    /// `CODE=text|CODE@en=text|OTHER=text`.
    pub urgent_by_type: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            xis_base_url: None,
            api_version: 2,
            xis_token_endpoint: None,
            xis_client_id: None,
            xis_signed_requests: false,
            xis_audience: None,
            xis_scope: None,
            xis_bsn_claim: "bsn".to_owned(),
            service_category: None,
            phone: None,
            address: None,
            city: None,
            time_zone: "Europe/Amsterdam".to_owned(),
            accent: None,
            logo_text: None,
            approval: false,
            park_unknown_patients: false,
            lenient_bsn: false,
            visit_statuses: false,
            ignore_older_updates: false,
            fhir_actor: false,
            organization_from_token: false,
            appointment_by_path: false,
            shared_search: false,
            plain_organization: false,
            naive_times: false,
            cancel_until_hours: 24,
            cancel_until_hours_by_type: None,
            online_from: None,
            urgent_by_type: None,
        }
    }
}

/// Why a setting cannot be set.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SettingsError {
    /// No setting has this name.
    #[error("{key} is no setting; there are: {known}")]
    Unknown {
        /// What was given.
        key: String,
        /// Every name there is.
        known: String,
    },
    /// The setting cannot have this value.
    #[error("{key} cannot be {value:?}: {expected}")]
    Value {
        /// The setting.
        key: String,
        /// What was given.
        value: String,
        /// What it can be.
        expected: &'static str,
    },
}

impl Settings {
    /// Sets one by name; an empty value takes an optional one away.
    ///
    /// # Errors
    /// When there is no such setting, or it cannot have this value.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), SettingsError> {
        let wrong =
            |expected| SettingsError::Value { key: key.to_owned(), value: value.to_owned(), expected };
        let mut all = self.to_map();
        let Some(old) = all.get_mut(key) else {
            let known = all.keys().cloned().collect::<Vec<_>>().join(", ");
            return Err(SettingsError::Unknown { key: key.to_owned(), known });
        };
        *old = match (&*old, value) {
            (Value::Bool(_), "on" | "true" | "yes") => Value::Bool(true),
            (Value::Bool(_), "off" | "false" | "no") => Value::Bool(false),
            (Value::Bool(_), _) => return Err(wrong("give on or off")),
            (Value::Number(_), digits) => {
                Value::from(digits.parse::<u32>().map_err(|_| wrong("give a whole number"))?)
            }
            (_, "") => Value::Null,
            _ => Value::String(value.to_owned()),
        };
        let changed: Self =
            serde_json::from_value(Value::Object(all)).map_err(|_| wrong("it must have a value"))?;
        changed.check(key).map_err(wrong)?;
        *self = changed;
        Ok(())
    }

    /// Every setting by name, in order.
    #[must_use]
    pub fn to_map(&self) -> serde_json::Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(map)) => map,
            _ => serde_json::Map::new(),
        }
    }

    /// The practice's zone (C6).
    #[must_use]
    pub fn zone(&self) -> jiff::tz::TimeZone {
        // Checked when it was set; a zone that has since left the database must not take the page down.
        jiff::tz::TimeZone::get(&self.time_zone).unwrap_or(jiff::tz::TimeZone::UTC)
    }

    fn check(&self, key: &str) -> Result<(), &'static str> {
        let is_url = |text: &Option<String>| {
            text.as_deref().is_none_or(|text| text.starts_with("https://") || text.starts_with("http://"))
        };
        match key {
            "time_zone" if jiff::tz::TimeZone::get(&self.time_zone).is_err() => {
                Err("give a name of the IANA time zone database, such as Europe/Amsterdam")
            }
            "xis_base_url" if !is_url(&self.xis_base_url) => Err("give an address that starts with https://"),
            "xis_token_endpoint" if !is_url(&self.xis_token_endpoint) => {
                Err("give an address that starts with https://")
            }
            "accent" if !self.accent.as_deref().is_none_or(is_colour) => Err("give a colour such as #0b6660"),
            "logo_text" if self.logo_text.as_deref().is_some_and(is_no_line) => {
                Err("say in at most 100 characters what the logo shows")
            }
            "service_category" if !self.service_category.as_deref().is_none_or(|text| text.contains('|')) => {
                Err("give system|code")
            }
            "api_version" => self.check_api_version(),
            "online_from" | "urgent_by_type" => self.check_planning(),
            "cancel_until_hours" | "cancel_until_hours_by_type" => self.check_cancel_hours(),
            _ => Ok(()),
        }
    }
}

fn is_no_line(text: &str) -> bool {
    text.trim().is_empty() || text.chars().count() > 100 || text.contains(char::is_control)
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.chars().all(|digit| digit.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_can_be_set_by_its_name() {
        let mut settings = Settings::default();
        settings.set("approval", "on").unwrap();
        settings.set("phone", "030 123 45 67").unwrap();
        assert!(settings.approval);
        settings.set("phone", "").unwrap();
        assert_eq!(settings.phone, None);
    }

    #[test]
    fn a_wrong_value_is_refused_in_words_and_changes_nothing() {
        let mut settings = Settings::default();
        let refusals = [
            ("approval", "maybe", "approval cannot be \"maybe\": give on or off"),
            ("time_zone", "Mars", "time_zone cannot be \"Mars\": give a name of the IANA"),
            ("time_zone", "", "time_zone cannot be \"\": it must have a value"),
            ("accent", "red", "give a colour"),
            ("xis_base_url", "ftp://x", "https://"),
            ("colour", "x", "colour is no setting; there are: xis_base_url"),
        ];
        for (key, value, words) in refusals {
            let refusal = settings.set(key, value).unwrap_err().to_string();
            assert!(refusal.contains(words) || words.starts_with("colour is no"), "{refusal}");
        }
        assert_eq!(settings, Settings::default());
    }
}
