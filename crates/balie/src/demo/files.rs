//! The demo's configuration files: the same that `balie serve` and `balie xis` read.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use oauth::SigningKey;
use secrecy::{ExposeSecret as _, SecretString};
use world::Chance;

use super::{
    idp::{ASSURANCE, LOW_ASSURANCE},
    people::{Client, PRACTICES},
};
use crate::config::new_keys;

/// Where everything listens, once that is known.
#[derive(Debug, Clone)]
pub(super) struct Addresses {
    /// Of the platform, such as `127.0.0.1:8080`.
    pub(super) platform: String,
    /// Of the practice system.
    pub(super) xis: String,
    /// Of what is under `/dev`: the platform's own, or another when the two run as processes of their own.
    pub(super) dev: String,
    /// Port to which mail goes.
    pub(super) smtp_port: u16,
    /// Whether the mail catcher is what listens there.
    pub(super) catches_mail: bool,
}

/// Who the platform is at the identity provider.
pub(super) const PLATFORM_AT_IDP: Client = Client { id: "balie-demo", secret: "balie-demo-secret" };
/// Who the practice system is at the login of practitioners.
pub(super) const XIS_AT_DESK: Client = Client { id: "balie-xis-demo", secret: "balie-xis-demo-secret" };

impl Addresses {
    pub(super) fn issuer(&self) -> String {
        format!("http://{}/dev/idp", self.dev)
    }

    /// Where practitioners log in: a provider of their own, as in earnest.
    pub(super) fn desk_issuer(&self) -> String {
        format!("http://{}/dev/desk", self.dev)
    }

    pub(super) fn platform_fhir(&self) -> String {
        format!("http://{}/fhir/r4", self.platform)
    }

    pub(super) fn xis_fhir(&self) -> String {
        format!("http://{}/fhir/r4", self.xis)
    }
}

/// The two files, written.
pub(super) struct Files {
    pub(super) platform: PathBuf,
    pub(super) xis: PathBuf,
    /// The platform's database for the role that owns the tables, where that is another than the platform's.
    pub(super) owner: Option<SecretString>,
}

/// Writes both files. Keys are kept when they are there: what they sealed must stay readable.
pub(super) fn write(
    folder: &Path,
    addresses: &Addresses,
    (database, owner): (Option<&str>, Option<&str>),
    chance: &dyn Chance,
) -> anyhow::Result<Files> {
    let (platform_database, xis_database) = databases(folder, database, owner);
    let platform_keys = keys(folder, "platform-keys.toml", "", true, chance)?;
    let xis_keys = keys(folder, "xis-keys.toml", "xis.", false, chance)?;
    let (platform, xis) = (folder.join("platform.toml"), folder.join("xis.toml"));
    let files = Files { platform, xis, owner: owner.map(SecretString::from) };
    let platform = platform_file(addresses, &platform_database, owner.is_none()) + "\n" + &platform_keys;
    let xis = xis_file(addresses, &xis_database) + "\n" + &xis_keys;
    for (path, text) in [(&files.platform, platform), (&files.xis, xis)] {
        std::fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(files)
}

/// Each party has a database of its own: two files of SQLite, two schemas of PostgreSQL.
fn databases(folder: &Path, database: Option<&str>, owner: Option<&str>) -> (String, String) {
    match database {
        None => {
            let file = |name| format!("sqlite:{}", folder.join(name).display());
            (file("platform.db"), file("xis.db"))
        }
        Some(url) => match url.strip_prefix("sqlite:") {
            Some(path) => (url.to_owned(), format!("sqlite:{}-xis.db", path.trim_end_matches(".db"))),
            None => (url.to_owned(), owner.unwrap_or(url).to_owned()),
        },
    }
}

fn keys(
    folder: &Path,
    name: &str,
    prefix: &str,
    for_platform: bool,
    chance: &dyn Chance,
) -> anyhow::Result<String> {
    let path = folder.join(name);
    if !path.exists() {
        std::fs::write(&path, new_keys(chance, prefix, for_platform)?)
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))
}

/// The key of an identity provider, in this file: kept, so that who is logged in stays so when the demo starts again.
pub(super) fn provider_key(folder: &Path, file: &str) -> anyhow::Result<SigningKey> {
    let path = folder.join(file);
    if !path.exists() {
        std::fs::write(&path, SigningKey::generate()?.to_pem().expose_secret())
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    let pem = std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(SigningKey::from_pem(&pem)?)
}

fn platform_file(addresses: &Addresses, database: &str, any_role: bool) -> String {
    let Addresses { platform, smtp_port, .. } = addresses;
    let (issuer, Client { id, secret }) = (addresses.issuer(), PLATFORM_AT_IDP);
    let (low, substantial) = (LOW_ASSURANCE, ASSURANCE);
    format!(
        r#"listen = "{platform}"
public_url = "http://{platform}"
database = {database}
any_database_role = {any_role}

[login]
issuer = "{issuer}"
client_id = "{id}"
client_secret = "{secret}"
token_endpoint = "{issuer}/token"
acr_values = ["{low}", "{substantial}"]
least_acr = "{substantial}"

[mail]
host = "127.0.0.1"
port = {smtp_port}
security = "none"
from = "Balie <afspraken@balie.example>"

[notices]
merge_window_seconds = 0

[outgoing]
allow = ["127.0.0.0/8"]
"#,
        database = toml::Value::from(database)
    )
}

fn xis_file(addresses: &Addresses, database: &str) -> String {
    let (issuer, base) = (addresses.issuer(), addresses.xis_fhir());
    let Client { id, secret } = XIS_AT_DESK;
    let mut text = format!(
        r#"listen = "{xis}"

[outgoing]
allow = ["127.0.0.0/8"]

[xis]
public_url = "http://{xis}"
database = {database}
schema = "balie_xis"
issuer = "{issuer}"
audience = "{base}"

[xis.login]
issuer = "{desk}"
client_id = "{id}"
client_secret = "{secret}"
"#,
        xis = addresses.xis,
        desk = addresses.desk_issuer(),
        database = toml::Value::from(database)
    );
    for practice in &PRACTICES {
        text.push_str(&format!(
            r#"
[[xis.practices]]
agb = "{agb}"
name = "{name}"
city = "{city}"
phone = "{phone}"
api_version = {api_version}
approval = {approval}
accent = "{accent}"
[xis.practices.platform]
fhir_base = "{fhir}"
token_endpoint = "http://{platform}/oauth2/token"
client_id = "{client}"
client_secret = "{secret}"
"#,
            agb = practice.agb,
            name = practice.name,
            city = practice.city,
            phone = practice.phone,
            api_version = practice.api_version,
            approval = practice.approval,
            accent = practice.xis_accent,
            fhir = addresses.platform_fhir(),
            platform = addresses.platform,
            client = practice.client.id,
            secret = practice.client.secret,
        ));
    }
    text
}
