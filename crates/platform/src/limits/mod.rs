//! How much may be asked in a minute, by address, session, client and practice (D15), and who asks.
//!
//! In memory, of this process alone: a limit protects, and nothing is decided by it that must be right. Requests of
//! this machine itself are not counted by address; neither are those of whoever is not known.

mod address;
mod certificate;
mod config;
mod keyed;
mod layers;
mod too_many;
mod xis;

use std::hash::Hash;

use jiff::Timestamp;

pub(crate) use address::ClientAddress;
pub(crate) use certificate::{check_certified_clients, holds_certificate};
pub use config::Limits;
pub(crate) use layers::{api, pages, tokens};
pub(crate) use too_many::TooMany;
pub(crate) use xis::{call, leave_to_tell};

use keyed::Keyed;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    /// Pages and calls from one address.
    Address,
    /// Logins begun and ended from one address.
    Login,
    /// Tokens asked for from one address.
    Token,
    /// Refusals of callers of whom nothing is known, from one address.
    Refusal,
    /// Pages of one session.
    Session,
    /// Codes that were mailed and are typed in, by session.
    MailCode,
    /// Invitations that are opened or accepted, from one address.
    Invitation,
    /// Calls of one XIS client.
    Client,
    /// Calls for one practice.
    Practice,
    /// Patients searched for or invited, for one practice.
    Patient,
    /// Answers from which it shows that a patient has no account here, for one practice.
    Stranger,
}

/// Every limit, with who has used how much of it.
#[derive(Debug)]
pub(crate) struct Limiters {
    address: Keyed,
    login: Keyed,
    token: Keyed,
    refusal: Keyed,
    session: Keyed,
    mail_code: Keyed,
    invitation: Keyed,
    client: Keyed,
    practice: Keyed,
    patient: Keyed,
    stranger: Keyed,
}

impl Limiters {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            address: Keyed::new(limits.address),
            login: Keyed::new(limits.login),
            token: Keyed::new(limits.token),
            refusal: Keyed::new(limits.refusal),
            session: Keyed::new(limits.session),
            mail_code: Keyed::new(limits.mail_code),
            invitation: Keyed::new(limits.invitation),
            client: Keyed::new(limits.client),
            practice: Keyed::new(limits.practice),
            patient: Keyed::new(limits.patient),
            stranger: Keyed::new(limits.stranger),
        }
    }

    /// Counts one request of `key`.
    ///
    /// # Errors
    /// When there were too many of it.
    pub(crate) fn admit(&self, limit: Limit, key: impl Hash, now: Timestamp) -> Result<(), TooMany> {
        self.of(limit).admit(key, now).map_err(|wait| {
            if wait.is_first {
                tracing::warn!(?limit, "too many requests: some are refused");
            }
            TooMany { seconds: wait.seconds, is_first: wait.is_first }
        })
    }

    /// Counts one request of `key` less: it turned out to be none of those that are counted.
    fn give_back(&self, limit: Limit, key: impl Hash) {
        self.of(limit).give_back(key);
    }

    const fn of(&self, limit: Limit) -> &Keyed {
        match limit {
            Limit::Address => &self.address,
            Limit::Login => &self.login,
            Limit::Token => &self.token,
            Limit::Refusal => &self.refusal,
            Limit::Session => &self.session,
            Limit::MailCode => &self.mail_code,
            Limit::Invitation => &self.invitation,
            Limit::Client => &self.client,
            Limit::Practice => &self.practice,
            Limit::Patient => &self.patient,
            Limit::Stranger => &self.stranger,
        }
    }
}
