//! Where the demo's people log in: patients at one provider, practitioners at another, as in earnest.

use std::path::Path;

use axum::Router;
use world::World;

use super::{
    files::{self, Addresses, PLATFORM_AT_IDP, XIS_AT_DESK},
    idp::{self, IdpClient, IdpConfig, TestPerson},
    people::{NEWCOMER, PATIENTS, PRACTITIONERS},
};

/// Both, under `/dev`.
pub(super) fn router(addresses: &Addresses, folder: &Path, world: &World) -> anyhow::Result<Router> {
    let patients = idp::router(for_patients(addresses, folder)?, world.clone());
    let practitioners = idp::router(for_practitioners(addresses, folder)?, world.clone());
    Ok(Router::new().nest("/dev/idp", patients).nest("/dev/desk", practitioners))
}

fn for_patients(addresses: &Addresses, folder: &Path) -> anyhow::Result<IdpConfig> {
    let client = IdpClient {
        id: PLATFORM_AT_IDP.id.to_owned(),
        secret: PLATFORM_AT_IDP.secret.into(),
        redirect_uris: vec![format!("http://{}/login/callback", addresses.platform).parse()?],
        home: format!("http://{}/", addresses.platform).parse()?,
        audiences: vec![addresses.xis_fhir()],
    };
    let patients = PATIENTS.iter().map(|one| (one.bsn, one.name)).chain([NEWCOMER]).enumerate();
    Ok(IdpConfig {
        issuer: addresses.issuer().parse()?,
        key: files::provider_key(folder, "provider-key.pem")?,
        people: patients.map(|(place, (bsn, name))| TestPerson::patient(place, bsn, name)).collect(),
        clients: vec![client],
    })
}

fn for_practitioners(addresses: &Addresses, folder: &Path) -> anyhow::Result<IdpConfig> {
    let client = IdpClient {
        id: XIS_AT_DESK.id.to_owned(),
        secret: XIS_AT_DESK.secret.into(),
        redirect_uris: vec![format!("http://{}/login/callback", addresses.xis).parse()?],
        home: format!("http://{}/", addresses.xis).parse()?,
        audiences: Vec::new(),
    };
    let practitioners = PRACTITIONERS.iter();
    Ok(IdpConfig {
        issuer: addresses.desk_issuer().parse()?,
        key: files::provider_key(folder, "desk-provider-key.pem")?,
        people: practitioners
            .map(|one| TestPerson::practitioner(one.id, one.name, one.note, one.practices))
            .collect(),
        clients: vec![client],
    })
}
