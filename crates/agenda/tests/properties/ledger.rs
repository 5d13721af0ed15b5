use agenda::{Effect, Kind};

/// Everything that a patient was told about one appointment.
#[derive(Debug, Default)]
pub(crate) struct Ledger(Vec<Kind>);

impl Ledger {
    /// Notes a notice and checks that it can follow on the earlier ones.
    pub(crate) fn note(&mut self, effect: Effect) {
        let Effect::Told(kind) = effect else { return };
        let told_before = self.0.contains(&kind);
        match kind {
            Kind::New => assert!(self.0.is_empty(), "new after {self:?}"),
            Kind::Confirmed | Kind::Declined => assert!(!told_before, "{kind:?} twice: {self:?}"),
            // Between two of these it was booked again, if not always in time to be told.
            Kind::CancelledByPractice | Kind::CancelledByPatient | Kind::PlannedAgain | Kind::Modified => {}
            Kind::Rescheduled => unreachable!("one visit alone takes no other's place"),
            Kind::Reminder => unreachable!("nobody did anything"),
        }
        self.0.push(kind);
    }
}
