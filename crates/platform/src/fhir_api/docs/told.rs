use utoipa::ToSchema;

use super::{
    communication::CommunicationType,
    datatypes::{CodeableConcept, FhirId, Identifier, Instant, Reference},
};

/// What a patient was told of an appointment: newest first, one for each notice and way of telling.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct Notices {
    #[schema(inline)]
    resource_type: BundleType,
    #[schema(inline)]
    r#type: SearchsetType,
    total: u32,
    link: Vec<Link>,
    entry: Option<Vec<NoticeEntry>>,
}

#[derive(ToSchema)]
pub(crate) enum BundleType {
    Bundle,
}

#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum SearchsetType {
    Searchset,
}

/// Where more is to be found.
#[derive(ToSchema)]
pub(crate) struct Link {
    relation: String,
    url: String,
}

/// A notice among those that were found.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct NoticeEntry {
    full_url: String,
    resource: Notice,
}

/// That a patient is told something: whether, how and when, and neither what is said nor to which address.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct Notice {
    #[schema(inline)]
    resource_type: CommunicationType,
    id: FhirId,
    /// The notice: the same for each way in which it is told.
    identifier: Vec<Identifier>,
    status: NoticeStatus,
    /// System `urn:balie:notice-reason`: `tried-again`, `given-up`, `no-channel`, `superseded`.
    status_reason: Option<CodeableConcept>,
    /// System `urn:balie:notice`: what happened.
    category: Vec<CodeableConcept>,
    /// System `urn:balie:notice-route`: `mail` or `push`.
    medium: Option<Vec<CodeableConcept>>,
    about: Vec<Reference>,
    /// When the mail server or the push service took it.
    sent: Option<Instant>,
}

/// Queued, tried again, sent, or not told.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(crate) enum NoticeStatus {
    Preparation,
    InProgress,
    Completed,
    NotDone,
}
