/// A patient of the tests.
#[derive(Debug, Clone, Copy)]
pub struct Patient {
    /// A BSN that passes the 11-proof.
    pub bsn: &'static str,
    /// First and last name.
    pub name: &'static str,
    /// Where mail goes.
    pub mail: &'static str,
}

/// Jan Jansen, member of practices 1 and 2.
pub const JAN: Patient = Patient { bsn: "999990019", name: "Jan Jansen", mail: "jan@patient.example" };
/// Fatima el Amrani, member of practices 1 and 2.
pub const FATIMA: Patient =
    Patient { bsn: "999990020", name: "Fatima el Amrani", mail: "fatima@patient.example" };
/// Somebody without an account.
pub const NOBODY: Patient =
    Patient { bsn: "999990056", name: "Niemand Bekend", mail: "niemand@patient.example" };
