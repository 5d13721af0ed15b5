use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use agenda::{Content, Kind, State};
use jiff::Timestamp;
use mail_parser::MessageParser;
use outbox::{Entry, Runner, Settings, Standing};
use store::{Db, Keys, Language, NewAccount, Route, Store, Stored, Vault};
use world::{Clock, Outgoing, World};

use super::super::{
    MAIL,
    examples::{MAIL_ADDRESS, cancelled, may, now, patient, practice, stored, visit},
    sink::Sink,
    tell,
};
use super::*;
use crate::{Config, Login, Notices};

mod calendar;

/// A clock that stands still until it is turned.
#[derive(Clone)]
struct Turned(Arc<Mutex<Timestamp>>);

#[async_trait::async_trait]
impl Clock for Turned {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    async fn sleep(&self, _: Duration) {
        // While something is under way here, no time passes.
        std::future::pending::<()>().await;
    }
}

/// A platform with one patient, one practice and one appointment, and a mail server.
struct Scene {
    app: App,
    clock: Turned,
    sink: Sink,
    stored: Stored,
    _folder: tempfile::TempDir,
}

impl Scene {
    async fn new(mail: Option<&str>) -> Self {
        Self::merging(mail, Duration::ZERO).await
    }

    /// The same, where changes that follow each other within this time are told as one.
    async fn merging(mail: Option<&str>, merge_window: Duration) -> Self {
        let (folder, sink) = (tempfile::tempdir().unwrap(), Sink::start().await);
        let clock = Turned(Arc::new(Mutex::new(now())));
        let world = World {
            clock: Arc::new(clock.clone()),
            ..World::reaching(&Outgoing::to_this_machine()).unwrap()
        };
        let url = format!("sqlite:{}", folder.path().join("platform.db").display());
        let db = Db::connect(&url, store::SCHEMA).await.unwrap();
        let sealing = BTreeMap::from([(1, [1; 32])]);
        let vault = Vault::new(&Keys { current: 1, sealing, index: [2; 32], audit: [3; 32].into() }).unwrap();
        let store = Store::new(db, Arc::new(vault));
        store.migrate().await.unwrap();
        let app = App::new(config(&sink, merge_window), store, world, None).unwrap();
        let stored = stored(State::Booked, visit(may(12)));
        let scene = Self { app, clock, sink, stored, _folder: folder };
        scene.fill(mail).await;
        scene
    }

    async fn fill(&self, mail: Option<&str>) {
        let (store, patient, practice) = (&self.app.store, &patient(Language::Dutch, 2), &practice());
        let filled: Result<(), store::Error> = store
            .tx("fill", |mut tx| async move {
                store.save_client(&mut tx, &practice.client, "hash", now()).await?;
                store.add_practice(&mut tx, practice, now()).await?;
                let (id, bsn, name) = (patient.id, &patient.bsn, patient.name.as_str());
                let new = NewAccount { id, bsn, name, mail, language: Language::Dutch };
                store.add_account(&mut tx, &new, now()).await?;
                store.add_appointment(&mut tx, &self.stored).await?;
                Ok(())
            })
            .await;
        filled.unwrap();
    }

    /// An act: the appointment becomes this, and the patient is to be told.
    async fn act(&mut self, kind: Kind, state: State, content: Content, before: Option<Content>) {
        self.stored.revision += 1;
        self.stored.appointment.state = state;
        self.stored.appointment.content = content;
        self.tell(kind, before).await;
    }

    async fn tell(&self, kind: Kind, before: Option<Content>) {
        let before = &before;
        let told: Result<usize, store::Error> = self
            .app
            .store
            .tx("act", |mut tx| async move {
                self.app.store.save_appointment(&mut tx, &self.stored).await?;
                let account = self.stored.account.unwrap();
                let patient = self.app.store.account(&mut tx, account).await?.unwrap();
                tell(&self.app, &mut tx, (&self.stored, &patient), kind, before.clone(), self.clock.now())
                    .await
            })
            .await;
        told.unwrap();
    }

    /// Lets `passed` go by and delivers what is due then.
    async fn deliver(&self, passed: Duration) {
        *self.clock.0.lock().unwrap() += passed;
        let courier = Arc::new(MailCourier::new(self.app.clone()));
        let runner = Runner::new(self.app.store.db().clone(), self.app.world.clone(), Settings::default());
        runner.with(MAIL, courier).drain().await.unwrap();
    }

    async fn queue(&self) -> Vec<Entry> {
        let lane = &format!("notice:{}:{}:mail", self.stored.account.unwrap(), self.stored.id);
        let db = self.app.store.db();
        db.read("queue", |mut tx| async move { outbox::of_lane(&mut tx, lane).await }).await.unwrap()
    }

    async fn untold(&self) -> usize {
        let (store, account, id) = (&self.app.store, self.stored.account.unwrap(), self.stored.id);
        let untold = store
            .read("untold", |mut tx| async move { store.untold(&mut tx, account, id, Route::Mail).await });
        let untold: Result<_, store::Error> = untold.await;
        untold.unwrap().len()
    }
}

