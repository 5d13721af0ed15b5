//! No practice sees another's: an answer about one names nothing of the other. (What patients see, browsers check.)

use world::Response;

use super::Asked;
use crate::{party::Party, people::PRACTICES, sim::Sim};

pub(super) fn after(sim: &Sim, at: Party, asked: &Asked, response: &Response) {
    if at != Party::Xis {
        return;
    }
    let is_about = |agb: &str| {
        let by_header = asked.organization.as_ref().is_some_and(|header| header.ends_with(agb));
        by_header || asked.path.starts_with(&format!("/{agb}"))
    };
    let Some(own) = PRACTICES.iter().find(|practice| is_about(practice.agb)) else { return };
    let text = String::from_utf8_lossy(response.body());
    // Every id of the reference XIS begins with its practice.
    for other in PRACTICES.iter().filter(|other| other.agb != own.agb) {
        if text.contains(&format!("{}-", other.agb)) || text.contains(other.name) {
            sim.violated(format!("{} reads of {} at {}", own.agb, other.agb, asked.path));
        }
    }
}
