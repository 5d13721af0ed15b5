use std::fmt;

pub use lettre::address::Envelope;

use super::MailError;

/// Who hands a mail over to a mail server: by SMTP, unless the program that opens the platform brings another.
#[async_trait::async_trait]
pub trait MailCarrier: fmt::Debug + Send + Sync + 'static {
    /// Hands one mail over, as it goes over the wire, and returns once the server has taken it.
    ///
    /// # Errors
    /// When the server did not take it, or did not say so.
    async fn hand_over(&self, envelope: &Envelope, mail: &[u8]) -> Result<(), MailError>;
}
