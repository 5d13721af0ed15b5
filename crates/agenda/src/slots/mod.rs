mod agenda_name;
mod agendas;
mod days;
mod nearest;
mod sift;
mod slot;
mod window;

pub use agenda_name::AgendaName;
pub use agendas::{Agenda, agendas};
pub use days::{Day, PartOfDay, days};
pub use nearest::nearest;
pub use sift::{Dropped, Sifted, sift};
pub use slot::{Hours, Slot};
pub use window::Window;

#[cfg(test)]
mod examples;
