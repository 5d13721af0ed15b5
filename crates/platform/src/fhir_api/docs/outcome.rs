use utoipa::ToSchema;

/// What went wrong (D10). Never repeats a BSN.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase", example = super::examples::outcome)]
pub(crate) struct OperationOutcome {
    #[schema(inline)]
    resource_type: OutcomeType,
    #[schema(min_items = 1)]
    issue: Vec<Issue>,
}

#[derive(ToSchema)]
pub(crate) enum OutcomeType {
    OperationOutcome,
}

/// One fault: what, where, and what to do about it.
#[derive(ToSchema)]
pub(crate) struct Issue {
    severity: String,
    /// FHIR's kind of fault.
    code: String,
    details: Details,
    /// What to do about it.
    diagnostics: String,
    /// Where it is.
    expression: Option<Vec<String>>,
}

/// What is wrong.
#[derive(ToSchema)]
pub(crate) struct Details {
    #[schema(min_items = 1)]
    coding: Vec<OurCode>,
    /// In English.
    text: String,
}

/// Our own code for it; the table of errors has them all.
#[derive(ToSchema)]
pub(crate) struct OurCode {
    #[schema(inline)]
    system: OurSystem,
    code: String,
}

#[derive(ToSchema)]
pub(crate) enum OurSystem {
    #[schema(rename = "urn:balie:operation-outcome")]
    Codes,
}

/// A FHIR resource that says what this API is.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct CapabilityStatement {
    #[schema(inline)]
    resource_type: CapabilityStatementType,
    fhir_version: String,
    #[schema(value_type = Vec<Object>, min_items = 1)]
    rest: Vec<()>,
}

#[derive(ToSchema)]
pub(crate) enum CapabilityStatementType {
    CapabilityStatement,
}

/// A FHIR resource that says what an operation is.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct OperationDefinition {
    #[schema(inline)]
    resource_type: OperationDefinitionType,
    code: String,
    resource: Vec<String>,
}

#[derive(ToSchema)]
pub(crate) enum OperationDefinitionType {
    OperationDefinition,
}
