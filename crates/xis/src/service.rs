use std::{fmt, sync::Arc};

use axum::{Router, middleware};
use db::{Db, KeysUnusable, Vault};
use oauth::{TokenCache, Verifier};
use outbox::Runner;
use secrecy::ExposeSecret as _;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use url::Url;
use world::World;

use crate::{
    audit::{Act, Actor},
    config::{Config, LoginUnclear},
    faults::{self, Fault, Faults, NotAllowed, Rule},
    fhir_api,
    informed::Offers,
    login::Login,
    migrations, pages,
    practice::{NoSuchTimeZone, Practice, Practices},
    routes::Routes,
    told,
};

/// How many pages may listen for news at once.
const LISTENING_PAGES: usize = 256;
/// More tokens than there are practices on one machine.
const TOKENS: usize = 1_000;

/// A running XIS. Cheap to clone.
#[derive(Clone)]
pub struct Xis(pub(crate) Arc<Service>);

/// What every handler, courier and page needs.
pub(crate) struct Service {
    pub(crate) practices: Practices,
    pub(crate) public_url: Url,
    pub(crate) bsn_claim: String,
    /// How practitioners log in; none where the pages are open on purpose.
    pub(crate) login: Option<Login>,
    pub(crate) db: Db,
    pub(crate) vault: Vault,
    pub(crate) world: World,
    /// What goes wrong on purpose; in earnest nothing.
    pub(crate) faults: Faults,
    pub(crate) verifier: Verifier,
    pub(crate) tokens: TokenCache,
    /// What the platforms offer, as they said not long ago.
    pub(crate) offers: Offers,
    /// Ends what would otherwise never end: pages that listen for news.
    pub(crate) closing: CancellationToken,
    pub(crate) listening_pages: Arc<Semaphore>,
}

/// Why a XIS cannot start.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Whether the pages have a login is not clear.
    #[error(transparent)]
    Login(#[from] LoginUnclear),
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The keys cannot be used.
    #[error(transparent)]
    Keys(#[from] KeysUnusable),
    /// A practice's time zone does not exist.
    #[error(transparent)]
    TimeZone(#[from] NoSuchTimeZone),
}

impl Xis {
    /// Opens the database and brings its tables up to date.
    ///
    /// # Errors
    /// When the login is unclear, or the database, the keys or a time zone cannot be used.
    pub async fn open(config: Config, world: World) -> Result<Self, OpenError> {
        let login = config.login()?.cloned();
        let faults = Faults::new(config.faults);
        let world = faults.seen(world);
        let login = login.map(|login| Login::new(login, &config.public_url, Arc::clone(&world.http)));
        let practices = Practices::new(config.practices)?;
        let vault = Vault::new(&config.keys)?;
        let db = Db::connect(config.database.expose_secret(), &config.schema).await?;
        db.migrate(migrations::ALL).await?;
        Ok(Self(Arc::new(Service {
            practices,
            public_url: config.public_url,
            bsn_claim: config.bsn_claim,
            login,
            db,
            vault,
            verifier: Verifier::remote(config.issuer, config.audience, Arc::clone(&world.http)),
            world,
            faults,
            tokens: TokenCache::new(TOKENS),
            offers: Offers::default(),
            closing: CancellationToken::new(),
            listening_pages: Arc::new(Semaphore::new(LISTENING_PAGES)),
        })))
    }

    /// Lets others see that this process works on the database, see [`Db::appear`].
    ///
    /// # Errors
    /// When another process works on this SQLite file, or the database cannot be reached.
    pub async fn appear(&self) -> Result<(), db::Error> {
        self.0.db.appear(self.0.new_id()).await
    }

    /// Every URL: FHIR under `/fhir/r4`, the practitioners' pages under `/`.
    pub fn router(&self) -> Router {
        self.routes().serve(Arc::clone(&self.0))
    }

    /// Every path, as its router has it: `/{agb}/appointments/{id}`.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        self.routes().paths()
    }

    fn routes(&self) -> Routes {
        let mut fhir = fhir_api::router(&self.0);
        if self.0.faults.is_on() {
            fhir = fhir.layer(middleware::from_fn_with_state(Arc::clone(&self.0), faults::strike));
        }
        pages::router(&self.0).nest("/fhir/r4", fhir)
    }

    /// Lets it misbehave from now on, for a test.
    ///
    /// # Errors
    /// When it was not opened for that.
    pub fn arm(&self, rule: Rule) -> Result<(), NotAllowed> {
        self.0.faults.arm(rule)
    }

    /// How often this fault has struck, for a test that waits for it.
    #[must_use]
    pub fn times_struck(&self, fault: Fault) -> usize {
        self.0.faults.times_struck(fault)
    }

    /// Lets it behave from now on.
    pub fn disarm(&self) {
        self.0.faults.disarm();
    }

    /// Tells the platform what changed, until `stop`; then ends the pages that listen for news as well.
    pub async fn run(&self, stop: CancellationToken) {
        let ending = {
            let (stop, closing) = (stop.clone(), self.0.closing.clone());
            async move {
                stop.cancelled().await;
                closing.cancel();
            }
        };
        tokio::join!(self.runner().run(stop), ending);
    }

    /// Tells the platform everything that is due now, and says how many messages that were; for one-off commands
    /// and tests.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tell_now(&self) -> Result<usize, db::Error> {
        self.runner().drain().await
    }

    /// The database underneath.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// Finishes what runs and closes the database.
    pub async fn close(&self) {
        self.0.closing.cancel();
        self.0.db.close().await;
    }

    fn runner(&self) -> Runner {
        let settings = outbox::Settings { pauses: told::PAUSES, ..outbox::Settings::default() };
        Runner::new(self.0.db.clone(), self.0.world.clone(), settings)
            .with(told::TOPIC, Arc::new(told::Telling::new(Arc::clone(&self.0))))
    }
}

impl Service {
    /// A new id for a row.
    pub(crate) fn new_id(&self) -> String {
        self.world.new_id().to_string()
    }

    /// Whether browsers reach the pages over https.
    pub(crate) fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// What `actor` does now in this practice, to be recorded.
    pub(crate) fn act(&self, practice: &Practice, actor: Actor) -> Act {
        Act { id: self.new_id(), at: self.world.now(), practice: practice.id().to_owned(), actor }
    }

    /// The address of a resource on this FHIR server.
    pub(crate) fn fhir_url(&self, path: &str) -> String {
        format!("{}/fhir/r4/{path}", self.public_url.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for Xis {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Xis").field("public_url", &self.0.public_url.as_str()).finish_non_exhaustive()
    }
}
