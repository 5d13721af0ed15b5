use serde::{Deserialize, Serialize};
use store::Route;
use uuid::Uuid;

/// What the outbox keeps of what is to be told: to whom, along which route, about what. What there is to say is read
/// when it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Payload {
    pub(super) account: Uuid,
    /// Of what was left behind before there were routes: mail.
    #[serde(with = "route", default = "mail")]
    pub(super) route: Route,
    #[serde(flatten)]
    pub(super) about: About,
}

/// What a patient is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum About {
    /// Whatever is untold of this appointment.
    Appointment(Uuid),
    /// This message of a practice.
    Message(Uuid),
    /// That mail arrives: the patient asked for it.
    Trial,
}

impl Payload {
    pub(super) fn to_json(self) -> String {
        serde_json::json!(self).to_string()
    }
}

fn mail() -> Route {
    Route::Mail
}

mod route {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};
    use store::Route;

    pub(super) fn serialize<S: Serializer>(route: &Route, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(route)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Route, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_behind_before_there_were_routes_goes_by_mail() {
        let (appointment, account) = (Uuid::from_u128(2), Uuid::from_u128(1));
        let text = serde_json::json!({ "appointment": appointment, "account": account }).to_string();
        let payload = Payload { account, route: Route::Mail, about: About::Appointment(appointment) };
        assert_eq!(serde_json::from_str::<Payload>(&text).unwrap(), payload);
    }

    #[test]
    fn what_is_written_down_is_read_again() {
        let (account, route) = (Uuid::from_u128(1), Route::Push(Uuid::from_u128(3)));
        for about in [About::Appointment(Uuid::from_u128(2)), About::Trial] {
            let payload = Payload { account, route, about };
            let text = payload.to_json();
            assert_eq!(serde_json::from_str::<Payload>(&text).unwrap(), payload, "{text}");
        }
    }
}
