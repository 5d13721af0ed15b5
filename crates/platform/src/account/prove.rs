//! A patient types the code that came by mail.

use jiff::{SignedDuration, Timestamp};
use store::{AccountId, Actor, AddressCheck, FormerAddress, Tx};

use super::{ACTION, lock};
use crate::{app::App, audit::Audit, notices};

/// A code is good for so long.
const LIFETIME: SignedDuration = SignedDuration::from_mins(10);
/// After so many wrong codes the right one is no good any more.
const TRIES: u32 = 5;

/// What a code proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// The address is the patient's: mail goes there from now on.
    Proved,
    /// Nothing: it is another code.
    Wrong,
    /// Nothing: there were too many wrong ones, or it came too late.
    Over,
    /// There is no address to prove.
    Nothing,
}

/// Takes the address as the patient's when this is its code, and tells the address before it.
///
/// # Errors
/// When the database fails.
pub(crate) async fn prove(app: &App, account: AccountId, code: &str) -> Result<Proof, store::Error> {
    app.store
        .tx("prove a mail address", |mut tx| async move {
            lock(&mut tx, account).await?;
            let check = app.store.address_check(&mut tx, account).await?;
            let Some(check) = check.filter(|check| !check.is_closed()) else { return Ok(Proof::Nothing) };
            let (proof, outcome) = match judge(app, &check, code) {
                Proof::Proved => (Proof::Proved, adopt(app, &mut tx, &check).await?),
                Proof::Wrong => {
                    let tried = AddressCheck { tries: check.tries + 1, ..check };
                    app.store.save_address_check(&mut tx, &tried).await?;
                    (Proof::Wrong, "refused: wrong code")
                }
                other => (other, "refused: code is over"),
            };
            let actor = &Actor::Patient(account);
            Audit::of(actor, ACTION).subject(account).write(app, &mut tx, outcome).await?;
            Ok(proof)
        })
        .await
}

/// Whether the code of this check is still good for anything.
pub(crate) fn is_open(check: &AddressCheck, now: Timestamp) -> bool {
    check.tries < TRIES && now.duration_since(check.asked_at) < LIFETIME
}

fn judge(app: &App, check: &AddressCheck, code: &str) -> Proof {
    // As it is read aloud, or copied: "123 456".
    let typed: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    if !is_open(check, app.world.now()) {
        Proof::Over
    } else if app.store.is_address_code(check, &typed) {
        Proof::Proved
    } else {
        Proof::Wrong
    }
}

/// Mail goes to the new address; the old one is told, for whoever reads it may know nothing of this.
async fn adopt(app: &App, tx: &mut Tx, check: &AddressCheck) -> Result<&'static str, store::Error> {
    let (account, now) = (check.account, app.world.now());
    app.store.save_address_check(tx, &check.clone().closed()).await?;
    let Some(address) = app.store.change_mail(tx, account, &check.address).await? else {
        return Ok("verified");
    };
    let id = app.new_id();
    app.store.add_former_address(tx, id, &FormerAddress { account, address }, now).await?;
    notices::address::tell_former(app, tx, id, account).await?;
    Ok("changed")
}
