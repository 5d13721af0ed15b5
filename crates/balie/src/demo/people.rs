//! Who and what there is in the demo.

/// A patient to log in as.
pub(super) struct Patient {
    pub(super) bsn: &'static str,
    pub(super) name: &'static str,
    pub(super) mail: &'static str,
    /// The practices that the patient belongs to.
    pub(super) practices: &'static [&'static str],
}

/// Someone at a practice to log in as, at its own pages.
pub(super) struct Practitioner {
    /// Their id at the login of practitioners.
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    /// Where they work, in words.
    pub(super) note: &'static str,
    /// The practices that they work for.
    pub(super) practices: &'static [&'static str],
}

/// A practice, as the platform and the practice system know it.
pub(super) struct Practice {
    pub(super) agb: &'static str,
    pub(super) name: &'static str,
    pub(super) city: &'static str,
    pub(super) address: &'static str,
    pub(super) phone: &'static str,
    pub(super) client: Client,
    /// Which version of the contract its system speaks (D13).
    pub(super) api_version: u32,
    /// Approves requests by hand (C3).
    pub(super) approval: bool,
    /// For patients' pages.
    pub(super) accent: &'static str,
    /// For the practice's own pages.
    pub(super) xis_accent: &'static str,
}

/// A practice system that may call the platform.
#[derive(Clone, Copy)]
pub(super) struct Client {
    pub(super) id: &'static str,
    pub(super) secret: &'static str,
}

pub(super) const DEMO_XIS: Client = Client { id: "demo-xis", secret: "demo-secret" };
pub(super) const OTHER_XIS: Client = Client { id: "other-xis", secret: "other-secret" };

pub(super) const PRACTICES: [Practice; 5] = [
    Practice {
        agb: "01000001",
        name: "Praktijk De Linde",
        city: "Utrecht",
        address: "Lindelaan 4",
        phone: "030 123 45 67",
        client: DEMO_XIS,
        api_version: 2,
        approval: false,
        accent: "#0b6660",
        xis_accent: "teal",
    },
    Practice {
        agb: "01000002",
        name: "Huisartsen aan de Vecht",
        city: "Maarssen",
        address: "Vechtkade 12",
        phone: "0346 123 456",
        client: DEMO_XIS,
        api_version: 2,
        approval: true,
        accent: "#1f4fa3",
        xis_accent: "blue",
    },
    Practice {
        agb: "01000003",
        name: "Praktijk Zonder Wachtkamer",
        city: "Zeist",
        address: "Dorpsstraat 1",
        phone: "030 765 43 21",
        client: DEMO_XIS,
        api_version: 2,
        approval: false,
        accent: "#7a2a63",
        xis_accent: "plum",
    },
    Practice {
        agb: "01000004",
        name: "Huisarts Van Dijk",
        city: "Amersfoort",
        address: "Singel 88",
        phone: "033 123 45 67",
        client: OTHER_XIS,
        api_version: 2,
        approval: false,
        accent: "#2f6223",
        xis_accent: "forest",
    },
    Practice {
        agb: "01000005",
        name: "Praktijk De Brug",
        city: "Nieuwegein",
        address: "Brugweg 7",
        phone: "030 234 56 78",
        client: DEMO_XIS,
        api_version: 1,
        approval: false,
        accent: "#0b6660",
        xis_accent: "teal",
    },
];

pub(super) const PATIENTS: [Patient; 5] = [
    Patient {
        bsn: "999990019",
        name: "Jan Jansen",
        mail: "jan.jansen@patient.example",
        practices: &["01000001", "01000002", "01000003"],
    },
    Patient {
        bsn: "999990020",
        name: "Fatima el Amrani",
        mail: "fatima.el.amrani@patient.example",
        practices: &["01000001", "01000002", "01000003"],
    },
    Patient {
        bsn: "999990032",
        name: "Piet de Vries",
        mail: "piet.de.vries@patient.example",
        practices: &["01000001", "01000002", "01000003"],
    },
    Patient {
        bsn: "999990044",
        name: "Anna Bakker",
        mail: "anna.bakker@patient.example",
        practices: &["01000001"],
    },
    Patient {
        bsn: "999990081",
        name: "Els van Leeuwen",
        mail: "els.van.leeuwen@patient.example",
        practices: &["01000005"],
    },
];

/// The BSN and the name of somebody who has no account yet: the first login makes it.
pub(super) const NEWCOMER: (&str, &str) = ("999990056", "Noor Hendriks");

pub(super) const PRACTITIONERS: [Practitioner; 3] = [
    Practitioner {
        id: "sanne-mulder",
        name: "Sanne Mulder",
        note: "Alle praktijken",
        practices: &["01000001", "01000002", "01000003", "01000004", "01000005"],
    },
    Practitioner {
        id: "bram-visser",
        name: "Bram Visser",
        note: "Praktijk De Linde",
        practices: &["01000001"],
    },
    Practitioner {
        id: "eva-van-dijk",
        name: "Eva van Dijk",
        note: "Huisarts Van Dijk",
        practices: &["01000004"],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_demo_patient_passes_the_11_proof() {
        for patient in &PATIENTS {
            agenda::Bsn::parse(patient.bsn).unwrap();
        }
        agenda::Bsn::parse(NEWCOMER.0).unwrap();
    }
}
