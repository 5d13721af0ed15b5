use std::{collections::HashMap, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use agenda::Bsn;
use axum::{
    extract::{ConnectInfo, Request},
    middleware::{Next, from_fn},
    response::Response,
};
use db::{Db, Keys, Vault};
use jiff::SignedDuration;
use oauth::SigningKey;
use platform::{
    AuditTrail, Config, Limits, Login, Mail, Notices, Platform, Push, SmtpSecurity, TrustedIssuer, VapidKey,
};
use reqwest::{Client, Method, RequestBuilder, redirect::Policy};
use serde_json::Value;
use store::{Head, Session, SessionTokens, Store};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::OnceCell};
use tokio_util::sync::CancellationToken;
use world::{Chance as _, Clock as _, Outgoing, Peer, Proxies, SystemChance, World};

use crate::{
    Answer, Browser, Caller, Database, Mailbox, Patient, PushService, ScriptedXis, Tokens, TurnedClock,
    database::folder, fill::fill,
};

/// As good as any; replicas have the same.
const VAPID_KEY: &str = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";

/// Longer than anything takes.
const LONG: Duration = Duration::from_secs(30);

/// An authorization server that is trusted and does not answer.
pub const SILENT_ISSUER: &str = "http://127.0.0.1:1";

/// A running platform with practices 01000001 and 01000002 (which approves requests) of client `demo-xis`
/// (`demo-secret`), 01000004 of `other-xis` (`other-secret`), and the accounts of [`JAN`](crate::JAN) and
/// [`FATIMA`](crate::FATIMA). It is Monday 4 May 2026, 10:00 in Amsterdam, and stays so until the clock is turned;
/// what waits in the outbox goes out when it is [drained](Self::drain).
pub struct Kit {
    /// Where it listens, such as `http://127.0.0.1:1234`.
    pub base: String,
    /// Its tables.
    pub store: Store,
    /// Its clock.
    pub clock: TurnedClock,
    /// Who gives it tokens for XISs.
    pub tokens: Tokens,
    /// Where its mail arrives.
    pub mailbox: Mailbox,
    /// Where its patients' devices are subscribed.
    pub push_service: PushService,
    /// What it signs its tokens with.
    pub token_key: SigningKey,
    /// For requests of one's own; follows no redirect.
    pub http: Client,
    platform: Platform,
    stop: CancellationToken,
    /// Where the head of its audit trail goes.
    elsewhere: TempDir,
    /// All that is there, for who looks behind the wall; opened when somebody does.
    pub(crate) bare: OnceCell<Db>,
    /// Gone with the last kit on it.
    pub(crate) database: Arc<Database>,
}

impl Drop for Kit {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl Kit {
    /// One on each database.
    pub async fn on_both() -> [Self; 2] {
        let postgres = async { Self::start(Database::postgres().await).await };
        let (sqlite, postgres) = tokio::join!(Self::start(Database::sqlite()), postgres);
        [sqlite, postgres]
    }

    /// One on this database.
    pub async fn start(database: Database) -> Self {
        let clock = TurnedClock::at("2026-05-04T10:00:00+02:00");
        let (tokens, mailbox) = (Tokens::start(Arc::new(clock.clone())).await, Mailbox::start().await);
        let push_service = PushService::start().await;
        let kit = Self::on(Arc::new(database), clock, tokens, mailbox, push_service).await;
        fill(&kit.store, kit.clock.now()).await;
        kit
    }

    /// Another platform on the same database and with the same clock, without `[push]`.
    pub async fn without_push(&self) -> Self {
        let (tokens, mailbox) = (self.tokens.clone(), self.mailbox.clone());
        let (database, clock) = (Arc::clone(&self.database), self.clock.clone());
        let push_service = self.push_service.clone();
        Self::configured(database, clock, tokens, mailbox, push_service, None, Limits::none()).await
    }

    /// Another platform on the same database and with the same clock, of which no more may be asked than this. Whoever
    /// asks can say from where, in `X-Forwarded-For`.
    pub async fn limited(&self, limits: Limits) -> Self {
        let (tokens, mailbox) = (self.tokens.clone(), self.mailbox.clone());
        let (database, clock) = (Arc::clone(&self.database), self.clock.clone());
        Self::configured(database, clock, tokens, mailbox, self.push_service.clone(), None, limits).await
    }

