/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Principal {
    /// Somebody who is logged in and works for the practice whose things they are.
    Here,
    /// Somebody who is logged in and works for another practice.
    Elsewhere,
    /// Who has a cookie that nobody was given.
    Forged,
    /// The platform, with a token for itself.
    Platform,
    /// The platform, with a token of the patient whose things they are.
    PatientA,
    /// The platform, with a token of another patient of the same practices.
    PatientB,
    /// Who has a token of the right issuer for somebody else.
    OtherAudience,
    /// Who says nothing of himself.
    Nobody,
}

use Principal::{Elsewhere, Forged, Here, Nobody, OtherAudience, PatientA, PatientB, Platform};

pub(super) const ALL: [Principal; 8] =
    [Elsewhere, Forged, Platform, PatientB, OtherAudience, Nobody, PatientA, Here];
/// Who has no session at the pages.
pub(super) const NO_SESSION: [Principal; 6] = [Nobody, Forged, Platform, PatientA, PatientB, OtherAudience];
/// Who has no token for this system.
pub(super) const NO_TOKEN: [Principal; 5] = [Nobody, Forged, Here, Elsewhere, OtherAudience];
