//! Every route against every principal: who is let in, and that whoever is not learns nothing, not even whether a thing is
//! there. The routes come from the router; a route without a line in `lines.rs` fails.

mod answers;
mod forms;
mod lines;
mod pages;
mod principal;
mod scene;

use std::{cell::RefCell, collections::BTreeSet};

use self::{
    answers::Seen,
    lines::{LINES, Line, Who},
    principal::Principal::{self, Nobody, Operator, PatientA, PatientB, Practitioner, XisElsewhere, XisHere},
    scene::{Aim, Scene},
};

/// Who has neither a patient's session nor a system's token.
const STRANGERS: [Principal; 3] = [Practitioner, Operator, Nobody];

/// ASVS: 8.2.1, 8.3.1
#[tokio::test]
async fn every_route_of_the_router_has_a_line_and_every_line_a_route() {
    let scene = Scene::on(testkit::Database::sqlite()).await;
    let routes = scene.routes().await;
    let lines: BTreeSet<(String, String)> = LINES
        .iter()
        .flat_map(Line::each)
        .map(|(method, path)| (method.to_owned(), path.to_owned()))
        .collect();
    let without: Vec<_> = routes.difference(&lines).collect();
    assert!(
        without.is_empty(),
        "who may call {without:?}? Say so in platform/tests/matrix/lines.rs: one line a path, such as \
         line(\"GET POST\", \"/path\", Who::Patient), and see `Who` for the choices"
    );
    let gone: Vec<_> = lines.difference(&routes).collect();
    assert!(gone.is_empty(), "no route is behind these lines of platform/tests/matrix/lines.rs: {gone:?}");
}

/// ASVS: 8.2.1, 8.2.2, 8.3.1, 8.4.1
#[tokio::test]
async fn nobody_gets_what_is_anothers_on_sqlite() {
    run(&Scene::on(testkit::Database::sqlite()).await).await;
}

/// ASVS: 8.2.1, 8.2.2, 8.3.1, 8.4.1
#[tokio::test]
async fn nobody_gets_what_is_anothers_on_postgresql() {
    run(&Scene::on(testkit::Database::postgres().await).await).await;
}

async fn run(scene: &Scene) {
    let mut wrong = Vec::new();
    for line in LINES {
        for (method, path) in line.each() {
            let case = Case { scene, line, method, path, broken: RefCell::default() };
            let found = case.look().await;
            wrong.extend(found.into_iter().map(|what| format!("{method} {path}: {what}")));
        }
    }
    assert!(wrong.is_empty(), "{} leaks:\n{}", wrong.len(), wrong.join("\n"));
}

/// One route.
struct Case<'a> {
    scene: &'a Scene,
    line: &'a Line,
    method: &'static str,
    path: &'static str,
    /// Who was answered that it failed. That is wrong whoever asks, the one whose things they are too.
    broken: RefCell<Vec<String>>,
}