fn config(sink: &Sink, merge_window: Duration) -> Config {
    let url = |text: &str| text.parse().unwrap();
    Config {
        public_url: url("https://afspraken.example/"),
        token_key: oauth::SigningKey::generate().unwrap(),
        login: Login {
            issuer: "https://login.example".parse().unwrap(),
            client_id: "balie".to_owned(),
            client_secret: "secret".into(),
            scopes: Vec::new(),
            assurance: None,
            bsn_claim: "bsn".to_owned(),
            name_claim: "name".to_owned(),
            token_endpoint: url("https://login.example/token"),
        },
        issuers: Vec::new(),
        mail: sink.config(),
        push: None,
        notices: Notices { merge_window },
        open_pages: 1,
        audit: crate::AuditTrail::default(),
        limits: crate::Limits::default(),
        proxies: world::Proxies::default(),
        client_certificates: std::collections::HashMap::new(),
    }
}

fn subjects(sink: &Sink) -> Vec<String> {
    let subject = |mail: &String| {
        let parsed = MessageParser::default().parse(mail).unwrap();
        parsed.subject().unwrap().to_owned()
    };
    sink.mails().iter().map(subject).collect()
}

#[tokio::test]
async fn one_change_makes_one_mail_and_no_second() {
    let scene = Scene::new(Some(MAIL_ADDRESS)).await;
    scene.tell(Kind::New, None).await;
    scene.tell(Kind::New, None).await;
    assert_eq!(scene.queue().await.len(), 1, "the same revision and kind is one notice");
    scene.deliver(Duration::ZERO).await;
    scene.deliver(Duration::from_secs(60)).await;
    assert_eq!(subjects(&scene.sink), ["Nieuwe afspraak op dinsdag 12 mei 2026 om 09:10 uur"]);
    assert_eq!((scene.untold().await, scene.queue().await[0].standing), (0, Standing::Done));
    let link = "https://afspraken.example/appointments/00000000-0000-0000-0000-000000000007\r\n";
    assert!(scene.sink.mails()[0].contains(link));
}

#[tokio::test]
async fn what_the_queue_keeps_names_nobody() {
    let scene = Scene::new(Some(MAIL_ADDRESS)).await;
    scene.tell(Kind::Modified, Some(visit(may(11)))).await;
    let entry = &scene.queue().await[0];
    let account = scene.stored.account.unwrap();
    let ids = serde_json::json!({
        "account": account.uuid(), "appointment": scene.stored.id.uuid(), "route": "mail",
    });
    assert_eq!(serde_json::from_str::<serde_json::Value>(&entry.payload).unwrap(), ids);
    assert_eq!((entry.topic.as_str(), entry.tenant.as_str()), (MAIL, "01000001"));
}

#[tokio::test]
async fn changes_that_wait_together_are_one_mail_of_what_is_true_now() {
    let mut scene = Scene::new(Some(MAIL_ADDRESS)).await;
    scene.act(Kind::Modified, State::Booked, visit(may(13)), Some(visit(may(12)))).await;
    scene.act(Kind::Modified, State::Booked, visit(may(14)), Some(visit(may(13)))).await;
    scene.deliver(Duration::ZERO).await;
    assert_eq!(subjects(&scene.sink), ["Uw afspraak is verzet naar donderdag 14 mei 2026 om 09:10 uur"]);
    assert!(scene.queue().await.iter().all(|entry| entry.standing == Standing::Done));
    scene.act(Kind::Modified, State::Booked, visit(may(15)), Some(visit(may(14)))).await;
    scene.act(Kind::CancelledByPractice, cancelled(), visit(may(15)), None).await;
    scene.deliver(Duration::ZERO).await;
    assert_eq!(
        subjects(&scene.sink)[1..],
        ["Uw afspraak op donderdag 14 mei 2026 om 09:10 uur is geannuleerd"]
    );
    assert_eq!(scene.untold().await, 0);
}

#[tokio::test]
async fn a_mail_that_is_not_taken_waits_and_joins_what_comes_after() {
    let mut scene = Scene::new(Some(MAIL_ADDRESS)).await;
    scene.sink.answer_recipients("451 4.3.0 <jan@patient.example> later");
    scene.tell(Kind::New, None).await;
    scene.deliver(Duration::ZERO).await;
    let entry = &scene.queue().await[0];
    assert_eq!((entry.standing, scene.untold().await), (Standing::Waiting, 1));
    assert_eq!(entry.problem.as_deref(), Some("the mail server does not take this mail (code 451)"));
    scene.act(Kind::Modified, State::Booked, visit(may(13)), Some(visit(may(12)))).await;
    scene.sink.answer_recipients("250 OK");
    scene.deliver(Duration::from_secs(60)).await;
    assert_eq!(subjects(&scene.sink), ["Uw afspraak is verzet naar woensdag 13 mei 2026 om 09:10 uur"]);
}

