//! Two practices, three patients.

pub(crate) use testkit::Patient as Person;
use testkit::{FATIMA, JAN};

/// The patients of both practices.
pub(crate) const PEOPLE: [Person; 3] =
    [JAN, FATIMA, Person { bsn: "999990056", name: "Wim Pietersen", mail: "wim@patient.example" }];

/// A practice, its agendas and how it works.
#[derive(Debug)]
pub(crate) struct Practice {
    pub(crate) agb: &'static str,
    pub(crate) name: &'static str,
    /// Its XIS's client at the platform.
    pub(crate) client: &'static str,
    pub(crate) secret: &'static str,
    /// It approves what a patient asks for.
    pub(crate) approval: bool,
    pub(crate) schedules: [&'static str; 2],
}

pub(crate) const PRACTICES: [Practice; 2] = [
    Practice {
        agb: "01000001",
        name: "Praktijk De Linde",
        client: "linde-xis",
        secret: "linde-secret",
        approval: false,
        schedules: ["01000001-jansen", "01000001-de-vries"],
    },
    Practice {
        agb: "01000002",
        name: "Huisartsen aan de Vecht",
        client: "vecht-xis",
        secret: "vecht-secret",
        approval: true,
        schedules: ["01000002-van-dijk", "01000002-el-idrissi"],
    },
];

/// What patients book, as the XIS names it.
pub(crate) const TYPES: [&str; 2] =
    ["urn:balie:xis:service-category|consult", "urn:balie:xis:service-category|dubbel"];