    /// Another platform on the same database and with the same clock, whose patients log in with another provider.
    pub async fn logging_in_with(&self, login: Login) -> Self {
        let (tokens, mailbox) = (self.tokens.with_login_elsewhere(login), self.mailbox.clone());
        let (database, clock) = (Arc::clone(&self.database), self.clock.clone());
        let push_service = self.push_service.clone();
        Self::configured(database, clock, tokens, mailbox, push_service, None, Limits::none()).await
    }

    /// Another platform on the same PostgreSQL database, with the same clock and the same neighbours.
    pub async fn replica(&self) -> Self {
        let (tokens, mailbox) = (self.tokens.clone(), self.mailbox.clone());
        let push_service = self.push_service.clone();
        Self::on(Arc::clone(&self.database), self.clock.clone(), tokens, mailbox, push_service).await
    }

    async fn on(
        database: Arc<Database>,
        clock: TurnedClock,
        tokens: Tokens,
        mailbox: Mailbox,
        push_service: PushService,
    ) -> Self {
        let push = Push {
            key: VapidKey::from_text(VAPID_KEY).unwrap(),
            subject: "mailto:beheer@balie.example".to_owned(),
            allow: vec![push_service.origin().parse().unwrap()],
        };
        Self::configured(database, clock, tokens, mailbox, push_service, Some(push), Limits::none()).await
    }

    async fn configured(
        database: Arc<Database>,
        clock: TurnedClock,
        tokens: Tokens,
        mailbox: Mailbox,
        push_service: PushService,
        push: Option<Push>,
        limits: Limits,
    ) -> Self {
        let outgoing = Outgoing::to_this_machine();
        let world = World { clock: Arc::new(clock.clone()), ..World::reaching(&outgoing).unwrap() };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let store = store_in(database.service().await);
        let elsewhere = folder();
        let audit = AuditTrail { head_file: Some(head_file(&elsewhere)), ..AuditTrail::default() };
        let config = Config { limits, audit, ..config(&base, &tokens, mailbox.port(), push) };
        let token_key = config.token_key.clone();
        let platform = Platform::open(config, store.clone(), world).await.unwrap();
        let (router, stop) = (platform.router().layer(from_fn(note_peer)), CancellationToken::new());
        let router = router.into_make_service_with_connect_info::<SocketAddr>();
        let stopping = stop.clone().cancelled_owned();
        tokio::spawn(
            async move { axum::serve(listener, router).with_graceful_shutdown(stopping).await.unwrap() },
        );
        let http = Client::builder().redirect(Policy::none()).tls_certs_only([]).build().unwrap();
        Self {
            base,
            store,
            clock,
            tokens,
            mailbox,
            push_service,
            token_key,
            http,
            platform,
            stop,
            elsewhere,
            bare: OnceCell::new(),
            database,
        }
    }

    /// Ends what the platform does without a request, as when its process is told to stop. It still answers.
    pub async fn stop_jobs(&self) {
        let stop = CancellationToken::new();
        stop.cancel();
        self.platform.run(stop).await;
    }

    /// Does what happens without a request, as far as the clock is turned, until the kit is gone.
    pub fn begin_jobs(&self) {
        let (platform, stop) = (self.platform.clone(), self.stop.clone());
        tokio::spawn(async move { platform.run(stop).await });
    }

    /// Client `demo-xis` with a new token.
    pub async fn caller(&self) -> Caller {
        Caller::new(&self.base, &self.http, "demo-xis", "demo-secret").await
    }

    /// A call of client `demo-xis` for a practice, to be finished and sent.
    pub async fn call(&self, method: Method, agb: &str, path: &str) -> RequestBuilder {
        self.caller().await.call(method, agb, path)
    }

    /// `PUT /Appointment/{id}` by `demo-xis`.
    pub async fn put(&self, agb: &str, id: &str, body: &Value) -> Answer {
        self.caller().await.put(agb, id, body).await
    }

    /// `POST` of a resource by `demo-xis`.
    pub async fn post(&self, agb: &str, body: &Value) -> Answer {
        self.caller().await.post(agb, body).await
    }

    /// `POST /AppointmentResponse` by `demo-xis`.
    pub async fn respond(&self, agb: &str, body: &Value) -> Answer {
        self.caller().await.respond(agb, body).await
    }

