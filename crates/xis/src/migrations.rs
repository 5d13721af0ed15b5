use db::Migration;

/// Every step of this party's tables. Add at the end; never edit one that was released.
pub(crate) const ALL: &[Migration] = &[
    Migration { version: 1, name: "outbox", sql: outbox::TABLE },
    Migration { version: 2, name: "practice", sql: include_str!("migrations/practice.sql") },
    Migration { version: 3, name: "patient", sql: include_str!("migrations/patient.sql") },
    Migration { version: 4, name: "agenda", sql: include_str!("migrations/agenda.sql") },
    Migration { version: 5, name: "audit", sql: include_str!("migrations/audit.sql") },
    Migration { version: 6, name: "topics", sql: outbox::TOPICS },
    Migration { version: 7, name: "owners", sql: outbox::OWNERS },
    Migration { version: 8, name: "session", sql: include_str!("migrations/session.sql") },
];