impl Case<'_> {
    /// What is wrong here.
    async fn look(&self) -> Vec<String> {
        let mut wrong = match self.line.who {
            Who::Anybody => self.anybody().await,
            Who::Patient => self.patient().await,
            Who::PatientsOwn => self.patients_own().await,
            Who::Practice => self.practice().await,
            Who::PracticesOwn => [self.practice().await, self.practices_own().await].concat(),
        };
        wrong.append(&mut self.broken.borrow_mut());
        wrong
    }

    async fn ask(&self, who: Principal, aim: Aim) -> Seen {
        let seen = self.scene.ask(self.method, self.path, who, aim).await;
        if seen.status >= 500 {
            let (told, why) = (seen.told(), self.scene.why());
            self.broken.borrow_mut().push(format!("{who:?} breaks it: {told}: {why}"));
        }
        seen
    }

    /// Open to all: what stands there is nobody's.
    async fn anybody(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for who in principal::ALL {
            let seen = self.ask(who, Aim::Own).await;
            wrong.extend(
                seen.leak(self.scene).filter(|_| who != PatientA).map(|what| format!("{who:?} reads {what}")),
            );
        }
        wrong
    }

    /// For patients: each gets his own, and everybody else what nobody gets.
    async fn patient(&self) -> Vec<String> {
        let nobody = self.ask(Nobody, Aim::Own).await;
        let mut wrong =
            self.all_as(&nobody, Aim::Own, &[Practitioner, Operator, XisHere, XisElsewhere]).await;
        for who in [PatientB, PatientA] {
            let seen = self.ask(who, Aim::Own).await;
            wrong.extend(
                seen.leak(self.scene).filter(|_| who == PatientB).map(|what| format!("{who:?} reads {what}")),
            );
            wrong.extend(seen.is_like(&nobody).then(|| format!("{who:?} is not let in: {}", seen.told())));
        }
        wrong
    }

    /// Of one patient: another one gets what there is of a thing that is not there, and leaves the same line behind.
    async fn patients_own(&self) -> Vec<String> {
        let nobody = self.ask(Nobody, Aim::Unknown).await;
        let others = [Nobody, Practitioner, Operator, XisHere, XisElsewhere];
        let mut wrong = self.all_as(&nobody, Aim::Own, &others).await;
        wrong.extend(self.foreign_is_unknown(PatientB, (Aim::Own, Aim::Unknown)).await);
        let (foreign, own) = (self.ask(PatientB, Aim::Own).await, self.ask(PatientA, Aim::Own).await);
        wrong.extend(own.is_like(&foreign).then(|| format!("its own patient is not let in: {}", own.told())));
        wrong
    }

    /// For a practice's system: another practice's looks like one that does not exist.
    async fn practice(&self) -> Vec<String> {
        let nobody = self.ask(Nobody, Aim::Own).await;
        let mut wrong = self.all_as(&nobody, Aim::Own, &STRANGERS).await;
        wrong.extend(self.all_as(&nobody, Aim::Own, &[PatientA, PatientB]).await);
        wrong.extend(self.foreign_is_unknown(XisElsewhere, (Aim::Own, Aim::UnknownPractice)).await);
        let (foreign, own) = (self.ask(XisElsewhere, Aim::Own).await, self.ask(XisHere, Aim::Own).await);
        wrong.extend(own.is_like(&foreign).then(|| format!("its own system is not let in: {}", own.told())));
        wrong.extend(
            (own.status == 401 || own.status == 403).then(|| format!("refused its own: {}", own.told())),
        );
        wrong
    }

    /// Of one practice: for another one, in its own name, what it names is not there.
    async fn practices_own(&self) -> Vec<String> {
        self.foreign_is_unknown(XisElsewhere, (Aim::FromElsewhere, Aim::UnknownFromElsewhere)).await
    }

    /// That these get the same answer, and leave the same lines in the audit trail.
    async fn all_as(&self, expected: &Seen, aim: Aim, principals: &[Principal]) -> Vec<String> {
        let mut wrong = Vec::new();
        for who in principals {
            let seen = self.ask(*who, aim).await;
            if !seen.is_like(expected) || seen.trail != expected.trail {
                wrong.push(format!("{who:?} is answered {}, and nobody {}", seen.told(), expected.told()));
            }
            wrong.extend(seen.leak(self.scene).map(|what| format!("{who:?} reads {what}")));
        }
        wrong
    }

    async fn foreign_is_unknown(&self, who: Principal, (foreign, unknown): (Aim, Aim)) -> Vec<String> {
        let (foreign, unknown) = (self.ask(who, foreign).await, self.ask(who, unknown).await);
        let mut wrong: Vec<String> =
            foreign.leak(self.scene).map(|what| format!("{who:?} reads {what}")).collect();
        if !foreign.is_like(&unknown) || foreign.trail != unknown.trail {
            let (foreign, unknown) = (foreign.told(), unknown.told());
            wrong.push(format!("{who:?} tells foreign from unknown: {foreign}, and {unknown}"));
        }
        wrong
    }
}