    /// Gives a practice a system that answers as it is told.
    pub async fn xis_of(&self, agb: &str) -> ScriptedXis {
        let xis = ScriptedXis::start().await;
        self.set(agb, "xis_base_url", &xis.base()).await;
        xis
    }

    /// Every path that it answers at, as the router has it.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        self.platform.paths()
    }

    /// Delivers everything in the outbox that is due now.
    pub async fn drain(&self) -> usize {
        self.platform.drain().await.unwrap()
    }

    /// Chains everything that the audit trail has, also where others on the same server are under way still; gives the
    /// last head, if any line was not chained before.
    ///
    /// # Panics
    /// When something on the server is under way for half a minute.
    pub async fn seal_audit(&self) -> Option<Head> {
        let mut last = None;
        let sealing = async {
            loop {
                last = self.platform.seal_audit().await.unwrap().or(last.take());
                if self.unsealed().await == 0 {
                    break;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(LONG, sealing).await.unwrap();
        last
    }

    /// The file with the head of its audit trail.
    #[must_use]
    pub fn head_file(&self) -> PathBuf {
        head_file(&self.elsewhere)
    }

    /// A browser in which nobody is logged in.
    #[must_use]
    pub fn visitor(&self) -> Browser {
        Browser { base: self.base.clone(), cookie: String::new(), http: self.http.clone() }
    }

    /// A browser in which this patient, who has an account, is logged in. The login's access token is the patient's BSN, which
    /// [`Tokens`] exchanges for one that says so.
    pub async fn browser(&self, patient: Patient) -> Browser {
        self.browser_with_token(patient, SignedDuration::from_hours(8)).await
    }

    /// The same, with an access token that lasts for so long.
    pub async fn browser_with_token(&self, patient: Patient, lasting: SignedDuration) -> Browser {
        let (store, cookie) = (&self.store, SystemChance.uuid().to_string());
        let (bsn, now, value) = (&Bsn::parse(patient.bsn).unwrap(), self.clock.now(), &cookie);
        store
            .tx("log in", |mut tx| async move {
                let account = store.account_of(&mut tx, bsn).await?.unwrap();
                let tokens =
                    SessionTokens { access_token: patient.bsn.to_owned(), access_expires_at: now + lasting };
                let session = Session { account: account.id, tokens, started_at: now, used_at: now };
                store.add_session(&mut tx, value, &session).await
            })
            .await
            .unwrap();
        Browser { cookie: format!("balie_session={cookie}"), ..self.visitor() }
    }
}

fn head_file(elsewhere: &TempDir) -> PathBuf {
    elsewhere.path().join("head.json")
}

/// As whoever listens does.
async fn note_peer(ConnectInfo(from): ConnectInfo<SocketAddr>, mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(Peer { address: from.ip(), certificate: None });
    next.run(request).await
}

pub(crate) fn store_in(db: Db) -> Store {
    // Keys as good as any.
    let keys = Keys { current: 1, sealing: [(1, [1; 32])].into(), index: [2; 32], audit: [3; 32].into() };
    Store::new(db, Arc::new(Vault::new(&keys).unwrap()))
}

/// The authorization server of the vendor of `other-xis`, where that is called `vendor`.
fn vendor(issuer: &str) -> TrustedIssuer {
    let (subject, client) = ("vendor".to_owned(), "other-xis".to_owned());
    TrustedIssuer { issuer: issuer.to_owned(), audience: None, subject, client }
}

fn config(base: &str, tokens: &Tokens, smtp_port: u16, push: Option<Push>) -> Config {
    Config {
        public_url: base.parse().unwrap(),
        token_key: SigningKey::generate().unwrap(),
        login: tokens.login_config(),
        issuers: vec![vendor(tokens.issuer().as_str()), vendor(SILENT_ISSUER)],
        mail: Mail {
            host: "127.0.0.1".to_owned(),
            port: smtp_port,
            security: SmtpSecurity::None,
            credentials: None,
            ca: None,
            from: "Balie <afspraken@balie.example>".to_owned(),
        },
        push,
        notices: Notices { merge_window: Duration::ZERO },
        open_pages: 8,
        audit: AuditTrail::default(),
        limits: Limits::none(),
        proxies: Proxies { trusted: vec!["127.0.0.1".parse().unwrap()], ..Proxies::default() },
        client_certificates: HashMap::new(),
    }
}
