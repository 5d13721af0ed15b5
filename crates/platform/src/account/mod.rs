//! What a patient does with the account itself: its practices, what is kept in it, its end; and the mail address, which
//! counts once a code proves that the patient reads what comes there.
//!
//! Nothing here looks at other accounts: whether an address is somebody else's too is neither asked nor told.

pub(crate) mod calendar_feed;
pub(crate) mod delete;
pub(crate) mod export;
mod give;
mod join;
pub(crate) mod leave;
mod mail_address;
mod prove;

pub(crate) use give::{Given, again, give};
pub(crate) use join::{Join, Joined};
pub(crate) use mail_address::MailAddress;
pub(crate) use prove::{Proof, is_open, prove};

/// What acts on the address are called in the audit trail.
const ACTION: &str = "mail address";

/// Acts on the address of one patient go one at a time.
async fn lock(tx: &mut store::Tx, account: store::AccountId) -> Result<(), store::Error> {
    Ok(tx.lock(&format!("address:{account}")).await?)
}
