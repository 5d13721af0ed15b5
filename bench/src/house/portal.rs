//! What a portal needs to offer times: a practice with a system that is asked, and patients who belong to it.

use std::{io::Write as _, net::SocketAddr, sync::Arc, time::Duration};

use super::{House, Running, practice};
use crate::{
    clock,
    load::Load,
    people::{self, Person},
};

/// Longest that it may take to tell of everybody's appointments.
const TELLING: Duration = Duration::from_secs(60);

impl House {
    /// Lets the first practice have its system at this address, with these settings besides, on the database that runs.
    ///
    /// # Errors
    /// When a setting is refused.
    pub(crate) async fn connect(&self, system: SocketAddr, settings: &[&str]) -> anyhow::Result<()> {
        let (base, token) = (
            format!("xis_base_url=http://{system}/fhir/r4"),
            format!("xis_token_endpoint=http://{system}/token"),
        );
        let practice = practice(0);
        let words: Vec<&str> = ["practice", "set", &practice, &base, &token]
            .into_iter()
            .chain(settings.iter().copied())
            .collect();
        self.command(&self.file_at(self.address), &words).await?;
        Ok(())
    }

    /// Lets the first of the patients belong to the first practice and log in; the cookies of their sessions.
    ///
    /// # Errors
    /// When one of them cannot.
    pub(crate) async fn visitors(&self, running: &Running, count: usize) -> anyhow::Result<Vec<String>> {
        let people = &self.people[..count];
        let telling =
            Load { address: running.server.address, clients: 4.min(count), lasting: TELLING, expects: 200 };
        let (told, token) = (people.to_vec(), running.token.clone());
        telling
            .run(Arc::new(move |number, request| {
                let person = usize::try_from(number).ok().and_then(|place| told.get(place));
                person.is_some_and(|person| write_appointment(person, number, &token, request))
            }))
            .await?;
        people::log_in(people, &self.url(), &self.provider).await
    }
}

/// An appointment makes its patient one of the practice's.
fn write_appointment(person: &Person, number: u64, token: &str, request: &mut Vec<u8>) -> bool {
    let (practice, day, bsn) = (practice(0), clock::date(60), &person.bsn);
    let body = format!(
        r#"{{"resourceType":"Appointment","id":"visitor-{number}","status":"booked","start":"{day}T09:00:00Z","end":"{day}T09:10:00Z","serviceCategory":[{{"coding":[{{"system":"urn:example:types","code":"consult","display":"Consult"}}]}}],"participant":[{{"actor":{{"reference":"Patient/{number}","display":"Jan Jansen","identifier":{{"system":"http://fhir.nl/fhir/NamingSystem/bsn","value":"{bsn}"}}}},"status":"accepted"}},{{"actor":{{"reference":"PractitionerRole/1","display":"dokter Jansen"}},"status":"accepted"}}]}}"#
    );
    write!(
        request,
        "PUT /fhir/r4/Appointment/visitor-{number} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n\
         content-type: application/fhir+json\r\n\
         x-organization-identifier: http://fhir.nl/fhir/NamingSystem/agb-z|{practice}\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .is_ok()
}
