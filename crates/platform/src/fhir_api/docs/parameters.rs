use utoipa::IntoParams;

/// For which of your practices you call.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub(crate) struct Organization {
    /// The practice's AGB code, after its system or alone (D1). Another's practice and an unknown one are both 403.
    #[param(
        rename = "X-Organization-Identifier",
        pattern = r"^(http://fhir\.nl/fhir/NamingSystem/agb-z\|)?[0-9]{8}$",
        example = "http://fhir.nl/fhir/NamingSystem/agb-z|01000001"
    )]
    organization: String,
}

/// Which version of the appointment you mean to change.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub(crate) struct IfMatch {
    /// The `ETag` of an earlier answer, or `*` (A16). Another version than ours is 412.
    #[param(
        rename = "If-Match",
        nullable = false,
        pattern = r#"^(\*|W/"[0-9]{1,9}")$"#,
        example = "W/\"1\""
    )]
    if_match: Option<String>,
}

/// Whether you want the appointment back.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub(crate) struct Prefer {
    /// `return=representation` for the whole appointment as we hold it, else no body (A20).
    #[param(
        rename = "Prefer",
        nullable = false,
        pattern = "^return=(minimal|representation)$",
        example = "return=representation"
    )]
    prefer: Option<String>,
}