#[tokio::test]
async fn several_changes_that_are_told_as_one_are_told_in_the_same_words_again() {
    let mut scene = Scene::new(Some(MAIL_ADDRESS)).await;
    scene.tell(Kind::New, None).await;
    scene.act(Kind::Modified, State::Booked, visit(may(13)), Some(visit(may(12)))).await;
    scene.sink.answer_recipients("451 4.3.0 later");
    scene.deliver(Duration::ZERO).await;
    scene.sink.answer_recipients("250 OK");
    scene.deliver(Duration::from_secs(60)).await;
    assert_eq!(subjects(&scene.sink), ["Nieuwe afspraak op woensdag 13 mei 2026 om 09:10 uur"]);
}

#[tokio::test]
async fn a_refused_address_ends_in_words_without_the_address() {
    let scene = Scene::new(Some(MAIL_ADDRESS)).await;
    scene.sink.answer_recipients("550 5.1.1 <jan@patient.example> unknown");
    scene.tell(Kind::New, None).await;
    scene.deliver(Duration::ZERO).await;
    let entry = &scene.queue().await[0];
    assert_eq!(entry.standing, Standing::Dead);
    assert_eq!(entry.problem.as_deref(), Some("the mail server refuses this mail for good (code 550)"));
    assert_eq!(scene.untold().await, 1, "a new attempt still has something to tell");
}

#[tokio::test]
async fn an_address_that_is_none_is_given_up_without_repeating_it() {
    let scene = Scene::new(Some("jan at patient")).await;
    scene.tell(Kind::New, None).await;
    scene.deliver(Duration::ZERO).await;
    let problem = scene.queue().await[0].problem.clone().unwrap();
    assert_eq!(problem, "the patient's mail address is not one that mail can be sent to");
}

#[tokio::test]
async fn d12_without_a_mail_address_nothing_is_queued() {
    let scene = Scene::new(None).await;
    scene.tell(Kind::New, None).await;
    assert!(scene.queue().await.is_empty());
    assert_eq!(scene.untold().await, 0);
}

const WINDOW: Duration = Duration::from_secs(180);

fn moved_to(day: u8) -> String {
    let days = [(13, "woensdag 13 mei"), (14, "donderdag 14 mei"), (15, "vrijdag 15 mei")];
    let (_, day) = days.into_iter().find(|(number, _)| *number == day).unwrap();
    format!("Uw afspraak is verzet naar {day} 2026 om 09:10 uur")
}

impl Scene {
    /// The practice moves the visit from one day of May to another.
    async fn moves(&mut self, from: u8, to: u8) {
        self.act(Kind::Modified, State::Booked, visit(may(to)), Some(visit(may(from)))).await;
    }
}

#[tokio::test]
async fn the_first_change_is_told_at_once_and_what_follows_soon_as_one_when_the_window_is_over() {
    let mut scene = Scene::merging(Some(MAIL_ADDRESS), WINDOW).await;
    scene.moves(12, 13).await;
    scene.deliver(Duration::ZERO).await;
    assert_eq!(subjects(&scene.sink), [moved_to(13)]);
    scene.deliver(Duration::from_secs(60)).await;
    scene.moves(13, 14).await;
    scene.moves(14, 15).await;
    scene.deliver(Duration::from_secs(119)).await;
    assert_eq!(subjects(&scene.sink).len(), 1, "the window is not over");
    scene.deliver(Duration::from_secs(1)).await;
    assert_eq!(subjects(&scene.sink)[1..], [moved_to(15)]);
    assert!(scene.sink.mails()[1].contains("woensdag 13 mei"), "from what was told last");
    scene.deliver(WINDOW).await;
    assert_eq!((subjects(&scene.sink).len(), scene.untold().await), (2, 0));
}

#[tokio::test]
async fn what_is_back_where_it_began_when_the_window_is_over_is_not_told() {
    let mut scene = Scene::merging(Some(MAIL_ADDRESS), WINDOW).await;
    scene.moves(12, 13).await;
    scene.deliver(Duration::ZERO).await;
    scene.moves(13, 14).await;
    scene.moves(14, 13).await;
    scene.deliver(WINDOW).await;
    assert_eq!((subjects(&scene.sink).len(), scene.untold().await), (1, 0));
}

#[tokio::test]
async fn a_cancellation_does_not_wait_for_the_window_nor_behind_what_does() {
    let mut scene = Scene::merging(Some(MAIL_ADDRESS), WINDOW).await;
    scene.moves(12, 13).await;
    scene.deliver(Duration::ZERO).await;
    scene.moves(13, 14).await;
    scene.act(Kind::CancelledByPractice, cancelled(), visit(may(14)), None).await;
    scene.deliver(Duration::ZERO).await;
    let told = "Uw afspraak op woensdag 13 mei 2026 om 09:10 uur is geannuleerd";
    assert_eq!(subjects(&scene.sink)[1..], [told]);
}

#[tokio::test]
async fn a_change_after_the_window_is_told_at_once() {
    let mut scene = Scene::merging(Some(MAIL_ADDRESS), WINDOW).await;
    scene.moves(12, 13).await;
    scene.deliver(Duration::ZERO).await;
    scene.deliver(WINDOW).await;
    scene.moves(13, 14).await;
    scene.deliver(Duration::ZERO).await;
    assert_eq!(subjects(&scene.sink), [moved_to(13), moved_to(14)]);
}
