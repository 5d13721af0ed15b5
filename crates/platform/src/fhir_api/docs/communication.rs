use utoipa::ToSchema;

use super::patient::ContainedPatient;

/// A message to a patient (D16).
#[derive(ToSchema)]
#[schema(rename_all = "camelCase", example = super::examples::communication)]
pub(crate) struct Communication {
    #[schema(inline)]
    resource_type: CommunicationType,
    #[schema(inline)]
    status: CommunicationStatus,
    #[schema(min_items = 1)]
    category: Vec<MessageCategory>,
    #[schema(inline)]
    topic: Topic,
    /// The patient; its id, with `#` before it, is the recipient.
    #[schema(min_items = 1, max_items = 1)]
    contained: Vec<ContainedPatient>,
    #[schema(min_items = 1, max_items = 1)]
    recipient: Vec<Recipient>,
    /// Exactly one text, and at most five files.
    #[schema(min_items = 1, max_items = 6)]
    payload: Vec<Payload>,
}

#[derive(ToSchema)]
pub(crate) enum CommunicationType {
    Communication,
}

#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum CommunicationStatus {
    Completed,
}

/// What kind of message it is; there is no chat here.
#[derive(ToSchema)]
pub(crate) struct MessageCategory {
    #[schema(min_items = 1)]
    coding: Vec<MessageCoding>,
}

/// What kind of message it is.
#[derive(ToSchema)]
pub(crate) struct MessageCoding {
    #[schema(example = "nl.spreekuur.communication-category")]
    system: Option<String>,
    #[schema(inline)]
    code: MessageCode,
}

#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum MessageCode {
    Melding,
}

/// What it is about. Never in a mail.
#[derive(ToSchema)]
pub(crate) struct Topic {
    #[schema(min_length = 1, max_length = 500, pattern = r"\S", example = "Uitslag bloedonderzoek")]
    text: String,
}

/// The contained patient.
#[derive(ToSchema)]
pub(crate) struct Recipient {
    #[schema(pattern = "^#[A-Za-z0-9.-]{1,64}$", example = "#p1")]
    reference: String,
}

/// Either a text or a file.
#[derive(ToSchema)]
#[serde(untagged)]
pub(crate) enum Payload {
    Text(TextPayload),
    File(FilePayload),
}

/// What the message says.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct TextPayload {
    #[schema(min_length = 1, max_length = 10_000, pattern = r"\S", example = "De uitslag is goed.")]
    content_string: String,
}

/// A file that goes with the message.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct FilePayload {
    content_attachment: Attachment,
}

/// A file. Its content must be what `contentType` says, and documents with macros are refused.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct Attachment {
    /// Base64 with padding.
    #[schema(format = "byte", min_length = 4)]
    data: String,
    content_type: FileType,
    /// Becomes the name of the file, made safe.
    #[schema(min_length = 1, pattern = r"\S", example = "uitslag.pdf")]
    title: String,
}

/// The files that are taken.
#[derive(ToSchema)]
pub(crate) enum FileType {
    #[schema(rename = "application/pdf")]
    Pdf,
    #[schema(rename = "image/jpeg")]
    Jpeg,
    #[schema(rename = "image/png")]
    Png,
    #[schema(rename = "application/msword")]
    Doc,
    #[schema(rename = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    Docx,
    #[schema(rename = "application/vnd.ms-excel")]
    Xls,
    #[schema(rename = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    Xlsx,
}
