use std::time::Duration;

use jiff::Timestamp;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{PoolConfig, authentication::Credentials},
};
use secrecy::ExposeSecret;
use tokio::sync::Semaphore;

use super::letter::Letter;
use crate::{Mail, SmtpSecurity};

mod error;

pub(super) use error::MailError;

/// What the platform is called in mails when its sender's address carries no name.
const NAME: &str = "Balie";

/// For each step of the conversation with the mail server.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How long an unused connection is kept.
const IDLE: Duration = Duration::from_secs(30);

/// Connections to the mail server at once.
const CONNECTIONS: u32 = 8;

/// Sends mails through one SMTP server.
#[derive(Debug)]
pub(crate) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    places: Semaphore,
    from: Mailbox,
}

impl Mailer {
    /// # Errors
    /// In words, when the sender is no mail address or TLS cannot be set up for the host.
    pub(crate) fn new(mail: &Mail) -> Result<Self, String> {
        let from = mail.from.parse().map_err(|error| format!("the sender {:?}: {error}", mail.from))?;
        let builder = match mail.security {
            SmtpSecurity::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(&mail.host),
            SmtpSecurity::StartTls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&mail.host),
            SmtpSecurity::None => Ok(AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&mail.host)),
        };
        let mut builder = builder
            .map_err(|error| format!("the host {:?}: {error}", mail.host))?
            .port(mail.port)
            .timeout(Some(TIMEOUT))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS).idle_timeout(IDLE));
        if let Some((user, password)) = &mail.credentials {
            let password = password.expose_secret().to_owned();
            builder = builder.credentials(Credentials::new(user.clone(), password));
        }
        let places = Semaphore::new(CONNECTIONS as usize);
        Ok(Self { transport: builder.build(), places, from })
    }

    /// What the platform is called.
    pub(super) fn name(&self) -> &str {
        self.from.name.as_deref().unwrap_or(NAME)
    }

    /// Sends one mail. `id` is the same however often it is sent, so that a receiver can tell a repeat.
    ///
    /// # Errors
    /// When the server did not take it.
    pub(super) async fn send(
        &self,
        to: Address,
        letter: Letter,
        id: &str,
        host: &str,
        at: Timestamp,
    ) -> Result<(), MailError> {
        let message = self.message(to, letter, id, host, at)?;
        let _place = self.places.acquire().await.map_err(|_| MailError::Connection)?;
        self.transport.send(message).await.map(drop).map_err(|error| MailError::from(&error))
    }

    fn message(
        &self,
        to: Address,
        letter: Letter,
        id: &str,
        host: &str,
        at: Timestamp,
    ) -> Result<Message, MailError> {
        let from = Mailbox::new(Some(letter.sender), self.from.email.clone());
        Message::builder()
            .message_id(Some(format!("<{id}.mail@{host}>")))
            .date(at.into())
            .from(from)
            .to(Mailbox::new(None, to))
            .subject(letter.subject)
            .raw_header(raw("Content-Language", letter.language.code()))
            // RFC 3834: nothing should answer this, least of all another machine.
            .raw_header(raw("Auto-Submitted", "auto-generated"))
            .raw_header(raw("X-Auto-Response-Suppress", "All"))
            .multipart(
                MultiPart::alternative()
                    .boundary(format!("part-{id}"))
                    .singlepart(SinglePart::plain(letter.text))
                    .singlepart(SinglePart::html(letter.html)),
            )
            .map_err(|_| MailError::Unsendable("its headers are not complete"))
    }
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

#[cfg(test)]
mod tests;
