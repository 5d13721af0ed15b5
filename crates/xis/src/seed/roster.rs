//! Who and what there is at a practice of the demonstration.

use jiff::civil::{Date, date};

use super::Person;
use crate::{
    Bsn,
    tables::{
        AppointmentType, Schedule,
        schedules::{Practitioner, Specialty},
    },
};

/// Three people a practice; the next practice has the next three.
const PRACTITIONERS: [(&str, &str, &str); 12] = [
    ("jansen", "Dokter Jansen", "huisarts"),
    ("de-vries", "Dokter De Vries", "huisarts"),
    ("ozturk", "Praktijkondersteuner Öztürk", "praktijkondersteuner"),
    ("van-dijk", "Dokter Van Dijk", "huisarts"),
    ("el-idrissi", "Dokter El Idrissi", "huisarts"),
    ("bos", "Praktijkondersteuner Bos", "praktijkondersteuner"),
    ("hendriks", "Dokter Hendriks", "huisarts"),
    ("tan", "Dokter Tan", "huisarts"),
    ("peters", "Praktijkondersteuner Peters", "praktijkondersteuner"),
    ("brouwer", "Dokter Brouwer", "huisarts"),
    ("pinas", "Dokter Pinas", "huisarts"),
    ("kok", "Praktijkondersteuner Kok", "praktijkondersteuner"),
];
const AT_ONE_PRACTICE: usize = 3;

/// Patients of every practice who use no platform.
const PEOPLE: [(&str, Date, &str); 8] = [
    ("Mehmet Yilmaz", date(1958, 3, 2), "06 1234 5601"),
    ("Sanne de Boer", date(1987, 11, 23), "06 1234 5602"),
    ("Tomasz Kowalski", date(1979, 7, 14), "06 1234 5603"),
    ("Lotte Smit", date(1996, 1, 30), "06 1234 5604"),
    ("Ruben Visser", date(1971, 9, 8), "06 1234 5605"),
    ("Karin Mulder", date(1964, 12, 19), "06 1234 5606"),
    ("Aisha Haddad", date(2001, 4, 5), "06 1234 5607"),
    ("Henk van den Berg", date(1943, 6, 27), "06 1234 5608"),
];
/// How many of them there are.
pub(super) const PEOPLE_COUNT: usize = PEOPLE.len();
/// Their citizen numbers are the first from here on that pass the eleven-proof.
const FIRST_NUMBER: u32 = 999_991_000;

/// The agendas of the practice with this place in the list of practices.
pub(super) fn schedules(practice: &str, number: usize) -> Vec<Schedule> {
    let own = PRACTITIONERS.iter().cycle().skip(number * AT_ONE_PRACTICE).take(AT_ONE_PRACTICE);
    own.zip(1..)
        .map(|((word, name, specialty), place)| Schedule {
            id: format!("{practice}-{word}"),
            practitioner: Practitioner {
                role: format!("{practice}-role-{word}"),
                name: (*name).to_owned(),
                agb: format!("0110{number:02}{place:02}"),
                specialty: Specialty {
                    code: (*specialty).to_owned(),
                    display: if *specialty == "huisarts" { "Huisarts" } else { "Praktijkondersteuner" }
                        .to_owned(),
                },
            },
        })
        .collect()
}

/// What appointments are made for; the last one by the practice alone.
pub(super) fn types() -> [AppointmentType; 4] {
    let kind = |code: &str, display: &str, minutes, channel: Option<&str>| AppointmentType {
        code: code.to_owned(),
        display: display.to_owned(),
        minutes,
        channel: channel.map(str::to_owned),
    };
    let online = Some(AppointmentType::ONLINE);
    [
        kind("consult", "Consult", 10, online),
        kind("dubbel", "Dubbel consult", 20, online),
        kind("video", "Videoconsult", 10, online),
        kind("visite", "Visite aan huis", 20, None),
    ]
}

/// The practice's own patients.
pub(super) fn people() -> Vec<Person> {
    let numbers = (FIRST_NUMBER..).filter_map(|number| number.to_string().parse::<Bsn>().ok());
    let person = |((name, birth_date, phone), bsn): (&(&str, Date, &str), Bsn)| Person {
        bsn,
        name: (*name).to_owned(),
        birth_date: Some(*birth_date),
        phone: Some((*phone).to_owned()),
        practices: Vec::new(),
    };
    PEOPLE.iter().zip(numbers).map(person).collect()
}
