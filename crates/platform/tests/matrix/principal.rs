/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Principal {
    /// The system of the practice whose things they are.
    XisHere,
    /// Another practice's system.
    XisElsewhere,
    /// The patient whose things they are.
    PatientA,
    /// Another patient, of the same practices.
    PatientB,
    /// Somebody with a cookie as a practice's system gives it to who is logged in there. It says nothing here, so that a made-up
    /// one does: the platform knows no such cookie. (What it says there is asked in `xis/tests/by_url/matrix`.)
    Practitioner,
    /// Whoever runs the platform. What operators may do is done by commands: over HTTP they are nobody.
    Operator,
    /// Who says nothing of himself.
    Nobody,
}

use Principal::{Nobody, Operator, PatientA, PatientB, Practitioner, XisElsewhere, XisHere};

pub(super) const ALL: [Principal; 7] =
    [XisHere, XisElsewhere, PatientB, Practitioner, Operator, Nobody, PatientA];
