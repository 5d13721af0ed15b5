//! One line for each path: its methods, and who may call it.

/// Who may call a route, and what somebody else sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Everybody, or whoever has a secret that stands in the path: what is there is no patient's.
    Anybody,
    /// A patient, who sees his own. Everybody else is answered as nobody is.
    Patient,
    /// As [`Patient`](Self::Patient); the path names a thing that is one patient's, and to another it is not there.
    PatientsOwn,
    /// A practice's system, in the name of its practice.
    Practice,
    /// As [`Practice`](Self::Practice); what is asked for is one practice's, and to another it is not there.
    PracticesOwn,
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

use Who::{Anybody, Patient, PatientsOwn, Practice, PracticesOwn};

/// In this order they are tried; what takes something away from its patient stands last.
pub(super) const LINES: &[Line] = &[
    // The portal: pages of whoever is logged in.
    line("GET", "/", Patient),
    line("GET", "/live", Patient),
    line("GET", "/messages", Patient),
    line("GET", "/preferences", Patient),
    line("GET POST", "/preferences/{question}", Patient),
    line("POST", "/preferences/try/mail", Patient),
    line("GET POST", "/preferences/calendar", Patient),
    line("GET POST", "/preferences/address", Patient),
    line("GET POST", "/preferences/address/code", Patient),
    line("POST", "/preferences/address/code/again", Patient),
    line("GET", "/practices", Patient),
    line("GET", "/practices/add", Patient),
    line("GET", "/my-data", Patient),
    line("GET", "/my-data/access", Patient),
    line("POST", "/my-data/download", Patient),
    line("GET", "/book", Patient),
    line("GET", "/make-appointment/{agb}", Patient),
    // The portal: of a practice that is the patient's, or of no practice at all.
    line("GET", "/book/{agb}", Patient),
    line("GET", "/book/{agb}/agenda", Patient),
    line("GET POST", "/book/{agb}/time", Patient),
    line("GET POST", "/book/{agb}/reason", Patient),
    line("GET POST", "/book/{agb}/check", Patient),
    line("POST", "/practices/{agb}/add", Patient),
    // The portal: one thing of one patient.
    line("GET", "/appointments/{id}", PatientsOwn),
    line("GET", "/appointments/{id}/calendar.ics", PatientsOwn),
    line("GET", "/appointments/{id}/reschedule", PatientsOwn),
    line("GET", "/appointments/{id}/reschedule/agenda", PatientsOwn),
    line("GET POST", "/appointments/{id}/reschedule/time", PatientsOwn),
    line("GET POST", "/appointments/{id}/reschedule/check", PatientsOwn),
    line("GET POST", "/appointments/{id}/cancel", PatientsOwn),
    line("GET", "/messages/{id}", PatientsOwn),
    line("GET", "/messages/{id}/attachments/{number}", PatientsOwn),
    line("POST", "/push/subscriptions/{id}/try", PatientsOwn),
    line("POST", "/push/subscriptions/{id}/remove", PatientsOwn),
    line("POST DELETE", "/push/subscriptions", Patient),
    // For whoever comes.
    line("GET", "/login", Anybody),
    line("GET", "/login/callback", Anybody),
    line("GET POST", "/session", Anybody),
    line("GET", "/session/ended", Anybody),
    line("POST", "/language", Anybody),
    line("GET", "/practices/{agb}/logo", Anybody),
    line("GET", "/practices/{agb}/theme.css", Anybody),
    line("GET", "/static/{version}/{name}", Anybody),
    line("GET", "/sw.js", Anybody),
    line("GET", "/push/key", Anybody),
    line("GET", "/manifest.webmanifest", Anybody),
    line("GET", "/offline/{language}", Anybody),
    line("GET", "/docs", Anybody),
    line("GET", "/docs/openapi.json", Anybody),
    // For whoever has the secret: a link in a mail, the address in a calendar, or the secret of a device.
    line("GET", "/calendar/{file}", Anybody),
    line("GET POST", "/invitations/{token}", Anybody),
    line("GET POST", "/reminders/stop/{token}", Anybody),
    line("POST", "/push/subscriptions/renew", Anybody),
    // For practices' systems.
    line("GET", "/fhir/r4/metadata", Anybody),
    line("GET", "/fhir/r4/OperationDefinition/Appointment-notices", Anybody),
    line("ANY", "/fhir/r4/", Anybody),
    line("POST", "/fhir/r4/Patient/_search", PracticesOwn),
    // By which another practice tells of a visit of its own, under the same id (A15): the patient is its patient from then on.
    line("PUT", "/fhir/r4/Appointment/{id}", PracticesOwn),
    line("GET", "/fhir/r4/Appointment/{id}/$notices", PracticesOwn),
    line("POST", "/fhir/r4/AppointmentResponse", PracticesOwn),
    line("POST", "/fhir/r4/Communication", Practice),
    line("POST", "/fhir/r4/Patient", Practice),
    line("GET", "/fhir/r4/Patient", Practice),
    line("POST", "/oauth2/token", Anybody),
    line("GET", "/oauth2/jwks", Anybody),
    line("GET", "/.well-known/oauth-authorization-server", Anybody),
    // For the operator's machines, which have no name here.
    line("GET", "/healthz", Anybody),
    line("GET", "/readyz", Anybody),
    // What takes something away.
    line("POST", "/preferences/calendar/stop", Patient),
    line("GET POST", "/practices/{agb}/remove", Patient),
    line("POST", "/logout", Anybody),
    line("GET POST", "/my-data/delete", Patient),
];
