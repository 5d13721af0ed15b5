mod agb;
mod bsn;
mod coding;
mod xis_id;

pub use agb::{Agb, AgbError};
pub use bsn::{Bsn, BsnError};
pub use coding::Coding;
pub use xis_id::{XisId, XisIdError};
