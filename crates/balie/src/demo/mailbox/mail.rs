use jiff::Timestamp;
use mail_parser::{HeaderName, MessageParser, MimeHeaders as _};

/// One mail as it came, with what people look for in it.
pub(super) struct Mail {
    /// Counts up from one.
    pub(super) number: u64,
    /// When it came.
    pub(super) at: Timestamp,
    /// The whole mail, with a `Delivered-To` line per recipient on top, as mail servers write it.
    pub(super) raw: Vec<u8>,
    /// To whom it was delivered, which its own headers need not say.
    pub(super) to: String,
    pub(super) subject: String,
    pub(super) text: String,
    /// Absent from a mail of text alone.
    pub(super) html: Option<String>,
}

impl Mail {
    pub(super) fn new(number: u64, at: Timestamp, recipients: &[String], message: &[u8]) -> Self {
        let mut raw: Vec<u8> = recipients
            .iter()
            .flat_map(|recipient| format!("Delivered-To: {recipient}\r\n").into_bytes())
            .collect();
        raw.extend_from_slice(message);
        Self::read(number, at, raw)
    }

    /// Reads a mail with its `Delivered-To` lines. What is no mail is shown as text.
    pub(super) fn read(number: u64, at: Timestamp, raw: Vec<u8>) -> Self {
        let Some(message) = MessageParser::default().parse(&raw) else {
            let text = String::from_utf8_lossy(&raw).into_owned();
            return Self { number, at, raw, to: String::new(), subject: String::new(), text, html: None };
        };
        let recipients: Vec<&str> =
            message.header_values(HeaderName::DeliveredTo).filter_map(|value| value.as_text()).collect();
        let to = recipients.join(", ");
        let subject = message.subject().unwrap_or_default().to_owned();
        let text = message.body_text(0).unwrap_or_default().into_owned();
        // For a mail of text alone the library would make up an HTML part.
        let has_html = message.html_part(0).is_some_and(|part| part.is_content_type("text", "html"));
        let html = message.body_html(0).filter(|_| has_html).map(|html| html.into_owned());
        Self { number, at, to, subject, text, html, raw }
    }
}
