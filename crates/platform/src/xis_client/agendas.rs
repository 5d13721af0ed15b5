//! The agendas of a practice whose system speaks version 1 of the contract (D13): there an agenda is a practitioner at
//! work, whom its Schedules name and whose slots are asked for.

use std::{collections::HashSet, sync::Arc};

use agenda::Coding;
use fhir::incoming::{PractitionerRole, Schedule};

use super::{
    Trouble, XisClient,
    slot::{role_of, token},
};

/// Whose time can be asked for.
#[derive(Debug, Clone)]
pub(super) struct RoleAgenda {
    /// The id of the PractitionerRole.
    pub(super) role: String,
    /// What people call them, where the practice's system says so (C11).
    pub(super) name: Option<String>,
}

impl XisClient<'_> {
    /// The agendas in which this type may be planned, each practitioner once.
    pub(super) async fn agendas(&self, category: &Coding) -> Result<Vec<RoleAgenda>, Trouble> {
        let (client, line, category_token) = (self.for_searching(), self.line(), token(category));
        let asked = client.read_agendas(category, &category_token);
        if self.is_shared() {
            line.agendas.get(&category_token, self.patience(), asked).await.map(Arc::unwrap_or_clone)
        } else {
            asked.await
        }
    }

    async fn read_agendas(&self, category: &Coding, token: &str) -> Result<Vec<RoleAgenda>, Trouble> {
        let schedules = self.address(&["Schedule"], &[("service-category", token)]);
        let schedules = self.everything::<Schedule>(schedules).await?;
        let roles = self.everything::<PractitionerRole>(self.address(&["PractitionerRole"], &[])).await?;
        Ok(planned_in(&schedules, &roles, category))
    }
}

/// The practitioners of the schedules for this type, in the order of the schedules. One whom no PractitionerRole
/// describes is one all the same.
fn planned_in(schedules: &[Schedule], roles: &[PractitionerRole], category: &Coding) -> Vec<RoleAgenda> {
    let mut seen = HashSet::new();
    let actors = schedules.iter().filter(|one| is_for(one, category)).flat_map(|one| &one.actor);
    actors
        .filter_map(|actor| role_of(actor.reference.as_deref()?))
        // The ids are asked for as one list.
        .filter(|role| !role.contains(',') && seen.insert(*role))
        .map(|role| RoleAgenda {
            role: role.to_owned(),
            name: roles.iter().find(|one| one.id == role).and_then(|one| one.display().map(str::to_owned)),
        })
        .collect()
}

/// Whether the type may be planned in it; one that names no type is for every type, as with slots.
fn is_for(schedule: &Schedule, category: &Coding) -> bool {
    let mut codings = schedule.service_category.iter().flat_map(|one| &one.coding).peekable();
    codings.peek().is_none()
        || codings.any(|own| {
            let key = (own.system.as_deref().unwrap_or_default(), own.code.as_deref().unwrap_or_default());
            key == category.key()
        })
}
