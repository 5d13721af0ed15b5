//! One line for each path: its methods, and who may call it.

/// Who may call a route, and what somebody else sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Everybody: what is there is no patient's and no practice's.
    Anybody,
    /// Whoever is logged in, each for the practices of the login.
    Practitioner,
    /// Whoever works for the practice in the path. To others it is not there.
    PracticesOwn,
    /// The platform, for itself or for a patient.
    Platform,
    /// A patient at the platform, who sees what is that patient's.
    Patient,
    /// As [`Patient`](Self::Patient); what is asked for is one patient's, and to another it is not there.
    PatientsOwn,
}

/// A path of the router, as it is written there.
#[derive(Debug)]
pub(super) struct Line {
    methods: &'static str,
    path: &'static str,
    pub(super) who: Who,
}

impl Line {
    pub(super) fn each(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.methods.split(' ').map(|method| (method, self.path))
    }
}

const fn line(methods: &'static str, path: &'static str, who: Who) -> Line {
    Line { methods, path, who }
}

use Who::{Anybody, Patient, PatientsOwn, Platform, PracticesOwn, Practitioner};

/// In this order they are tried; what takes something away stands last.
pub(super) const LINES: &[Line] = &[
    // What the platform calls.
    line("GET", "/fhir/r4/metadata", Anybody),
    line("ANY", "/fhir/r4/{*anything}", Anybody),
    line("GET", "/fhir/r4/ValueSet/BookableAppointmentTypes", Platform),
    line("GET", "/fhir/r4/PractitionerRole", Platform),
    line("GET", "/fhir/r4/Schedule", Platform),
    line("GET", "/fhir/r4/Slot", Platform),
    line("GET", "/fhir/r4/Patient", Patient),
    line("GET POST", "/fhir/r4/Appointment", PatientsOwn),
    line("GET", "/fhir/r4/Appointment/{id}", PatientsOwn),
    // The pages.
    line("GET", "/", Practitioner),
    line("GET", "/live/{agb}", PracticesOwn),
    line("GET", "/{agb}", PracticesOwn),
    line("GET", "/{agb}/theme.css", PracticesOwn),
    line("GET", "/{agb}/requests", PracticesOwn),
    line("GET", "/{agb}/day", PracticesOwn),
    line("GET", "/{agb}/{schedule}/{date}", PracticesOwn),
    line("GET POST", "/{agb}/appointments/new", PracticesOwn),
    line("GET", "/{agb}/appointments/{id}", PracticesOwn),
    line("POST", "/{agb}/appointments/{id}/tell", PracticesOwn),
    line("POST", "/{agb}/appointments/{id}/approve", PracticesOwn),
    line("POST", "/{agb}/appointments/{id}/decline", PracticesOwn),
    line("GET POST", "/{agb}/appointments/{id}/move", PracticesOwn),
    // For whoever comes.
    line("GET", "/login", Anybody),
    line("GET", "/login/callback", Anybody),
    line("GET", "/logged-out", Anybody),
    line("POST", "/language", Anybody),
    line("GET", "/static/{file}", Anybody),
    // What takes something away.
    line("POST", "/{agb}/appointments/{id}/cancel", PracticesOwn),
    line("POST", "/fhir/r4/AppointmentResponse", PatientsOwn),
    line("POST", "/logout", Anybody),
];
