use std::{fmt, str::FromStr};

use http::Method;

use super::fault::nearest;

/// One kind of exchange between the platform and a XIS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Interaction {
    /// `GET /ValueSet/BookableAppointmentTypes`.
    ReadTypes,
    /// `GET /Patient`.
    FindPatient,
    /// `GET /PractitionerRole`.
    SearchRoles,
    /// `GET /Schedule`.
    SearchSchedules,
    /// `GET /Slot`.
    SearchSlots,
    /// `GET /Appointment`.
    SearchAppointments,
    /// `GET /Appointment/{id}`.
    ReadAppointment,
    /// `POST /Appointment`: a patient books.
    CreateAppointment,
    /// `POST /AppointmentResponse`: a patient cancels.
    CancelAppointment,
    /// `PUT /Appointment/{id}` at the platform: this XIS tells of a change.
    TellUpdate,
}

/// No interaction has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no interaction {given:?}: do you mean {nearest}?")]
pub struct NoSuchInteraction {
    given: String,
    nearest: &'static str,
}

impl Interaction {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::ReadTypes,
        Self::FindPatient,
        Self::SearchRoles,
        Self::SearchSchedules,
        Self::SearchSlots,
        Self::SearchAppointments,
        Self::ReadAppointment,
        Self::CreateAppointment,
        Self::CancelAppointment,
        Self::TellUpdate,
    ];
    /// Those that the platform asks for.
    pub const ASKED: &[Self] = Self::ALL.split_at(Self::ALL.len() - 1).0;

    /// Resource and interaction, as FHIR calls them.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReadTypes => "ValueSet.read",
            Self::FindPatient => "Patient.search",
            Self::SearchRoles => "PractitionerRole.search",
            Self::SearchSchedules => "Schedule.search",
            Self::SearchSlots => "Slot.search",
            Self::SearchAppointments => "Appointment.search",
            Self::ReadAppointment => "Appointment.read",
            Self::CreateAppointment => "Appointment.create",
            Self::CancelAppointment => "AppointmentResponse.create",
            Self::TellUpdate => "Appointment.update",
        }
    }

    /// What a request to this FHIR server is; none for what no fault strikes.
    pub(super) fn of(method: &Method, path: &str) -> Option<Self> {
        let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
        match (method.as_str(), segments.as_slice()) {
            ("GET", ["ValueSet", _]) => Some(Self::ReadTypes),
            ("GET", ["Patient"]) => Some(Self::FindPatient),
            ("GET", ["PractitionerRole"]) => Some(Self::SearchRoles),
            ("GET", ["Schedule"]) => Some(Self::SearchSchedules),
            ("GET", ["Slot"]) => Some(Self::SearchSlots),
            ("GET", ["Appointment"]) => Some(Self::SearchAppointments),
            ("GET", ["Appointment", _]) => Some(Self::ReadAppointment),
            ("POST", ["Appointment"]) => Some(Self::CreateAppointment),
            ("POST", ["AppointmentResponse"]) => Some(Self::CancelAppointment),
            _ => None,
        }
    }
}

impl FromStr for Interaction {
    type Err = NoSuchInteraction;

    fn from_str(text: &str) -> Result<Self, NoSuchInteraction> {
        Self::ALL.iter().copied().find(|known| known.name() == text).ok_or_else(|| NoSuchInteraction {
            given: text.to_owned(),
            nearest: nearest(text, Self::ALL.iter().map(|known| known.name())),
        })
    }
}

impl fmt::Display for Interaction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_known_by_method_and_path() {
        for (method, path, known) in [
            (Method::GET, "/Slot", Some(Interaction::SearchSlots)),
            (Method::POST, "/Appointment", Some(Interaction::CreateAppointment)),
            (Method::GET, "/Appointment/7", Some(Interaction::ReadAppointment)),
            (Method::GET, "/metadata", None),
            (Method::DELETE, "/Slot", None),
        ] {
            assert_eq!(Interaction::of(&method, path), known, "{method} {path}");
        }
    }

    #[test]
    fn the_names_go_there_and_back() {
        for known in Interaction::ALL {
            assert_eq!(known.to_string().parse(), Ok(*known));
        }
        let said = "Slots.search".parse::<Interaction>().unwrap_err().to_string();
        assert_eq!(said, r#"there is no interaction "Slots.search": do you mean Slot.search?"#);
    }
}
