use jiff::Timestamp;
use lettre::{
    Message,
    message::{
        Attachment, Mailbox, MessageBuilder, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use uuid::Uuid;

use super::{
    super::{calendar::Enclosure, letter::Letter},
    MailError,
};

/// A letter with all that makes it a mail.
#[derive(Debug)]
pub(super) struct Mail<'a> {
    pub(super) from: Mailbox,
    pub(super) to: Mailbox,
    pub(super) letter: Letter,
    /// The same however often it is sent.
    pub(super) id: Uuid,
    /// The platform's part of the message's id.
    pub(super) host: &'a str,
    pub(super) at: Timestamp,
}

impl Mail<'_> {
    /// The mail as it goes over the wire: a repeat is the same to the letter, but for its date.
    pub(super) fn message(self) -> Result<Message, MailError> {
        let Self { from, to, letter, id, host, at } = self;
        let languages: Vec<&str> = letter.languages.iter().map(store::Language::code).collect();
        let mut builder = Message::builder()
            .message_id(Some(format!("<{id}.mail@{host}>")))
            .date(at.into())
            .from(from)
            .to(to)
            .subject(letter.subject)
            .raw_header(raw("Content-Language", &languages.join(", ")))
            // RFC 3834: nothing should answer this, least of all another machine.
            .raw_header(raw("Auto-Submitted", "auto-generated"))
            .raw_header(raw("X-Auto-Response-Suppress", "All"));
        if let Some(stop) = letter.stop {
            builder = unsubscribable(builder, &stop);
        }
        let words = MultiPart::alternative()
            .boundary(format!("part-{id}"))
            .singlepart(SinglePart::plain(letter.text))
            .singlepart(SinglePart::html(letter.html));
        let body = match letter.enclosure {
            None => words,
            Some(enclosure) => with_calendar(words, enclosure, id)?,
        };
        builder.multipart(body).map_err(|_| MailError::Unsendable("its headers are not complete"))
    }
}

/// RFC 8058: the reader's mail program shows a way out, which needs no login.
fn unsubscribable(builder: MessageBuilder, address: &str) -> MessageBuilder {
    builder
        .raw_header(raw("List-Unsubscribe", &format!("<{address}>")))
        .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
}

/// As calendar programs look for it: as another way to read the mail, and as a file for those that only know files.
fn with_calendar(words: MultiPart, enclosure: Enclosure, id: Uuid) -> Result<MultiPart, MailError> {
    let Enclosure { method, file_name, text } = enclosure;
    let readable = content_type(&format!("text/calendar; method={}; charset=UTF-8", method.word()))?;
    let file = content_type(&format!("application/ics; name=\"{file_name}\""))?;
    let part = SinglePart::builder().header(readable).body(text.clone());
    let attached = Attachment::new(file_name).body(text, file);
    let words = words.singlepart(part);
    Ok(MultiPart::mixed().boundary(format!("all-{id}")).multipart(words).singlepart(attached))
}

fn content_type(text: &str) -> Result<ContentType, MailError> {
    ContentType::parse(text).map_err(|_| MailError::Unsendable("the type of a part is not one"))
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}
