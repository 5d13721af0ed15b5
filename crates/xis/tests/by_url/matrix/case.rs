use std::cell::RefCell;

use super::{
    aim::Aim,
    answers::Seen,
    lines::{Line, Who},
    principal::{
        self,
        Principal::{self, Elsewhere, Here, Nobody, PatientA, PatientB, Platform},
    },
    scene::Scene,
};

/// One route.
pub(super) struct Case<'a> {
    scene: &'a Scene,
    line: &'a Line,
    method: &'static str,
    path: &'static str,
    wrong: RefCell<Vec<String>>,
}

impl<'a> Case<'a> {
    pub(super) fn new(
        scene: &'a Scene,
        line: &'a Line,
        (method, path): (&'static str, &'static str),
    ) -> Self {
        Self { scene, line, method, path, wrong: RefCell::default() }
    }

    /// What is wrong here.
    pub(super) async fn look(self) -> Vec<String> {
        match self.line.who {
            Who::Anybody => self.anybody().await,
            Who::Practitioner => self.practitioner().await,
            Who::PracticesOwn => self.practices_own().await,
            Who::Platform => self.platform().await,
            Who::Patient => self.patient().await,
            Who::PatientsOwn => self.patients_own().await,
        }
        self.wrong.into_inner()
    }

    /// Open to all: what stands there is nobody's.
    async fn anybody(&self) {
        for who in principal::ALL {
            self.sees_none(who, &self.ask(who, Aim::Own).await, &self.scene.all_marks);
        }
    }

    /// For whoever is logged in: everybody else is answered as nobody is.
    async fn practitioner(&self) {
        let nobody = self.ask(Nobody, Aim::Own).await;
        for who in principal::NO_SESSION {
            self.alike(who, (&self.ask(who, Aim::Own).await, &nobody));
        }
        let elsewhere = self.ask(Elsewhere, Aim::Own).await;
        self.sees_none(Elsewhere, &elsewhere, &self.scene.all_marks);
        self.is_let_in(Elsewhere, &elsewhere, &nobody);
        self.is_let_in(Here, &self.ask(Here, Aim::Own).await, &nobody);
    }

    /// Of one practice: without a session all are sent to the login, and for others it is not there.
    async fn practices_own(&self) {
        let nobody = self.ask(Nobody, Aim::Nowhere).await;
        for who in principal::NO_SESSION {
            self.alike(who, (&self.ask(who, Aim::Own).await, &nobody));
        }
        let foreign = self.foreign_is_unknown(Elsewhere, (Aim::Own, Aim::Nowhere)).await;
        self.foreign_is_unknown(Elsewhere, (Aim::FromElsewhere, Aim::UnknownFromElsewhere)).await;
        self.is_let_in(Here, &self.ask(Here, Aim::Own).await, &foreign);
    }

    /// Of a practice, for the platform: what another practice has is not among it.
    async fn platform(&self) {
        let nobody = self.refused_without_token().await;
        for who in [Platform, PatientA, PatientB] {
            let seen = self.ask(who, Aim::Own).await;
            self.sees_none(who, &seen, &self.scene.patients_marks);
            self.is_let_in(who, &seen, &nobody);
            self.sees_none(who, &self.ask(who, Aim::FromElsewhere).await, &self.scene.all_marks);
        }
    }

    /// Of the patient whose token it is.
    async fn patient(&self) {
        let nobody = self.refused_without_token().await;
        for who in [Platform, PatientB] {
            self.sees_none(who, &self.ask(who, Aim::Own).await, &self.scene.patients_marks);
        }
        let own = self.ask(PatientA, Aim::Own).await;
        self.is_let_in(PatientA, &own, &nobody);
        if own.leak(&self.scene.patients_marks).next().is_none() {
            self.note(PatientA, &format!("does not find himself: {}", own.told()));
        }
    }

    /// Of one patient: for another patient, and at another practice, it is not there.
    async fn patients_own(&self) {
        self.refused_without_token().await;
        let foreign = self.foreign_is_unknown(PatientB, (Aim::Own, Aim::Unknown)).await;
        for who in [Platform, PatientA] {
            self.foreign_is_unknown(who, (Aim::FromElsewhere, Aim::UnknownFromElsewhere)).await;
        }
        self.ask(Platform, Aim::Own).await;
        self.is_let_in(PatientA, &self.ask(PatientA, Aim::Own).await, &foreign);
    }

    /// Without a token for this system nobody gets further than 401, whatever is asked for. Gives what nobody gets.
    async fn refused_without_token(&self) -> Seen {
        for who in principal::NO_TOKEN {
            let seen = self.foreign_is_unknown(who, (Aim::Own, Aim::Nowhere)).await;
            if seen.status != 401 {
                self.note(who, &format!("is not refused: {}", seen.told()));
            }
        }
        self.ask(Nobody, Aim::Own).await
    }

    /// Asks; that something failed is wrong whoever asks.
    async fn ask(&self, who: Principal, aim: Aim) -> Seen {
        let seen = self.scene.ask(self.method, self.path, who, aim).await;
        if seen.status >= 500 {
            self.note(who, &format!("breaks it: {}", seen.told()));
        }
        seen
    }

    async fn foreign_is_unknown(&self, who: Principal, (foreign, unknown): (Aim, Aim)) -> Seen {
        let (foreign, unknown) = (self.ask(who, foreign).await, self.ask(who, unknown).await);
        self.alike(who, (&foreign, &unknown));
        foreign
    }

    /// That the two cannot be told apart, and the first shows nothing.
    fn alike(&self, who: Principal, (foreign, unknown): (&Seen, &Seen)) {
        self.sees_none(who, foreign, &self.scene.all_marks);
        if !foreign.is_like(unknown) {
            let (foreign, unknown) = (foreign.told(), unknown.told());
            self.note(who, &format!("tells foreign from unknown: {foreign}, and {unknown}"));
        }
    }

    fn sees_none(&self, who: Principal, seen: &Seen, marks: &[String]) {
        for mark in seen.leak(marks) {
            self.note(who, &format!("reads {mark}"));
        }
    }

    /// That its own is answered, perhaps with what stands in the way.
    fn is_let_in(&self, who: Principal, own: &Seen, stranger: &Seen) {
        let is_answered = own.status < 400 || own.status == 409;
        if !is_answered || own.is_like(stranger) {
            self.note(who, &format!("is not let in: {}", own.told()));
        }
    }

    fn note(&self, who: Principal, what: &str) {
        self.wrong.borrow_mut().push(format!("{who:?} {what}"));
    }
}
