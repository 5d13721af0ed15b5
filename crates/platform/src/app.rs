use std::{ops::Deref, sync::Arc};

use oauth::{Issuer, IssuerUrl, LoginConfig, TokenCache, Verifier};
use outbox::{Runner, Settings};
use store::Store;
use uuid::Uuid;
use world::World;

use crate::{
    Config, MailCarrier, OpenError, audit,
    auth::vendors::Vendors,
    booking,
    fhir_api::places::Places,
    limits::Limiters,
    notices::{
        self,
        push::{PushCourier, Pusher},
    },
    portal::Streams,
    xis_client::Lines,
};

/// How many tokens for XISs are kept.
const TOKENS: usize = 10_000;

/// What every handler and job works with. Cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Parts>);

pub(crate) struct Parts {
    pub(crate) config: Config,
    pub(crate) store: Store,
    pub(crate) world: World,
    /// Issues the tokens of XIS clients.
    pub(crate) issuer: Issuer,
    /// Verifies them.
    pub(crate) verifier: Verifier,
    /// Verifies the tokens of others.
    pub(crate) vendors: Vendors,
    pub(crate) login: oauth::Login,
    /// Tokens that we hold for XISs.
    pub(crate) tokens: TokenCache,
    /// The ways to the practices' XISs (C17).
    pub(crate) lines: Lines,
    pub(crate) mailer: notices::Mailer,
    /// None where notifications are off.
    pub(crate) pusher: Option<Pusher>,
    /// Who sends us something large (D15).
    pub(crate) places: Places,
    /// How much was asked by whom (D15).
    pub(crate) limits: Limiters,
    /// What was shown a moment ago, and has its line in the audit trail.
    pub(crate) views: audit::Views,
    /// The pages that listen for news.
    pub(crate) streams: Streams,
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("public_url", &self.config.public_url.as_str()).finish_non_exhaustive()
    }
}

impl App {
    /// Mail goes by SMTP unless there is a `carrier`.
    pub(crate) fn new(
        config: Config,
        store: Store,
        world: World,
        carrier: Option<Arc<dyn MailCarrier>>,
    ) -> Result<Self, OpenError> {
        let name = issuer(&config)?;
        let issuer = Issuer { issuer: name.clone(), key: config.token_key.clone() };
        let verifier = Verifier::local(name, config.address("/fhir/r4"), issuer.public_keys());
        let vendors = Vendors::new(&config, &world)
            .map_err(|error| OpenError::Config { key: "issuers", reason: error.to_string() })?;
        let login = login(&config, &world)?;
        let host = config.public_url.host_str().unwrap_or("localhost");
        let mailer = match carrier {
            Some(carrier) => notices::Mailer::carried_by(carrier, &config.mail, host),
            None => notices::Mailer::new(&config.mail, host),
        };
        let mailer = mailer.map_err(|reason| OpenError::Config { key: "mail", reason })?;
        let pusher = config.push.as_ref().map(Pusher::new).transpose();
        let pusher = pusher.map_err(|reason| OpenError::Config { key: "push", reason })?;
        let (streams, limits) = (Streams::new(config.open_pages), Limiters::new(&config.limits));
        Ok(Self(Arc::new(Parts {
            config,
            store,
            world,
            issuer,
            verifier,
            vendors,
            login,
            tokens: TokenCache::new(TOKENS),
            lines: Lines::default(),
            mailer,
            pusher,
            places: Places::default(),
            limits,
            views: audit::Views::default(),
            streams,
        })))
    }

    /// A new id.
    pub(crate) fn new_id(&self) -> Uuid {
        self.world.new_id()
    }
}

fn login(config: &Config, world: &World) -> Result<oauth::Login, OpenError> {
    let redirect_uri = config.address("/login/callback").parse().map_err(|error: url::ParseError| {
        OpenError::Config { key: "public_url", reason: error.to_string() }
    })?;
    let acr_values = match &config.login.assurance {
        Some(assurance) => assurance.enough().map(<[String]>::to_vec).ok_or_else(|| OpenError::Config {
            key: "login.least_acr",
            reason: format!("{:?} is none of login.acr_values", assurance.least),
        })?,
        None => Vec::new(),
    };
    let ours = LoginConfig {
        issuer: config.login.issuer.clone(),
        client_id: config.login.client_id.clone(),
        client_secret: config.login.client_secret.clone(),
        redirect_uri,
        scopes: config.login.scopes.clone(),
        acr_values,
    };
    Ok(oauth::Login::new(ours, Arc::clone(&world.http)))
}

/// What the platform is called in its own tokens: its address, without a slash at the end.
fn issuer(config: &Config) -> Result<IssuerUrl, OpenError> {
    let name = config.public_url.as_str().trim_end_matches('/').parse();
    name.map_err(|error: oauth::NotAnIssuer| OpenError::Config {
        key: "public_url",
        reason: error.to_string(),
    })
}

/// Everything that must still happen outside, and who does it.
pub(crate) fn outbox_runner(app: &App) -> Runner {
    Runner::new(app.store.db().clone(), app.world.clone(), Settings::default())
        .with(notices::MAIL, Arc::new(notices::MailCourier::new(app.clone())))
        .with(notices::PUSH, Arc::new(PushCourier::new(app.clone())))
        .with(
            notices::invitation::INVITATION,
            Arc::new(notices::invitation::InvitationCourier::new(app.clone())),
        )
        .with(notices::address::ADDRESS, Arc::new(notices::address::AddressCourier::new(app.clone())))
        .with(booking::cancel::TOPIC, Arc::new(booking::cancel::Canceller::new(app.clone())))
        .with(booking::reschedule::TOPIC, Arc::new(booking::reschedule::Announcer::new(app.clone())))
        .with(booking::reread::TOPIC, Arc::new(booking::reread::Rereader::new(app.clone())))
        .with(booking::reconcile::TOPIC, Arc::new(booking::reconcile::Reconciler::new(app.clone())))
}
