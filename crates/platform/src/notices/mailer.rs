use std::sync::Arc;

use jiff::Timestamp;
use lettre::{
    message::Mailbox,
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, TlsParameters},
    },
};
use secrecy::ExposeSecret;
use uuid::Uuid;

use super::letter::Letter;
use crate::{Mail, SmtpSecurity};

mod carrier;
mod connections;
mod error;
mod message;

pub use carrier::{Envelope, MailCarrier};
use connections::{Connections, Security, Server};
pub use error::MailError;

/// What the platform is called in mails when its sender's address carries no name.
const NAME: &str = "Balie";

/// Writes mails and has them carried to the mail server.
#[derive(Debug)]
pub(crate) struct Mailer {
    carrier: Arc<dyn MailCarrier>,
    from: Mailbox,
    /// The platform's part of every message's id.
    host: String,
}

impl Mailer {
    /// Sends as `mail` says by SMTP, for the platform at `host`.
    ///
    /// # Errors
    /// In words, when the sender is no mail address or TLS cannot be set up for the server.
    pub(crate) fn new(mail: &Mail, host: &str) -> Result<Self, String> {
        let credentials = mail
            .credentials
            .as_ref()
            .map(|(user, password)| Credentials::new(user.clone(), password.expose_secret().to_owned()));
        let server =
            Server { host: mail.host.clone(), port: mail.port, security: security(mail)?, credentials };
        Self::carried_by(Arc::new(Connections::new(server)), mail, host)
    }

    /// Sends by this carrier in place of SMTP.
    ///
    /// # Errors
    /// In words, when the sender is no mail address.
    pub(crate) fn carried_by(carrier: Arc<dyn MailCarrier>, mail: &Mail, host: &str) -> Result<Self, String> {
        let from = mail.from.parse().map_err(|error| format!("the sender {:?}: {error}", mail.from))?;
        Ok(Self { carrier, from, host: host.to_owned() })
    }

    /// What the platform is called.
    pub(super) fn name(&self) -> &str {
        self.from.name.as_deref().unwrap_or(NAME)
    }

    /// The address that mails come from.
    pub(super) fn address(&self) -> &str {
        self.from.email.as_ref()
    }

    /// The platform's part of every id that leaves it.
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// Sends one mail. `id` is the same however often it is sent, so that a receiver can tell a repeat.
    ///
    /// # Errors
    /// When the server did not take it, or `to` is no mail address.
    pub(crate) async fn send(
        &self,
        to: &str,
        letter: Letter,
        id: Uuid,
        at: Timestamp,
    ) -> Result<(), MailError> {
        let to = Mailbox::new(None, to.parse().map_err(|_| MailError::Address)?);
        let from = Mailbox::new(Some(letter.sender.clone()), self.from.email.clone());
        let mail = message::Mail { from, to, letter, id, host: &self.host, at };
        let message = mail.message()?;
        self.carrier.hand_over(message.envelope(), &message.formatted()).await
    }
}

/// The connection is as secure as it is said to be, or there is none.
fn security(mail: &Mail) -> Result<Security, String> {
    let with_tls: fn(TlsParameters) -> Security = match mail.security {
        SmtpSecurity::Tls => Security::Tls,
        SmtpSecurity::StartTls => Security::StartTls,
        SmtpSecurity::None => return Ok(Security::None),
    };
    let mut tls = TlsParameters::builder(mail.host.clone());
    if let Some(pem) = &mail.ca {
        let root = Certificate::from_pem(pem.as_bytes()).map_err(|error| format!("ca: {error}"))?;
        tls = tls.add_root_certificate(root);
    }
    tls.build().map(with_tls).map_err(|error| format!("the host {:?}: {error}", mail.host))
}

#[cfg(test)]
mod tests;
